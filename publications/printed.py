"""The Notes in the order and the shape in which they are read, on a page or on paper.

Nothing is inferred here: a contribution prints as its lead and its text, and starts a
paragraph where it says so. Templates ask no questions that were not answered here.
"""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field

from publications import addresses
from publications.notes import (
    Action,
    Attendee,
    Contribution,
    ContributionKind,
    Counted,
    DueAt,
    DueOn,
    Exchange,
    Item,
    ItemKind,
    NextMeeting,
    Notes,
)
from publications.paragraphs import Span, paragraphs_of
from publications.states import in_public_words
from web import dates


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


def printed(notes: Notes) -> Printed:
    """Lay a record out for reading."""
    return Layout(notes).printed()


def due_words(due: DueOn | DueAt | None) -> str:
    if isinstance(due, DueOn):
        return dates.day(due.date)
    return "the next meeting" if due else "no date agreed"


def clock_of(written: str | None) -> dt.time | None:
    return dt.time.fromisoformat(written) if written else None


def following(said: NextMeeting | None) -> Following | None:
    """What is said of the next meeting; an original's own words are quoted, and the date is ours."""
    if said is None:
        return None
    start = clock_of(said.start)
    when = dates.weekday_day(said.date) if said.date else ""
    own = getattr(said, "as_written", None)
    named = [] if own else [said.type, said.subject]
    known = [*named, when, dates.clock(start) if start else "", "" if own else said.venue]
    return Following(
        words=", ".join(" ".join(part.split()) for part in known if part),
        as_written=[line.strip() for line in (own or "").splitlines() if line.strip()],
    )


OUTCOME = "Outcome at this meeting"
OUTCOMES = {
    "reported": "reported on",
    "closed": "agreed to close",
    "returned": "returned",
    "retained": "kept as a watching brief",
    "new_date": "agreed a new date",
    "not_reached": "not reached, carried forward",
}
EVENTS = {
    "closed": "Closed",
    "returned": "Kept open",
    "retained": "Kept under watch",
    "withdrawn": "Withdrawn",
    "superseded": "Superseded",
    "transferred": "Transferred",
    "due_moved": "Due date moved",
}


def worded(action: Action) -> Contribution:
    """The wording of an action, to be printed like what was said."""
    return Contribution(kind=ContributionKind.NARRATIVE, text=action.text)


COUNTED_PRESENCE = {
    "present": "Also present",
    "part": "Also present for part",
    "apologies": "Also apologies from",
}


def number_of(group: Counted) -> str:
    """How many people, and of which body: 1 person from the office."""
    one_or_many = "person" if group.number == 1 else "people"
    if group.body == "other":
        return f"{group.number} other {one_or_many}"
    return f"{group.number} {one_or_many} from the {group.body}"


