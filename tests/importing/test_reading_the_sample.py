"""The real notes, read as somebody who knows them would read them. No name of theirs stands here."""

from collections import Counter
from pathlib import Path

import pytest

from importing.layout import read_notes
from importing.words import record_words, words_of
from tests.importing.test_generated_notes import paragraphs_in

SAMPLE = Path(__file__).parents[3] / "shared" / "notes" / "monthly-assurance-meeting-2020-09.txt"
pytestmark = pytest.mark.skipif(not SAMPLE.exists(), reason=f"the real notes are not here: {SAMPLE}")


@pytest.fixture(scope="module")
def source():
    return SAMPLE.read_text()


@pytest.fixture(scope="module")
def reading(source):
    return read_notes(source, office="The office", force="The force")


def contributions(reading):
    return [
        part
        for item in reading.notes.every_item()
        for exchange in item.exchanges
        for part in exchange.contributions
    ]


def test_six_people_have_their_capacities_and_one_has_no_abbreviation(reading):
    people = reading.notes.people
    assert [person.abbreviation for person in people] == ["PCC", "SPM", None, "CC", "ACC", "SO"]
    assert all(person.name and person.role for person in people)
    assert [person.body for person in people] == ["office"] * 3 + ["force"] * 3


def test_the_chair_and_the_minute_taker_are_found_by_the_table_at_the_top(reading, source):
    people = reading.notes.people
    assert [person.key for person in people if person.chair] == ["PCC"]
    assert [person.key for person in people if person.minute_taker] == ["SPM"]
    assert reading.notes.meeting.minutes_as_written in source.splitlines()


def test_five_items_three_of_them_under_the_second(reading):
    items = reading.notes.items
    assert [item.label for item in items] == ["1.", "2.", "3.", "4.", "5."]
    assert [item.label for item in items[1].items] == ["2.1", "2.2", "2.3"]
    assert items[1].themes == ["Mental Health"]
    assert [item.none for item in items] == [False, False, True, True, False]
    assert items[2].title.endswith("Service Improvement Board (SIB)")


def test_the_carried_and_the_new_action_are_owned_as_the_text_says(reading):
    carried, new = reading.notes.actions
    assert (carried.owners, carried.carried_from.text, carried.place.item) == (
        ["PCC"],
        "September 2019 meeting",
        "1",
    )
    assert (new.owners, new.carried_from, new.place.item, new.place.after) == (["CC"], None, "2.3", "2.3.2")
    assert all(exchange.about == [carried.key] for exchange in reading.notes.items[0].exchanges)


def test_every_sentence_that_opens_with_a_speaker_is_theirs(reading):
    led = Counter(part.lead for part in contributions(reading) if part.lead)
    assert led == {"The PCC": 17, "The CC": 13, "The ACC": 7}
    assert all(part.lead == f"The {part.speaker}" for part in contributions(reading) if part.lead)


def test_the_sentence_that_acknowledges_first_is_the_commissioners(reading):
    (part,) = [part for part in contributions(reading) if part.text.startswith("Acknowledging numbers")]
    assert (part.speaker, part.kind, part.lead) == ("PCC", "question", "")


def test_four_passive_answers_name_nobody(reading):
    passive = [part for part in contributions(reading) if part.nobody_named]
    assert len(passive) == 4
    assert all(part.kind == "answer" and part.text.startswith("and was told that") for part in passive)


def test_two_passages_are_narrative(reading):
    narrative = [part for part in contributions(reading) if part.kind == "narrative"]
    assert [part.text.split(" ")[:3] for part in narrative] == [
        ["A", "report", "had"],
        ["There", "had", "been"],
    ]


def test_the_next_meeting_is_a_thematic_one(reading):
    coming = reading.notes.next_meeting
    assert (coming.type, coming.subject) == ("Thematic", "the outcome on budget investments")
    assert f"{coming.date:%A %d %B %Y}" == "Wednesday 28 October 2020"


def test_the_one_finding_is_about_the_weekday_and_the_year(reading):
    (finding,) = reading.findings
    assert finding.sentence.startswith("24 September 2020 was a Thursday and the notes say Tuesday;")
    assert "2020 came from the title" in finding.sentence


def test_there_are_twenty_paragraphs_of_discussion(reading):
    assert len(paragraphs_in(reading.notes)) == 20


def test_every_paragraph_stands_in_the_source_word_for_word(reading, source):
    flowing = " ".join(source.split())
    assert all(paragraph in flowing for paragraph in paragraphs_in(reading.notes))


def test_the_words_of_the_record_are_those_of_the_source_in_order(reading, source):
    labels = {"Date:", "Chair:", "Minutes:", "Venue", "Attendance:", "Name:", "Capacity:", "1."}
    kept = [word for line in source.splitlines() if line.strip() not in labels for word in words_of(line)]
    printed = list(record_words(reading.notes))
    body = kept.index("Outstanding")
    assert kept[body:] == printed[printed.index("Outstanding") :]
    # Names and capacities stand in columns in the source and together in the record.
    top = printed[: printed.index("Outstanding") - 1]  # the figure belongs to the first item
    assert Counter(top) == Counter(kept[:body])
