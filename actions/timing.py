"""Whether an action is late: worked out from dates, never typed.

An action is overdue the day after its due date. "Due at the next meeting" means the
next meeting of its type after the day on which that was agreed.
"""

import datetime as dt
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from django.db import models
from django.utils import timezone

from actions.models import Action
from meetings.models import Meeting


class Timing(models.TextChoices):
    OVERDUE = "overdue", "Overdue"
    BY_NEXT = "by_next", "Due by the next meeting"
    ON_TIME = "on_time", "On time"
    NO_DATE = "no_date", "No due date"


@dataclass(frozen=True)
class Due:
    """When an action is due, and how that stands today."""

    timing: Timing | None  # None: it is not open any more
    day: dt.date | None = None
    words: str = ""


@dataclass(frozen=True)
class Diary:
    """The days on which meetings are held, from which timing is worked out."""

    today: dt.date
    next_planned: dt.date | None  # the day of the next one that is planned, of any type
    last_held: dt.date | None  # the day of the last meeting before today
    days_by_type: dict[int, list[dt.date]]

    @classmethod
    def read(cls, today: dt.date | None = None) -> "Diary":
        """One query, however many meetings there are."""
        today = today or timezone.localdate()
        by_type = defaultdict(list)
        taking_place = Meeting.objects.filter(status__in=[Meeting.Status.PLANNED, Meeting.Status.HELD])
        dated = taking_place.exclude(date=None).order_by("date").values_list("type_id", "date", "status")
        earlier, planned = [], []
        for type_id, date, status in dated:
            by_type[type_id].append(date)
            if date < today:
                earlier.append(date)
            elif status == Meeting.Status.PLANNED:
                planned.append(date)
        return cls(today, min(planned, default=None), max(earlier, default=None), dict(by_type))

    @cached_property
    def next_meeting(self) -> Meeting | None:
        """The next one that is planned, read when a page asks for more than its day."""
        return Meeting.objects.upcoming(self.today).select_related("type").first()

    def due(self, action: Action) -> Due:
        """When it is due and how that stands; reads the meeting of the action, and nothing else."""
        if not action.is_open:
            return Due(None, self._due_day(action))
        day = self._due_day(action)
        if day is None:
            if action.due_next:
                return Due(Timing.BY_NEXT, None, "Due at the next meeting")
            return Due(Timing.NO_DATE, None, "No due date")
        return Due(self._timing(day, action.due_next), day, in_words(day, self.today))

    def _timing(self, day: dt.date, due_next: bool) -> Timing:
        if day < self.today:
            return Timing.OVERDUE
        by_next = due_next or (self.next_planned is not None and day <= self.next_planned)
        return Timing.BY_NEXT if by_next else Timing.ON_TIME

    def _due_day(self, action: Action) -> dt.date | None:
        if not action.due_next:
            return action.due_on
        meeting = action.source
        since = action.due_agreed_on or meeting.date
        if since and (following := self.next_day(meeting.type_id, since)):
            return following
        return None if action.due_agreed_on else meeting.next_date

    def next_day(self, type_id: int, since: dt.date) -> dt.date | None:
        """The day of the first meeting of a type after a day, if it is known."""
        days = self.days_by_type.get(type_id, [])
        place = bisect_right(days, since)
        return days[place] if place < len(days) else None


def in_words(day: dt.date, today: dt.date) -> str:
    """Overdue by 12 days, Due today, Due in 5 days."""
    days = (day - today).days
    if days == 0:
        return "Due today"
    counted = f"{abs(days)} day{'' if abs(days) == 1 else 's'}"
    return f"Due in {counted}" if days > 0 else f"Overdue by {counted}"
