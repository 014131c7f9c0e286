"""How dates and times are written, and how what people write is read."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web import dates

THURSDAY = dt.date(2020, 9, 24)


def test_a_date_has_no_ordinal_and_no_leading_zero():
    assert dates.day(dt.date(2020, 9, 3)) == "3 September 2020"


def test_a_weekday_stands_before_the_date():
    assert dates.weekday_day(THURSDAY) == "Thursday 24 September 2020"


def test_a_table_shortens_long_months_only():
    assert dates.short_day(THURSDAY) == "24 Sept 2020"
    assert dates.short_day(dt.date(2020, 6, 30)) == "30 June 2020"


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (THURSDAY, THURSDAY, "24 September 2020"),
        (THURSDAY, dt.date(2020, 9, 26), "24 to 26 September 2020"),
        (THURSDAY, dt.date(2020, 10, 1), "24 September to 1 October 2020"),
        (THURSDAY, dt.date(2021, 9, 24), "24 September 2020 to 24 September 2021"),
    ],
)
def test_what_two_days_share_is_said_once(first, last, words):
    assert dates.day_range(first, last) == words


@pytest.mark.parametrize(
    ("time", "words"),
    [
        (dt.time(10), "10am"),
        (dt.time(17, 30), "5:30pm"),
        (dt.time(9, 5), "9:05am"),
        (dt.time(12), "midday"),
        (dt.time(12, 30), "12:30pm"),
        (dt.time(0), "midnight"),
        (dt.time(0, 15), "12:15am"),
    ],
)
def test_a_time_says_morning_or_afternoon(time, words):
    assert dates.clock(time) == words


def test_a_meeting_without_a_known_end_says_only_its_start():
    assert dates.clock_range(dt.time(10), None) == "10am"
    assert dates.clock_range(dt.time(10), dt.time(11, 30)) == "10am to 11:30am"


def test_a_moment_is_told_in_the_offices_own_time():
    in_summer = dt.datetime(2020, 9, 24, 23, 32, tzinfo=dt.UTC)
    assert dates.moment(in_summer) == "25 September 2020 at 12:32am"


@pytest.mark.parametrize("written", ["9", "09", "sep", "Sept", "sept.", "September", " SEPTEMBER "])
def test_a_month_may_be_a_word_or_a_number(written):
    assert dates.read_month(written) == 9


@pytest.mark.parametrize("written", ["", "0", "13", "se", "ju", "autumn", "9" * 5000, "²"])
def test_what_is_no_month_is_not_read_as_one(written):
    assert dates.read_month(written) is None


@pytest.mark.parametrize(
    ("written", "time"),
    [
        ("10am", dt.time(10)),
        ("10 am", dt.time(10)),
        ("10.30", dt.time(10, 30)),
        ("10:30", dt.time(10, 30)),
        ("14:00hrs", dt.time(14)),
        ("1400 hours", dt.time(14)),
        ("13.30pm", dt.time(13, 30)),
        ("1000", dt.time(10)),
        ("930am", dt.time(9, 30)),
        ("2PM", dt.time(14)),
        ("2.30 p.m.", dt.time(14, 30)),
        ("02:30", dt.time(2, 30)),
        ("10 o’clock", dt.time(10)),
        ("midday", dt.time(12)),
        ("12 noon", dt.time(12)),
        ("12pm", dt.time(12)),
        ("12am", dt.time(0)),
        ("midnight", dt.time(0)),
    ],
)
def test_a_time_is_read_as_people_write_it(written, time):
    assert dates.read_clock(written) == time


@pytest.mark.parametrize(
    "written", ["", "2:30", "9", "25:00", "10:75", "24:00", "13am", "soon", "10am or 11am"]
)
def test_what_could_be_two_times_or_none_is_not_guessed(written):
    assert dates.read_clock(written) is None


@given(st.times().map(lambda time: time.replace(second=0, microsecond=0)))
def test_every_time_that_is_written_can_be_read_again(time):
    assert dates.read_clock(dates.clock(time)) == time


@given(st.text(max_size=30))
def test_no_text_at_all_upsets_the_reading(text):
    dates.read_clock(text)
    dates.read_month(text)
