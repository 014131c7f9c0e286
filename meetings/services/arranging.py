"""What was said is moved elsewhere, split and joined; no word is ever dropped."""

from dataclasses import replace
from uuid import UUID, uuid5

from django.db import models, transaction

from accounts.models import User
from meetings import texts
from meetings.models import AgendaItem, Contribution, Exchange
from meetings.services.attributing import both_notes
from meetings.services.layout import remembered
from meetings.services.rearranging import (
    fresh,
    locked,
    meeting_to_edit,
    rearranged,
    require_one_meeting,
    require_seen,
    save_words,
)
from meetings.services.record import store_contributions
from meetings.services.removal import remove_together, what_hangs_on
from meetings.services.saving import Refused, now_or, put_in_order, put_last, save_as
from meetings.services.spoken import Spoken

LONGEST_TEXT = 200_000


@transaction.atomic
def move_exchange_to(
    exchange: Exchange,
    item: AgendaItem,
    *,
    first: bool = False,
    by: User,
    op_id: UUID,
    along: dict | None = None,
) -> Exchange:
    """Move an exchange to the end, or to the beginning, of another item of its meeting.

    Raises `Refused` once it has a number. What arose from it is the caller's to move `along`, which
    is remembered with the operation for undoing it.
    """
    meeting = meeting_to_edit(exchange, by)
    require_one_meeting(meeting, item.meeting_id)

    def move() -> dict:
        current = locked(Exchange, exchange)
        _require_free(current)
        if locked(AgendaItem, item).removed_at:
            raise Refused(f"“{item.title}” was removed from the agenda meanwhile, so nothing was moved.")
        require_seen(current.item_id == exchange.item_id)

        def do() -> int:
            _clear_none(item, by)
            _put_in(current, "item", item, 0 if first else None)
            return current.pk

        return remembered([exchange.item_id, item.pk], [exchange.pk], do, along)

    asked = {"exchange": exchange.pk, "item": item.pk, "first": first}
    return Exchange.with_removed.get(pk=rearranged(meeting, "move exchange", asked, op_id, by, move))


@transaction.atomic
def move_contribution_to(
    contribution: Contribution, exchange: Exchange, *, first: bool = False, by: User, op_id: UUID
) -> Exchange:
    """Move what somebody said to the end, or the beginning, of another exchange of its meeting.

    An exchange that is left without words goes; raises `Refused` where it has to stay.
    """
    meeting = meeting_to_edit(contribution.exchange, by)
    require_one_meeting(meeting, exchange.item.meeting_id)

    def move() -> dict:
        current = locked(Contribution, contribution)
        left, target = locked(Exchange, contribution.exchange), locked(Exchange, exchange)
        require_seen(current.exchange_id == contribution.exchange_id)

        def do() -> int:
            _put_in(current, "exchange", target, 0 if first else None)
            if not left.contributions.exists():
                _remove_empty(left, by)
            return target.pk

        return remembered([left.item_id, target.item_id], [left.pk, target.pk], do)

    asked = {"contribution": contribution.pk, "exchange": exchange.pk, "first": first}
    return Exchange.with_removed.get(pk=rearranged(meeting, "move contribution", asked, op_id, by, move))


@transaction.atomic
def split_contribution(
    contribution: Contribution,
    first: str,
    rest: list[Spoken],
    *,
    base_version: int | None,
    by: User,
    op_id: UUID,
) -> Exchange:
    """Part what somebody said: `first` stays with its row and history, `rest` follows as new contributions.

    Upon the version that its writer saw; raises what `texts.save` raises.
    """
    meeting = meeting_to_edit(contribution.exchange, by)
    if base_version is None:
        raise texts.MissingBase("This split does not say which version it started from.")

    def split() -> dict:
        def do() -> int:
            row = fresh(contribution)
            save_words(row, Spoken.of(row, text=first), base_version, op_id, by)
            siblings = list(row.exchange.contributions.all())
            came_from = {"how": "split", "words": row.pk, "version": base_version}
            new = store_contributions(
                row.exchange, rest, by, uuid5(op_id, "rest"), now_or(None), came_from=came_from
            )
            place = siblings.index(row) + 1
            put_in_order([*siblings[:place], *new, *siblings[place:]])
            return row.exchange_id

        return remembered([], [fresh(contribution).exchange_id], do)

    asked = {"contribution": contribution.pk, "base": base_version, "first": first}
    asked["rest"] = [{"text": one.text, **one.details()} for one in rest]
    return Exchange.with_removed.get(pk=rearranged(meeting, "split contribution", asked, op_id, by, split))


@transaction.atomic
def join_contributions(
    first: Contribution,
    second: Contribution,
    *,
    base_versions: tuple[int | None, int | None],
    by: User,
    op_id: UUID,
) -> Exchange:
    """Put what was said next behind what was said first, with the words that were printed before it.

    `base_versions` are those of both that were seen. The second is removed, and keeps its history.
    """
    meeting = meeting_to_edit(first.exchange, by)
    if None in base_versions:
        raise texts.MissingBase("This does not say which versions it started from.")

    def join() -> dict:
        def do() -> int:
            one, other = fresh(first), locked(Contribution, second)
            _require_neighbours(one, other)
            if other.version != base_versions[1]:
                raise texts.Conflict(texts.revision(other, other.version), None)
            came_from = {"how": "join", "words": other.pk, "version": other.version}
            save_words(one, _joined(one, other), base_versions[0], op_id, by, came_from)
            remove_together([other], by=by)
            return one.exchange_id

        return remembered([], [fresh(first).exchange_id], do)

    asked = {"first": first.pk, "second": second.pk, "bases": list(base_versions)}
    return Exchange.with_removed.get(pk=rearranged(meeting, "join contributions", asked, op_id, by, join))


