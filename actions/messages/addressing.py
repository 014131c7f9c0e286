"""Addressing: each letter that is due gets its final words and its addresses, once.

A row says that it is going, and is unique in the database: of two runs at once one stores it.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q

from actions.messages import replies, wording
from actions.messages.digest import due_digests
from actions.messages.plan import GRACE, Letter, Plan
from actions.messages.recipients import Recipients, addressed
from actions.models import NEWS, Delivery, Message
from publications.models import Identity
from web.dates import clock, day

IN_ONE_GO = 200  # addressed in one transaction
# What becomes of a letter's row when it goes.
FINAL = ["subject", "words", "facts", "state", "going_at", "told_until"]


@dataclass
class Kept:
    """How many letters that are due do not go."""

    held: int = 0  # paused by people
    unaddressed: int = 0  # nobody to write to


def address(plan: Plan, now: dt.datetime) -> Kept:
    """Give each letter that is due its final words and its addresses; what is held is kept for later."""
    due, kept = plan.due, Kept()
    going, waiting = [], []
    for letter, to in zip(due, addressed(due, plan.today), strict=True):
        if why_not(letter, to, plan, now):
            waiting.append(letter)
            kept.held += bool(to)
        else:
            going.append((letter, to))
        kept.unaddressed += not to
    _keep_for_later(waiting)
    identity = Identity.current(plan.today)
    for start in range(0, len(going), IN_ONE_GO):
        _set_going(going[start : start + IN_ONE_GO], plan, identity, now)
    return kept


def why_not(letter: Letter, to: Recipients, plan: Plan, now: dt.datetime) -> str:
    """Why a letter that is due does not go now, in words; empty when it goes."""
    if not to:
        return "There is nobody to send it to"
    if plan.rules.paused_until and plan.rules.paused_until > plan.today:
        return f"All e-mails are paused until {day(plan.rules.paused_until)}"
    if to.paused_until and to.paused_until > plan.today:
        return f"E-mails to this role are paused until {day(to.paused_until)}"
    if letter.held_until and letter.held_until > plan.today:
        return f"Held until {day(letter.held_until)}"
    if letter.happened_at and letter.happened_at + GRACE > now:
        return f"Goes after {clock(letter.happened_at + GRACE)}, if nothing more changes"
    return ""


def _keep_for_later(letters: Iterable[Letter]) -> None:
    """Store news that cannot go now, so that it is not forgotten; a reminder is worked out anew each day."""
    news = [letter for letter in letters if letter.row is None and letter.kind in NEWS]
    Message.objects.bulk_create((row_of(letter) for letter in news), ignore_conflicts=True)


def row_of(letter: Letter, **fields) -> Message:
    """A new row for this letter; the database refuses a second one."""
    names = {"action": letter.action, "role": letter.role, "kind": letter.kind, "day": letter.day}
    return Message(**names, event=letter.event, **fields)


@transaction.atomic
def _set_going(
    going: list[tuple[Letter, Recipients]], plan: Plan, identity: Identity | None, now: dt.datetime
) -> None:
    """Store that these go, each with its addresses. What somebody else set going, held or skipped meanwhile stays so."""
    stored = _locked([letter for letter, _ in going], plan.today)
    rows = []
    for letter, to in going:
        if letter.row and letter.row.pk not in stored:
            continue
        row = stored[letter.row.pk] if letter.row else row_of(letter)
        facts = wording.facts_of(letter, identity, plan.rules, plan.today)
        facts |= {"to": to.to, "copy": to.copy, "supports": to.supports}
        rows.append(_final(row, letter, facts, now))
    Message.objects.bulk_create([row for row in rows if row.pk not in stored], ignore_conflicts=True)
    Message.objects.bulk_update([row for row in rows if row.pk in stored], FINAL)
    # Whoever else set one of them going gave it addresses in the same moment, so these are ours.
    ours = Message.objects.filter(
        action__in=[letter.action for letter, _ in going], state=Message.State.GOING, deliveries=None
    )
    until = plan.today + dt.timedelta(days=plan.rules.reply_days)
    Delivery.objects.bulk_create(
        _delivery(row, line, address, now, until)
        for row in ours
        for line, address in [("to", one) for one in row.facts["to"]]
        + [("copy", one) for one in row.facts["copy"]]
    )


def _locked(letters: list[Letter], today: dt.date) -> dict[int, Message]:
    """The rows that are stored of these letters, as they are now, and nobody else's until this is done."""
    pks = [letter.row.pk for letter in letters if letter.row]
    planned = Message.objects.select_for_update().filter(pk__in=pks, state=Message.State.PLANNED)
    return {row.pk: row for row in planned.filter(Q(held_until=None) | Q(held_until__lte=today))}


def _final(row: Message, letter: Letter, facts: dict, now: dt.datetime) -> Message:
    """The row with everything that it will have said: staff's own words where they wrote any."""
    row.subject = row.subject or wording.default_subject(facts)
    row.words = row.words or wording.default_words(facts)
    row.facts, row.state, row.going_at = facts, Message.State.GOING, now
    if letter.events and letter.is_to_owner:
        row.told_until = letter.events[-1].pk
    return row


def _delivery(row: Message, line: str, address: str, now: dt.datetime, until: dt.date) -> Delivery:
    supports = row.facts.get("supports", {}).get(address)
    delivery = Delivery(message=row, line=line, address=address, supports_id=supports, try_at=now)
    if row.facts.get("takes_reply"):
        delivery.reply_hash, delivery.reply_until = replies.hash_of(replies.token_of(delivery)), until
    return delivery


def address_digests(now: dt.datetime) -> None:
    """Store the digests that are due, each for its reader alone."""
    for digest in due_digests(now):
        with transaction.atomic():
            Message.objects.bulk_create([digest], ignore_conflicts=True)
            ours = Message.objects.filter(
                reader=digest.reader, day=digest.day, kind=digest.kind, deliveries=None
            )
            for row in ours:
                Delivery.objects.create(message=row, address=row.reader.email, try_at=now)
