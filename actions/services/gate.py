"""The one gate through which everything happens to an action once it has a reference."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from actions import permissions
from actions.models import DECISIONS, EVENTS, Action, ActionEvent, EventKind
from meetings.models import Meeting
from meetings.services import Refused, save_as
from web.dates import moment

# How an event is told to somebody who comes too late: "Ann Lee closed this action on …".
VERBS = {
    EventKind.AGREED: "recorded this action",
    EventKind.SENT: "sent this action to its owner",
    EventKind.UPDATE: "added an update",
    EventKind.PROPOSED: "asked to close this action",
    EventKind.DATE_PROPOSED: "asked for another date",
    EventKind.DATE_KEPT: "did not agree to another date",
    EventKind.RETURNED: "asked for more information",
    EventKind.RETAINED: "kept this action open",
    EventKind.CLOSED: "closed this action",
    EventKind.REOPENED: "opened this action again",
    EventKind.SUPERSEDED: "marked this action as superseded",
    EventKind.WITHDRAWN: "withdrew this action",
    EventKind.NOT_USED: "marked this action as not used",
    EventKind.TRANSFERRED: "transferred this action to another body",
    EventKind.DUE_SET: "set the due date",
    EventKind.DUE_MOVED: "changed the due date",
    EventKind.REWORDED: "changed the wording",
    EventKind.REASSIGNED: "changed the owner",
    EventKind.HELPERS: "changed who helps",
}
# What has to be said, and how it is asked for.
WANTED = {
    EventKind.UPDATE: "Enter the update",
    EventKind.PROPOSED: "Enter what was done",
    EventKind.DATE_PROPOSED: "Enter why another date is needed",
    EventKind.DATE_KEPT: "Enter why the date stays as it is",
    EventKind.CLOSED: "Enter a reason for closing this action",
    EventKind.RETURNED: "Enter what you need",
    EventKind.WITHDRAWN: "Enter a reason for withdrawing this action",
    EventKind.NOT_USED: "Enter why this action is not used",
    EventKind.REOPENED: "Enter a reason for opening this action again",
    EventKind.DUE_MOVED: "Enter a reason for changing the due date",
    EventKind.TRANSFERRED: "Enter a reason for transferring this action",
}

# What else is true of the action from then on.
FOLLOWS = {
    EventKind.NOT_USED: {"given_in_error": True},
    EventKind.REOPENED: {"given_in_error": False, "superseded_by": None, "transferred_to": ""},
}


class NotPossible(Refused):
    """It cannot be done as it was asked: the sentence says why, `field` which answer it is about."""

    def __init__(self, sentence: str, field: str | None = None):
        super().__init__(sentence)
        self.field = field


class Overtaken(NotPossible):
    """Somebody else was first: the sentence says who and when."""

    def __init__(self, event: ActionEvent):
        who = event.by.name if event.by else "The office"
        super().__init__(
            f"{who} {VERBS[event.kind]} on {moment(event.at)}. Nothing that you chose was saved."
        )
        self.event = event


@transaction.atomic
def happen(
    action: Action,
    kind: EventKind,
    *,
    by: User | None,
    text: str = "",
    meeting: Meeting | None = None,
    on: dt.date | None = None,
    at: dt.datetime | None = None,
    seen: int | None = None,
    wording: str = "",
    asked: dict[str, Any] | None = None,
    other: Action | None = None,
    **changes: Any,
) -> ActionEvent:
    """Add an event and change the action accordingly; nothing else changes an action with a reference.

    `changes` are fields of the action; what they were before is kept with the event. So is
    `wording`, the earlier one, which `meetings.texts` has just replaced, and `asked`, a date that is
    only proposed: the action stays as it is. `seen` is the newest event that the person knew of:
    when there is a newer one, they decide again. Raises
    `PermissionDenied`, `NotPossible` or `Overtaken`.
    """
    at = at or timezone.now()
    on = on or (meeting.date if meeting and meeting.date else timezone.localdate(at))
    row = Action.objects.select_for_update().get(pk=action.pk)
    if not permissions.can_do(by, kind, row):
        raise PermissionDenied(_refusal(kind))
    _check_possible(row, kind, seen)
    event = ActionEvent(
        action=row,
        kind=kind,
        on=on,
        text=text.strip(),
        meeting=meeting,
        by=by,
        at=at,
        from_text=wording,
        other=other,
        from_state=row.state,
        to_state=EVENTS[kind][1] or row.state,
        **_before_and_after(row, changes | (asked or {})),
    )
    _require_whole(event)
    event.save()
    _apply(action, row, {**FOLLOWS.get(kind, {}), **changes, "state": event.to_state}, by)
    return event


def hold(actions: Iterable[Action]) -> dict[int, Action]:
    """Keep these actions from changing until the transaction ends; the rows by id.

    Always in the same order, so that two who hold several never wait for each other.
    """
    wanted = [action.pk for action in actions]
    rows = Action.objects.select_for_update().filter(pk__in=wanted).order_by("pk")
    return {row.pk: row for row in rows}


def _refusal(kind: EventKind) -> str:
    if kind in DECISIONS:
        return "Only an approver decides on an action."
    return "This action is not yours to change."


def _check_possible(row: Action, kind: EventKind, seen: int | None):
    if row.reference is None:
        raise NotPossible("A new action gets its reference first. Until then it can be changed or removed.")
    newest = row.events.select_related("by").order_by("-pk").first()
    if newest and (row.state not in EVENTS[kind][0] or (seen is not None and newest.pk > seen)):
        raise Overtaken(_telling(row, kind, newest))


def _require_whole(event: ActionEvent):
    """What an event has to say before it is stored: what takes its place, who takes it over, why, and since when."""
    if event.kind == EventKind.SUPERSEDED:
        _require_successor(event.action, event.other)
    if event.kind == EventKind.TRANSFERRED and not event.to_body:
        raise NotPossible("Enter which body takes this action over", "to_body")
    if not event.text and event.kind in WANTED:
        raise NotPossible(WANTED[event.kind], "text")
    if event.on > timezone.localdate(event.at):
        raise NotPossible("The day must be today or in the past", "on")


def _require_successor(row: Action, other: Action | None):
    """Another action that is open takes its place; so no chain of them ever leads back."""
    if other is None or other.pk == row.pk or other.reference is None:
        raise NotPossible("Select which action takes its place", "other")
    if not other.is_open:
        raise NotPossible(
            f"Action {other.reference} is {other.standing.lower()}. Select one that is open", "other"
        )


def _telling(row: Action, kind: EventKind, newest: ActionEvent) -> ActionEvent:
    """The event that tells why not: the one that ended or proposed, else the newest."""
    if row.state in EVENTS[kind][0]:
        return newest
    into_this = row.events.select_related("by").filter(to_state=row.state).exclude(from_state=row.state)
    return into_this.order_by("-pk").first() or newest


def _before_and_after(row: Action, changes: dict[str, Any]) -> dict[str, Any]:
    """From what to what, for the fields that an event keeps."""
    kept = {"from_due_on": row.due_on, "from_due_next": row.due_next}
    kept |= {
        "to_due_on": changes.get("due_on", row.due_on),
        "to_due_next": changes.get("due_next", row.due_next),
    }
    if "owner" in changes:
        kept |= {"from_owner_id": row.owner_id, "to_owner": changes["owner"]}
    if "transferred_to" in changes:
        kept["to_body"] = changes["transferred_to"]
    return kept


def _apply(action: Action, row: Action, changes: dict[str, Any], by: User | None):
    """Write the changed fields, with their history; the caller's own object learns of them too."""
    for name, value in changes.items():
        setattr(row, name, value)
        setattr(action, name, value)
    save_as(row, by, fields=list(changes))
