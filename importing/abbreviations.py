"""Abbreviations that the notes explain: in the attendance list, and in the text before brackets."""

from meetings.reading.abbreviations import in_text
from publications.notes import Attendee

__all__ = ["in_text", "of_people"]


def of_people(people: list[Attendee]) -> dict[str, str]:
    """What the attendance list explains."""
    return {person.abbreviation: person.role for person in people if person.abbreviation and person.role}
