"""Days and times are read as people write them."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.reading.dates import read_day, read_times, read_year


@pytest.mark.parametrize(
    ("written", "start", "end"),
    [
        ("14:00-17:00", "14:00", "17:00"),
        ("14:00hrs", "14:00", None),
        ("1400hrs", "14:00", None),
        ("13.30pm", "13:30", None),
        ("2PM", "14:00", None),
        ("10.30 am", "10:30", None),
        ("10 am", "10:00", None),
        ("2-4pm", "14:00", "16:00"),
        ("11-1pm", "11:00", "13:00"),
        ("10am to 12 noon", "10:00", "12:00"),
        ("12pm", "12:00", None),
    ],
)
def test_times_in_the_ways_of_many_offices(written, start, end):
    times = read_times(written)
    assert (times.start, times.end) == (start, end)


@pytest.mark.parametrize("words", ["room 24", "24 people", "99:99", "25:00", ""])
def test_a_number_alone_is_no_time(words):
    assert read_times(words) is None


@pytest.mark.parametrize(
    ("written", "date", "weekday"),
    [
        ("Tuesday 24th September 2019", dt.date(2019, 9, 24), 1),
        ("Weds, 28 Oct 2020", dt.date(2020, 10, 28), 2),
        ("the 3rd of May 2021", dt.date(2021, 5, 3), None),
        ("24/09/2020", dt.date(2020, 9, 24), None),
        ("2020-09-24", dt.date(2020, 9, 24), None),
        ("September 24th, 2020", dt.date(2020, 9, 24), None),
    ],
)
def test_days_in_words_and_figures(written, date, weekday):
    day = read_day(written)
    assert (day.in_year(None), day.weekday) == (date, weekday)


def test_a_day_without_a_year_takes_one_from_elsewhere():
    day = read_day("Tuesday 24th September, 10 am")
    assert day.in_year(2020) == dt.date(2020, 9, 24)
    assert day.on_or_after(dt.date(2020, 10, 1)) == dt.date(2021, 9, 24)


def test_a_day_that_the_calendar_does_not_have_is_no_date():
    assert read_day("31 November 2020").in_year(None) is None
    assert read_day("29 February").on_or_after(dt.date(2021, 1, 1)) == dt.date(2024, 2, 29)


def test_a_title_with_two_years_tells_none():
    assert read_year("Meeting September 2020") == 2020
    assert read_year("Review of 2019 and 2020") is None


@given(st.text(max_size=80))
def test_any_words_are_read_without_falling_over(words):
    read_times(words)
    day = read_day(words)
    assert day is None or words[slice(*day.span)]
