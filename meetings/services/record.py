"""The record of an item: exchanges, and what each speaker contributed to them."""

import datetime as dt
from uuid import UUID, uuid4, uuid5

from django.db import transaction

from accounts.models import User
from meetings import permissions
from meetings.models import AgendaItem, Contribution, Exchange, Revision
from meetings.services.removal import remove_together, what_hangs_on
from meetings.services.saving import Refused, now_or, put_in_order, put_last, save_as, swap, wait_for_turn
from meetings.services.spoken import Spoken, require_of_meeting
from web.operations import digest_of, once


@transaction.atomic
def add_exchange(
    item: AgendaItem,
    spoken: list[Spoken],
    *,
    after: Exchange | None = None,
    public_note: str = "",
    by: User | None,
    op_id: UUID | None = None,
    at: dt.datetime | None = None,
    came_from: dict | None = None,
) -> Exchange:
    """Add an exchange to an item, at its end or after another of its exchanges.

    The same `op_id` again returns the first exchange. Without one, it is a new one. `came_from` says in the
    history from where the words were taken.
    An item that was minuted as None no longer is.
    """
    permissions.require_editing(by, item.meeting)
    require_of_meeting(item.meeting_id, spoken)
    wait_for_turn(item.meeting_id)
    if op_id is None:
        return _store_exchange(item, spoken, after, public_note, by, uuid4(), now_or(at), came_from)
    digest = digest_of(
        what="exchange",
        item=item.pk,
        after=after and after.pk,
        spoken=_asked(spoken),
        by=by and by.pk,
        note=public_note,
    )

    def add() -> int:
        return _store_exchange(item, spoken, after, public_note, by, op_id, now_or(at), came_from).pk

    return Exchange.with_removed.get(pk=once(op_id, digest, add))


@transaction.atomic
def add_contributions(
    exchange: Exchange,
    spoken: list[Spoken],
    *,
    by: User | None,
    op_id: UUID | None = None,
    at: dt.datetime | None = None,
    came_from: dict | None = None,
) -> list[Contribution]:
    """Add to the end of an exchange what somebody else said. The same `op_id` again returns the first."""
    meeting = exchange.item.meeting
    permissions.require_editing(by, meeting)
    require_of_meeting(meeting.pk, spoken)
    wait_for_turn(meeting.pk)
    if op_id is None:
        return _store_more(exchange, spoken, by, uuid4(), now_or(at), came_from)
    digest = digest_of(what="contribution", exchange=exchange.pk, spoken=_asked(spoken), by=by and by.pk)

    def add() -> list[int]:
        return [one.pk for one in _store_more(exchange, spoken, by, op_id, now_or(at), came_from)]

    return list(Contribution.with_removed.filter(pk__in=once(op_id, digest, add)).order_by("order", "pk"))


def add_contribution(
    exchange: Exchange,
    spoken: Spoken,
    *,
    by: User | None,
    op_id: UUID | None = None,
    at: dt.datetime | None = None,
) -> Contribution:
    """Add to the end of an exchange what one more person said."""
    return add_contributions(exchange, [spoken], by=by, op_id=op_id, at=at)[0]


@transaction.atomic
def move_exchange(
    exchange: Exchange,
    direction: str,
    by: User | None,
    *,
    seen_at: int | None = None,
    op_id: UUID | None = None,
) -> bool:
    """Move an exchange one place up or down in its item; False when it is at that end already.

    `seen_at` is the place, from 0, at which the mover saw it: it is not moved from another.
    The same `op_id` again moves it no further.
    """
    permissions.require_editing(by, exchange.item.meeting)
    wait_for_turn(exchange.item.meeting_id)
    if exchange.number:
        raise Refused(f"Entry {exchange.number} has left the office with its number, so it keeps its place.")

    def move() -> bool:
        siblings = list(Exchange.objects.filter(item=exchange.item_id))
        _require_seen(exchange, siblings, seen_at)
        return swap(exchange, siblings, direction)

    digest = digest_of(what="step", exchange=exchange.pk, direction=direction, seen_at=seen_at)
    return once(op_id, digest, move) if op_id else move()


@transaction.atomic
def move_contribution(
    contribution: Contribution,
    direction: str,
    by: User | None,
    *,
    seen_at: int | None = None,
    op_id: UUID | None = None,
) -> bool:
    """Move what somebody said one place up or down in its exchange, as `move_exchange` does."""
    permissions.require_editing(by, contribution.exchange.item.meeting)
    wait_for_turn(contribution.exchange.item.meeting_id)

    def move() -> bool:
        siblings = list(Contribution.objects.filter(exchange=contribution.exchange_id))
        _require_seen(contribution, siblings, seen_at)
        return swap(contribution, siblings, direction)

    digest = digest_of(what="step", contribution=contribution.pk, direction=direction, seen_at=seen_at)
    return once(op_id, digest, move) if op_id else move()


