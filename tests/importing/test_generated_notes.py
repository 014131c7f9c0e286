"""Notes that were printed in the layout of the paper are read back as they were."""

from hypothesis import HealthCheck, given, settings

from importing.layout import read_notes
from publications.notes import Item, Notes
from tests.importing.generated import meetings
from tests.importing.paper import paragraphs_of, print_notes

OFFICE, FORCE = "Police and Crime Commissioner for Marlshire", "Marlshire Police"
LENIENT = settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def read(text: str):
    return read_notes(text, office=OFFICE, force=FORCE)


def comparable(notes: Notes) -> dict:
    """Everything but the identity that the reader gives."""
    document = notes.model_dump(mode="json", by_alias=True)
    document["meeting"].pop("id")
    return document


def words_under(item: Item) -> tuple[str, str, str]:
    """The label, the title and all that is said, however it is divided into paragraphs."""
    said = [paragraph for exchange in item.exchanges for paragraph in paragraphs_of(exchange)]
    return item.label, item.title, " ".join(said)


def paragraphs_in(notes: Notes) -> list[str]:
    found = []
    for item in notes.every_item():
        found += [paragraph for exchange in item.exchanges for paragraph in paragraphs_of(exchange)]
    return found


# Lines of a fixed number of letters tell exactly where a paragraph ends; those of type do nearly always.
@LENIENT
@given(meetings(measures=(len,)))
def test_what_was_printed_is_read_back(made):
    notes, paper = made
    assert comparable(read(print_notes(notes, paper)).notes) == comparable(notes)


@LENIENT
@given(meetings())
def test_in_any_face_the_same_words_are_said_under_the_same_items(made):
    notes, paper = made
    again = read(print_notes(notes, paper)).notes
    assert [words_under(item) for item in again.every_item()] == [
        words_under(item) for item in notes.every_item()
    ]
    assert again.people == notes.people


@LENIENT
@given(meetings())
def test_a_reading_never_finds_that_it_lost_words(made):
    notes, paper = made
    codes = {finding.code for finding in read(print_notes(notes, paper)).findings}
    assert not codes & {"words-lost", "words-added", "words-moved", "unplaced"}
