"""Reading what was typed: every word stays, in order, whatever the reading makes of it."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from desk.spoken import Typed, joins, read, without_own_name
from meetings.models import Attendance, Contribution, Exchange
from meetings.outline import Entry


def attendee(pk, abbreviation, name, role, body):
    return Attendance(
        pk=pk, abbreviation=abbreviation, name=name, role_title=role, body=body, printed=f"The {abbreviation}"
    )


PCC = attendee(1, "PCC", "Rowan Ashdown", "Police and Crime Commissioner", "office")
CC = attendee(2, "CC", "Imogen Vale", "Chief Constable", "force")
EVERYBODY = [PCC, CC]

pieces = st.sampled_from(
    [
        "asked why the plan was late",
        "and was told that it was in hand.",
        "The CC replied that it was.",
        "The PCC commented that it was not.",
        "PCC",
        "CC: yes",
        "Acknowledging the numbers, the PCC noted the rise.",
        "It was agreed that e.g. 10.30 would do.",
        "CC",
        "The",
        "?",
        "None",
        "- a point",
        "(see 2.1)",
        "🙂 \u202e",
    ]
)
texts = st.lists(pieces, min_size=1, max_size=8).map(" ".join) | st.text(max_size=200)
lines = st.lists(texts, min_size=1, max_size=3).map("\n".join).filter(str.strip)


def words(spoken):
    return " ".join(f"{one.lead} {one.text}" for one in spoken).split()


@given(lines)
@example("asked why and was told that it was in hand. The CC added more.")
def test_every_word_that_was_typed_is_kept(text):
    assert words(read(Typed(text), EVERYBODY, None)) == text.split()


@given(lines)
def test_every_word_follows_the_chosen_speaker(text):
    assert words(read(Typed(text, speaker=CC), EVERYBODY, None)) == ["The", "CC", *text.split()]


@given(lines, st.sampled_from(["question", "answer", "comment", "decision"]))
def test_what_the_typist_says_is_not_read_again(text, kind):
    spoken = read(Typed(text, speaker=PCC, kind=kind), EVERYBODY, None)
    assert {(one.kind, one.speaker) for one in spoken} == {(kind, PCC)}
    assert words(spoken) == ["The", "PCC", *text.split()]


@given(lines)
def test_what_opens_with_the_chosen_speaker_is_theirs(text):
    assert read(Typed(text, speaker=CC), EVERYBODY, None)[0].speaker == CC


def test_what_is_said_while_a_question_is_open_answers_it():
    question = Contribution(kind="question", speaker=PCC, lead="The PCC", text="asked why.")
    before = Entry(Exchange(pk=1), "2.1.1", [question])
    spoken = read(Typed("said that it was the weather.", speaker=CC), EVERYBODY, before)
    assert [one.kind for one in spoken] == ["answer"]
    assert joins(spoken)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("cc said so", "said so"),
        ("The CC said so", "said so"),
        ("CC: that is so", "that is so"),
        ("cc", ""),
        ("said so", "said so"),
        ("CC funding was cut", "CC funding was cut"),
    ],
)
def test_the_name_of_who_was_chosen_is_not_said_twice(typed, words):
    assert without_own_name(typed, CC) == words
