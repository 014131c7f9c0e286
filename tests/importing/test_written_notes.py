"""Notes of other offices, written for this, in the shapes that theirs come in."""

import datetime as dt
from pathlib import Path

import pytest

from importing.layout import read_notes
from importing.people import person_on_a_line

NOTES = Path(__file__).parent / "notes"


def read(name: str):
    return read_notes((NOTES / f"{name}.txt").read_text(), office="The office", force="The force")


def exchanges(reading, number: str):
    (item,) = [item for item in reading.notes.every_item() if item.number == number]
    return item.exchanges


@pytest.mark.parametrize("path", sorted(NOTES.glob("*.txt")), ids=lambda path: path.stem)
def test_no_word_is_lost(path):
    codes = {finding.code for finding in read(path.stem).findings}
    assert not codes & {"words-lost", "words-added", "words-moved"}


def test_temporary_and_acting_ranks_speak_and_promise():
    reading = read("two-temporary-ranks")
    assert [person.key for person in reading.notes.people] == ["PCC", "SPM", "T/CC", "A/ACC", "SO", "DPCC"]
    assert reading.notes.people[-1].attendance == "apologies"
    assert reading.notes.people[0].role == "Police and Crime Commissioner for East Marlshire"
    assert [action.owners for action in reading.notes.actions] == [
        ["T/CC"],
        ["PCC", "T/CC"],
        ["A/ACC"],
        ["T/CC", "A/ACC"],
    ]


def test_each_earlier_action_has_what_was_said_about_it():
    assert [exchange.about for exchange in exchanges(read("two-temporary-ranks"), "1")] == [["a1"], ["a2"]]


def test_the_points_of_a_list_belong_to_whoever_spoke():
    parts = exchanges(read("two-temporary-ranks"), "2.1")[-1].contributions
    assert [part.speaker for part in parts[-4:]] == ["A/ACC"] * 4


def test_a_speaker_who_is_not_on_the_list_blocks():
    (finding,) = [
        finding for finding in read("two-temporary-ranks").findings if finding.code == "speaker-not-present"
    ]
    assert finding.severity == "blocker"
    assert "Head of Crime" in finding.sentence


def test_due_dates_are_read_from_the_wording():
    dues = [action.due for action in read("two-temporary-ranks").notes.actions]
    assert dues[2].date == dt.date(2021, 4, 30)
    assert dues[3].meeting == "next"


def test_a_table_that_is_not_flattened_and_people_on_lines_of_their_own():
    reading = read("paired-and-labelled")
    assert (reading.notes.meeting.start, reading.notes.meeting.venue) == (
        "10:30",
        "Committee Room 1, Castle House",
    )
    assert [person.key for person in reading.notes.people[:3]] == ["DPCC", "II", "JJ"]
    assert (reading.notes.people[2].attendance, reading.notes.people[2].present_for) == ("part", "items 2-3")


def test_initials_speak_with_a_verb_or_a_colon():
    leads = [part.lead for part in exchanges(read("paired-and-labelled"), "2.1")[0].contributions]
    assert leads == ["DPCC", "II:", "JJ"]


def test_an_action_on_one_line_keeps_its_own_heading():
    (action,) = read("paired-and-labelled").notes.actions
    assert (action.heading, action.owners, action.due.date) == ("ACTION –", ["II"], dt.date(2021, 12, 31))


def test_the_next_meeting_on_the_line_of_its_heading():
    coming = read("paired-and-labelled").notes.next_meeting
    assert (coming.date, coming.start, coming.venue) == (dt.date(2021, 11, 4), "14:00", "Castle House")


def test_numbers_below_their_headings():
    items = read("numbers-below-headings").notes.items
    assert [(item.label, item.title) for item in items][1:3] == [
        ("2.", "Holding to account – Roads Policing"),
        ("3.", "AOB"),
    ]
    assert [(item.label, item.title) for item in items[1].items] == [
        ("2.1", "Collisions"),
        ("2.2", "Speed cameras"),
    ]


def test_a_page_break_inside_a_sentence_is_closed():
    (part,) = exchanges(read("numbers-below-headings"), "2.2")[0].contributions
    assert part.text.endswith("not by the force, and that the partnership meets every month.")


def test_notes_without_empty_lines():
    reading = read("no-blank-lines")
    assert [item.label for item in reading.notes.items] == ["1.", "2.", "3.", "4."]
    assert reading.notes.meeting.start == "13:30"
    assert reading.notes.next_meeting.date == dt.date(2022, 7, 14)


def test_what_does_not_add_up_is_said():
    codes = {finding.code for finding in read("odd-corners").findings}
    assert codes >= {
        "no-date",
        "names-and-capacities",
        "speaker-not-present",
        "action-without-owner",
        "empty-item",
        "unplaced",
        "out-of-sequence",
        "minute-taker-not-present",
        "page-furniture",
    }


def test_an_answer_told_by_somebody_is_theirs_and_by_the_force_is_nobodys():
    parts = exchanges(read("odd-corners"), "2")[0].contributions
    assert (parts[-1].speaker, parts[-1].kind) == ("CC", "answer")


def test_capacities_that_go_on_over_the_line_stay_with_their_people():
    people = {person.name: person.role for person in read("wrapped-and-numbered").notes.people}
    assert people["Dr. Anil Rao"] == "Director of Public Health, Marlshire County Council"
    assert people["Sgt. Kit Marlow"] == "Staff Officer"
    assert people["PC 1234 Ben Ames"] == "Observer"
    assert people["Dominic Farraday"].endswith("with responsibility for local policing")


def test_earlier_actions_numbered_below_one_heading_are_each_an_action():
    first, second = read("wrapped-and-numbered").notes.actions[:2]
    assert (first.owners, second.owners) == (["A/CC"], ["T/DCC"])
    assert first.carried_from.text == second.carried_from.text == "November 2019 meeting"
    assert [exchange.about for exchange in exchanges(read("wrapped-and-numbered"), "1")] == [["a1"], ["a2"]]


@pytest.mark.parametrize(
    ("line", "name", "role"),
    [
        ("Dominic Farraday (Deputy Chief Constable)", "Dominic Farraday", "Deputy Chief Constable"),
        ("Tess Wainfleet   Policy Officer, OPCC", "Tess Wainfleet", "Policy Officer, OPCC"),
        ("Staff Officer: Kit Marlow", "Kit Marlow", "Staff Officer"),
    ],
)
def test_a_person_on_a_line_of_their_own(line, name, role):
    person = person_on_a_line(" ".join(line.split()), 1, "present")
    assert (person.name, person.role) == (name, role)
