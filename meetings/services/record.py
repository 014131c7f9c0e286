"""The record of an item: exchanges, and what each speaker contributed to them."""

import datetime as dt
from dataclasses import dataclass, replace
from uuid import UUID, uuid4, uuid5

from django.db import transaction

from accounts.models import User
from meetings import permissions, texts
from meetings.models import AgendaItem, Attendance, Contribution, Exchange, Meeting, Revision
from meetings.services.beside import beside
from meetings.services.removal import remove_together, what_hangs_on
from meetings.services.saving import Refused, now_or, put_in_order, put_last, save_as, swap, wait_for_turn
from publications.notes import ContributionKind
from web.operations import digest_of, once


@dataclass(frozen=True)
class Spoken:
    """What one speaker contributed, before it is stored. It prints as `lead` and `text`."""

    kind: str
    text: str
    speaker: Attendance | None = None
    nobody_named: bool = False
    lead: str = ""
    paragraph: bool = True
    to_check: str = ""
    short_forms: tuple = ()  # as typed, written out, and where that begins
    rough: str = ""  # the line that was typed while people talked; the office's alone
    to_write_up: bool = False

    @classmethod
    def of(cls, row: Contribution, *, text: str | None = None) -> "Spoken":
        """What a contribution says as it stands, or with another text."""
        return cls(
            row.kind,
            row.text if text is None else text,
            row.speaker,
            row.nobody_named,
            row.lead,
            row.paragraph,
            row.to_check,
            rough=row.rough,
            to_write_up=row.to_write_up,
        )

    def as_rough(self) -> "Spoken":
        """The same as a rough line, without the dash after a name; it has no text before somebody writes it up."""
        rough = self.text.lstrip("-–— ") or self.text
        return replace(self, text="", rough=rough, to_write_up=True, short_forms=())

    def details(self) -> dict:
        """What the history keeps beside the text."""
        shortened = {"short_forms": [list(one) for one in self.short_forms]} if self.short_forms else {}
        kept = self.fields()
        rough, is_open = kept.pop("rough"), kept.pop("to_write_up")
        return kept | {
            "speaker": self.speaker.pk if self.speaker else None,
            "speaker_name": str(self.speaker) if self.speaker else "",
            **shortened,
            **({"rough": rough} if rough else {}),
            **({"to_write_up": True} if is_open else {}),
        }

    def fields(self) -> dict:
        """What is stored beside the text."""
        return {
            "kind": str(self.kind),
            "speaker": self.speaker,
            "nobody_named": self.nobody_named,
            "lead": self.lead,
            "paragraph": self.paragraph,
            "to_check": self.to_check,
            "rough": self.rough,
            "to_write_up": self.to_write_up,
        }


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
    _require_of_meeting(item.meeting_id, spoken)
    wait_for_turn(item.meeting_id)
    op_id = op_id or uuid4()
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
    _require_of_meeting(meeting.pk, spoken)
    wait_for_turn(meeting.pk)
    op_id = op_id or uuid4()
    digest = digest_of(what="contribution", exchange=exchange.pk, spoken=_asked(spoken), by=by and by.pk)

    def add() -> list[int]:
        current = Exchange.with_removed.get(pk=exchange.pk)
        if current.removed_at:
            raise Refused("This entry was deleted meanwhile. Start a new entry, or undo the deletion first.")
        stored = store_contributions(exchange, spoken, by, op_id, now_or(at), came_from=came_from)
        return [one.pk for one in stored]

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


def save_contribution(
    contribution: Contribution,
    *,
    text: str,
    kind: str,
    speaker: Attendance | None,
    nobody_named: bool,
    lead: str,
    paragraph: bool,
    to_check: str,
    rough: str = "",
    to_write_up: bool = False,
    base_version: int | None,
    op_id: UUID,
    by: User | None,
    at: dt.datetime | None = None,
    autosaved: bool = False,
    came_from: dict | None = None,
    short_forms: list | None = None,
) -> Revision:
    """Save what was said upon the version that its writer saw; raises what `texts.save` raises.

    Somebody who only marked these very words meanwhile, or said who spoke them, is no conflict: both stand.
    `autosaved` says in the history that the writer had not finished, `came_from` from where words were taken in,
    `short_forms` which were written out in it.
    """
    meeting = contribution.exchange.item.meeting
    permissions.require_editing(by, meeting)
    spoken = Spoken(
        kind,
        text,
        speaker,
        nobody_named,
        lead,
        paragraph,
        to_check,
        rough=rough,
        to_write_up=to_write_up,
    )
    _require_of_meeting(meeting.pk, [spoken])
    details = (
        spoken.details()
        | ({"autosaved": True} if autosaved else {})
        | ({"came_from": came_from} if came_from else {})
        | ({"short_forms": short_forms} if short_forms else {})
    )
    this = {"op_id": op_id, "by": by, "at": at}
    try:
        return texts.save(
            contribution,
            text=text,
            base_version=base_version,
            details=details,
            changes=spoken.fields(),
            **this,
        )
    except texts.TextRemoved:
        raise
    except texts.Conflict as late:
        if (kept := beside(text, details, late)) is None:
            raise
        both = _with(spoken, kept, meeting)
        return texts.save(
            contribution,
            text=text,
            base_version=late.theirs.version,
            details=details | both.details(),
            changes=both.fields(),
            sent=details,
            **this,
        )


def _with(spoken: Spoken, kept: dict, meeting: Meeting) -> Spoken:
    """The same words, with what the history keeps beside them."""
    return replace(spoken, **kept | {"speaker": meeting.attendances.filter(pk=kept["speaker"]).first()})


def restore_version(
    contribution: Contribution, revision: Revision, *, base_version: int | None, op_id: UUID, by: User | None
) -> Revision:
    """Save an earlier version once more, as the newest one."""
    details = revision.details
    meeting = contribution.exchange.item.meeting
    return save_contribution(
        contribution,
        text=revision.text,
        kind=details.get("kind", ContributionKind.NARRATIVE),
        speaker=meeting.attendances.filter(pk=details.get("speaker")).first(),
        nobody_named=details.get("nobody_named", False),
        lead=details.get("lead", ""),
        paragraph=details.get("paragraph", True),
        to_check=details.get("to_check", ""),
        rough=details.get("rough", ""),
        to_write_up=details.get("to_write_up", False),
        base_version=base_version,
        op_id=op_id,
        by=by,
    )


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
    store_contributions(exchange, spoken, by, op_id, at, came_from=came_from)
    return exchange


def store_contributions(
    exchange: Exchange,
    spoken: list[Spoken],
    by: User | None,
    op_id: UUID,
    at: dt.datetime,
    *,
    came_from: dict | None = None,
) -> list[Contribution]:
    """Store what was said at the end of an exchange, each with its first version, which says where it came from."""
    first = put_last(exchange.contributions)
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


def _require_of_meeting(meeting_pk: int, spoken: list[Spoken]) -> None:
    """Whoever speaks attends this meeting: a caller that mixes meetings up has a fault."""
    if any(one.speaker and one.speaker.meeting_id != meeting_pk for one in spoken):
        raise ValueError("the speaker is of another meeting")


def _require_seen(row: Exchange | Contribution, siblings: list, seen_at: int | None) -> None:
    if row not in siblings:
        raise Refused("This was deleted meanwhile, so it cannot be moved.")
    if seen_at is not None and siblings.index(row) != seen_at:
        raise Refused(
            "Somebody else moved this meanwhile, so nothing was moved. Look at its new place first."
        )
