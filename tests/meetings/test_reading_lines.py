"""What is typed in one box is read line by line, and every word of it is kept."""

import datetime as dt
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.reading.cast import Cast, Voice
from meetings.reading.directions import Agreed
from meetings.reading.lines import (
    ActionLine,
    ExchangeLine,
    FlagLine,
    NoneLine,
    OutcomeLine,
    QuestionLine,
    Room,
    UnclearLine,
    printed_of,
    question_of,
    read_lines,
)
from meetings.reading.promises import Due

HELD = dt.date(2020, 9, 24)
PEOPLE = [
    Voice("1", "Rowan Ashdown", "Police and Crime Commissioner", "PCC", "office"),
    Voice("2", "Ivy Senior", "Senior Policy Manager", "SPM", "office"),
    Voice("3", "Imogen Vale", "Chief Constable", "CC", "force"),
    Voice("4", "Ola Brook", "Assistant Chief Constable", "ACC", "force"),
    Voice("5", "Sol Ortega", "Staff Officer", "SO", "force"),
]
CAST = Cast.of(PEOPLE)
PRINTED = {one.key: f"The {one.abbreviation}" for one in PEOPLE}
DCC = Voice("role-9", role="Deputy Chief Constable", abbreviation="DCC", body="force")
AGREED = Agreed(
    HELD, PRINTED, (DCC,), {"2020/9": "90", "2020/11": "110", "2020/12": "120", "new action 1": "1"}
)
ROOM = Room(CAST, PRINTED, AGREED)


def read(text, **others):
    return read_lines(text, Room(CAST, PRINTED, AGREED, **others))


def said(line):
    return [(one.said.kind, one.said.lead, one.said.text) for one in line.contributions]


def record(text):
    return [said(line) for line in read(text)]


def test_one_line_for_each_speaker_makes_one_exchange():
    typed = "pcc asked how the force knows\ncc responded that it counts\nacc added that it counts twice"
    assert record(typed) == [
        [
            ("question", "The PCC", "asked how the force knows"),
            ("answer", "The CC", "responded that it counts"),
            ("answer", "The ACC", "added that it counts twice"),
        ]
    ]


@pytest.mark.parametrize(
    "lead", ["pcc", "PCC", "Pcc", "pcc:", "PCC:", "The PCC", "pcc :", "•\tpcc", "o\tpcc", "– PCC"]
)
def test_an_abbreviation_opens_a_line_in_any_case_with_or_without_a_colon(lead):
    assert record(f"{lead} asked why.") == [[("question", "The PCC", "asked why.")]]


def test_a_blank_line_starts_another_exchange():
    assert [len(one.contributions) for one in read("pcc asked why\ncc said so\n\n  \npcc asked when")] == [
        2,
        1,
    ]


def test_answers_after_a_blank_line_are_an_exchange_of_their_own():
    first, second = read("pcc asked why\n\ncc responded that it rains")
    assert (first.joins, second.joins) == (False, False)


def test_answers_alone_go_on_with_what_is_above_the_box():
    assert read("cc responded that it rains\nacc replied too")[0].joins


def test_a_line_without_an_abbreviation_goes_on_with_the_line_above():
    assert record("pcc asked how\nthe force knows\ncc replied that\nit counts") == [
        [("question", "The PCC", "asked how the force knows"), ("answer", "The CC", "replied that it counts")]
    ]


def test_a_hyphen_starts_a_contribution_without_a_speaker():
    assert record("pcc asked why\n- a pause followed") == [
        [("question", "The PCC", "asked why"), ("narrative", "", "a pause followed")]
    ]


@pytest.mark.parametrize(
    "typed", ["pcc asked when and was told that it was near", "pcc asked when\nand was told that it was near"]
)
def test_and_was_told_is_an_answer_of_nobody_named(typed):
    (exchange,) = read(typed)
    assert said(exchange)[1] == ("answer", "", "and was told that it was near")
    assert exchange.contributions[1].said.nobody_named
    assert not exchange.contributions[1].said.paragraph


def test_a_speaker_in_the_middle_of_a_line_is_found_too():
    assert record("there was a report. cc explained that it is short. more is to come") == [
        [
            ("narrative", "", "there was a report."),
            ("comment", "The CC", "explained that it is short. more is to come"),
        ]
    ]


