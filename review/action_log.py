"""The action log as the public may read it on a day, through named fields; and what stays in the office, with why.

In it are the actions that published notes or an earlier log told of, and of the others that were
sent to their owners those that are chosen. `review.audiences` lists the fields. The number of
queries does not depend on how many actions there are.
"""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.db.models import Prefetch, Q

from actions.models import REPORTS, Action, ActionEvent, EventKind, State
from actions.services import state_on
from actions.timing import Diary, Timing
from actions.waiting import agreed_by, waiting_in
from meetings.checks import BLOCKER, named_in, not_named
from meetings.models import Attendance, Role
from publications import notes
from publications.action_log import ActionLog, LoggedAction, LoggedEvent
from publications.models import Edition, Identity, PublishedAction, PublishedMention
from publications.states import ENDED, may_be_overdue
from review.promises import due_of, name_helpers
from web.dates import day as day_in_words

# What the public calls a state. What an owner asked for is none of them: until it is decided, nothing changed.
PUBLIC_STATES = {
    State.OPEN: "open",
    State.RETURNED: "open",
    State.RETAINED: "retained",
    State.CLOSED: "closed",
    State.SUPERSEDED: "superseded",
    State.WITHDRAWN: "withdrawn",
    State.TRANSFERRED: "transferred",
}
# The decisions that the public is told of; nothing else that happens to an action is.
TOLD = {
    EventKind.CLOSED: "closed",
    EventKind.REOPENED: "reopened",
    EventKind.RETURNED: "returned",
    EventKind.RETAINED: "retained",
    EventKind.WITHDRAWN: "withdrawn",
    EventKind.NOT_USED: "withdrawn",
    EventKind.SUPERSEDED: "superseded",
    EventKind.TRANSFERRED: "transferred",
    EventKind.DUE_MOVED: "due_moved",
}


@dataclass(frozen=True)
class Held:
    """Something about an action that the public is not told now, and why."""

    action: Action
    sentence: str


@dataclass
class Compiled:
    """The log as it would be published, and what an approver has to know beside it."""

    log: ActionLog
    actions: dict[str, Action] = field(default_factory=dict)  # of the log, by reference
    held: list[Held] = field(default_factory=list)
    offered: list[Action] = field(default_factory=list)  # sent to their owners, and new to the public
    untold: int = 0  # closed, as published notes say already
    blockers: list[Held] = field(default_factory=list)


@dataclass(frozen=True)
class Known:
    """What is published already, read once."""

    references: frozenset[str]
    withheld: dict[str, str]  # reference → ground
    states: dict[str, str]  # reference → what notes said last
    meetings: dict[str, tuple[str, dt.date]]  # id → title and day of published notes

    @classmethod
    def read(cls) -> "Known":
        every = PublishedMention.objects.order_by("as_of", "edition__date", "edition")
        rows = every.values_list("action__reference", "edition__kind", "state", "withheld")
        told, withheld, states = set(), {}, {}
        for reference, kind, state, ground in rows:
            told.add(reference)
            if ground:
                withheld[reference] = ground
            if kind == Edition.Kind.NOTES:
                states[reference] = state
        editions = Edition.objects.current().filter(kind=Edition.Kind.NOTES)
        meetings = {
            str(uid): (title, date)
            for uid, title, date in editions.values_list("meeting__meeting", "title", "date")
        }
        return cls(frozenset(told), withheld, states, meetings)


def compile_log(as_at: dt.date, chosen: Collection[int] = ()) -> Compiled:
    """The action log of this day for the public; `chosen` are actions, by id, that it tells of for the first time."""
    known, identity = Known.read(), Identity.current(as_at)
    agreed = agreed_by(as_at)
    diary = Diary.read(as_at)
    log = ActionLog(
        office=identity.office_name if identity else "",
        force=identity.force_name if identity else "",
        as_at=as_at,
    )
    made = Compiled(log)
    hidden = hidden_people()
    for action in read_actions():
        if ground := known.withheld.get(action.reference):
            made.held.append(Held(action, f"It is withheld in published notes: {ground}"))
        elif action.reference not in known.references and action.pk not in chosen:
            made.offered.append(action)
        elif is_told_by_notes(action, known):
            made.untold += 1
        else:
            waits = waiting_in(state_on(action, as_at), is_agreed=action.pk in agreed)
            told = logged(action, as_at, known, waits=bool(waits))
            log.actions.append(told)
            made.actions[action.reference] = action
            made.held += held_back(action, told, waits, diary)
            made.blockers += names_that_get_out(action, told, hidden)
    return made


