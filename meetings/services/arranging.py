"""Rearranging what was said: moved elsewhere, split, joined, said by somebody else; each undone in one step.

Every operation has an id: sent again it is done once. What it changed is remembered with that id,
so that `undo` puts it back, as long as nobody has changed the same since. No word is ever dropped.
"""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID, uuid5

from django.db import models, transaction

from accounts.models import User
from meetings import permissions, texts
from meetings.models import AgendaItem, Attendance, Contribution, Exchange, Meeting
from meetings.services.layout import put_back, remembered
from meetings.services.record import store_contributions
from meetings.services.removal import remove_together, what_hangs_on
from meetings.services.saving import Refused, now_or, put_in_order, put_last, save_as, wait_for_turn
from meetings.services.spoken import Spoken
from meetings.services.wording import save_contribution
from publications.notes import ContributionKind
from web.models import OneTimeOperation
from web.operations import digest_of, once

LONGEST_TEXT, LONGEST_NOTE = 200_000, 500
GONE = "This was deleted meanwhile, so nothing was changed."
MOVED = "Somebody else moved this meanwhile, so nothing was changed. Look at its new place first."


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
    meeting = _meeting_to_edit(exchange, by)
    _require_one_meeting(meeting, item.meeting_id)

    def move() -> dict:
        current = _locked(Exchange, exchange)
        _require_free(current)
        if _locked(AgendaItem, item).removed_at:
            raise Refused(f"“{item.title}” was removed from the agenda meanwhile, so nothing was moved.")
        _require_seen(current.item_id == exchange.item_id)

        def do() -> int:
            _clear_none(item, by)
            _put_in(current, "item", item, 0 if first else None)
            return current.pk

        return remembered([exchange.item_id, item.pk], [exchange.pk], do, along)

    asked = {"exchange": exchange.pk, "item": item.pk, "first": first}
    return Exchange.with_removed.get(pk=_once(meeting, "move exchange", asked, op_id, by, move))


@transaction.atomic
def move_contribution_to(
    contribution: Contribution, exchange: Exchange, *, first: bool = False, by: User, op_id: UUID
) -> Exchange:
    """Move what somebody said to the end, or the beginning, of another exchange of its meeting.

    An exchange that is left without words goes; raises `Refused` where it has to stay.
    """
    meeting = _meeting_to_edit(contribution.exchange, by)
    _require_one_meeting(meeting, exchange.item.meeting_id)

    def move() -> dict:
        current = _locked(Contribution, contribution)
        left, target = _locked(Exchange, contribution.exchange), _locked(Exchange, exchange)
        _require_seen(current.exchange_id == contribution.exchange_id)

        def do() -> int:
            _put_in(current, "exchange", target, 0 if first else None)
            if not left.contributions.exists():
                _remove_empty(left, by)
            return target.pk

        return remembered([left.item_id, target.item_id], [left.pk, target.pk], do)

    asked = {"contribution": contribution.pk, "exchange": exchange.pk, "first": first}
    return Exchange.with_removed.get(pk=_once(meeting, "move contribution", asked, op_id, by, move))


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
    meeting = _meeting_to_edit(contribution.exchange, by)
    if base_version is None:
        raise texts.MissingBase("This split does not say which version it started from.")

    def split() -> dict:
        def do() -> int:
            row = _fresh(contribution)
            _save(row, Spoken.of(row, text=first), base_version, op_id, by)
            siblings = list(row.exchange.contributions.all())
            came_from = {"how": "split", "words": row.pk, "version": base_version}
            new = store_contributions(
                row.exchange, rest, by, uuid5(op_id, "rest"), now_or(None), came_from=came_from
            )
            place = siblings.index(row) + 1
            put_in_order([*siblings[:place], *new, *siblings[place:]])
            return row.exchange_id

        return remembered([], [_fresh(contribution).exchange_id], do)

    asked = {"contribution": contribution.pk, "base": base_version, "first": first}
    asked["rest"] = [{"text": one.text, **one.details()} for one in rest]
    return Exchange.with_removed.get(pk=_once(meeting, "split contribution", asked, op_id, by, split))


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
    meeting = _meeting_to_edit(first.exchange, by)
    if None in base_versions:
        raise texts.MissingBase("This does not say which versions it started from.")

    def join() -> dict:
        def do() -> int:
            one, other = _fresh(first), _locked(Contribution, second)
            _require_neighbours(one, other)
            if other.version != base_versions[1]:
                raise texts.Conflict(texts.revision(other, other.version), None)
            came_from = {"how": "join", "words": other.pk, "version": other.version}
            _save(one, _joined(one, other), base_versions[0], op_id, by, came_from)
            remove_together([other], by=by)
            return one.exchange_id

        return remembered([], [_fresh(first).exchange_id], do)

    asked = {"first": first.pk, "second": second.pk, "bases": list(base_versions)}
    return Exchange.with_removed.get(pk=_once(meeting, "join contributions", asked, op_id, by, join))


