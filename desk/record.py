"""The record as the desk shows it while it is written: entries, actions among them, what is to be checked."""

from collections import defaultdict
from dataclasses import dataclass, field

from actions.carried import Carried
from desk.promises import Promise, arose_at, carried_to, taking_up, tells_of
from meetings.checks import Check, checks
from meetings.models import AgendaItem, Contribution, Meeting
from meetings.outline import Branch, Entry, Outline, outline_of
from review.checks import all_checks


@dataclass
class Shown:
    """An entry as it is drawn, with the actions that follow it, and what it reports on."""

    entry: Entry
    is_first: bool
    is_last: bool
    place: int
    promises: list[Promise] = field(default_factory=list)
    about: list[Carried] = field(default_factory=list)

    @property
    def paragraphs(self) -> list[list[Contribution]]:
        """What was said as it is printed: a contribution that starts no paragraph runs on in the one before."""
        paragraphs: list[list[Contribution]] = []
        for one in self.entry.contributions:
            if one.paragraph or not paragraphs:
                paragraphs.append([])
            paragraphs[-1].append(one)
        return paragraphs

    @property
    def to_check(self) -> list[Contribution]:
        return [one for one in self.entry.contributions if one.to_check]


@dataclass
class Section:
    """An item with everything that stands under it."""

    branch: Branch
    shown: list[Shown]
    promises: list[Promise]  # actions before any entry
    carried: list[Carried]
    checks: list[Check]
    takes_up: bool  # earlier actions are spoken of here

    @property
    def item(self) -> AgendaItem:
        return self.branch.item

    @property
    def unspoken(self) -> int:
        """How many carried actions have neither an outcome nor a paragraph that tells of them."""
        return sum(not (row.told and (row.told.outcome or row.paragraphs)) for row in self.carried)

    @property
    def number(self) -> str:
        return self.branch.number


@dataclass
class Record:
    """A whole meeting, section by section in reading order."""

    outline: Outline
    sections: list[Section]
    promises: list[Promise]
    carried: list[Carried]
    checks: list[Check]

    def section_of(self, item_pk: int) -> Section:
        return next(section for section in self.sections if section.item.pk == item_pk)

    @property
    def own_checks(self) -> list[Check]:
        """What is to be put right that belongs to no item."""
        placed = {id(check) for section in self.sections for check in section.checks}
        return [check for check in self.checks if id(check) not in placed]


def record_of(meeting: Meeting, *, is_whole: bool) -> Record:
    """Read everything that is recorded of a meeting, in as many queries for any length.

    For the whole meeting, the checks of every floor are collected, which compiles it;
    for the page of one item, those of the record suffice.
    """
    outline = outline_of(meeting)
    promises, carried = arose_at(meeting), carried_to(meeting, outline)
    minuted = {one.action.item_id for one in promises}
    minuted |= {one.action.item_id for one in carried if one.action.recorded_in_id == meeting.pk}
    found = all_checks(meeting) if is_whole else checks(meeting, outline=outline, also_minuted=minuted)
    placed = defaultdict(list)
    for promise in promises:
        placed[promise.action.item_id, promise.action.after_id].append(promise)
    there = taking_up(outline)
    sections = [
        _section(one, placed, carried if one is there else [], found, takes_up=one is there)
        for one in outline.every_branch()
    ]
    return Record(outline, sections, promises, carried, found)


def _section(
    branch: Branch,
    placed: dict[tuple, list[Promise]],
    carried: list[Carried],
    found: list[Check],
    *,
    takes_up: bool,
) -> Section:
    last = len(branch.entries) - 1
    shown = [
        Shown(
            entry,
            place == 0,
            place == last,
            place,
            placed[branch.item.pk, entry.exchange.pk],
            [one for one in carried if tells_of(entry.exchange.pk, one)],
        )
        for place, entry in enumerate(branch.entries)
    ]
    here = {branch.number, *(entry.number for entry in branch.entries)}
    return Section(
        branch,
        shown,
        placed[branch.item.pk, None],
        carried,
        [check for check in found if check.where in here],
        takes_up,
    )
