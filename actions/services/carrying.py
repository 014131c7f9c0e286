"""Carrying forward: which actions come back to a later meeting, and what it did with them."""

import datetime as dt
from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from accounts.models import User
from actions import permissions
from actions.models import ENDED, EVENTS, Action, ActionEvent, CarriedAction, CarriedSet, Outcome
from actions.services.gate import NotPossible, hold
from meetings.models import Exchange, Meeting
from publications.notes import ItemKind
from web.dates import moment

# The kinds of item under which a meeting speaks of earlier actions.
REVIEWED_UNDER = (ItemKind.MATTERS_ARISING, ItemKind.ACTION_REVIEW)
# The kinds of event after which an action may stand differently.
SETTLING = [kind for kind, (_, to_state) in EVENTS.items() if to_state]

# What was said with an outcome goes with it when another is recorded.
FORGOTTEN = {
    "reason": "",
    "due_on": None,
    "due_next": False,
    "dropped_at": None,
    "dropped_by": None,
    "dropped_why": "",
}


def carried_into(meeting: Meeting) -> QuerySet[Action]:
    """The actions that this meeting has to speak of, the oldest first.

    They arose before it in a type that shares its actions, or were brought in by its own
    record or an earlier one, and were not closed before its date. It is a question, not
    copies, until the meeting's numbers are stored; from then on the stored set counts. One that
    was cancelled speaks of none: they come back to the next.
    """
    if is_stored(meeting):
        return Action.objects.filter(carried__meeting=meeting).in_reading_order()
    return _asked(meeting).in_reading_order()


@transaction.atomic
def record_outcome(
    action: Action,
    meeting: Meeting,
    outcome: Outcome,
    *,
    exchanges: Iterable[Exchange] = (),
    reason: str | None = None,
    due_on: dt.date | None = None,
    due_next: bool = False,
    by: User | None,
    at: dt.datetime | None = None,
) -> CarriedAction:
    """Record what a meeting did with an action that was carried into it, and which exchanges tell of it.

    What was agreed there takes effect when an approver confirms it, with its `reason` and the new
    date; None and no date leave those that were recorded with the same outcome. What was
    confirmed stays.
    """
    if by is not None and not permissions.can_minute(by):
        raise PermissionDenied("Only a policy officer records what a meeting did with an action.")
    exchanges = list(exchanges)
    if any(exchange.item.meeting_id != meeting.pk for exchange in exchanges):
        raise NotPossible("Select paragraphs of this meeting", "exchanges")
    if not carried_into(meeting).filter(pk=action.pk).exists():
        raise NotPossible(f"{action.name} was not carried into this meeting")
    Action.objects.select_for_update().get(pk=action.pk)
    before = CarriedAction.objects.filter(action=action, meeting=meeting).select_related("confirmed").first()
    known = {"outcome": outcome, "by": by, "at": at or timezone.now()}
    if before and before.outcome != outcome:
        _require_unconfirmed(before)
        known |= FORGOTTEN
    said = {"reason": reason} if reason is not None else {}
    due = {"due_on": due_on, "due_next": due_next} if due_on or due_next else {}
    told, _ = CarriedAction.objects.update_or_create(
        action=action, meeting=meeting, defaults=known | said | due
    )
    told.exchanges.set(exchanges)
    return told


@transaction.atomic
def record_rest_not_reached(meeting: Meeting, *, by: User | None, at: dt.datetime | None = None) -> int:
    """Record that a meeting did not come to whatever has no outcome there and no paragraph; how many that was."""
    known = CarriedAction.objects.filter(meeting=meeting)
    spoken_of = known.filter(~Q(outcome="") | Q(exchanges__isnull=False))
    rest = list(carried_into(meeting).exclude(pk__in=spoken_of.values("action")))
    hold(rest)
    for action in rest:
        record_outcome(action, meeting, Outcome.NOT_REACHED, by=by, at=at)
    return len(rest)


@transaction.atomic
def store_carried(meeting: Meeting, *, by: User | None = None, at: dt.datetime | None = None) -> None:
    """Store which actions were carried into a meeting, when its numbers are stored; the first time decides.

    An action on which an outcome was recorded was spoken of, and is in the set already.
    """
    at = at or timezone.now()
    _, is_first = CarriedSet.objects.get_or_create(meeting=meeting, defaults={"at": at})
    if is_first:
        known = CarriedAction.objects.filter(meeting=meeting).values("action")
        missing = _asked(meeting).exclude(pk__in=known)
        CarriedAction.objects.bulk_create(
            CarriedAction(action=one, meeting=meeting, by=by, at=at) for one in missing
        )


def is_stored(meeting: Meeting) -> bool:
    """Whether the set of carried actions is stored, and counts from then on."""
    return CarriedSet.objects.filter(meeting=meeting).exists()


def _require_unconfirmed(told: CarriedAction):
    if told.confirmed:
        raise NotPossible(
            f"{told.confirmed.by} confirmed “{told.get_outcome_display().lower()}” on {moment(told.confirmed.at)}, "
            "so that outcome stays. A new decision can be made on the action"
        )


def _asked(meeting: Meeting) -> QuerySet[Action]:
    if meeting.status == Meeting.Status.CANCELLED:
        return Action.objects.none()
    brought_in = Q(recorded_in=meeting)
    if meeting.date is None:
        return Action.objects.filter(brought_in)
    types = [meeting.type_id, *meeting.type.shares_actions_with.values_list("pk", flat=True)]
    before = (
        _earlier_than(meeting, types, "meeting") | _earlier_than(meeting, types, "recorded_in") | brought_in
    )
    return _not_ended_before(Action.objects.filter(before), meeting.date)


def _earlier_than(meeting: Meeting, types: list[int], relation: str) -> Q:
    """That the meeting of this relation came before, in one of these types; several may share a day."""
    same_day = Q(**{f"{relation}__date": meeting.date})
    untimed, timed = Q(**{f"{relation}__start": None}), Q(**{f"{relation}__start__lt": meeting.start})
    same_start = Q(**{f"{relation}__start": meeting.start, f"{relation}__pk__lt": meeting.pk})
    earlier_that_day = same_start | untimed | timed if meeting.start else same_start
    return Q(**{f"{relation}__type__in": types}) & (
        Q(**{f"{relation}__date__lt": meeting.date}) | (same_day & earlier_that_day)
    )


def _not_ended_before(actions: QuerySet[Action], day: dt.date) -> QuerySet[Action]:
    """Those that were open at the end of the day before; of what counted by then, what was recorded last decides."""
    settled = ActionEvent.objects.filter(action=OuterRef("pk"), on__lt=day, kind__in=SETTLING)
    state = Subquery(settled.order_by("-pk").values("to_state")[:1])
    return actions.annotate(state_before=state).filter(Q(state_before=None) | ~Q(state_before__in=ENDED))
