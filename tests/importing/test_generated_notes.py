"""Notes that were printed in the layout of the paper are read back as they were."""

from hypothesis import HealthCheck, given, settings

from importing.layout import read_notes
from importing.words import words_of
from publications.notes import Notes
from tests.importing.generated import meetings
from tests.importing.paper import paragraphs_of, print_notes

OFFICE, FORCE = "Police and Crime Commissioner for Marlshire", "Marlshire Police"
LENIENT = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def read(text: str):
    return read_notes(text, office=OFFICE, force=FORCE)


def comparable(notes: Notes) -> dict:
    """Everything but the identity that the reader gives."""
    document = notes.model_dump(mode="json", by_alias=True)
    document["meeting"].pop("id")
    return document


def paragraphs_in(notes: Notes) -> list[str]:
    found = []
    for item in notes.every_item():
        found += [paragraph for exchange in item.exchanges for paragraph in paragraphs_of(exchange)]
    return found


@LENIENT
@given(meetings())
def test_what_was_printed_is_read_back(made):
    notes, paper = made
    assert comparable(read(print_notes(notes, paper)).notes) == comparable(notes)


@LENIENT
@given(meetings())
def test_every_paragraph_comes_back_word_for_word(made):
    notes, paper = made
    assert paragraphs_in(read(print_notes(notes, paper)).notes) == paragraphs_in(notes)


@LENIENT
@given(meetings())
def test_a_reading_never_finds_that_it_lost_words(made):
    notes, paper = made
    codes = {finding.code for finding in read(print_notes(notes, paper)).findings}
    assert not codes & {"words-lost", "words-added", "words-moved", "unplaced"}
    assert words_of(notes.meeting.title)