def read_actions() -> list[Action]:
    """Every action that the public knows or may be told of, in the order in which they were given references."""
    known = Q(reference__in=PublishedAction.objects.values("reference"))
    sent = Q(sent_at__isnull=False, given_in_error=False)
    events = ActionEvent.objects.select_related("public_reason").defer("text", "from_text").order_by("pk")
    actions = list(
        Action.objects.exclude(reference=None)
        .filter(known | sent)
        .select_related("owner", "meeting__type", "recorded_in__type", "superseded_by")
        .prefetch_related(Prefetch("events", events))
        .order_by("pk")
    )
    name_helpers(actions)
    return actions


def logged(action: Action, as_at: dt.date, known: Known, *, waits: bool) -> LoggedAction:
    """The action as the public may read it; `waits` when something about it is waiting in the office."""
    origin, agreed = origin_of(action, known)
    state = public_state(action)
    successor = action.superseded_by
    return LoggedAction(
        reference=action.reference,
        ours=action.ours,
        text=action.text,
        owners=list(dict.fromkeys(titled(role) for role in [action.owner, *action.helps] if role)),
        agreed=agreed,
        origin=origin,
        due=due_of(action.due_on, action.due_next),
        first_due=due_of(action.first_due_on, action.first_due_next),
        moved=action.times_moved,
        state=state,
        superseded_by=successor.reference if successor and successor.reference in known.references else None,
        # Said only while nothing about it is waiting in the office.
        overdue=may_be_overdue(state, action.due_on, as_at) and not waits,
        events=[
            told_event(event) for event in action.events.all() if event.kind in TOLD and event.on <= as_at
        ],
    )


def told_event(event: ActionEvent) -> LoggedEvent:
    """A decision, with the reason that an approver wrote for the public, and never with another one."""
    is_moved = event.kind == EventKind.DUE_MOVED
    return LoggedEvent(
        on=event.on,
        what=TOLD[event.kind],
        due=due_of(event.to_due_on, event.to_due_next) if is_moved else None,
        to=event.to_body or None,
        reason=public_reason(event) or None,
    )


def public_reason(event: ActionEvent) -> str:
    return event.public_reason.text if hasattr(event, "public_reason") else ""


def public_state(action: Action) -> str:
    """What was decided last: what an owner asks for changes nothing that the public reads."""
    decided = [event for event in action.events.all() if event.kind not in REPORTS]
    settled = next((event for event in reversed(decided) if event.to_state in PUBLIC_STATES), None)
    return PUBLIC_STATES[settled.to_state] if settled else PUBLIC_STATES[State.OPEN]


def titled(role: Role) -> str:
    """Chief Constable (CC), as notes print who owes an action; never who holds the post."""
    return f"{role.title} ({role.abbreviation})" if role.abbreviation else role.title


def origin_of(action: Action, known: Known) -> tuple[notes.Origin | None, dt.date | None]:
    """The meeting where it arose, as its published notes name it; nothing of a meeting whose notes are not out."""
    source = known.meetings.get(str(action.source.uid))
    if source is None:
        return None, None
    if action.meeting_id is None:
        return (notes.Origin(text=action.origin_text), None) if action.origin_text else (None, None)
    title, date = source
    text = f"{title}, {day_in_words(date)}"
    return notes.Origin(meeting=str(action.meeting.uid), text=text), date


def is_told_by_notes(action: Action, known: Known) -> bool:
    """Whether it is closed just as published notes say, with nothing to add."""
    state = public_state(action)
    if state not in ENDED or known.states.get(action.reference) != state:
        return False
    return not any(public_reason(event) for event in action.events.all() if event.kind in TOLD)


def held_back(action: Action, told: LoggedAction, waits: str, diary: Diary) -> Iterable[Held]:
    """What the office knows of it and the log does not say, with the reason."""
    is_late = diary.due(action).timing == Timing.OVERDUE
    if is_late and not told.overdue:
        why = waits or "it is due at a meeting, and the log does not tell the days of meetings"
        yield Held(action, f"It is overdue, and that is not said: {why}")
    elif waits:
        yield Held(action, f"It stays as it is until you decide: {waits}")


def hidden_people() -> dict[int, list[Attendance]]:
    """Those whom the public does not learn by name, by meeting."""
    found: dict[int, list[Attendance]] = {}
    for one in not_named(Attendance.objects.only("name", "publish_as", "meeting")):
        found.setdefault(one.meeting_id, []).append(one)
    return found


def names_that_get_out(
    action: Action, told: LoggedAction, hidden: dict[int, list[Attendance]]
) -> Iterable[Held]:
    """Whom the log would name although the notes of that meeting do not."""
    texts = [told.text, *filter(None, (words for event in told.events for words in (event.reason, event.to)))]
    for person in hidden.get(action.source.pk, []):
        if any(named_in(text, person) == BLOCKER for text in texts):
            yield Held(action, f"It names {person.name}, who is published without a name")