@transaction.atomic
def split_exchange(
    contribution: Contribution, *, by: User, op_id: UUID, along: dict | None = None
) -> Exchange:
    """Begin a new exchange with what somebody said; returns it. The one before keeps its number and its note."""
    meeting = meeting_to_edit(contribution.exchange, by)

    def split() -> dict:
        current, exchange = locked(Contribution, contribution), locked(Exchange, contribution.exchange)
        require_seen(current.exchange_id == exchange.pk)

        def do() -> int:
            said = list(exchange.contributions.all())
            place = said.index(current)
            if place == 0:
                raise Refused("The entry begins with these words already, so nothing was split.")
            new = Exchange(item_id=exchange.item_id, order=put_last(exchange.item.exchanges))
            new.save()
            _put_in(new, "item", exchange.item, _place_of(exchange) + 1)
            Contribution.objects.filter(pk__in=[one.pk for one in said[place:]]).update(exchange=new)
            return new.pk

        return remembered([exchange.item_id], [exchange.pk], do, along)

    asked = {"contribution": contribution.pk}
    return Exchange.with_removed.get(pk=rearranged(meeting, "split exchange", asked, op_id, by, split))


@transaction.atomic
def join_exchange(
    exchange: Exchange, before: Exchange, *, by: User, op_id: UUID, along: dict | None = None
) -> Exchange:
    """Put all that was said in an exchange behind that of the one before it, which is returned.

    Raises `Refused` once it has a number, or while an action arose from it: that goes along first.
    """
    meeting = meeting_to_edit(exchange, by)
    require_one_meeting(meeting, before.item.meeting_id)

    def join() -> dict:
        current, kept = locked(Exchange, exchange), locked(Exchange, before)
        _require_free(current)
        is_next = current.item_id == kept.item_id and _place_of(current) == _place_of(kept) + 1
        require_seen(is_next)

        def do() -> int:
            said = [*kept.contributions.all(), *current.contributions.all()]
            Contribution.objects.filter(exchange=current).update(exchange=kept)
            put_in_order(said)
            _join_notes(kept, current)
            _remove_empty(current, by)
            return kept.pk

        return remembered([kept.item_id], [kept.pk, current.pk], do, along)

    asked = {"exchange": exchange.pk, "before": before.pk}
    return Exchange.with_removed.get(pk=rearranged(meeting, "join exchange", asked, op_id, by, join))


def _require_free(exchange: Exchange) -> None:
    if exchange.number:
        raise Refused(f"Entry {exchange.number} has left the office with its number, so it keeps its place.")


def _require_neighbours(one: Contribution, other: Contribution) -> None:
    row = list(Contribution.objects.filter(exchange=one.exchange_id))
    require_seen(other in row and row.index(other) == row.index(one) + 1)


def _place_of(exchange: Exchange) -> int:
    return list(Exchange.objects.filter(item=exchange.item_id)).index(exchange)


def _put_in(row: models.Model, parent: str, whole: models.Model, place: int | None) -> None:
    """Put a row at a place in what it is to be a part of; None: at the end."""
    siblings = [other for other in type(row).objects.filter(**{parent: whole}) if other != row]
    place = len(siblings) if place is None else place
    setattr(row, parent, whole)
    row.save(update_fields=[parent])
    put_in_order([*siblings[:place], row, *siblings[place:]])


def _clear_none(item: AgendaItem, by: User) -> None:
    current = AgendaItem.objects.get(pk=item.pk)
    if current.none:
        current.none = item.none = False
        save_as(current, by, fields=["none"])


def _remove_empty(exchange: Exchange, by: User) -> None:
    """Remove an exchange whose words have all gone elsewhere."""
    if exchange.number:
        raise Refused(
            f"Entry {exchange.number} has left the office with its number, so it cannot be left without words."
        )
    if set(what_hangs_on(exchange)) - {"contribution"}:
        raise Refused(
            "An action arose from this entry, so it cannot be left without words. Move the whole entry instead."
        )
    remove_together([exchange], by=by)


def _joined(one: Contribution, other: Contribution) -> Spoken:
    text = _in_a_row(one.text, other.lead if other.text else "", other.text)
    rough = _in_a_row(one.rough, other.lead if other.rough else "", other.rough)
    if max(len(text), len(rough)) > LONGEST_TEXT:
        raise Refused("Together they would be longer than 200,000 characters, so nothing was joined.")
    return replace(
        Spoken.of(one, text=text),
        to_check=both_notes(one.to_check, other.to_check),
        rough=rough,
        to_write_up=one.to_write_up or other.to_write_up,
    )


def _in_a_row(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _join_notes(kept: Exchange, joined: Exchange) -> None:
    """The office's notes of both are printed below what is left."""
    if not joined.public_note:
        return
    kept.public_note = "\n".join(note for note in (kept.public_note, joined.public_note) if note)
    if len(kept.public_note) > 2000:
        raise Refused("Together the notes below the entries are too long. Shorten one of them first.")
    kept.save(update_fields=["public_note"])
