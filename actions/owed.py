"""What the force, or another body, reads of the actions that it owes: theirs, and nothing else of the office.

Whatever is shown here is named here. A new kind of event, and every name of the office's own people, stays
the office's until this module says otherwise.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import OuterRef, Q, QuerySet, Subquery

from accounts.models import Body, User
from actions.history import Entry, of_event, of_evidence
from actions.models import (
    ASKED,
    ASKS,
    DECISIONS,
    ENDED,
    REPORTS,
    Action,
    ActionEvent,
    EventKind,
    Evidence,
    Reply,
    State,
)
from actions.services import Overtaken
from actions.services.gate import VERBS
from actions.timing import Diary, Due, Timing
from web.dates import moment

# What an owner is told of; every other kind of event is the office's alone.
TOLD = frozenset(
    {
        EventKind.AGREED,
        EventKind.SENT,
        EventKind.UPDATE,
        EventKind.PROPOSED,
        EventKind.DATE_PROPOSED,
        EventKind.DATE_KEPT,
        EventKind.RETURNED,
        EventKind.RETAINED,
        EventKind.CLOSED,
        EventKind.REOPENED,
        EventKind.SUPERSEDED,
        EventKind.WITHDRAWN,
        EventKind.NOT_USED,
        EventKind.TRANSFERRED,
        EventKind.DUE_SET,
        EventKind.DUE_MOVED,
        EventKind.REWORDED,
        EventKind.REASSIGNED,
        EventKind.HELPERS,
    }
)
BODIES = {Body.OFFICE: "the office", Body.FORCE: "the force", Body.OTHER: "another body"}
SOON = dt.timedelta(days=14)
LATELY = dt.timedelta(weeks=8)


# --- The list ---------------------------------------------------------------------------------------


@dataclass
class Owed:
    """An action in the list of those who owe it."""

    action: Action
    due: Due
    report: ActionEvent | None  # what its owner said last
    ask: ActionEvent | None  # what its owner asked for last
    decision: ActionEvent | None  # what an approver decided last
    today: dt.date

    @property
    def is_returned(self) -> bool:
        return self.action.state == State.RETURNED

    @property
    def is_soon(self) -> bool:
        """Due at the next meeting, or within two weeks."""
        if self.due.timing == Timing.BY_NEXT:
            return True
        return self.due.timing == Timing.ON_TIME and self.due.day - self.today <= SOON

    @property
    def waits_for_owner(self) -> bool:
        return self.is_returned or self.due.timing == Timing.OVERDUE or self.is_soon


@dataclass(frozen=True)
class OwedList:
    """What a liaison finds: what waits for them, what waits for the office, what is not due yet, what ended lately."""

    yours: list[Owed]
    asked: list[Owed]
    later: list[Owed]
    ended: list[Owed]
    since: dt.date | None  # since when those that ended are shown; None: all of them

    @property
    def overdue(self) -> int:
        return sum(row.due.timing == Timing.OVERDUE for row in self.yours)

    @property
    def returned(self) -> int:
        return sum(row.is_returned for row in self.yours)

    @property
    def is_empty(self) -> bool:
        return not (self.yours or self.asked or self.later or self.ended)


def owed_by(user: User, diary: Diary, *, also_long_ago: bool = False) -> OwedList:
    """The actions of a liaison's body, in the order in which they have to be dealt with. Three queries."""
    since = None if also_long_ago else diary.today - LATELY
    rows = _rows(Action.objects.visible_to(user), diary, since)
    still_open = [row for row in rows if row.action.is_open]
    asked = [row for row in still_open if row.action.state in ASKED]
    left = [row for row in still_open if row.action.state not in ASKED]
    return OwedList(
        yours=[row for row in left if row.waits_for_owner],
        asked=asked,
        later=[row for row in left if not row.waits_for_owner],
        ended=sorted((row for row in rows if not row.action.is_open), key=_ended_on, reverse=True),
        since=since,
    )


