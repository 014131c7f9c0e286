"""The Notes in the order and the shape in which they are read, on a page or on paper.

Nothing is inferred here: a contribution prints as its lead and its text, and starts a
paragraph where it says so.
"""

from collections import defaultdict

from publications import addresses
from publications.notes import (
    Action,
    Attendee,
    Contribution,
    ContributionKind,
    Exchange,
    Item,
    ItemKind,
    Notes,
)
from publications.paragraphs import paragraphs_of
from publications.printed import Person, Printed, PrintedAction, PrintedExchange, PrintedItem, Theme
from publications.wording import PRESENCE, clock_of, counted_in_words, facts_of, following
from web import dates


def printed(notes: Notes) -> Printed:
    """Lay a record out for reading."""
    return Layout(notes).printed()


def worded(action: Action) -> Contribution:
    """The wording of an action, to be printed like what was said."""
    return Contribution(kind=ContributionKind.NARRATIVE, text=action.text)


class Layout:
    """One record being laid out: what many parts ask for is looked up once."""

    def __init__(self, notes: Notes):
        self.notes = notes
        self.attendees = {person.key: person for person in notes.people}
        self.is_original = bool(notes.meeting and notes.meeting.original)
        self.action_names = notes.action_names()
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
            counted=counted_in_words(self.notes.counted),
            themes=self.themes(),
            chairs=self.heading_names(
                meeting.chair_as_written if meeting else None, [one for one in self.notes.people if one.chair]
            ),
            minute_takers=self.heading_names(
                meeting.minutes_as_written if meeting else None,
                [one for one in self.notes.people if one.minute_taker],
            ),
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
            name=self.action_names[action.key],
            place=addresses.action_place(reference) if reference else f"new-action-{place}",
            slug=addresses.action_slug(reference) if reference else "",
            heading="" if action.withheld is not None else action.heading,
            ours=action.ours and self.is_original,
            owner=self.owners(action),
            paragraphs=[] if action.withheld is not None else paragraphs_of([worded(action)]),
            facts=[] if action.withheld is not None else facts_of(action, self.owners(action)),
            withheld=action.withheld or "",
        )

    def owners(self, action: Action) -> str:
        return " and ".join(self.owner(key) for key in action.owners) or "not named"

    def owner(self, key: str) -> str:
        """Who owes an action: the post, with the short name that the record uses."""
        person = self.attendees.get(key)
        if person is None:
            return key
        return f"{person.role} ({person.abbreviation})" if person.abbreviation else person.role

    def person(self, person: Attendee) -> Person:
        presence = PRESENCE[person.attendance]
        if person.present_for:
            presence = f"{presence}: {person.present_for}"
        parts = [
            words for words, holds in [("Chair", person.chair), ("Minutes", person.minute_taker)] if holds
        ]
        return Person(person.abbreviation or "", person.name or "", person.role, presence, ", ".join(parts))

    def heading_names(self, as_written: str | None, named: list[Attendee]) -> list[str]:
        """Who chaired or took the minutes: in the words of an original's table, else by the list of people."""
        return (
            [as_written] if as_written else [", ".join(filter(None, [one.name, one.role])) for one in named]
        )

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
