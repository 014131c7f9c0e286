"""The numbers by which a record is cited: items 1, 2.1; exchanges 1.1, 2.1.3, 2.0.1.

While notes are drafted a number is a place and moves. It is stored when the notes first
leave the office; from then on it never moves and is never given to anything else: what is
inserted later after 2.1.2 is 2.1.2A.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count

from django.db import transaction

from meetings.models import AgendaItem, Exchange, Meeting


@dataclass(frozen=True)
class Numbering:
    """The number of each item and of each exchange, by its id."""

    items: dict[int, str] = field(default_factory=dict)
    exchanges: dict[int, str] = field(default_factory=dict)


def numbers_of(
    meeting: Meeting,
    *,
    items: Iterable[AgendaItem] | None = None,
    exchanges: Iterable[Exchange] | None = None,
) -> Numbering:
    """Work out every number of a meeting, in two queries, or in none when both lists are given."""
    items = list(meeting.items.all() if items is None else items)
    if exchanges is None:
        exchanges = Exchange.objects.filter(item__meeting=meeting, item__removed_at=None)
    said = _grouped(exchanges, "item_id")
    children = _grouped(items, "parent_id")
    numbering = Numbering()
    taken = {row.number for row in items if row.number}
    taken |= {row.number for rows in said.values() for row in rows if row.number}
    for item, number in _numbered(children.get(None, []), "", taken):
        numbering.items[item.pk] = number
        numbering.items.update(
            {child.pk: own for child, own in _numbered(children.get(item.pk, []), f"{number}.", taken)}
        )
    for item in items:
        # Outside its sub-items, an item's exchanges are 2.0.1, so that they are not taken for 2.1.
        prefix = f"{numbering.items[item.pk]}.0." if item.pk in children else f"{numbering.items[item.pk]}."
        numbering.exchanges.update(
            (row.pk, own) for row, own in _numbered(said.get(item.pk, []), prefix, taken)
        )
    return numbering


@transaction.atomic
def store_numbers(meeting: Meeting, at: dt.datetime) -> Numbering:
    """Give everything that has no stored number yet the one that it has now, for ever.

    `meeting.numbered_at` becomes the time at which that first happened.
    """
    locked = Meeting.objects.select_for_update().get(pk=meeting.pk)
    items = list(locked.items.all())
    exchanges = list(Exchange.objects.filter(item__meeting=meeting, item__removed_at=None))
    numbering = numbers_of(locked, items=items, exchanges=exchanges)
    for row in items:
        row.number = numbering.items[row.pk]
    for row in exchanges:
        row.number = numbering.exchanges[row.pk]
    AgendaItem.objects.bulk_update(items, ["number"])
    Exchange.objects.bulk_update(exchanges, ["number"])
    if locked.numbered_at is None:
        locked.numbered_at = at
        locked.save(update_fields=["numbered_at"])
    meeting.numbered_at = locked.numbered_at
    return numbering


def _grouped(rows: Iterable, name: str) -> dict[int | None, list]:
    groups: dict[int | None, list] = {}
    for row in sorted(rows, key=lambda row: (row.order, row.pk)):
        groups.setdefault(getattr(row, name), []).append(row)
    return groups


def _numbered(rows: Sequence, prefix: str, taken: set[str]) -> Iterator[tuple]:
    """Each row with its number; `taken` grows by the numbers that are given here."""
    last_stored = max((place for place, row in enumerate(rows) if row.number), default=-1)
    highest = max((_whole(row.number, prefix) for row in rows), default=0)
    previous = f"{prefix}0"
    for place, row in enumerate(rows):
        if row.number:
            previous = row.number
        elif place < last_stored:
            previous = _inserted_after(previous, taken)
        else:
            highest = next(whole for whole in count(highest + 1) if f"{prefix}{whole}" not in taken)
            previous = f"{prefix}{highest}"
        taken.add(previous)
        yield row, previous


def _whole(number: str, prefix: str) -> int:
    found = re.match(r"\d+", number.removeprefix(prefix)) if number.startswith(prefix) else None
    return int(found[0]) if found else 0


def _inserted_after(previous: str, taken: set[str]) -> str:
    """2.1.2 → 2.1.2A → 2.1.2B; between 2.1.2 and 2.1.2A it is 2.1.2ZA, as statutes are numbered."""
    letter = previous[-1]
    if (
        letter.isalpha()
        and letter < "Y"
        and (following := f"{previous[:-1]}{chr(ord(letter) + 1)}") not in taken
    ):
        return following
    return next(number for zeds in count() if (number := f"{previous}{'Z' * zeds}A") not in taken)
