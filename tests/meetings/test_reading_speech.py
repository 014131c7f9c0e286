"""Who says what, and of which kind, by the verb and by who speaks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.reading.cast import Cast, Voice
from meetings.reading.sentences import ends_sentence, sentences
from meetings.reading.speech import read_paragraph

CAST = Cast.of(
    [
        Voice("PCC", "Amira Ashdown", "Police and Crime Commissioner", "PCC", "office"),
        Voice("T/CC", "Callum Corrie", "Temporary Chief Constable", "T/CC", "force"),
        Voice("ACC Crime", "Delphine Drummond", "Assistant Chief Constable", "ACC Crime", "force"),
        Voice("SO", "Edwin Eastlake", "Staff Officer", "SO", "force"),
    ]
)


def read(text):
    return read_paragraph(text, CAST)[0]


def heard(text):
    return [(part.kind, part.speaker) for part in read(text)]


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        ("The PCC asked why. The T/CC replied that it is so.", [("question", "PCC"), ("answer", "T/CC")]),
        ("The PCC asked why. The T/CC said so. It helps.", [("question", "PCC"), ("answer", "T/CC")]),
        ("The T/CC said that all was well.", [("comment", "T/CC")]),
        ("The PCC noted the report and asked when it ends.", [("question", "PCC")]),
        ("The PCC commented that views are sought.", [("comment", "PCC")]),
        ("The PCC began by saying it is late.", [("comment", "PCC")]),
        ("The PCC approved the plan.", [("decision", "PCC")]),
        ("It was agreed that the plan stands.", [("decision", None)]),
        ("A report had been provided.", [("narrative", None)]),
        ("Ms Ashdown asked why. Callum Corrie explained.", [("question", "PCC"), ("answer", "T/CC")]),
        ("Temporary Chief Constable Corrie is new here.", [("narrative", None)]),
        ("The Chief Constable confirmed it.", [("comment", "T/CC")]),
        ("The CC confirmed it.", [("comment", "T/CC")]),
        ("Acknowledging the delay, the PCC asked for dates.", [("question", "PCC")]),
        ("So it was. SO advised that it was.", [("narrative", None), ("comment", "SO")]),
        ("The PCC would like to know more.", [("question", "PCC")]),
        ("The PCC opened by asking when it ends.", [("question", "PCC")]),
        ("The PCC, referring to the report, asked when it ends.", [("question", "PCC")]),
        ("The PCC asked why. It was confirmed that it is so.", [("question", "PCC"), ("answer", None)]),
        ("The PCC asked why. This was explained by the SO.", [("question", "PCC"), ("answer", "SO")]),
        ("The T/CC said so. It was reported that it helps.", [("comment", "T/CC")]),
        ("Both the T/CC and the SO stated that it is so.", [("comment", "T/CC")]),
        ("Both the T/CC is new here.", [("narrative", None)]),
    ],
)
def test_kind_and_speaker(paragraph, expected):
    assert heard(paragraph) == expected


def test_a_passive_answer_names_nobody_and_goes_on():
    question, answer = read("The PCC asked if it works and was told that it does. More is planned.")
    assert question.text == "asked if it works"
    assert (answer.nobody_named, answer.text) == (True, "and was told that it does. More is planned.")


def test_a_passive_answer_by_somebody_is_theirs():
    assert heard("The PCC asked if it works and was told by the T/CC that it does.")[-1] == ("answer", "T/CC")


def test_a_stranger_is_kept_without_a_speaker():
    (part,) = read("The Head of Crime explained it.")
    assert (part.speaker, part.unknown) == (None, "Head of Crime")


def test_two_who_speak_as_one_are_led_by_the_first():
    (part,) = read("The T/CC and the SO agreed.")
    assert (part.lead, part.speaker, part.together) == ("The T/CC and the SO", "T/CC", True)


def test_a_question_stays_open_into_the_next_paragraph():
    _, asked = read_paragraph("The PCC asked why.", CAST)
    assert read_paragraph("The T/CC said so.", CAST, asked)[0][0].kind == "answer"


def test_what_another_plan_is_called_is_not_somebody_speaking():
    assert heard("The CC’s plan was welcomed.") == [("narrative", None)]


@pytest.mark.parametrize(
    "text",
    [
        "a 4 P’s plan. This now needs drive.",
        "He met Supt. Khan. They spoke.",
        "See No. 3 of it. No. 4 is late.",
        "It rose by 10.5%, e.g. in May. (It fell in June.) Then “all stopped.” At last.",
        "A. B. Smith said so.",
    ],
)
def test_sentences_joined_are_the_text_again(text):
    assert " ".join(sentences(text)) == text


def test_abbreviations_end_no_sentence():
    assert sentences("He met Supt. Khan at 10.30. They spoke of No. 3.") == [
        "He met Supt. Khan at 10.30.",
        "They spoke of No. 3.",
    ]
    assert not ends_sentence("as it was said by Supt.")


FRAGMENTS = [
    "The PCC",
    "T/CC",
    "SO",
    "asked",
    "replied",
    "that",
    "and was told",
    "by",
    ",",
    ".",
    "it",
    "No. 3",
    "(so)",
    "Ms Ashdown",
    "?",
    "II:",
    "•",
]
WORDS = st.lists(st.sampled_from(FRAGMENTS), max_size=40)


@given(WORDS | st.text().map(str.split))
def test_the_contributions_printed_are_the_paragraph(words):
    text = " ".join(" ".join(words).split())
    assert " ".join(part.printed for part in read(text)) == text
