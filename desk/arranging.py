"""Rearranging entries together with the actions that arose from them: both floors, in one transaction.

Each waits for its turn before it looks where the actions stand: who moves the same entry at the same moment
would move them too. What was done already is not done to the actions again.
"""

from functools import partial
from uuid import UUID

from django.db import transaction

from accounts.models import User
from actions.services.places import (
    move_along,
    places_after,
    put_back_along,
    stand_with_their_entries,
    tell_along,
)
from meetings import services
from meetings.models import AgendaItem, Contribution, Exchange, Meeting


@transaction.atomic
def move_entry(exchange: Exchange, item: AgendaItem, *, first: bool, by: User, op_id: UUID) -> Exchange:
    """Move an entry to another item, with the actions that arose from it."""
    is_done = _is_done(exchange, op_id)
    along = places_after([exchange])
    moved = services.move_exchange_to(exchange, item, first=first, by=by, op_id=op_id, along=along)
    if not is_done:
        move_along(exchange, moved, by=by)
    return moved


@transaction.atomic
def split_entry(contribution: Contribution, *, by: User, op_id: UUID) -> Exchange:
    """Begin a new entry with what somebody said; the actions stay behind the last words, as they are read."""
    exchange = contribution.exchange
    is_done = _is_done(exchange, op_id)
    new = services.split_exchange(contribution, by=by, op_id=op_id, along=places_after([exchange]))
    if not is_done:
        move_along(exchange, new, by=by)
    return new


@transaction.atomic
def join_entry(exchange: Exchange, before: Exchange, *, by: User, op_id: UUID) -> Exchange:
    """Put an entry behind the one before it, with its actions and what it tells of earlier ones."""
    is_done = _is_done(exchange, op_id)
    along = places_after([exchange, before]) | {"to": before.pk}
    if not is_done:
        move_along(exchange, before, by=by)
        tell_along(exchange, before)
    return services.join_exchange(exchange, before, by=by, op_id=op_id, along=along)


@transaction.atomic
def undo(meeting: Meeting, op_id: UUID, *, by: User) -> dict:
    """Put back what was rearranged, actions included; what is remembered of it."""
    memory = services.undo(meeting, op_id, by=by, along=partial(put_back_along, by=by))
    stand_with_their_entries(memory["after"]["exchanges"], by=by)
    return memory


def _is_done(exchange: Exchange, op_id: UUID) -> bool:
    """Wait for the turn, and tell whether this was done already and is sent again."""
    meeting = exchange.item.meeting
    services.wait_for_turn(meeting.pk)
    return services.remembered_of(meeting, op_id) is not None
