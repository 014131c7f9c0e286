"""The record as the desk shows it while it is written: entries, actions among them, what is to be checked."""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from django.http import Http404
from django.urls import reverse

from actions.carried import Carried
from actions.models import Action
from desk.earlier import Earlier, EarlierForm
from desk.promises import Promise, carried_to, promises_among, recorded_at, taking_up, tells_of
from desk.theme_before import Before, open_on, theme_before
from desk.writing_up import RoughLine, rough_lines
from meetings.checks import Check, checks
from meetings.models import AgendaItem, Contribution, Meeting, Theme
from meetings.outline import Branch, Entry, Outline, outline_of
from meetings.reading.commitments import sounds_like_commitment
from publications.notes import ContributionKind
from review.checks import all_checks


@lru_cache
def _around(name: str, meeting_pk: int) -> tuple[str, str]:
    """What stands before and after the id in an address: a page has a thousand of them, alike but for that."""
    before, after = reverse(name, args=[meeting_pk, 0]).rsplit("/0/", 1)
    return f"{before}/", f"/{after}"


def _address(name: str, meeting_pk: int, pk: str) -> str:
    before, after = _around(name, meeting_pk)
    return f"{before}{pk}{after}"


def _asking(query: str) -> str:
    """A query as an address has it."""
    return f"?{query}" if query else ""


def _is_being_written(meeting: Meeting) -> bool:
    """Whether this is a record of our own that has not left the office yet."""
    return meeting.numbered_at is None and not meeting.published_elsewhere


@dataclass
class Said:
    """What one person said, as it is drawn with what can be done about it."""

    words: Contribution
    item: AgendaItem
    called: str  # answer 2 of 2.1.3
    may_ask: bool = False  # whether it may be asked if this is a commitment
    kept_open: str = ""  # what lies open beside the record

    # A template asks for an item before it asks for an attribute, and a page asks ten thousand times.
    __getitem__ = object.__getattribute__

    def __post_init__(self):
        # A page draws a thousand of these: what each of them shows is at hand.
        words = self.words
        self.pk, self.lead, self.text = str(words.id), words.lead, words.text
        self.is_rough = words.to_write_up
        self.is_open = bool(words.to_check or self.asks)
        self.is_plain = not (self.is_rough or self.is_open or words.version > 1 or self.note)

    @property
    def edit(self) -> str:
        return f"{_address('desk:words', self.item.meeting_id, self.pk)}{_asking(self.kept_open)}"

    @property
    def history(self) -> str:
        return _address("desk:history", self.item.meeting_id, self.pk)

    @property
    def write_up(self) -> str:
        """Where the rough line is written up."""
        return _address("desk:write_up", self.item.meeting_id, self.pk)

    @property
    def promise(self) -> str:
        """Where it is made an action; the words are found there by their id, so that no address holds them."""
        return f"{_address('actions:add', self.item.meeting_id, str(self.item.pk))}?words={self.pk}"

    @property
    def asks(self) -> bool:
        """Whether the words sound like a commitment, and nobody has said yet whether they are one."""
        words = self.words
        is_open = self.may_ask and not words.commitment and words.kind != ContributionKind.QUESTION
        return is_open and sounds_like_commitment(words.wording)

    @property
    def answer(self) -> str:
        """Where it is said that this is no action."""
        return _address("desk:commitment", self.item.meeting_id, self.pk)

    @property
    def version(self) -> str:
        """Which version it is, once it was changed."""
        return f"Version {self.words.version}" if self.words.version > 1 else ""

    @property
    def note(self) -> str:
        """Who is meant, where the printed words do not say it."""
        if self.words.nobody_named:
            return "Nobody named"
        if self.words.speaker is None:
            return "Nobody selected" if self.words.kind == ContributionKind.ANSWER else ""
        return "" if self.words.lead else self.words.speaker.abbreviation or self.words.speaker.name


@dataclass
class Shown:
    """An entry as it is drawn, with the actions that follow it."""

    entry: Entry
    is_first: bool
    is_last: bool
    place: int
    section: "Section" = field(init=False, repr=False)

    __getitem__ = object.__getattribute__  # as above

    @cached_property
    def promises(self) -> list[Promise]:
        """The actions that arose right after it."""
        return self.section.record.placed[self.section.item.id, self.entry.exchange.id]

    @property
    def pk(self) -> str:
        return str(self.entry.exchange.id)

    @property
    def about(self) -> list[Carried]:
        """The earlier actions that it reports on."""
        return [one for one in self.section.carried if tells_of(self.entry.exchange.pk, one)]

    @property
    def said(self) -> list[Said]:
        """Each contribution with its addresses."""
        item, number = self.entry.exchange.item, self.entry.number
        may_ask = not self.promises and _is_being_written(item.meeting)
        kept_open = self.section.record.kept_open
        return [
            Said(one, item, f"{one.kind} {place} of {number}", may_ask, kept_open)
            for place, one in enumerate(self.entry.contributions, 1)
        ]

    @property
    def opened(self) -> str:
        """Where it stands with what More opens."""
        kept = self.section.record.kept_open
        return f"?more={self.pk}{f'&{kept}' if kept else ''}#more-{self.pk}"

    @property
    def closed(self) -> str:
        """Where it stands without that."""
        record = self.section.record
        return f"{self.section.item.get_absolute_url()}{_asking(record.kept_open)}#entry-{self.pk}"

    @property
    def add(self) -> str:
        """Where more is added to it."""
        return _address("desk:add_to_entry", self.entry.exchange.item.meeting_id, self.pk)

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

    @property
    def to_write_up(self) -> list[Contribution]:
        return [one for one in self.entry.contributions if one.to_write_up]


