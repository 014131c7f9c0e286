"""What changed between two versions of a record, found again by what it says, and told word by word."""

import pytest

from publications.notes import Contribution, Exchange
from review.comparison import What, compare, counted, runs_of
from tests.factories_notes import some_notes


def said(number: str, text: str) -> Exchange:
    return Exchange(number=number, contributions=[Contribution(kind="comment", lead="The CC", text=text)])


def record(*paragraphs: str, other: tuple[str, ...] = ()):
    """Notes with these paragraphs in one sub-item, and `other` ones in the item after it."""
    notes = some_notes(id="5f0f2d36-7f5b-4f0e-9a43-0d8f3d3f7a10")
    notes.actions = []
    first, second = notes.items[1].items[0], notes.items[-1]
    first.exchanges = [said(f"{first.number}.{n}", text) for n, text in enumerate(paragraphs, 1)]
    second.exchanges = [said(f"{second.number}.{n}", text) for n, text in enumerate(other, 1)]
    return notes


CRIME = "said that rural crime had fallen by a tenth since the spring."
DOGS = "added that two dogs and their handlers would join the team in June."
NIGHTS = "explained how the night shift is staffed at the week-end."


def found(before, after) -> list[tuple[str, str]]:
    return [(one.what, one.part.name) for group in compare(before, after) for one in group.differences]


def test_nothing_differs_from_itself():
    assert compare(record(CRIME, DOGS), record(CRIME, DOGS)) == []


def test_a_paragraph_that_was_put_in_does_not_change_those_that_come_after_it():
    after = record(NIGHTS, CRIME, DOGS)
    place = after.items[1].items[0].number
    assert found(record(CRIME, DOGS), after) == [(What.ADDED, f"{place}.1")]


def test_a_paragraph_that_was_deleted_is_told_under_its_item():
    (group,) = compare(record(CRIME, DOGS), record(CRIME))
    assert group.heading == "2.1 " + record().items[1].items[0].title
    assert [one.what for one in group.differences] == [What.DELETED]


def test_a_word_that_was_changed_is_marked_alone():
    (group,) = compare(record(CRIME), record(CRIME.replace("tenth", "fifth")))
    marked = [(run.words.strip(), run.what) for run in group.differences[0].runs if run.what]
    assert marked == [("tenth", What.DELETED), ("fifth", What.ADDED)]


def test_a_paragraph_that_was_moved_to_another_item_is_neither_new_nor_gone():
    before, after = record(CRIME, DOGS), record(CRIME, other=(DOGS,))
    ((what, _),) = found(before, after)
    assert what == What.MOVED


def test_two_paragraphs_that_changed_places_are_told_as_one_move():
    assert [what for what, _ in found(record(CRIME, DOGS), record(DOGS, CRIME))] == [What.MOVED]


def test_an_item_that_was_moved_takes_its_paragraphs_along():
    after = record(CRIME, DOGS)
    first, second = after.items[1].items
    first.number, second.number = "2.2", "2.1"
    after.items[1].items = [second, first]
    assert [what for what, _ in found(record(CRIME, DOGS), after)] == [What.MOVED]


def test_another_title_of_an_item_does_not_move_what_was_said_under_it():
    after = record(CRIME)
    after.items[1].items[0].title = "Something else altogether"
    assert found(record(CRIME), after) == [(What.CHANGED, "Item 2.1")]


def test_who_spoke_is_told_where_the_printed_words_stayed_the_same():
    after = record(CRIME)
    after.items[1].items[0].exchanges[0].contributions[0].kind = "answer"
    (group,) = compare(record(CRIME), after)
    assert group.differences[0].what == What.TOLD_OTHERWISE
    assert (group.differences[0].before.details, group.differences[0].after.details) == ("comment", "answer")


def test_the_facts_of_the_meeting_are_compared_by_their_names():
    after = record()
    after.meeting.venue = "Marl Hall"
    assert (What.CHANGED, "Venue") in found(record(), after)


def test_an_action_with_its_reference_is_known_again_however_it_is_worded():
    before, after = some_notes(reference="2024/9"), some_notes(reference="2024/9")
    after.actions[-1].text = "Something quite different"
    after.meeting.id = before.meeting.id
    assert [what for what, name in found(before, after) if name.startswith("Action")] == [What.CHANGED]


def test_how_much_differs_is_said_in_words():
    groups = compare(record(CRIME, DOGS), record(CRIME.replace("tenth", "fifth"), DOGS, NIGHTS))
    assert counted(groups) == ["1 paragraph changed", "1 paragraph added"]


@pytest.mark.parametrize(
    ("before", "after"),
    [("", "one two"), ("one two", ""), ("one", "one two"), ("a b\nc", "a b c"), ("x  y", "x y z")],
)
def test_no_word_of_either_version_is_left_out(before, after):
    runs = runs_of(before, after)
    assert "".join(run.words for run in runs if not run.is_added).split() == before.split()
    assert "".join(run.words for run in runs if not run.is_deleted).split() == after.split()


def test_a_text_of_twenty_thousand_characters_is_compared_at_once():
    long = " ".join(f"word{n % 40}" for n in range(3400))
    assert any(run.is_added for run in runs_of(long, " ".join(reversed(long.split()))))
