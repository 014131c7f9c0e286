"""What is on somebody's desk today: theirs to do, what waits for them, what is late."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from actions.log import Row, read_log, tell
from actions.models import Action
from actions.timing import Diary, Timing
from desk.standing import Standing, stages_of, standing_of
from meetings.models import Attendance, Meeting
from review.models import Stage

SHOWN = 6


@dataclass(frozen=True)
class Waiting:
    """A meeting on the desk: where its notes stand, and how long ago it was."""

    meeting: Meeting
    standing: Standing
    stage: str
    days_ago: int
    is_mine: bool

    @property
    def age(self) -> str:
        if self.days_ago == 0:
            return "today"
        if self.days_ago == 1:
            return "yesterday"
        if self.days_ago < 60:
            return f"{self.days_ago} days ago"
        if self.days_ago < 730:
            return f"{self.days_ago // 30} months ago"
        return f"{self.days_ago // 365} years ago"


@dataclass(frozen=True)
class Desk:
    """What the office's staff find in the morning."""

    upcoming: list[Meeting]
    mine: list[Waiting] = field(default_factory=list)
    others: list[Waiting] = field(default_factory=list)
    to_confirm: list[Waiting] = field(default_factory=list)
    to_approve: list[Waiting] = field(default_factory=list)
    to_publish: list[Waiting] = field(default_factory=list)
    to_decide: list[Row] = field(default_factory=list)
    to_send: list[Meeting] = field(default_factory=list)
    late: list[Row] = field(default_factory=list)
    diary: Diary | None = None

    @property
    def agreed(self) -> int:
        """How many of what waits for a decision were spoken at a meeting."""
        return sum(row.agreed is not None for row in self.to_decide)


def desk_of(user: User) -> Desk:
    """The desk of a policy officer or an approver. The number of queries does not depend on how much is on it."""
    today = timezone.localdate()
    diary = Diary.read(today)
    log = read_log(Action.objects.visible_to(user).open(), diary, is_office=True)
    rows = tell(row for row in log.rows if row.waits or row.due.timing == Timing.OVERDUE)
    waiting = _waiting_meetings(user, today)
    held = [one for one in waiting if one.meeting.status == Meeting.Status.HELD]
    drafts = [one for one in held if one.stage == Stage.DRAFT]
    return Desk(
        upcoming=list(Meeting.objects.visible_to(user).upcoming(today).select_related("type")[:SHOWN]),
        mine=[one for one in drafts if one.is_mine],
        others=[one for one in drafts if not one.is_mine],
        to_confirm=[one for one in waiting if one.meeting.status == Meeting.Status.PLANNED],
        to_approve=[one for one in held if one.stage == Stage.WITH_APPROVER],
        to_publish=[one for one in held if one.stage == Stage.APPROVED],
        to_decide=[row for row in rows if row.waits],
        to_send=_meetings_to_send(user, today),
        late=[row for row in rows if not row.waits],
        diary=diary,
    )


@dataclass(frozen=True)
class OwnedActions:
    """What a force's liaison has to report on."""

    late: list[Row]
    due: list[Row]
    waiting: list[Row]

    @property
    def is_empty(self) -> bool:
        return not (self.late or self.due or self.waiting)


def actions_of(user: User) -> OwnedActions:
    """The open actions that were sent to a liaison's body."""
    rows = tell(read_log(Action.objects.visible_to(user).open(), Diary.read(), is_office=False).rows)
    left = [row for row in rows if not row.waits]
    return OwnedActions(
        late=[row for row in left if row.due.timing == Timing.OVERDUE],
        due=[row for row in left if row.due.timing != Timing.OVERDUE],
        waiting=[row for row in rows if row.waits],
    )


def _waiting_meetings(user: User, today: dt.date) -> list[Waiting]:
    """Meetings that were and are not published, the oldest first."""
    unpublished = (
        Meeting.objects.visible_to(user)
        .filter(Q(status=Meeting.Status.HELD) | Q(status=Meeting.Status.PLANNED, date__lt=today))
        .exclude(preparations__stage=Stage.PUBLISHED)
        .select_related("type")
        .order_by("date", "start", "pk")
    )
    meetings = list(unpublished)
    stages = stages_of(meetings)
    mine = _minuted_by(user, meetings)
    return [
        Waiting(
            one,
            standing_of(one, stages.get(one.pk), today),
            stages.get(one.pk, Stage.DRAFT),
            (today - one.date).days if one.date else 0,
            one.pk in mine,
        )
        for one in meetings
    ]


def _meetings_to_send(user: User, today: dt.date) -> list[Meeting]:
    """Meetings whose actions are not all with their owners, each with how many it `has_to_send`."""
    unsent = Action.objects.open().filter(sent_at=None, meeting__date__lte=today)
    held = Meeting.objects.visible_to(user).filter(status=Meeting.Status.HELD, published_elsewhere=False)
    counts = Counter(unsent.filter(meeting__in=held).values_list("meeting", flat=True))
    meetings = list(held.filter(pk__in=counts).select_related("type").order_by("date", "pk"))
    for meeting in meetings:
        meeting.has_to_send = counts[meeting.pk]
    return meetings


def _minuted_by(user: User, meetings: list[Meeting]) -> set[int]:
    """Those of these meetings at which the user takes the minutes."""
    takes = Attendance.objects.filter(meeting__in=meetings, minute_taker=True, person__user=user)
    return set(takes.values_list("meeting_id", flat=True))
