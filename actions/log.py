"""The action log as people read it: what waits for a decision, what is late, what is due when.

Each action stands once, in the first group that fits. The counts are the lengths of what
is shown, so that they cannot differ from it.

A log is read in two steps, for it may hold thousands: `read_log` takes the few facts that
put every action in its place, `tell` fills in the rows that a page shows.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from actions.models import ASKED, ASKS, ENDED, REPORTS, Action, ActionEvent, CarriedAction
from actions.services import undecided_outcomes
from actions.timing import Diary, Due, Timing
from web.dates import day

RECENTLY = dt.timedelta(weeks=4)
WAITING, CLOSED = "waiting", "closed"
FAR_AWAY = dt.date.max
SORTS = {"due": "due date (earliest first)", "owner": "owner", "update": "last update (newest first)"}


class Source(NamedTuple):
    """Of the meeting in whose record an action stands, what its due date depends on."""

    type_id: int
    date: dt.date | None
    next_date: dt.date | None


class Facts(NamedTuple):
    """What puts an action in its place in the log."""

    pk: int
    reference: str | None
    state: str
    due_on: dt.date | None
    due_next: bool
    due_agreed_on: dt.date | None
    times_moved: int
    owner: str | None
    updated_at: dt.datetime | None
    agreed_at: int | None  # the outcome of a meeting that no approver decided yet
    source: Source

    @property
    def is_open(self) -> bool:
        return self.state not in ENDED


@dataclass
class Row:
    """An action in the log; from `action` on, only what `tell` filled in."""

    facts: Facts
    due: Due
    waits: bool
    action: Action | None = None
    report: ActionEvent | None = None  # what the owner said last
    newest: ActionEvent | None = None
    ask: ActionEvent | None = None  # what its owner asked for last, to close it or to move its date
    agreed: CarriedAction | None = None  # spoken at a meeting, not yet decided

    @property
    def pk(self) -> int:
        return self.facts.pk

    @property
    def group(self) -> str:
        if not self.facts.is_open:
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
    """What is asked of the log, in order."""

    rows: list[Row]
    diary: Diary
    since: dt.date | None  # actions that ended before are left out; None: none are

    @property
    def open_rows(self) -> list[Row]:
        return [row for row in self.rows if row.facts.is_open]

    @property
    def waiting(self) -> int:
        return sum(row.waits for row in self.open_rows)

    def timings(self) -> list[tuple[int, Timing]]:
        """How many open actions there are of each timing, those that wait included."""
        counted = Counter(row.due.timing for row in self.open_rows)
        return [(counted[timing], timing) for timing in Timing if counted[timing]]

    def standing(self) -> list[tuple[int, str]]:
        """How many open actions each group shows, in the order of the page."""
        counted = Counter(row.group for row in self.open_rows)
        return [(counted[key], key) for key in (WAITING, *Timing) if counted[key]]

    @property
    def late_among_waiting(self) -> int:
        return sum(row.waits and row.due.timing == Timing.OVERDUE for row in self.open_rows)

    def groups(self, rows: Iterable[Row]) -> list[Group]:
        """These rows under their headings, in the order of the page; a group without rows is left out."""
        closed = f"Closed since {day(self.since)}" if self.since else "Closed"
        headings = {WAITING: "Waiting for decision", **dict(Timing.choices), CLOSED: closed}
        totals = Counter(row.group for row in self.rows)
        groups = {key: Group(key, heading, totals[key]) for key, heading in headings.items()}
        for row in rows:
            groups[row.group].rows.append(row)
        return [group for group in groups.values() if group.rows]


def lately(diary: Diary) -> dt.date:
    """Since when an action that ended is still news: the last meeting, or four weeks where none was held."""
    return diary.last_held or diary.today - RECENTLY


def open_or_ended_since(since: dt.date) -> Q:
    ended = ActionEvent.objects.filter(to_state__in=ENDED, on__gte=since)
    return ~Q(state__in=ENDED) | Q(pk__in=ended.values("action"))


def read_log(
    actions: QuerySet[Action],
    diary: Diary,
    *,
    is_office: bool,
    since: dt.date | None = None,
    fits: Callable[[Row], bool] = lambda row: True,
    sort: str = "due",
) -> Log:
    """The log of these actions, in the order of the page; one query, however many there are.

    `since` leaves out what ended before, `fits` what it says no to. What was agreed in a meeting is the
    office's until an approver decides it.
    """
    if since:
        actions = actions.filter(open_or_ended_since(since))
    rows = (_row(facts, diary, is_office) for facts in facts_of(actions))
    return Log(in_order((row for row in rows if fits(row)), sort), diary, since)


def _row(facts: Facts, diary: Diary, is_office: bool) -> Row:
    if facts.agreed_at and not (is_office and facts.is_open):
        facts = facts._replace(agreed_at=None)
    return Row(facts, diary.due(facts), waits=facts.state in ASKED or facts.agreed_at is not None)


def facts_of(actions: QuerySet[Action]) -> Iterable[Facts]:
    """The facts of each action, without making a model of it: a log may hold thousands."""
    events = ActionEvent.objects.filter(action=OuterRef("pk")).order_by("-pk")
    names = ["pk", "reference", "state", "due_on", "due_next", "due_agreed_on", "times_moved"]
    source = [
        *("meeting__type", "meeting__date", "meeting__next_date"),
        *("recorded_in__type", "recorded_in__date", "recorded_in__next_date"),
    ]
    found = (
        actions.annotate(
            owner_title=F("owner__title"),
            updated_at=Subquery(events.values("at")[:1]),
            agreed_at=agreed_lately(),
        )
        .order_by("pk")
        .values_list(*names, "owner_title", "updated_at", "agreed_at", "meeting", *source)
    )
    for *facts, meeting, type_id, date, next_date, other_type, other_date, other_next in found.iterator():
        source = (type_id, date, next_date) if meeting else (other_type, other_date, other_next)
        yield Facts(*facts, Source(*source))


def agreed_lately() -> Subquery:
    """The last outcome of a meeting for an action that no approver decided since."""
    undecided = undecided_outcomes().filter(action=OuterRef("pk")).order_by("-meeting__date", "-pk")
    return Subquery(undecided.values("pk")[:1])


def in_order(rows: Iterable[Row], sort: str) -> list[Row]:
    """Group by group, and in each by what was asked; those that are equal, by their due date."""
    places = {key: place for place, key in enumerate([WAITING, *Timing, CLOSED])}
    by_day = KEYS["due"]
    asked = KEYS.get(sort, by_day)
    return sorted(sorted(rows, key=by_day), key=lambda row: (places[row.group], asked(row)))


def _newest_first(row: Row) -> float:
    return -(row.facts.updated_at.timestamp() if row.facts.updated_at else 0)


KEYS = {
    "due": lambda row: _newest_first(row) if row.group == CLOSED else (row.due.day or FAR_AWAY).toordinal(),
    "owner": lambda row: row.facts.owner or "",
    "update": _newest_first,
}


def tell(rows: Iterable[Row]) -> list[Row]:
    """Fill in these rows: the actions, and what was last said of each. Three queries, however many rows."""
    rows = list(rows)
    actions = with_signs(Action.objects.filter(pk__in=[row.pk for row in rows])).in_bulk()
    ids = {
        pk for one in actions.values() for pk in (one.newest_event, one.newest_report, one.newest_ask) if pk
    }
    events = ActionEvent.objects.select_related("by", "meeting__type").in_bulk(ids)
    agreed = CarriedAction.objects.select_related("meeting__type").in_bulk(
        {row.facts.agreed_at for row in rows if row.facts.agreed_at}
    )
    # What was removed meanwhile is left out.
    rows = [row for row in rows if row.pk in actions]
    for row in rows:
        row.action = actions[row.pk]
        row.newest, row.report = events.get(row.action.newest_event), events.get(row.action.newest_report)
        row.ask = events.get(row.action.newest_ask) if row.facts.state in ASKED else None
        row.agreed = agreed.get(row.facts.agreed_at)
    return rows


def with_signs(actions: QuerySet[Action]) -> QuerySet[Action]:
    """Actions with the ids of what was last said of them, so that a list needs no query for each."""
    events = ActionEvent.objects.filter(action=OuterRef("pk")).order_by("-pk")
    return actions.annotate(
        newest_event=Subquery(events.values("pk")[:1]),
        newest_report=Subquery(events.filter(kind__in=REPORTS).values("pk")[:1]),
        newest_ask=Subquery(events.filter(kind__in=ASKS).values("pk")[:1]),
    ).select_related("owner", "meeting__type", "recorded_in__type", "item")
