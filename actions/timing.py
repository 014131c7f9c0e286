"""Whether an action is late: worked out from dates, never typed.

An action is overdue the day after its due date. "Due at the next meeting" means the
next meeting of its type after the day on which that was agreed.
"""

import datetime as dt
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from django.db import models
from django.utils import timezone

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


class Promised(Protocol):
    """What a due date depends on: an action, or the facts of one."""

    is_open: bool
    due_on: dt.date | None
    due_next: bool
    due_agreed_on: dt.date | None
    source: Meeting  # or what is like it: its type_id, date and next_date are read


class Planned(NamedTuple):
    """A meeting that is still to come."""

    date: dt.date
    name: str


@dataclass(frozen=True)
class Diary:
    """The days on which meetings are held, from which timing is worked out."""

    today: dt.date
    next_meeting: Planned | None  # the next one that is planned, of any type
    last_held: dt.date | None  # the day of the last meeting before today
    days_by_type: dict[int, list[dt.date]]

    @classmethod
    def read(cls, today: dt.date | None = None) -> "Diary":
        """One query, however many meetings there are."""
        today = today or timezone.localdate()
        by_type = defaultdict(list)
        taking_place = Meeting.objects.filter(status__in=[Meeting.Status.PLANNED, Meeting.Status.HELD])
        dated = taking_place.exclude(date=None).order_by("date", "start", "pk")
        earlier, planned = [], []
        for type_id, date, status, title, type_name in dated.values_list(
            "type_id", "date", "status", "title", "type__name"
        ):
            by_type[type_id].append(date)
            if date < today:
                earlier.append(date)
            elif status == Meeting.Status.PLANNED:
                planned.append(Planned(date, title or type_name))
        return cls(today, planned[0] if planned else None, max(earlier, default=None), dict(by_type))

    @property
    def next_planned(self) -> dt.date | None:
        """The day of the next meeting that is planned."""
        return self.next_meeting.date if self.next_meeting else None

    def due(self, action: Promised) -> Due:
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

    def _due_day(self, action: Promised) -> dt.date | None:
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