@transaction.atomic
def split_exchange(
    contribution: Contribution, *, by: User, op_id: UUID, along: dict | None = None
) -> Exchange:
    """Begin a new exchange with what somebody said; returns it. The one before keeps its number and its note."""
    meeting = _meeting_to_edit(contribution.exchange, by)

    def split() -> dict:
        current, exchange = _locked(Contribution, contribution), _locked(Exchange, contribution.exchange)
        _require_seen(current.exchange_id == exchange.pk)

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
    return Exchange.with_removed.get(pk=_once(meeting, "split exchange", asked, op_id, by, split))


@transaction.atomic
def join_exchange(
    exchange: Exchange, before: Exchange, *, by: User, op_id: UUID, along: dict | None = None
) -> Exchange:
    """Put all that was said in an exchange behind that of the one before it, which is returned.

    Raises `Refused` once it has a number, or while an action arose from it: that goes along first.
    """
    meeting = _meeting_to_edit(exchange, by)
    _require_one_meeting(meeting, before.item.meeting_id)

    def join() -> dict:
        current, kept = _locked(Exchange, exchange), _locked(Exchange, before)
        _require_free(current)
        is_next = current.item_id == kept.item_id and _place_of(current) == _place_of(kept) + 1
        _require_seen(is_next)

        def do() -> int:
            said = [*kept.contributions.all(), *current.contributions.all()]
            Contribution.objects.filter(exchange=current).update(exchange=kept)
            put_in_order(said)
            _join_notes(kept, current)
            _remove_empty(current, by)
            return kept.pk

        return remembered([kept.item_id], [kept.pk, current.pk], do, along)

    asked = {"exchange": exchange.pk, "before": before.pk}
    return Exchange.with_removed.get(pk=_once(meeting, "join exchange", asked, op_id, by, join))


@transaction.atomic
def change_speakers(
    seen: list[tuple[Contribution, int]], speaker: Attendance | None, *, by: User, op_id: UUID
) -> None:
    """Let somebody else have said a run of contributions, each upon the version that was seen; None: nobody named.

    What is printed before them follows. Raises `texts.Conflict` when any was changed meanwhile; then none is.
    """
    meeting = _meeting_to_edit(seen[0][0].exchange, by)
    for one, _ in seen:
        _require_one_meeting(meeting, one.exchange.item.meeting_id)

    def change() -> dict:
        def do() -> None:
            for row, version in seen:
                current = _fresh(row)
                if not (current.speaker_id == (speaker and speaker.pk) and not current.nobody_named):
                    _save(current, _said_by(current, speaker), version, uuid5(op_id, str(row.pk)), by)

        return remembered([], [_fresh(row).exchange_id for row, _ in seen], do)

    asked = {"seen": [[row.pk, version] for row, version in seen], "speaker": speaker and speaker.pk}
    _once(meeting, "change speakers", asked, op_id, by, change)


@transaction.atomic
def flag(contribution: Contribution, note: str, *, by: User, op_id: UUID) -> Contribution:
    """Mark what somebody said to be checked, with a note; a note that is there already stays beside it."""
    meeting = _meeting_to_edit(contribution.exchange, by)

    def mark() -> dict:
        def do() -> int:
            row = _fresh(contribution)
            notes = _both_notes(row.to_check, note)
            _save(row, replace(Spoken.of(row), to_check=notes), row.version, op_id, by)
            return row.pk

        return remembered([], [_fresh(contribution).exchange_id], do)

    asked = {"contribution": contribution.pk, "note": note}
    return Contribution.with_removed.get(pk=_once(meeting, "flag", asked, op_id, by, mark))


@transaction.atomic
def checked(contribution: Contribution, note: str, *, by: User, op_id: UUID) -> Contribution:
    """Tick what was marked as checked. Raises `Refused` when its note is no longer the one that was seen."""
    meeting = _meeting_to_edit(contribution.exchange, by)

    def tick() -> dict:
        def do() -> int:
            row = _fresh(contribution)
            if row.to_check and row.to_check != note:
                raise Refused(f"The note has changed meanwhile: {row.to_check}. Check that too.")
            if row.to_check:
                _save(row, replace(Spoken.of(row), to_check=""), row.version, op_id, by)
            return row.pk

        return remembered([], [_fresh(contribution).exchange_id], do)

    asked = {"contribution": contribution.pk, "note": note}
    return Contribution.with_removed.get(pk=_once(meeting, "checked", asked, op_id, by, tick))


@transaction.atomic
def undo(meeting: Meeting, op_id: UUID, *, by: User) -> dict:
    """Put back what an operation rearranged; once. Returns what is remembered of it, `Refused` when that cannot be."""
    permissions.require_editing(by, meeting)
    wait_for_turn(meeting.pk)
    memory = remembered_of(meeting, op_id)
    if memory is None:
        raise Refused("This was done too long ago to be undone in one step.")

    def back() -> dict:
        put_back(memory, op_id=op_id, by=by)
        return {}

    once(uuid5(op_id, "undo"), digest_of(what="undo", op_id=op_id), back)
    return memory


