"""The actions of a meeting's notes: those that arose there and those that came back, as they stood that day."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Prefetch, Q
from django.utils import timezone

from actions.models import ASKED, Action, ActionEvent, CarriedAction, EventKind, State
from actions.services import REVIEWED_UNDER, Standing, carried_into, state_on
from actions.waiting import agreed_by, waiting_in
from meetings.models import AgendaItem, Exchange, Meeting
from meetings.numbering import Numbering
from publications import notes
from publications.states import may_be_overdue
from review.people import Cast
from web.dates import day as day_in_words

# What is told of an action's life. Reports and proposals stay in the office until somebody decides.
TOLD = {
    EventKind.CLOSED,
    EventKind.RETURNED,
    EventKind.RETAINED,
    EventKind.WITHDRAWN,
    EventKind.NOT_USED,
    EventKind.SUPERSEDED,
    EventKind.TRANSFERRED,
    EventKind.DUE_MOVED,
}


@dataclass(frozen=True)
class Promise:
    """An action at its place in one meeting's notes."""

    action: Action
    carried: CarriedAction | None  # what this meeting did with it, when it came from an earlier one
    arose_here: bool
    item: AgendaItem | None
    after: Exchange | None
    is_agreed: bool  # something was agreed on it by the meeting's day, and not decided


def promises_of(meeting: Meeting, items: list[AgendaItem]) -> list[Promise]:
    """Every action that the notes print, in reading order; `items` come with their exchanges."""
    item_places = {item.pk: place for place, item in enumerate(items)}
    exchange_places = {
        exchange.pk: place for item in items for place, exchange in enumerate(item.exchanges.all(), 1)
    }

    def reading_order(promise: Promise) -> tuple:
        item_place = item_places.get(promise.item.pk, len(items)) if promise.item else len(items)
        after_place = exchange_places.get(promise.after.pk, 0) if promise.after else 0
        return (item_place, after_place, promise.action.order, promise.action.pk)

    actions = _actions_of(meeting)
    agreed = agreed_by(day_of(meeting), actions)
    placed = (_placed(meeting, action, items, action.pk in agreed) for action in actions)
    return sorted(placed, key=reading_order)


def day_of(meeting: Meeting) -> dt.date:
    """The day of which its notes speak; of one without a date, today."""
    return meeting.date or timezone.localdate()


def _actions_of(meeting: Meeting) -> list[Action]:
    """What arose here, what this record brought in, and what was carried into it; each with who `helps`."""
    carried = Q(pk__in=carried_into(meeting).values("pk")) | Q(carried__meeting=meeting)
    here = CarriedAction.objects.filter(meeting=meeting).prefetch_related("exchanges")
    actions = list(
        Action.objects.filter(Q(meeting=meeting) | Q(recorded_in=meeting) | carried)
        .distinct()
        .select_related("owner", "meeting__type")
        .prefetch_related("events", Prefetch("carried", here, to_attr="carried_here"))
    )
    name_helpers(actions)
    return actions


def name_helpers(actions: list[Action]) -> None:
    """Say of each action who `helps`, in the order in which they were named; one query."""
    helpers = Action.supporting.through.objects.filter(action__in=[action.pk for action in actions])
    for action in actions:
        action.helps = []
    by_pk = {action.pk: action for action in actions}
    for helper in helpers.select_related("role").order_by("pk"):
        by_pk[helper.action_id].helps.append(helper.role)


def _placed(meeting: Meeting, action: Action, items: list[AgendaItem], is_agreed: bool) -> Promise:
    by_pk = {item.pk: item for item in items}
    exchanges = [exchange for item in items for exchange in item.exchanges.all()]
    carried = next(iter(action.carried_here), None)
    arose_here = action.meeting_id == meeting.pk
    if arose_here or action.recorded_in_id == meeting.pk:
        item = by_pk.get(action.item_id)
        after = next((exchange for exchange in exchanges if exchange.pk == action.after_id), None)
    else:
        item, after = _where_discussed(carried, items)
    return Promise(action, carried, arose_here, item, after, is_agreed)


