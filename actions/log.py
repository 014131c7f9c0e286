"""The action log as people read it: what waits for a decision, what is late, what is due when.

Each action stands once, in the first group that fits. The counts are the lengths of what
is shown, so that they cannot differ from it.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from actions.models import ASKED, DECISIONS, ENDED, REPORTS, Action, ActionEvent, CarriedAction, Outcome
from actions.timing import Diary, Due, Timing
from web.dates import day

# What was agreed at a meeting, and only counts once an approver decides it.
SPOKEN_DECISIONS = {Outcome.CLOSED, Outcome.RETURNED, Outcome.RETAINED, Outcome.NEW_DATE}
RECENTLY = dt.timedelta(weeks=4)
WAITING, CLOSED = "waiting", "closed"
FAR_AWAY = dt.date.max
SORTS = {"due": "due date (earliest first)", "owner": "owner", "update": "last update (newest first)"}


@dataclass
class Row:
    """An action with what the list says of it."""

    action: Action
    due: Due
    waits: bool
    report: ActionEvent | None = None  # what the owner said last
    newest: ActionEvent | None = None
    agreed: CarriedAction | None = None  # spoken at a meeting, not yet decided

    @property
    def group(self) -> str:
        if not self.action.is_open:
            return CLOSED
        return WAITING if self.waits else self.due.timing


@dataclass
class Group:
    """Rows under one heading: those of this page, of `total` in all."""

    key: str
    heading: str
    total: int
    rows: list[Row] = field(default_factory=list)


@dataclass(frozen=True)
class Log:
    """What one page of the log shows."""

    rows: list[Row]
    diary: Diary
    since: dt.date | None  # actions that ended before are left out; None: none are

    @property
    def open_rows(self) -> list[Row]:
        return [row for row in self.rows if row.action.is_open]

    @property
    def waiting(self) -> int:
        return sum(row.waits for row in self.open_rows)

    def timings(self) -> list[tuple[int, Timing]]:
        """How many open actions there are of each timing, those that wait included."""
        counted = Counter(row.due.timing for row in self.open_rows)
        return [(counted[timing], timing) for timing in Timing if counted[timing]]

    def groups(self, rows: Iterable[Row]) -> list[Group]:
        """These rows under their headings, in the order of the page; a group without rows is left out."""
        closed = f"Closed since {day(self.since)}" if self.since else "Closed"
        headings = {WAITING: "Waiting for decision", **dict(Timing.choices), CLOSED: closed}
        totals = Counter(row.group for row in self.rows)
        groups = {key: Group(key, heading, totals[key]) for key, heading in headings.items()}
        for row in rows:
            groups[row.group].rows.append(row)
        return [group for group in groups.values() if group.rows]


def with_signs(actions: QuerySet[Action]) -> QuerySet[Action]:
    """Actions with the ids of what was last said of them, so that a list needs no query for each."""
    events = ActionEvent.objects.filter(action=OuterRef("pk")).order_by("-pk")
    decided = ActionEvent.objects.filter(
        action=OuterRef("action"), kind__in=DECISIONS, on__gte=OuterRef("meeting__date")
    )
    agreed = CarriedAction.objects.filter(action=OuterRef("pk"), outcome__in=SPOKEN_DECISIONS).exclude(
        Exists(decided)
    )
    return actions.annotate(
        newest_event=Subquery(events.values("pk")[:1]),
        updated_at=Subquery(events.values("at")[:1]),
        newest_report=Subquery(events.filter(kind__in=REPORTS).values("pk")[:1]),
        agreed_at=Subquery(agreed.order_by("-meeting__date", "-pk").values("pk")[:1]),
    ).select_related("owner", "meeting__type", "recorded_in__type", "item")


def lately(diary: Diary) -> dt.date:
    """Since when an action that ended is still news: the last meeting, or four weeks where none was held."""
    return diary.last_held or diary.today - RECENTLY


def open_or_ended_since(since: dt.date) -> Q:
    ended = ActionEvent.objects.filter(action=OuterRef("pk"), to_state__in=ENDED, on__gte=since)
    return ~Q(state__in=ENDED) | Q(Exists(ended))


def read_log(
    actions: QuerySet[Action],
    diary: Diary,
    *,
    is_office: bool,
    since: dt.date | None = None,
    timing: str = "",
    sort: str = "due",
) -> Log:
    """The log of these actions, in the order of the page; one query, however many there are.

    `since` leaves out what ended before. What was agreed in a meeting is the office's until an approver decides it.
    """
    if since:
        actions = actions.filter(open_or_ended_since(since))
    rows = []
    for action in with_signs(actions):
        action.agreed_at = action.agreed_at if is_office else None
        waits = action.state in ASKED or (action.is_open and action.agreed_at is not None)
        row = Row(action, diary.due(action), waits)
        if not timing or row.due.timing == timing:
            rows.append(row)
    order = [WAITING, *Timing, CLOSED]
    by_day = KEYS["due"]
    rows.sort(key=by_day)
    rows.sort(key=lambda row: (order.index(row.group), KEYS.get(sort, by_day)(row)))
    return Log(rows, diary, since)


def _newest_first(row: Row):
    return -(row.action.updated_at.timestamp() if row.action.updated_at else 0)


KEYS = {
    "due": lambda row: _newest_first(row) if row.group == CLOSED else (row.due.day or FAR_AWAY).toordinal(),
    "owner": lambda row: row.action.owner.title if row.action.owner else "",
    "update": _newest_first,
}


def tell(rows: list[Row]) -> list[Row]:
    """Fill in what was last said of each of these rows."""
    ids = {pk for row in rows for pk in (row.action.newest_event, row.action.newest_report) if pk}
    events = ActionEvent.objects.select_related("by", "meeting__type").in_bulk(ids)
    agreed = CarriedAction.objects.select_related("meeting__type").in_bulk(
        {row.action.agreed_at for row in rows if row.action.agreed_at}
    )
    for row in rows:
        row.newest, row.report = events.get(row.action.newest_event), events.get(row.action.newest_report)
        row.agreed = agreed.get(row.action.agreed_at)
    return rows
