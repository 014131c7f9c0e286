"""What happens to an action after it was agreed: reports, proposals and decisions."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from actions.models import EVENTS, Action, ActionEvent, EventKind, State
from actions.services.gate import NotPossible, happen, hold
from meetings.models import Meeting


def record_update(
    action: Action,
    text: str,
    *,
    by: User | None,
    meeting: Meeting | None = None,
    at: dt.datetime | None = None,
    on: dt.date | None = None,
) -> ActionEvent:
    """Keep what the owner says about it; `on` is the day on which they said it."""
    return happen(action, EventKind.UPDATE, by=by, text=text, meeting=meeting, at=at, on=on)


def propose_completion(
    action: Action,
    text: str,
    *,
    by: User | None,
    meeting: Meeting | None = None,
    at: dt.datetime | None = None,
    on: dt.date | None = None,
) -> ActionEvent:
    """The owner asks to close it; that closes nothing, an approver decides."""
    return happen(action, EventKind.PROPOSED, by=by, text=text, meeting=meeting, at=at, on=on)


@transaction.atomic
def propose_date(
    action: Action,
    text: str,
    *,
    due_on: dt.date | None = None,
    due_next: bool = False,
    by: User | None,
    meeting: Meeting | None = None,
    at: dt.datetime | None = None,
    on: dt.date | None = None,
) -> ActionEvent:
    """The owner asks for another date; the action is due when it was, until an approver agrees."""
    at = at or timezone.now()
    row = Action.objects.select_for_update().get(pk=action.pk)
    if not due_next and not due_on:
        raise NotPossible("Select when it should be due", "due")
    if due_on and due_on <= timezone.localdate(at):
        raise NotPossible("Proposed date must be in the future", "due_on")
    if (row.due_on, row.due_next) == (due_on, due_next):
        raise NotPossible("This is the due date that it has. Select another one", "due")
    asked = {"due_on": due_on, "due_next": due_next}
    return happen(
        action, EventKind.DATE_PROPOSED, by=by, text=text, meeting=meeting, at=at, on=on, asked=asked
    )


def decide(action: Action, kind: EventKind, *, by: User, reason: str = "", **details) -> ActionEvent:
    """An approver's decision; the verbs below are its usual forms.

    `details`: `meeting` and `on`, where and when it was agreed; `at`; `seen`, the newest event
    that the approver knew of; `due_on` and `due_next` for another date; `other`, the action that takes its place;
    `to_body`, the body that takes it over. Raises
    `PermissionDenied` for everybody else, `Overtaken` when somebody was first, `NotPossible`
    for what is missing.
    """
    if kind == EventKind.DUE_MOVED:
        return move_due(action, by=by, reason=reason, **details)
    if kind == EventKind.SUPERSEDED:
        return supersede(action, by=by, reason=reason, **details)
    if kind == EventKind.TRANSFERRED:
        return transfer(action, by=by, reason=reason, **details)
    return happen(action, kind, by=by, text=reason, **details)


def close(action: Action, *, by: User, reason: str, **details) -> ActionEvent:
    """Accept it as done."""
    return decide(action, EventKind.CLOSED, by=by, reason=reason, **details)


def return_to_owner(action: Action, *, by: User, reason: str, **details) -> ActionEvent:
    """Ask for more: what was reported does not suffice."""
    return decide(action, EventKind.RETURNED, by=by, reason=reason, **details)


def keep_date(action: Action, *, by: User, reason: str, **details) -> ActionEvent:
    """Do not agree to the date that the owner asked for; the one that it has stands."""
    return decide(action, EventKind.DATE_KEPT, by=by, reason=reason, **details)


def retain(action: Action, *, by: User, reason: str = "", **details) -> ActionEvent:
    """Keep it open, as a watching brief."""
    return decide(action, EventKind.RETAINED, by=by, reason=reason, **details)


def withdraw(action: Action, *, by: User, reason: str, **details) -> ActionEvent:
    """Give it up; its reference stays and is never used again."""
    return decide(action, EventKind.WITHDRAWN, by=by, reason=reason, **details)


def mark_not_used(action: Action, *, by: User, reason: str, **details) -> ActionEvent:
    """It was given in error: it stays, called "Not used", and its reference is never used again."""
    return decide(action, EventKind.NOT_USED, by=by, reason=reason, **details)


def transfer(action: Action, to_body: str = "", *, by: User, reason: str, **details) -> ActionEvent:
    """Pass it on to the body that takes this work over, such as Marlshire Combined Authority; everybody reads its name."""
    to_body = " ".join(to_body.split())
    return happen(action, EventKind.TRANSFERRED, by=by, text=reason, transferred_to=to_body, **details)


@transaction.atomic
def supersede(
    action: Action, other: Action | None = None, *, by: User, reason: str = "", **details
) -> ActionEvent:
    """Let another action take its place; two are merged when one of them takes the other's place."""
    # Somebody may merge the same two the other way round at this moment.
    rows = hold([action, other] if other else [action])
    successor = rows.get(other.pk) if other else None
    return happen(
        action,
        EventKind.SUPERSEDED,
        by=by,
        text=reason,
        other=successor,
        superseded_by=successor,
        **details,
    )


def reopen(action: Action, *, by: User, reason: str, **details) -> ActionEvent:
    """Open again what was closed, withdrawn, superseded or passed on."""
    return decide(action, EventKind.REOPENED, by=by, reason=reason, **details)


@transaction.atomic
def move_due(
    action: Action,
    *,
    due_on: dt.date | None = None,
    due_next: bool = False,
    by: User,
    reason: str,
    meeting: Meeting | None = None,
    on: dt.date | None = None,
    at: dt.datetime | None = None,
    seen: int | None = None,
) -> ActionEvent:
    """Agree another date; the first one stays known, and how often it moved."""
    at = at or timezone.now()
    on = on or (meeting.date if meeting and meeting.date else timezone.localdate(at))
    row = Action.objects.select_for_update().get(pk=action.pk)
    if due_on and due_on <= on:
        raise NotPossible("New due date must be in the future", "due_on")
    if not due_next and row.due_on == due_on:
        raise NotPossible("This is the due date that it has. Select another one", "due")
    changes = {
        "due_on": due_on,
        "due_next": due_next,
        "times_moved": row.times_moved + 1,
        "due_agreed_on": on,
    }
    return happen(
        action, EventKind.DUE_MOVED, by=by, text=reason, meeting=meeting, on=on, at=at, seen=seen, **changes
    )


@dataclass(frozen=True)
class Standing:
    """How an action stood at the end of a day."""

    state: State
    due_on: dt.date | None
    due_next: bool
    times_moved: int
    events: list[ActionEvent]  # what counted by then, what was recorded last first


def state_on(action: Action, day: dt.date) -> Standing:
    """How it stood at the end of that day, by what counted on that day; reads `action.events.all()` alone."""
    # In the order of recording: each event leads on from the state that the one before it left.
    recorded = sorted(action.events.all(), key=lambda event: event.pk, reverse=True)
    until, after = ([event for event in recorded if (event.on <= day) is past] for past in (True, False))
    settled = next((event for event in until if EVENTS[event.kind][1]), None)
    due_on, due_next = action.due_on, action.due_next
    for event in after:
        if event.kind in {EventKind.DUE_SET, EventKind.DUE_MOVED}:
            due_on, due_next = event.from_due_on, event.from_due_next
    return Standing(
        state=State(settled.to_state) if settled else State.OPEN,
        due_on=due_on,
        due_next=due_next,
        times_moved=sum(event.kind == EventKind.DUE_MOVED for event in until),
        events=until,
    )