@dataclass
class Section:
    """An item with everything that stands under it."""

    record: "Record"
    branch: Branch
    shown: list[Shown]
    takes_up: bool  # earlier actions are spoken of here

    @property
    def promises(self) -> list[Promise]:
        """The actions before any entry."""
        return self.record.placed[self.item.pk, None]

    @cached_property
    def checks(self) -> list[Check]:
        """What is to be put right under this item."""
        here = {self.branch.number, *(entry.number for entry in self.branch.entries)}
        return [check for check in self.record.checks if check.where in here]

    @property
    def to_put_right(self) -> list[Check]:
        """They but for the flags, which have a list of their own."""
        return [check for check in self.checks if check.code != "to_check"]

    @property
    def carried(self) -> list[Carried]:
        """The earlier actions that are spoken of here."""
        return self.record.carried if self.takes_up else []

    @property
    def item(self) -> AgendaItem:
        return self.branch.item

    @property
    def earlier(self) -> list[Earlier]:
        """Each of them with the question what became of it."""
        meeting = self.record.outline.meeting
        return [Earlier(row, EarlierForm(row=row, meeting=meeting)) for row in self.carried]

    @property
    def themes(self) -> list[Theme]:
        """What it is about: its own themes, else those of the item that it stands under."""
        own = list(self.item.themes.all())
        if own or not self.item.parent_id:
            return own
        return list(self.record.section_of(self.item.parent_id).item.themes.all())

    @property
    def unspoken(self) -> int:
        """How many carried actions have neither an outcome nor a paragraph that tells of them."""
        return sum(not (row.told and (row.told.outcome or row.paragraphs)) for row in self.carried)

    @property
    def number(self) -> str:
        return self.branch.number


@dataclass
class Record:
    """A whole meeting, section by section in reading order; actions and checks are read only where they are shown."""

    outline: Outline
    is_whole: bool
    page_of: int | None = None  # the item whose page it is read for
    kept_open: str = ""  # what the addresses of that page say of the transcript beside it
    sections: list[Section] = field(default_factory=list)

    @cached_property
    def themes(self) -> list[Theme]:
        """Those of the item whose page this is."""
        return self.section_of(self.page_of).themes if self.page_of else []

    @cached_property
    def _actions(self) -> tuple[list[Action], list[Action]]:
        """The actions of this meeting's own record, and the open ones on the themes; in one query."""
        meeting = self.outline.meeting
        own, others = [], []
        for one in recorded_at(meeting, also=open_on(self.themes, meeting)):
            (own if meeting.pk in (one.meeting_id, one.recorded_in_id) else others).append(one)
        return own, others

    @property
    def recorded(self) -> list[Action]:
        """The actions of this meeting's own record."""
        return self._actions[0]

    @cached_property
    def before(self) -> Before | None:
        """What was last said and promised on the themes."""
        return theme_before(self.outline.meeting, self.themes, self._actions[1])

    @cached_property
    def promises(self) -> list[Promise]:
        """The actions that arose here, with how each stands today."""
        return promises_among(self.recorded, self.outline.meeting)

    @cached_property
    def placed(self) -> dict[tuple[int, int | None], list[Promise]]:
        """They by the item and the exchange after which they stand."""
        placed = defaultdict(list)
        for promise in self.promises:
            placed[promise.action.item_id, promise.action.after_id].append(promise)
        return placed

    @cached_property
    def checks(self) -> list[Check]:
        """What is to be put right: by the checks of every floor where the whole meeting is shown."""
        if self.is_whole:
            return all_checks(self.outline.meeting, outline=self.outline)
        minuted = {action.item_id for action in self.recorded}
        return checks(self.outline.meeting, outline=self.outline, also_minuted=minuted)

    def section_of(self, item_pk: int) -> Section:
        """The section of an item; 404 when the meeting has no such item."""
        for section in self.sections:
            if section.item.pk == item_pk:
                return section
        raise Http404("no such item")

    @cached_property
    def rough_lines(self) -> list[RoughLine]:
        """What is still to be written up in the whole meeting."""
        return rough_lines(self.outline)

    @cached_property
    def carried(self) -> list[Carried]:
        """The earlier actions that this meeting has to speak of, read only where they are shown."""
        return carried_to(self.outline.meeting, self.outline)

    @property
    def own_checks(self) -> list[Check]:
        """What is to be put right that belongs to no item."""
        placed = {id(check) for section in self.sections for check in section.checks}
        return [check for check in self.checks if id(check) not in placed]


def record_of(meeting: Meeting, *, is_whole: bool, page_of: int | None = None) -> Record:
    """Read everything that is recorded of a meeting, in as many queries for any length.

    For the whole meeting, the checks of every floor are collected, which compiles it;
    for the page of one item, those of the record suffice. `page_of` is that item, if it is drawn as a page.
    """
    return _with_sections(Record(outline_of(meeting), is_whole, page_of))


def excerpt_of(outline: Outline) -> Record:
    """Some entries of a record, after which no action stands and which tell of none."""
    record = Record(outline, is_whole=False)
    record.promises = []
    return _with_sections(record)


def _with_sections(record: Record) -> Record:
    there = taking_up(record.outline)
    record.sections = [
        _section(record, branch, takes_up=branch is there) for branch in record.outline.every_branch()
    ]
    return record


def _section(record: Record, branch: Branch, *, takes_up: bool) -> Section:
    last = len(branch.entries) - 1
    shown = [Shown(entry, place == 0, place == last, place) for place, entry in enumerate(branch.entries)]
    section = Section(record, branch, shown, takes_up)
    for one in shown:
        one.section = section
    return section
