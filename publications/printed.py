"""What a renderer reads of a record: each part in the shape in which it is printed.

`publications.layout` makes these of Notes. Templates ask no questions that were not
answered there.
"""

from dataclasses import dataclass, field

from publications.notes import Notes
from publications.paragraphs import Span

# The one fact of an action that a list of those which were not reached need not say.
OUTCOME = "Outcome at this meeting"


@dataclass(frozen=True)
class Fact:
    """One line under an action: Owner: Chief Constable."""

    name: str
    words: str
    note: str = ""


@dataclass(frozen=True)
class PrintedAction:
    key: str
    reference: str
    name: str
    place: str
    slug: str
    heading: str
    ours: bool
    owner: str
    paragraphs: list[list[Span]]
    facts: list[Fact]
    withheld: str
    is_action: bool = True

    @property
    def due(self) -> Fact | None:
        return next((fact for fact in self.facts if fact.name == "Due"), None)

    @property
    def further_facts(self) -> list[Fact]:
        """What a row of actions that were not reached says below the wording, of what no column says."""
        told = {"Owner", "Due", OUTCOME}
        return [fact for fact in self.facts if fact.name not in told]


@dataclass(frozen=True)
class PrintedExchange:
    number: str
    paragraphs: list[list[Span]]
    notes: list[str]
    about: list[PrintedAction]
    withheld: str
    is_action: bool = False


@dataclass(frozen=True)
class Following:
    """The next meeting: our words, and the lines of an original."""

    words: str
    as_written: list[str]


@dataclass(frozen=True)
class PrintedItem:
    number: str
    place: str
    label: str
    title: str
    none: bool
    verdict: str
    withheld: str
    themes: list[str]
    doubts: list[str]
    next_meeting: Following | None
    blocks: list = field(default_factory=list)
    not_reached: list[PrintedAction] = field(default_factory=list)
    items: list["PrintedItem"] = field(default_factory=list)


@dataclass(frozen=True)
class Person:
    abbreviation: str
    name: str
    role: str
    presence: str
    parts: str


@dataclass(frozen=True)
class Theme:
    name: str
    slug: str


@dataclass(frozen=True)
class Printed:
    """Everything that a renderer needs of a record."""

    notes: Notes
    items: list[PrintedItem]
    actions: dict[str, PrintedAction]
    people: list[Person]
    counted: list[str]
    themes: list[Theme]
    chairs: list[str]
    minute_takers: list[str]
    day: str
    times: str
    not_reached: list[PrintedAction]
    next_meeting: Following | None
    counts: list[str]
    doubts: list[str]
    is_original: bool

    @property
    def every_exchange(self) -> list[PrintedExchange]:
        return [block for item in self.every_item for block in item.blocks if not block.is_action]

    @property
    def every_item(self) -> list[PrintedItem]:
        return [part for item in self.items for part in (item, *item.items)]
