"""Decisions that were spoken at a meeting: recorded by an officer, in force once an approver confirms them."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from accounts.models import User
from actions import permissions
from actions.models import DECISIONS, ENDED, SPOKEN, Action, ActionEvent, CarriedAction, EventKind, Outcome
from actions.services.deciding import decide
from actions.services.gate import NotPossible, Overtaken, hold
from meetings.models import Meeting
from web.dates import moment

CARRIES_OUT = {
    Outcome.CLOSED: EventKind.CLOSED,
    Outcome.RETURNED: EventKind.RETURNED,
    Outcome.RETAINED: EventKind.RETAINED,
    Outcome.NEW_DATE: EventKind.DUE_MOVED,
}
# What is said where nobody recorded more: the notes of the meeting tell the rest.
AS_AGREED = "As agreed at the meeting"


@dataclass(frozen=True)
class Confirmation:
    """What an approver ticked: which spoken decision, with which reason and date, and what they had seen."""

    told: CarriedAction
    reason: str
    due_on: dt.date | None = None
    due_next: bool = False
    seen: int | None = None


def waiting_to_be_confirmed(meeting: Meeting | None = None) -> QuerySet[CarriedAction]:
    """What was agreed and is not in force yet, the oldest meeting first.

    A decision of the same day or later has answered it, whatever it was; a meeting that was
    cancelled after all agreed nothing.
    """
    waiting = undecided_outcomes().filter(action__removed_at=None).exclude(action__state__in=ENDED)
    if meeting:
        waiting = waiting.filter(meeting=meeting)
    return waiting.order_by("meeting__date", "meeting", "action__order", "pk")


def undecided_outcomes(by: dt.date | None = None) -> QuerySet[CarriedAction]:
    """What was agreed and nobody decided since, whatever became of the action; `by` the end of a day, or by now."""
    decided = ActionEvent.objects.filter(
        action=OuterRef("action"), kind__in=DECISIONS, on__gte=OuterRef("meeting__date")
    )
    spoken = CarriedAction.objects.filter(outcome__in=SPOKEN, confirmed=None, dropped_at=None)
    if by:
        decided, spoken = decided.filter(on__lte=by), spoken.exclude(meeting__date__gt=by)
    return spoken.exclude(meeting__status=Meeting.Status.CANCELLED).exclude(Exists(decided))


@transaction.atomic
def confirm_spoken(
    told: CarriedAction,
    *,
    by: User,
    reason: str,
    due_on: dt.date | None = None,
    due_next: bool = False,
    seen: int | None = None,
    at: dt.datetime | None = None,
) -> ActionEvent:
    """Let what was agreed take effect, in the approver's name and dated by the meeting.

    Raises `PermissionDenied`, `NotPossible` for what is missing, and `Overtaken` for whoever comes second.
    """
    row = _locked(told, by)
    kind = CARRIES_OUT[Outcome(row.outcome)]
    due = {"due_on": due_on, "due_next": due_next} if kind == EventKind.DUE_MOVED else {}
    if due and not (due_on or due_next):
        raise NotPossible("Enter the new due date", "due_on")
    event = decide(row.action, kind, by=by, reason=reason, meeting=row.meeting, seen=seen, at=at, **due)
    row.confirmed = event
    row.save(update_fields=["confirmed"])
    return event


@transaction.atomic
def confirm_all(
    ticked: Iterable[Confirmation], *, by: User, at: dt.datetime | None = None
) -> list[ActionEvent]:
    """Let all of these take effect, or none; raises what `confirm_spoken` raises, for the first that cannot."""
    ticked = list(ticked)
    hold([one.told.action for one in ticked])
    return [_confirm(one, by, at) for one in ticked]


@transaction.atomic
def drop_spoken(told: CarriedAction, *, by: User, why: str, at: dt.datetime | None = None) -> CarriedAction:
    """Say that what was recorded as agreed shall not take effect; it stays in the history with the reason."""
    row = _locked(told, by)
    if not why.strip():
        raise NotPossible("Enter a reason for dropping this", "why")
    row.dropped_at, row.dropped_by, row.dropped_why = at or timezone.now(), by, why.strip()
    row.save(update_fields=["dropped_at", "dropped_by", "dropped_why"])
    return row


def _confirm(one: Confirmation, by: User, at: dt.datetime | None) -> ActionEvent:
    try:
        return confirm_spoken(
            one.told,
            by=by,
            reason=one.reason,
            due_on=one.due_on,
            due_next=one.due_next,
            seen=one.seen,
            at=at,
        )
    except NotPossible as refused:
        # Of several, the sentence says which.
        refused.sentence = f"{one.told.action.name}: {refused.sentence}"
        raise


def _locked(told: CarriedAction, by: User) -> CarriedAction:
    """The row and its action, held until the transaction ends; refused when it waits no more."""
    if not permissions.can_decide(by):
        raise PermissionDenied("Only an approver confirms what was agreed.")
    # The action first, as everything that happens to one does.
    Action.objects.select_for_update().get(pk=told.action_id)
    rows = CarriedAction.objects.select_for_update(of=["self"])
    row = rows.select_related("action", "meeting", "confirmed__by", "dropped_by").get(pk=told.pk)
    if row.confirmed:
        raise Overtaken(row.confirmed)
    if row.dropped_at:
        raise NotPossible(f"{row.dropped_by} dropped this on {moment(row.dropped_at)}")
    if row.outcome not in SPOKEN:
        raise NotPossible("The office has recorded another outcome meanwhile. Nothing is left to confirm")
    return row
