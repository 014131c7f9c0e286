"""Short forms are written out where they stand alone, and can be taken back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.reading.shortforms import expand, take_back

FORMS = {"mh": "mental health", "dv": "domestic violence", "tf": "the force", "x1": "Exercise One"}


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("mh matters", "mental health matters"),
        ("about mh, dv and mh.", "about mental health, domestic violence and mental health."),
        ("Mh matters", "Mental health matters"),
        ("MH matters", "mental health matters"),
        ("so it is. tf agreed", "so it is. The force agreed"),
        ("(mh)", "(mental health)"),
        ("x1 began", "Exercise One began"),
        ("mh’s place", "mh’s place"),
        ("mhs and amh", "mhs and amh"),
        ("mh-led", "mh-led"),
        ("pre-mh", "pre-mh"),
        ("mh@force.example", "mh@force.example"),
        ("https://force.example/mh", "https://force.example/mh"),
        ("they said “mh”", "they said “mh”"),
        ("#mh", "#mh"),
        ("", ""),
    ],
)
def test_a_short_form_is_written_out_where_it_stands_alone(typed, written):
    assert expand(typed, FORMS)[0] == written


def test_each_can_be_taken_back_as_it_was_typed():
    text, (first, second) = expand("Mh and dv", FORMS)
    assert take_back(text, first) == "Mh and domestic violence"
    assert take_back(text, second) == "Mental health and dv"


def test_nothing_is_taken_back_where_other_words_stand_now():
    _, (form,) = expand("mh", FORMS)
    assert take_back("metal health", form) is None


words = st.text("mhdvtfx1 .,’'“”-@/\n", max_size=80)


@given(words)
def test_taking_all_back_gives_what_was_typed(typed):
    text, expansions = expand(typed, FORMS)
    for form in reversed(expansions):
        text = take_back(text, form)
    assert text == typed