def _rows(actions: QuerySet[Action], diary: Diary, since: dt.date | None) -> list[Owed]:
    if since:
        ended = ActionEvent.objects.filter(to_state__in=ENDED, on__gte=since)
        actions = actions.filter(~Q(state__in=ENDED) | Q(pk__in=ended.values("action")))
    events = ActionEvent.objects.filter(action=OuterRef("pk")).order_by("-pk")
    found = list(
        actions.select_related("owner", "meeting__type", "recorded_in__type").annotate(
            said=Subquery(events.filter(kind__in=REPORTS).values("pk")[:1]),
            asked=Subquery(events.filter(kind__in=ASKS).values("pk")[:1]),
            decided=Subquery(events.filter(kind__in=DECISIONS).values("pk")[:1]),
        )
    )
    wanted = {pk for one in found for pk in (one.said, one.asked, one.decided) if pk}
    told = ActionEvent.objects.select_related("by").in_bulk(wanted)
    rows = [
        Owed(one, diary.due(one), told.get(one.said), told.get(one.asked), told.get(one.decided), diary.today)
        for one in found
    ]
    return sorted(rows, key=lambda row: (row.due.day or dt.date.max, row.action.pk))


def _ended_on(row: Owed) -> dt.date:
    return row.decision.on if row.decision else dt.date.min


# --- One action -------------------------------------------------------------------------------------


@dataclass
class Told(Entry):
    """Something that happened, as its owner is told of it."""

    who: str = ""


def history_for(action: Action, reader: User, events: Iterable[ActionEvent]) -> list[Told]:
    """What happened, the newest first, without what is the office's or another body's."""
    files = Evidence.history.filter(action_id=action.pk, body=reader.body)
    entries = [_told(event, reader) for event in events if event.kind in TOLD]
    entries += [_in_name(entry, reader) for entry in of_evidence(files)]
    return sorted(entries, key=lambda entry: entry.at, reverse=True)


def _told(event: ActionEvent, reader: User) -> Told:
    entry = _in_name(of_event(event), reader)
    if reply := _reply_to(event):
        # By whose address it came is told to those alone whose it is.
        role = reply.delivery.role
        entry.via, entry.who = (
            "",
            f"{role.title}, by e-mail" if role.body == reader.body else BODIES[role.body],
        )
    if event.kind == EventKind.SUPERSEDED:
        # Which one is told by the office: it may be one that this body does not owe.
        entry.change = ""
    if not may_read_words(event, reader):
        entry.text = ""
    return entry


def _in_name(entry: Entry, reader: User) -> Told:
    return Told(**{**vars(entry), "by": None}, who=called(entry.by, reader))


def may_read_words(event: ActionEvent, reader: User) -> bool:
    """The words of a report are read by whose they are: not another body's, nor what a draft of notes says."""
    if event.kind not in REPORTS or said_by(event) == reader.body:
        return True
    return said_by(event) == Body.OFFICE and event.meeting_id is None


def said_by(event: ActionEvent) -> str:
    """Whose words they are: of an account, of the post to which the e-mail went, or written down by the office."""
    if reply := _reply_to(event):
        return reply.delivery.role.body
    return event.by.body if event.by else Body.OFFICE


def _reply_to(event: ActionEvent) -> Reply | None:
    return getattr(event, "reply", None)


def called(who: User | None, reader: User) -> str:
    """Who did it, as this reader may know: colleagues by name, everybody else by whose they are."""
    if who and (reader.is_office or who.body == reader.body):
        return who.name
    return BODIES[who.body] if who else BODIES[Body.OFFICE]


def who_was_first(reader: User, late: Overtaken) -> str:
    """Why nothing was saved: somebody else did something first."""
    if reader.is_office:
        return late.sentence
    who = called(late.event.by, reader)
    who = who[0].upper() + who[1:]
    return f"{who} {VERBS[late.event.kind]} on {moment(late.event.at)}. Nothing that you chose was saved."
