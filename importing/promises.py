"""The actions of a Notes document become actions of the record, with what became of them."""

import datetime as dt
from uuid import UUID, uuid4

from accounts.models import User
from actions.models import ENDED, EVENTS, SPOKEN, Action, ActionEvent, EventKind, State
from actions.services import (
    add_action,
    add_earlier_action,
    carried_into,
    give_reference,
    is_taken,
    record_outcome,
    state_on,
)
from actions.waiting import agreed_by, waiting_in
from importing.matching import Directory
from meetings.models import AgendaItem, Exchange, Meeting
from meetings.services import save_as
from publications import notes
from publications.notes import Notes

EARLIER_MEETING = "an earlier meeting"
SOMETHING_WAITED = (
    "Something about this action was waiting in the office on this day: the notes that were brought in do not call "
    "it overdue. They do not say what it was."
)
NOTHING_WAITED = "The notes that were brought in call it overdue: nothing was waiting to be confirmed."


def add_promises(
    meeting: Meeting,
    told: Notes,
    directory: Directory,
    items: dict[str, AgendaItem],
    exchanges: dict[str, Exchange],
    *,
    by: User | None,
    at: dt.datetime,
) -> None:
    """Add every action that the notes print, at its place, with outcome, dates and events."""
    about = {action.key: [] for action in told.actions}
    for item in told.every_item():
        for exchange in item.exchanges:
            for key in exchange.about:
                about.setdefault(key, []).append(exchanges[exchange.number])
    for promise in told.actions:
        action = _known(promise, meeting) or _added(promise, meeting, directory, items, exchanges, by, at)
        if promise.carried_from and (promise.outcome or about[promise.key]):
            record_outcome(action, meeting, promise.outcome or "", exchanges=about[promise.key], by=by, at=at)
        if promise.overdue is not None:
            _keep_what_waited(action, meeting, promise, at)


def _known(promise: notes.Action, meeting: Meeting) -> Action | None:
    """The action of the same reference and wording that comes to this meeting anyway."""
    if not promise.carried_from or not promise.reference:
        return None
    return carried_into(meeting).filter(reference=promise.reference, text=promise.text).first()


def _added(
    promise: notes.Action,
    meeting: Meeting,
    directory: Directory,
    items: dict[str, AgendaItem],
    exchanges: dict[str, Exchange],
    by: User | None,
    at: dt.datetime,
) -> Action:
    owner, *supporting = [directory.owner(key) for key in promise.owners] or [None]
    due_on, due_next = _due(promise.first_due or promise.due)
    reference, heading = promise.reference, promise.heading
    if reference and is_taken(reference):
        # Somebody else's here: its words stay in the print, and this one gets a reference of its own.
        reference, heading = None, f"{heading} {reference}".strip()
    facts = {
        "item": items.get(promise.place.item),
        "after": exchanges.get(promise.place.after),
        "text": promise.text,
        "owner": owner,
        "due_on": due_on,
        "due_next": due_next,
        "heading": heading,
        "reference": reference,
        "by": by,
        "op_id": uuid4(),
        "at": at,
    }
    if origin := promise.carried_from:
        words = origin.text or EARLIER_MEETING
        action = add_earlier_action(
            recorded_in=meeting, origin_text=words, origin_uid=_uid(origin.meeting), **facts
        )
    else:
        action = add_action(meeting=meeting, **facts)
    for role in [role for role in supporting if role != owner]:
        # One by one, so that they stay in the order in which the notes name them.
        action.supporting.add(role)
    _bring_up_to_date(action, promise, by, at)
    return action


def _bring_up_to_date(action: Action, promise: notes.Action, by: User | None, at: dt.datetime) -> None:
    """Set the action to how the notes say it stood, and tell in its history what they tell.

    These are not decisions of whoever imports: the events say that the office knows them, and
    name nobody.
    """
    action.ours = promise.ours and action.reference is not None
    if promise.events or promise.state != State.OPEN:
        give_reference(action, by=None, at=at)
        _tell_events(action, promise, at)
    action.due_on, action.due_next = _due(promise.due)
    action.first_due_on, action.first_due_next = _due(promise.first_due)
    action.times_moved = promise.moved
    changed = [
        "ours",
        "state",
        "transferred_to",
        "due_on",
        "due_next",
        "first_due_on",
        "first_due_next",
        "times_moved",
    ]
    save_as(action, by, fields=changed)


def _tell_events(action: Action, promise: notes.Action, at: dt.datetime) -> None:
    due = _due(promise.first_due or promise.due)
    for event in promise.events:
        kind = EventKind(event.what)
        if action.state in ENDED:
            due = _tell(action, EventKind.REOPENED, event.on, due, due, "", at)
        moved_to = _due(event.due) if kind == EventKind.DUE_MOVED else due
        due = _tell(action, kind, event.on, due, moved_to, event.reason or "", at, to_body=event.to or "")
    # What leads to these states without being told.
    missing = {
        State.OPEN: EventKind.REOPENED,
        State.PROPOSED: EventKind.PROPOSED,
        State.RETURNED: EventKind.DATE_KEPT,
    }
    if action.state != promise.state and promise.state in missing:
        last_day = promise.as_of or at.date()
        _tell(action, missing[promise.state], last_day, due, due, "", at)
    action.state, action.transferred_to = promise.state, promise.transferred_to


def _keep_what_waited(action: Action, meeting: Meeting, promise: notes.Action, at: dt.datetime) -> None:
    """Let something wait in the record on that day just where the notes do not call the action overdue."""
    day = promise.as_of or meeting.date or at.date()
    is_agreed = action.pk in agreed_by(day, [action])
    waited = bool(waiting_in(state_on(action, day), is_agreed=is_agreed))
    if not waited and not promise.overdue:
        due = (action.due_on, action.due_next)
        _tell(action, EventKind.UPDATE, day, due, due, SOMETHING_WAITED, at)
    if waited and promise.overdue:
        spoken = meeting.carried_actions.filter(action=action, outcome__in=SPOKEN, confirmed=None)
        spoken.update(dropped_at=at, dropped_why=NOTHING_WAITED)


def _tell(
    action: Action,
    kind: EventKind,
    on: dt.date,
    before: tuple[dt.date | None, bool],
    after: tuple[dt.date | None, bool],
    text: str,
    at: dt.datetime,
    *,
    to_body: str = "",
) -> tuple[dt.date | None, bool]:
    """One event of the action's past; the gate of actions lets only an approver decide, and nobody decides here."""
    to_state = EVENTS[kind][1] or action.state
    ActionEvent.objects.create(
        action=action,
        kind=kind,
        on=on,
        text=text,
        from_state=action.state,
        to_state=to_state,
        from_due_on=before[0],
        from_due_next=before[1],
        to_due_on=after[0],
        to_due_next=after[1],
        to_body=to_body,
        at=at,
    )
    action.state = to_state
    return after


def _due(due: notes.DueOn | notes.DueAt | None) -> tuple[dt.date | None, bool]:
    return getattr(due, "date", None), isinstance(due, notes.DueAt)


def _uid(written: str | None) -> UUID | None:
    try:
        return UUID(written) if written else None
    except ValueError:
        return None