@pytest.mark.parametrize(
    ("typed", "owner", "due", "text"),
    [
        ("action cc by 28 oct: send it", "3", Due(dt.date(2020, 10, 28)), "send it"),
        ("Action CC by 28th October 2021: send it", "3", Due(dt.date(2021, 10, 28)), "send it"),
        ("action cc by 3 jan: send it", "3", Due(dt.date(2021, 1, 3)), "send it"),
        ("action cc by 24 sep: send it", "3", Due(HELD), "send it"),
        ("action cc by 28/10: send it", "3", Due(dt.date(2020, 10, 28)), "send it"),
        ("action cc by fri 30 oct: send it", "3", Due(dt.date(2020, 10, 30)), "send it"),
        ("action cc by the end of october: send it", "3", Due(dt.date(2020, 10, 31)), "send it"),
        ("action acc next meeting: send it", "4", Due(next_meeting=True), "send it"),
        ("action acc by the next meeting: send it", "4", Due(next_meeting=True), "send it"),
        ("action spm in 3 months: send it", "2", Due(dt.date(2020, 12, 24)), "send it"),
        ("action spm in six weeks: send it", "2", Due(dt.date(2020, 11, 5)), "send it"),
        ("action spm in a year: send it", "2", Due(dt.date(2021, 9, 24)), "send it"),
        ("action so: send it to the pcc", "5", None, "send it to the PCC"),
        ("action cc: will send it", "3", None, "The CC will send it"),
        ("action dcc: send it", "role-9", None, "send it"),
        ("action chief constable: send it", "3", None, "send it"),
    ],
)
def test_an_action_has_its_owner_and_due_date(typed, owner, due, text):
    assert read(typed) == [ActionLine(text, owner, due)]


@pytest.mark.parametrize(
    ("typed", "asks"),
    [
        ("action: send it", "Select who owns this action"),
        ("action xyz: send it", "Select who owns this action"),
        ("action cc by 28 oct 2019: send it", "Due date must be the same as or after 24 September 2020"),
        ("action cc by 31 feb: send it", "Write when it is due"),
        ("action cc soon: send it", "Write when it is due"),
        ("action cc:", "Enter the action"),
        ("action cc send it", "Put a colon after who owns this action"),
        ("cc", "Enter what the CC said"),
        ("cc:", "Enter what the CC said"),
        ("xyz: said that", "Select who XYZ is"),
        ("dcc said that it rains", "Select who DCC is"),
        ("The DCC said that it rains", "Select who “DCC” is"),
        ("2020/77 close: done", "2020/77 was not carried into this meeting"),
        ("2020/11 to 28 jan 2019: later", "Due date must be the same as or after"),
    ],
)
def test_what_is_unclear_is_asked_about_in_words(typed, asks):
    (line,) = read(typed)
    assert isinstance(line, UnclearLine)
    assert line.asks.startswith(asks)
    assert line.text == typed


def test_an_abbreviation_that_two_people_share_is_asked_about():
    two = Cast.of(
        [
            PEOPLE[0],
            Voice("6", "A", "Assistant Chief Constable", "ACC Crime", "force"),
            Voice("7", "B", "Assistant Chief Constable", "ACC Local", "force"),
        ]
    )
    (line,) = read_lines("acc said that it rains", Room(two))
    assert isinstance(line, UnclearLine)
    assert line.candidates == ("6", "7")
    answered = Room(two, {"7": "The ACC Local"}, answers={question_of("acc said that it rains"): "7"})
    (line,) = read_lines("acc said that it rains", answered)
    assert line.contributions[0].said.speaker == "7"
    (line,) = read_lines("acc local said that it rains", Room(two))
    assert line.contributions[0].said.speaker == "7"


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("3", ("comment", "The CC", "said that it rains")),
        ("nobody", ("narrative", "", "dcc said that it rains")),
        ("words", ("narrative", "", "dcc said that it rains")),
    ],
)
def test_an_answer_settles_who_spoke(answer, expected):
    typed = "dcc said that it rains"
    (line,) = read(typed, answers={question_of(typed): answer})
    assert said(line) == [expected]


def test_an_answer_settles_who_owns_an_action():
    typed = "action by 28 oct: send it"
    assert read(typed, answers={question_of(typed): "role-9"}) == [
        ActionLine("send it", "role-9", Due(dt.date(2020, 10, 28)))
    ]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("2020/9 close: report received", OutcomeLine("90", "closed", None, "report received")),
        ("action 2020/9 closed", OutcomeLine("90", "closed", None, "")),
        (
            "2020/11 to 28 jan: more time",
            OutcomeLine("110", "new_date", Due(dt.date(2021, 1, 28)), "more time"),
        ),
        ("2020/12 return: too thin", OutcomeLine("120", "returned", None, "too thin")),
        ("2020/12 keep", OutcomeLine("120", "retained", None, "")),
        ("2020/12: all is well", OutcomeLine("120", "reported", None, "all is well")),
        ("2020/12 not reached", OutcomeLine("120", "not_reached", None, "")),
        ("2020/12:", OutcomeLine("120", "", None, "")),
        ("new action 1 close: done", OutcomeLine("1", "closed", None, "done")),
    ],
)
def test_what_was_agreed_on_an_earlier_action(typed, expected):
    assert read(typed) == [expected]


@pytest.mark.parametrize(
    "typed",
    [
        "so the plan went on",
        "do the figures add up",
        "it said that",
        "he said that it rains",
        "they agreed",
        "action was taken by the force",
        "actions speak louder",
        "Action arising: more of the same",
        "note: the room was cold",
        "in 2020/21 the number fell",
        "2020/9 closed the gap",
        "question time followed",
        "q3 figures were down",
        "none of them came",
        "https://example.org/cc is the address",
        "cc's view was different",
    ],
)
def test_ordinary_words_are_ordinary_words(typed):
    (line,) = read(typed)
    assert [one[0] for one in said(line)] == ["narrative"]
    assert said(line)[0][2].casefold() == typed.casefold()


