"""What of a Notes document is longer than the record can hold: said before anything is stored."""

from collections.abc import Iterator

from django.db import models

from actions.models import Action
from meetings.models import AgendaItem, Attendance, Contribution, Meeting, MeetingType, Role, Theme
from publications.notes import Item, Notes

Held = tuple[str, type[models.Model], str, str | None]


def what_does_not_fit(notes: Notes) -> list[str]:
    """A sentence for each text that is too long, in reading order."""
    found = []
    for place, model, field, value in _held(notes):
        longest = model._meta.get_field(field).max_length
        if value and len(value) > longest:
            found.append(
                f"{place} has {len(value):,} characters, and no more than {longest} can be kept: “{value[:60]}…”"
            )
    return found


def _held(notes: Notes) -> Iterator[Held]:
    """Each text that goes into a field with a limit, with the words for its place."""
    yield from _of_the_meeting(notes)
    for place, person in enumerate(notes.people, 1):
        for field in ("name", "abbreviation", "present_for"):
            yield f"Person {place}", Attendance, field, getattr(person, field)
        yield f"The role of person {place}", Role, "title", person.role
    for item in notes.every_item():
        yield from _of_an_item(item)
    for place, action in enumerate(notes.actions, 1):
        yield f"The heading of action {place}", Action, "heading", action.heading
        yield f"The reference of action {place}", Action, "reference", action.reference
        yield (
            f"The origin of action {place}",
            Action,
            "origin_text",
            getattr(action.carried_from, "text", None),
        )
        for owner in action.owners:
            yield f"An owner of action {place}", Role, "title", owner


def _of_the_meeting(notes: Notes) -> Iterator[Held]:
    facts, coming = notes.meeting, notes.next_meeting
    yield "The type of the meeting", MeetingType, "name", facts.type
    for field in ("title", "date_as_written", "venue", "period"):
        yield f"The meeting’s {field.replace('_', ' ')}", Meeting, field, getattr(facts, field)
    for field in ("chair_as_written", "minutes_as_written"):
        yield "The header", Meeting, field, getattr(facts, field)
    for field in ("type", "subject", "date_as_written", "venue"):
        yield "The next meeting", Meeting, f"next_{field}", getattr(coming, field, None)


def _of_an_item(item: Item) -> Iterator[Held]:
    for field in ("title", "label", "kind"):
        yield f"Item {item.number}", AgendaItem, field, getattr(item, field)
    for theme in item.themes:
        yield f"A theme of item {item.number}", Theme, "name", theme
    for exchange in item.exchanges:
        for said in exchange.contributions:
            yield f"Paragraph {exchange.number}", Contribution, "kind", said.kind
            yield f"Paragraph {exchange.number}", Contribution, "lead", said.lead
