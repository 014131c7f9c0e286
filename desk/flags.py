"""What is marked to be checked in a meeting's record."""

from collections.abc import Iterator
from dataclasses import dataclass

from meetings.models import AgendaItem, Contribution
from meetings.outline import Entry, Outline


@dataclass(frozen=True)
class Flag:
    """One thing that somebody has to check before publication, and where it stands."""

    item: AgendaItem
    entry: Entry
    words: Contribution

    @property
    def number(self) -> str:
        return self.entry.number

    @property
    def note(self) -> str:
        return self.words.to_check

    @property
    def address(self) -> str:
        """The address of the entry on its item's page."""
        return f"{self.item.get_absolute_url()}#entry-{self.entry.exchange.pk}"


def flags_of(outline: Outline) -> list[Flag]:
    """Everything that is open to be checked, in reading order; without a query."""
    return list(_flags(outline))


def _flags(outline: Outline) -> Iterator[Flag]:
    for branch in outline.every_branch():
        for entry in branch.entries:
            for one in entry.contributions:
                if one.to_check:
                    yield Flag(branch.item, entry, one)
