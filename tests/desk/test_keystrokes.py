"""Counting keys: what the figures of typing rest upon."""

import pytest

from meetings.reading.shortforms import expand
from publications.notes import Contribution, Exchange
from tests.desk.keystrokes import dictionary, in_small_letters, keystrokes, published, shortened, typed

SHORTS = {"PCC": "PCC", "CC": "CC", "SO": "SO"}


def said(kind, speaker, text, *, paragraph=True):
    return Contribution(kind=kind, speaker=speaker, lead=f"The {speaker}", text=text, paragraph=paragraph)


EXCHANGE = Exchange(
    number="1.1",
    contributions=[
        said("question", "PCC", "asked the CC why."),
        said("answer", "CC", "said so.", paragraph=False),
    ],
)


@pytest.mark.parametrize(
    ("text", "count"),
    [("", 0), ("abc", 3), ("Abc", 4), ("PCC", 4), ("The PCC", 9), ("a: b", 5), ("A\nB", 5), ("it’s", 4)],
)
def test_shift_counts_once_for_each_run_of_characters_that_need_it(text, count):
    assert keystrokes(text) == count


def test_an_exchange_is_typed_by_short_names_and_published_in_full():
    assert published([EXCHANGE]) == "The PCC asked the CC why. The CC said so."
    assert typed(EXCHANGE, SHORTS) == "pcc asked the cc why. cc said so."


def test_an_abbreviation_that_is_a_word_keeps_its_capitals():
    assert in_small_letters("asked the SO and the CC", SHORTS.values()) == "asked the SO and the cc"


def test_a_dictionary_holds_what_saves_most_and_is_read_back_word_for_word():
    text = "the mental health plan. the mental health board. the mental health of all"
    forms = dictionary(text, 1)
    assert forms == {"tmh": "the mental health"}
    assert keystrokes(shortened(text, forms)) < keystrokes(text)
    assert expand(shortened(text, forms), forms)[0] == text