@transaction.atomic
def remove_exchange(exchange: Exchange, by: User) -> Exchange:
    """Remove an exchange with all that was said in it. Raises `Refused` once it has a number or an action."""
    permissions.require_editing(by, exchange.item.meeting)
    wait_for_turn(exchange.item.meeting_id)
    exchange = Exchange.with_removed.select_related("item__meeting").get(pk=exchange.pk)
    if exchange.removed_at:
        return exchange
    if exchange.number:
        raise Refused(
            f"Entry {exchange.number} has left the office with its number, so it cannot be deleted."
        )
    if set(what_hangs_on(exchange)) - {"contribution"}:
        raise Refused("An action arose from this entry, so it cannot be deleted. Remove the action first.")
    remove_together([exchange, *exchange.contributions.all()], by=by)
    return exchange


@transaction.atomic
def remove_contribution(contribution: Contribution, by: User) -> Contribution | Exchange:
    """Remove what somebody said; the last one takes its exchange along. Returns what `restore` brings back."""
    permissions.require_editing(by, contribution.exchange.item.meeting)
    wait_for_turn(contribution.exchange.item.meeting_id)
    contribution = Contribution.with_removed.select_related("exchange__item__meeting").get(pk=contribution.pk)
    exchange = contribution.exchange
    if contribution.removed_at:
        return exchange if exchange.removed_at else contribution
    if not exchange.contributions.exclude(pk=contribution.pk).exists():
        return remove_exchange(exchange, by)
    remove_together([contribution], by=by)
    return contribution


@transaction.atomic
def change_public_note(exchange: Exchange, public_note: str, by: User | None) -> None:
    """Change the office's note that is printed below an exchange; each version of it is kept."""
    permissions.require_editing(by, exchange.item.meeting)
    exchange.public_note = public_note
    exchange.save(update_fields=["public_note"])
    newest = exchange.revisions().first()
    Revision.objects.create(
        subject=exchange.note_uid,
        version=newest.version + 1 if newest else 1,
        text=public_note,
        details={"field": "note"},
        by=by,
        at=now_or(None),
        op_id=uuid4(),
    )


def _store_exchange(
    item: AgendaItem,
    spoken: list[Spoken],
    after: Exchange | None,
    public_note: str,
    by: User | None,
    op_id: UUID,
    at: dt.datetime,
    came_from: dict | None,
) -> Exchange:
    current = AgendaItem.with_removed.get(pk=item.pk)
    if current.removed_at:
        raise Refused("This item was removed from the agenda while you were writing.")
    if current.none:
        current.none = item.none = False
        save_as(current, by, fields=["none"])
    exchange = Exchange(item=item, public_note=public_note, order=put_last(item.exchanges))
    exchange.save()
    others = [other for other in item.exchanges.all() if other.pk != exchange.pk] if after else []
    # What was deleted meanwhile has no place any more; the new one then comes last.
    if after in others:
        others.insert(others.index(after) + 1, exchange)
        put_in_order(others)
    store_contributions(exchange, spoken, by, op_id, at, came_from=came_from, first=0)
    return exchange


def _store_more(
    exchange: Exchange,
    spoken: list[Spoken],
    by: User | None,
    op_id: UUID,
    at: dt.datetime,
    came_from: dict | None,
) -> list[Contribution]:
    if Exchange.with_removed.get(pk=exchange.pk).removed_at:
        raise Refused("This entry was deleted meanwhile. Start a new entry, or undo the deletion first.")
    return store_contributions(exchange, spoken, by, op_id, at, came_from=came_from)


def store_contributions(
    exchange: Exchange,
    spoken: list[Spoken],
    by: User | None,
    op_id: UUID,
    at: dt.datetime,
    *,
    came_from: dict | None = None,
    first: int | None = None,
) -> list[Contribution]:
    """Store what was said at the end of an exchange, each with its first version, which says where it came from.

    `first` is the place of the first of them, where the caller knows it.
    """
    first = put_last(exchange.contributions) if first is None else first
    contributions = Contribution.objects.bulk_create(
        Contribution(exchange=exchange, order=first + place, text=one.text, **one.fields())
        for place, one in enumerate(spoken)
    )
    Revision.objects.bulk_create(
        Revision(
            subject=contribution.uid,
            version=contribution.version,
            text=contribution.text,
            details=one.details() | ({"came_from": came_from} if came_from else {}),
            by=by,
            at=at,
            # One operation makes several texts; each revision has an id of its own that follows from it.
            op_id=uuid5(op_id, str(place)) if place else op_id,
        )
        for place, (contribution, one) in enumerate(zip(contributions, spoken, strict=True))
    )
    return contributions


def _asked(spoken: list[Spoken]) -> list[dict]:
    return [{"text": one.text, **one.details()} for one in spoken]


def _require_seen(row: Exchange | Contribution, siblings: list, seen_at: int | None) -> None:
    if row not in siblings:
        raise Refused("This was deleted meanwhile, so it cannot be moved.")
    if seen_at is not None and siblings.index(row) != seen_at:
        raise Refused(
            "Somebody else moved this meanwhile, so nothing was moved. Look at its new place first."
        )