def _where_discussed(carried: CarriedAction | None, items: list[AgendaItem]):
    """Before the first exchange that speaks of it; where none does, after all that matters arising says."""
    told = {exchange.pk for exchange in carried.exchanges.all()} if carried else set()
    for item in items:
        before = None
        for exchange in item.exchanges.all():
            if exchange.pk in told:
                return item, before
            before = exchange
    review = next((item for item in items if item.kind in REVIEWED_UNDER), None)
    said = list(review.exchanges.all()) if review else []
    return review, said[-1] if said else None


def due_of(on: dt.date | None, at_next: bool) -> notes.DueOn | notes.DueAt | None:
    if at_next:
        return notes.DueAt(meeting="next")
    return notes.DueOn(date=on) if on else None


def compiled(
    promise: Promise, key: str, *, meeting: Meeting, cast: Cast, numbering: Numbering, is_public: bool
) -> notes.Action:
    """The action as the notes print it for this audience."""
    action = promise.action
    stood = state_on(action, day_of(meeting))
    moved_later = sum(event.kind == EventKind.DUE_MOVED for event in action.events.all()) - stood.times_moved
    owners = [action.owner, *action.helps] if action.owner else []
    return notes.Action(
        key=key,
        reference=action.reference,
        ours=action.ours,
        heading=action.heading if promise.arose_here or action.recorded_in_id == meeting.pk else "",
        text=action.text,
        owners=list(dict.fromkeys(cast.owner(role) for role in owners)),
        due=due_of(stood.due_on, stood.due_next),
        first_due=due_of(action.first_due_on, action.first_due_next),
        moved=action.times_moved - moved_later,
        place=notes.Place(
            item=numbering.items[promise.item.pk] if promise.item else "",
            after=numbering.exchanges[promise.after.pk] if promise.after else None,
        ),
        carried_from=None if promise.arose_here else _origin(action),
        outcome=(promise.carried.outcome or None) if promise.carried else None,
        state=_told(stood.state, is_public),
        as_of=meeting.date,
        overdue=_overdue(stood, day_of(meeting), is_agreed=promise.is_agreed),
        events=[_event(event, is_public) for event in reversed(stood.events) if event.kind in TOLD],
    )


def _overdue(stood: Standing, day: dt.date, *, is_agreed: bool) -> bool | None:
    """Whether it is called overdue, of one whose date had passed; never what it was that waited."""
    if not may_be_overdue(stood.state, stood.due_on, day):
        return None
    return not waiting_in(stood, is_agreed=is_agreed)


def _told(state: State, is_public: bool) -> State:
    """What its owner asked for and nobody has answered is not for the public; a date asked for changes nothing."""
    return State.OPEN if state == State.DATE_PROPOSED or (is_public and state in ASKED) else state


def _origin(action: Action) -> notes.Origin:
    """The earlier meeting: one of ours, or the words of the record that brought the action in."""
    if origin := action.meeting:
        words = f"{origin.name}, {day_in_words(origin.date)}" if origin.date else origin.name
        return notes.Origin(meeting=str(origin.uid), text=words)
    return notes.Origin(
        meeting=str(action.origin_uid) if action.origin_uid else None, text=action.origin_text
    )


def _event(event: ActionEvent, is_public: bool) -> notes.ActionEvent:
    moved = event.kind == EventKind.DUE_MOVED
    return notes.ActionEvent(
        on=event.on,
        # To the public, what was given in error is withdrawn.
        what=EventKind.WITHDRAWN if event.kind == EventKind.NOT_USED else event.kind,
        due=due_of(event.to_due_on, event.to_due_next) if moved else None,
        to=event.to_body or None,
        # Reasons are often the force's own words; nobody has read them for the public.
        reason=None if is_public else event.text or None,
    )
