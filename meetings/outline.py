"""A meeting's record as it is read: items with their exchanges and what was said, numbered.

Five queries, however long the meeting was.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q, QuerySet

from meetings.models import AgendaItem, Attendance, Contribution, Exchange, Meeting, PreparedQuestion
from meetings.numbering import Numbering, numbers_of
from publications.notes import ItemKind


@dataclass
class Entry:
    """An exchange with its number and what was said in it."""

    exchange: Exchange
    number: str
    contributions: list[Contribution]


@dataclass
class Branch:
    """An item with its number, its own entries, and its sub-items."""

    item: AgendaItem
    number: str
    entries: list[Entry] = field(default_factory=list)
    branches: list["Branch"] = field(default_factory=list)

    @property
    def has_record(self) -> bool:
        """Whether anything is minuted right under this item."""
        return self.item.none or bool(self.entries)

    def every_entry(self) -> Iterator[Entry]:
        """Its own entries, and then those of its sub-items."""
        yield from self.entries
        for branch in self.branches:
            yield from branch.entries


@dataclass
class Outline:
    """The whole record of a meeting."""

    meeting: Meeting
    attendances: list[Attendance]
    branches: list[Branch]

    def every_branch(self) -> Iterator[Branch]:
        """Each item in reading order, sub-items too."""
        for branch in self.branches:
            yield branch
            yield from branch.branches

    def every_entry(self) -> Iterator[Entry]:
        for branch in self.every_branch():
            yield from branch.entries

    def number_of(self, exchange_pk: int) -> str:
        """The number of an exchange; empty when it is not in the record."""
        return next((entry.number for entry in self.every_entry() if entry.exchange.pk == exchange_pk), "")

    def is_settled(self, branch: Branch) -> bool:
        """Whether nothing is left to minute under an item: it has a record, or needs none of its own."""
        if branch.has_record or branch.branches:
            return True
        if branch.item.kind == ItemKind.NEXT_MEETING:
            return says_next_meeting(self.meeting)
        absent = Attendance.Presence.APOLOGIES
        return branch.item.kind == ItemKind.APOLOGIES and any(
            one.presence == absent for one in self.attendances
        )


def outline_of(meeting: Meeting) -> Outline:
    """Read the whole record of a meeting."""
    attendances = list(meeting.attendances.all())
    items = list(_items_of(meeting).prefetch_related("themes"))
    # Of an item that somebody added just now, these would have no place.
    exchanges = list(Exchange.objects.filter(item__in=[item.pk for item in items]))
    contributions = Contribution.objects.filter(exchange__in=[exchange.pk for exchange in exchanges])
    return grow(meeting, attendances, items, exchanges, list(contributions))


def excerpt_of(
    meeting: Meeting, item: AgendaItem, entries: Collection[int], attendances: list[Attendance]
) -> Outline:
    """Of the whole record, these entries of an item alone, with the numbers that they have in it; in three queries.

    Of the other entries no more is read than what counts for the numbers.
    """
    items = list(_items_of(meeting))
    counting = Exchange.objects.filter(
        Q(item=item) | ~Q(number=""), item__meeting=meeting, item__removed_at=None
    )
    counted = counting.values_list("pk", "item_id", "order", "number", named=True)
    numbering = numbers_of(meeting, items=items, exchanges=counted)
    said = Contribution.objects.filter(exchange__in=entries, exchange__item=item, exchange__removed_at=None)
    contributions = list(said.select_related("exchange"))
    exchanges = {one.exchange_id: one.exchange for one in contributions}
    in_order = [exchanges[row.pk] for row in counted if row.pk in exchanges]
    return grow(meeting, attendances, items, in_order, contributions, numbering)


def last_entry(item: AgendaItem, attendances: list[Attendance]) -> Entry | None:
    """The entry after which the next one comes, without its number; in two queries."""
    exchange = Exchange.objects.filter(item=item).last()
    if exchange is None:
        return None
    exchange.item = item
    contributions = list(exchange.contributions.all())
    people = {attendance.pk: attendance for attendance in attendances}
    for one in contributions:
        one.exchange = exchange
        if one.speaker_id in people:
            one.speaker = people[one.speaker_id]
    return Entry(exchange, "", contributions)


def _items_of(meeting: Meeting) -> QuerySet[AgendaItem]:
    asked = PreparedQuestion.objects.filter(item=OuterRef("pk"))
    return meeting.items.annotate(has_questions=Exists(asked))


def grow(
    meeting: Meeting,
    attendances: list[Attendance],
    items: list[AgendaItem],
    exchanges: list[Exchange],
    contributions: list[Contribution],
    numbering: Numbering | None = None,
) -> Outline:
    """Put the rows of a record together; speakers and meetings are linked without further queries.

    Without `numbering`, these exchanges are all that there are.
    """
    numbering = numbering or numbers_of(meeting, items=items, exchanges=exchanges)
    branches = {item.pk: Branch(item, numbering.items[item.pk]) for item in items}
    people = {attendance.pk: attendance for attendance in attendances}
    entries = {}
    # There are a thousand of these: they are linked as a prefetch does it, which asks no question.
    set_item, set_exchange, set_speaker = (
        relation.field.set_cached_value
        for relation in (Exchange.item, Contribution.exchange, Contribution.speaker)
    )
    for exchange in exchanges:
        set_item(exchange, branches[exchange.item_id].item)
        entry = entries[exchange.pk] = Entry(exchange, numbering.exchanges[exchange.pk], [])
        branches[exchange.item_id].entries.append(entry)
    for contribution in contributions:
        entry = entries[contribution.exchange_id]
        set_exchange(contribution, entry.exchange)
        if contribution.speaker_id in people:
            set_speaker(contribution, people[contribution.speaker_id])
        entry.contributions.append(contribution)
    mains = []
    for branch in branches.values():
        branch.item.meeting = meeting
        (branches[branch.item.parent_id].branches if branch.item.parent_id else mains).append(branch)
    return Outline(meeting, attendances, mains)


def says_next_meeting(meeting: Meeting) -> bool:
    """Whether anything is known of the next meeting."""
    return bool(meeting.next_date or meeting.next_subject or meeting.next_type or meeting.next_as_written)
