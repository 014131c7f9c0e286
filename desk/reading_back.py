"""The whole meeting as it will be read, with what is open marked where it stands and listed once at the top."""

from dataclasses import dataclass, field

from actions.carried import Carried
from actions.models import Action, Outcome
from desk.record import Record, Said, Section, Shown
from meetings.checks import Check
from web.dates import short_day

# What the page marks in ways of its own, so that its sentence need not stand beside the mark.
MARKED = frozenset({"to_check", "not_written_up", "action_without_owner", "carried_action_without_outcome"})


@dataclass(frozen=True)
class Place:
    """Something open, by its number or name, and where it stands on the page."""

    label: str
    anchor: str


@dataclass(frozen=True)
class Open:
    """One kind of thing that is open, with all the places where it is."""

    words: str
    places: list[Place]


@dataclass
class Passage:
    """An entry, with the earlier actions that it is the first to tell of, and what is open in it."""

    shown: Shown
    before: list[Carried]
    commitments: list[Said]
    checks: list[Check]

    @property
    def place(self) -> Place:
        return Place(self.shown.entry.number, f"entry-{self.shown.pk}")


@dataclass
class Part:
    """An item: its passages, and the earlier actions of which no passage tells, by what became of them."""

    section: Section
    passages: list[Passage] = field(default_factory=list)
    agreed: list[Carried] = field(default_factory=list)
    not_reached: list[Carried] = field(default_factory=list)
    untold: list[Carried] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)

    @property
    def place(self) -> Place:
        return Place(self.section.number, f"item-{self.section.item.pk}")

    @property
    def named_untold(self) -> list[tuple[str, Carried]]:
        """The actions of which the meeting said nothing yet, each by what it is called here."""
        return [(_called(one.action), one) for one in self.untold]


@dataclass(frozen=True)
class Whole:
    """The page: its parts, what is open in them, and what is open besides."""

    parts: list[Part]
    open: list[Open]
    others: list[Check]

    @property
    def count(self) -> int:
        return sum(len(one.places) for one in self.open) + len(self.others)


def whole_of(record: Record) -> Whole:
    """Lay a record out for reading back; it asks no further questions of the database."""
    parts = [_part(section) for section in record.sections]
    others = [check for check in record.own_checks if check.code not in MARKED]
    return Whole(parts, [one for one in _open(record, parts) if one.places], others)


def _part(section: Section) -> Part:
    part = Part(section, checks=[check for check in section.checks if check.where == section.number])
    told = set()
    for shown in section.shown:
        first = [one for one in shown.about if one.action.pk not in told]
        told |= {one.action.pk for one in first}
        part.passages.append(_passage(section, shown, first))
    for carried in section.carried:
        if carried.action.pk not in told:
            _among(part, carried).append(carried)
    return part


def _passage(section: Section, shown: Shown, before: list[Carried]) -> Passage:
    found = [check for check in section.checks if check.where == shown.entry.number]
    return Passage(
        shown,
        before,
        [said for said in shown.said if said.asks],
        [check for check in found if check.code not in MARKED],
    )


def _among(part: Part, carried: Carried) -> list[Carried]:
    """The list to which an earlier action belongs of which no passage tells."""
    outcome = carried.told.outcome if carried.told else ""
    if outcome == Outcome.NOT_REACHED:
        return part.not_reached
    return part.agreed if outcome else part.untold


def _open(record: Record, parts: list[Part]) -> list[Open]:
    passages = [passage for part in parts for passage in part.passages]
    return [
        Open("Marked to check", [one.place for one in passages if one.shown.to_check]),
        Open("To write up", [one.place for one in passages if one.shown.to_write_up]),
        Open("Sounds like a commitment", [one.place for one in passages if one.commitments]),
        Open("Actions without an owner", _without_owner(record)),
        Open("To put right in the words", [one.place for one in passages if one.checks]),
        Open("Items to put right", [part.place for part in parts if part.checks]),
        Open(
            "Earlier actions without an outcome",
            [
                Place(label, f"untold-{part.section.item.pk}")
                for part in parts
                for label, _ in part.named_untold
            ],
        ),
    ]


def _called(action: Action) -> str:
    """Its reference; one of another meeting that has none yet is told by that meeting's day."""
    day = action.source.date
    return f"{action.label} of {short_day(day)}" if not action.reference and day else action.label


def _without_owner(record: Record) -> list[Place]:
    return [
        Place(one.action.label, f"action-{one.action.pk}")
        for one in record.promises
        if one.action.owner_id is None
    ]