class Layout:
    """One record being laid out: what many parts ask for is looked up once."""

    def __init__(self, notes: Notes):
        self.notes = notes
        self.attendees = {person.key: person for person in notes.people}
        self.is_original = bool(notes.meeting and notes.meeting.original)
        self.actions = {
            action.key: self.action(action, place) for place, action in enumerate(notes.actions, 1)
        }
        self.spoken_of = {
            key for item in notes.every_item() for block in item.exchanges for key in block.about
        }
        self.unreached = {
            action.key
            for action in notes.actions
            if action.outcome == "not_reached"
            and action.key not in self.spoken_of
            and action.withheld is None
        }
        self.placed: dict[tuple[str, str | None], list[PrintedAction]] = defaultdict(list)
        self.not_reached: dict[str, list[PrintedAction]] = defaultdict(list)
        for action in notes.actions:
            if action.key in self.unreached:
                self.not_reached[action.place.item].append(self.actions[action.key])
            else:
                self.placed[action.place.item, action.place.after].append(self.actions[action.key])
        self.doubts: dict[str, list[str]] = defaultdict(list)
        for doubt in notes.doubts:
            self.doubts[doubt.where].append(doubt.note or doubt.sentence)

    def printed(self) -> Printed:
        meeting = self.notes.meeting
        items = [self.item(item) for item in self.notes.items]
        places = {item.place for item in items} | {child.place for item in items for child in item.items}
        numbers = {block.number for item in self.notes.every_item() for block in item.exchanges}
        start, end = (clock_of(meeting.start), clock_of(meeting.end)) if meeting else (None, None)
        has_item_for_next = any(item.next_meeting for item in items)
        return Printed(
            notes=self.notes,
            items=items,
            actions=self.actions,
            people=[self.person(person) for person in self.notes.people],
            counted=self.counted(),
            themes=self.themes(),
            chairs=self.table_words("chair_as_written")
            or [self.full_name(person) for person in self.notes.people if person.chair],
            minute_takers=self.table_words("minutes_as_written")
            or [self.full_name(person) for person in self.notes.people if person.minute_taker],
            day=dates.weekday_day(meeting.date) if meeting and meeting.date else "",
            times=dates.clock_range(start, end) if start else "",
            # Of a meeting whose agenda has no place for earlier actions.
            not_reached=self.not_reached[""],
            next_meeting=None if has_item_for_next else following(self.notes.next_meeting),
            counts=self.counts(),
            doubts=[
                words
                for where, sentences in self.doubts.items()
                if f"item-{where}" not in places and where not in places and where not in numbers
                for words in sentences
            ],
            is_original=self.is_original,
        )

    def item(self, item: Item) -> PrintedItem:
        """An item with what stands under it; actions stand after the exchange that they follow.

        Those that the meeting did not reach come after everything that was said.
        """
        known = {exchange.number for exchange in item.exchanges}
        blocks: list = [*self.placed[item.number, None]]
        for exchange in item.exchanges:
            blocks += [self.exchange(exchange), *self.placed[item.number, exchange.number]]
        blocks += [
            action
            for (number, after), actions in self.placed.items()
            if number == item.number and after is not None and after not in known
            for action in actions
        ]
        return PrintedItem(
            number=item.number,
            place=f"item-{item.number}",
            label=(item.label or item.number).rstrip("."),
            title=item.title,
            none=item.none,
            verdict=item.verdict or "",
            withheld=item.withheld or "",
            themes=item.themes,
            doubts=self.doubts.get(item.number, []) + self.doubts.get(f"item-{item.number}", []),
            next_meeting=following(self.notes.next_meeting) if item.kind == ItemKind.NEXT_MEETING else None,
            blocks=blocks,
            not_reached=self.not_reached[item.number],
            items=[self.item(child) for child in item.items],
        )

    def exchange(self, exchange: Exchange) -> PrintedExchange:
        doubts = [note for note in self.doubts.get(exchange.number, []) if note not in exchange.notes]
        return PrintedExchange(
            number=exchange.number,
            paragraphs=paragraphs_of(exchange.contributions),
            notes=[*exchange.notes, *doubts],
            about=[self.actions[key] for key in exchange.about if key in self.actions],
            withheld=exchange.withheld or "",
        )

    def action(self, action: Action, place: int) -> PrintedAction:
        reference = action.reference or ""
        return PrintedAction(
            key=action.key,
            reference=reference,
            name=f"Action {reference}" if reference else f"New action {place}",
            place=addresses.action_place(reference) if reference else f"new-action-{place}",
            slug=addresses.action_slug(reference) if reference else "",
            heading="" if action.withheld is not None else action.heading,
            ours=action.ours and self.is_original,
            owner=self.owners(action),
            paragraphs=[] if action.withheld is not None else paragraphs_of([worded(action)]),
            facts=[] if action.withheld is not None else self.facts(action),
            withheld=action.withheld or "",
        )

    def facts(self, action: Action) -> list[Fact]:
        """What is known of an action on the day of the meeting."""
        moved = ""
        if action.moved:
            times = {1: "once", 2: "twice"}.get(action.moved, f"{action.moved} times")
            moved = (
                f"first due {due_words(action.first_due)}, moved {times}"
                if action.first_due
                else f"moved {times}"
            )
        facts = [
            Fact("Owner", self.owners(action)),
            Fact("Due", due_words(action.due), moved),
        ]
        if action.carried_from and not action.heading:
            facts.append(Fact("From", action.carried_from.text))
        if action.outcome:
            facts.append(Fact(OUTCOME, OUTCOMES.get(action.outcome, action.outcome)))
        for event in action.events:
            facts.append(Fact(EVENTS[event.what], dates.day(event.on), event.reason or ""))
        as_of = f"on {dates.day(action.as_of)}" if action.as_of else ""
        facts.append(Fact("Status", " ".join(filter(None, [in_public_words(action.state), as_of]))))
        return facts

    def owners(self, action: Action) -> str:
        return " and ".join(self.owner(key) for key in action.owners) or "not named"

    def owner(self, key: str) -> str:
        """Who owes an action: the post, with the short name that the record uses."""
        person = self.attendees.get(key)
        if person is None:
            return key
        return f"{person.role} ({person.abbreviation})" if person.abbreviation else person.role

    def person(self, person: Attendee) -> Person:
        presence = {"present": "Present", "apologies": "Apologies", "part": "Present for part"}[
            person.attendance
        ]
        if person.present_for:
            presence = f"{presence}: {person.present_for}"
        parts = [
            words for words, holds in [("Chair", person.chair), ("Minutes", person.minute_taker)] if holds
        ]
        return Person(person.abbreviation or "", person.name or "", person.role, presence, ", ".join(parts))

    def counted(self) -> list[str]:
        """Those of whom only the number is published, a sentence for each way of attending."""
        numbers = defaultdict(list)
        for group in self.notes.counted:
            numbers[group.attendance].append(number_of(group))
        return [
            f"{COUNTED_PRESENCE[attendance]}, not named: {' and '.join(groups)}."
            for attendance, groups in numbers.items()
        ]

    def table_words(self, name: str) -> list[str]:
        """What the table of an original says, where it says more than the list of people."""
        words = getattr(self.notes.meeting, name, None)
        return [words] if words else []

    def full_name(self, person: Attendee) -> str:
        return ", ".join(filter(None, [person.name, person.role]))

    def themes(self) -> list[Theme]:
        """The themes of the record, each once, in the order in which they are spoken of."""
        slugs = {}
        for item in self.notes.every_item():
            for name in item.themes:
                slugs.setdefault(addresses.theme_slug(name), name)
        return [Theme(name, slug) for slug, name in slugs.items()]

    def counts(self) -> list[str]:
        """What the record holds, in short sentences."""
        said = [
            contribution
            for item in self.notes.every_item()
            for exchange in item.exchanges
            for contribution in exchange.contributions
        ]
        questions = sum(contribution.kind == "question" for contribution in said)
        earlier = [action for action in self.notes.actions if action.carried_from is not None]
        new = len(self.notes.actions) - len(earlier)
        later = len(self.unreached)
        # Of a draft, the office has not said yet what was done with some.
        discussed = sum(
            action.key not in self.unreached
            and (bool(action.outcome) or action.key in self.spoken_of or self.is_original)
            for action in earlier
        )
        sentences = [
            (questions, "question was asked", "questions were asked"),
            (new, "action was agreed", "actions were agreed"),
            (discussed, "earlier action was discussed", "earlier actions were discussed"),
            (
                later,
                "earlier action was not reached and is carried forward",
                "earlier actions were not reached and are carried forward",
            ),
        ]
        return [f"{count} {one if count == 1 else many}." for count, one, many in sentences if count]