@pytest.mark.parametrize(
    "typed", ["so: said that it rains", "SO said that it rains", "SO: said that it rains"]
)
def test_an_abbreviation_that_is_a_word_needs_a_colon_or_capitals(typed):
    assert record(typed)[0][0][1] == "The SO"


def test_none_is_a_whole_line():
    assert read("none") == read(" None. ") == [NoneLine()]


def test_a_question_mark_flags_the_line_above():
    (line,) = read("pcc asked why\n? check the name\ncc said so")
    assert [one.to_check for one in line.contributions] == ["check the name", ""]
    assert read("? check the year") == [FlagLine("check the year")]


def test_a_prepared_question_is_taken_by_its_number():
    (line,) = read("q3\ncc responded that it rains")
    assert line.contributions[0] == QuestionLine(3)
    assert line.contributions[1].said.kind == "answer"
    assert read("q3 cc responded that it rains") == [line]


def test_an_action_stands_after_the_exchange_above_it():
    kinds = [type(one) for one in read("pcc asked why\naction cc: find out\n\npcc asked when")]
    assert kinds == [ExchangeLine, ActionLine, ExchangeLine]


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("pcc asked the cc to ask the acc", "asked the CC to ask the ACC"),
        ("pcc asked so that the cc’s view counts", "asked so that the CC’s view counts"),
        ("pcc asked accordingly", "asked accordingly"),
        ("pcc asked cc@force.example", "asked cc@force.example"),
        ("pcc asked about “cc me in”", "asked about “cc me in”"),
        ("pcc asked about 40 cc", "asked about 40 cc"),
    ],
)
def test_known_abbreviations_are_set_in_capitals_and_nothing_else(typed, text):
    assert record(typed)[0][0][2] == text


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("pcc asked on tuesday about april", "asked on Tuesday about April"),
        ("pcc asked about monday’s figures", "asked about Monday’s figures"),
        ("pcc asked about 3 march 2027 and 14 may.", "asked about 3 March 2027 and 14 May."),
        ("pcc asked what changed since may", "asked what changed since May"),
        ("pcc asked if in may they may march", "asked if in may they may march"),
        ("pcc asked whether all 20 may attend", "asked whether all 20 may attend"),
        (
            "pcc asked about “the april plan” and x@june.example",
            "asked about “the april plan” and x@june.example",
        ),
    ],
)
def test_days_and_months_are_set_in_capitals_where_they_are_no_other_word(typed, text):
    assert record(typed)[0][0][2] == text


def test_a_pasted_line_that_was_broken_before_an_abbreviation_is_joined():
    assert record("The PCC asked the\nCC to provide a view") == [
        [("question", "The PCC", "asked the CC to provide a view")]
    ]


def test_short_forms_are_written_out_and_known_by_their_place():
    (line,) = read("pcc asked about mh. cc said mh matters", forms={"mh": "mental health"})
    assert [one.said.text for one in line.contributions] == [
        "asked about mental health.",
        "said mental health matters",
    ]
    for words in line.contributions:
        (form,) = words.expansions
        assert words.said.text[form.at :].startswith("mental health")


plain = st.text("abcdefghij klmnop\t'’“”.,;?-–•:/\n\u200f\u202e<&>0123456789QP", max_size=300)
lines = st.lists(
    st.sampled_from(
        [
            "pcc ",
            "cc: ",
            "The ACC ",
            "- ",
            "• ",
            "? ",
            "q2 ",
            "none ",
            "action cc: ",
            "xyz: ",
            "",
            "and was told that ",
        ]
    ),
    max_size=8,
).flatmap(lambda leads: st.tuples(st.just(leads), st.lists(plain, min_size=len(leads), max_size=len(leads))))


def words_of(text: str) -> list[str]:
    return sorted(re.findall(r"\w+", text.casefold()))


@given(lines)
def test_no_word_that_was_typed_is_dropped(given):
    typed = "\n".join(lead + rest for lead, rest in zip(*given, strict=True))
    kept = words_of(printed_of(read_lines(typed, ROOM)))
    directing = {"pcc", "cc", "acc", "the", "action", "spm", "so", "none", "q2", "new"}
    missing = list(words_of(typed))
    for word in kept:
        if word in missing:
            missing.remove(word)
    assert set(missing) <= directing


@pytest.mark.parametrize(
    "shape", ["x", "“", "a@", "mh cc ", "“cc” ", "cc’", "pcc asked mh. ", "- ", "a/", "\n"]
)
def test_the_longest_paste_is_read_while_somebody_waits(shape):
    started = time.monotonic()
    read("pcc asked " + shape * (100_000 // len(shape)), forms={"mh": "mental health"})
    assert time.monotonic() - started < 10