def remembered_of(meeting: Meeting, op_id: UUID) -> dict | None:
    """What is remembered of an operation that rearranged something in this meeting."""
    done = OneTimeOperation.objects.filter(op_id=op_id).first()
    is_ours = done and isinstance(done.answer, dict) and done.answer.get("rearranged") == meeting.pk
    return done.answer if is_ours else None


# --- How each is done ----------------------------------------------------------------------------------


def _once(meeting: Meeting, what: str, asked: dict, op_id: UUID, by: User, do: Callable[[], dict]) -> int:
    digest = digest_of(what=what, by=by.pk, **asked)
    return once(op_id, digest, lambda: {"rearranged": meeting.pk, **do()})["shown"]


def _meeting_to_edit(exchange: Exchange, by: User) -> Meeting:
    meeting = exchange.item.meeting
    permissions.require_editing(by, meeting)
    wait_for_turn(meeting.pk)
    return meeting


def _require_one_meeting(meeting: Meeting, pk: int) -> None:
    """Nothing moves from one meeting to another: a caller that mixes them up has a fault."""
    if pk != meeting.pk:
        raise ValueError("this is of another meeting")


def _locked(model: type[models.Model], row: models.Model) -> models.Model:
    """The row as it is now, nobody else's until the transaction ends."""
    current = model.with_removed.select_for_update().get(pk=row.pk)
    if current.removed_at:
        raise Refused(GONE)
    return current


def _fresh(contribution: Contribution) -> Contribution:
    row = _locked(Contribution, contribution)
    row.exchange = Exchange.with_removed.select_related("item__meeting").get(pk=row.exchange_id)
    return row


def _require_seen(is_so: bool) -> None:
    if not is_so:
        raise Refused(MOVED)


def _require_free(exchange: Exchange) -> None:
    if exchange.number:
        raise Refused(f"Entry {exchange.number} has left the office with its number, so it keeps its place.")


def _require_neighbours(one: Contribution, other: Contribution) -> None:
    row = list(Contribution.objects.filter(exchange=one.exchange_id))
    _require_seen(other in row and row.index(other) == row.index(one) + 1)


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


def _save(
    row: Contribution, spoken: Spoken, base: int, op_id: UUID, by: User, came_from: dict | None = None
) -> None:
    save_contribution(row, spoken, base_version=base, op_id=op_id, by=by, came_from=came_from)


def _joined(one: Contribution, other: Contribution) -> Spoken:
    text = _in_a_row(one.text, other.lead if other.text else "", other.text)
    rough = _in_a_row(one.rough, other.lead if other.rough else "", other.rough)
    if max(len(text), len(rough)) > LONGEST_TEXT:
        raise Refused("Together they would be longer than 200,000 characters, so nothing was joined.")
    return replace(
        Spoken.of(one, text=text),
        to_check=_both_notes(one.to_check, other.to_check),
        rough=rough,
        to_write_up=one.to_write_up or other.to_write_up,
    )


def _in_a_row(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _both_notes(one: str, other: str) -> str:
    notes = "; ".join(dict.fromkeys(note for note in (one, other) if note))
    if len(notes) > LONGEST_NOTE:
        raise Refused("Together the notes to check are too long. Check one of them first.")
    return notes


def _join_notes(kept: Exchange, joined: Exchange) -> None:
    """The office's notes of both are printed below what is left."""
    if not joined.public_note:
        return
    kept.public_note = "\n".join(note for note in (kept.public_note, joined.public_note) if note)
    if len(kept.public_note) > 2000:
        raise Refused("Together the notes below the entries are too long. Shorten one of them first.")
    kept.save(update_fields=["public_note"])


def _said_by(row: Contribution, speaker: Attendance | None) -> Spoken:
    is_answer = row.kind == ContributionKind.ANSWER
    return replace(
        Spoken.of(row),
        speaker=speaker,
        nobody_named=speaker is None and is_answer,
        lead=_lead_of(row, speaker),
    )


def _lead_of(row: Contribution, speaker: Attendance | None) -> str:
    """What is printed before it: the new speaker's form in place of the old one's; other words stay."""
    was, new = row.speaker.printed if row.speaker else "", speaker.printed if speaker else ""
    if row.lead == was and (was or new):
        return new if row.lead or not row.speaker else ""
    if was and new and (at := row.lead.casefold().find(was.casefold())) >= 0:
        printed = new[:1].lower() + new[1:] if row.lead[at : at + 1].islower() else new
        return f"{row.lead[:at]}{printed}{row.lead[at + len(was) :]}"
    return row.lead
