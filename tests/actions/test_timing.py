"""Overdue, due soon, no date: worked out from dates."""

import datetime as dt

import pytest

from actions import services
from actions.timing import Diary, Timing, in_words
from meetings.services import cancel
from tests.actions.conftest import NOVEMBER, OCTOBER, SEPTEMBER, TODAY, a_meeting, promise


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (-12, "Overdue by 12 days"),
        (-1, "Overdue by 1 day"),
        (0, "Due today"),
        (1, "Due in 1 day"),
        (5, "Due in 5 days"),
    ],
)
def test_timing_is_said_in_words(days, words):
    assert in_words(TODAY + dt.timedelta(days=days), TODAY) == words


@pytest.mark.parametrize(
    ("day", "timing"),
    [
        (TODAY - dt.timedelta(days=1), Timing.OVERDUE),
        (TODAY, Timing.BY_NEXT),
        (OCTOBER, Timing.BY_NEXT),
        (OCTOBER + dt.timedelta(days=1), Timing.ON_TIME),
        (None, Timing.NO_DATE),
    ],
)
def test_an_action_is_overdue_the_day_after_its_due_date(office, september, october, day, timing):
    assert Diary.read(TODAY).due(promise(september, office.cc, due_on=day)).timing == timing


def test_due_next_means_the_next_meeting_of_its_type(office, september, october):
    a_meeting(office.thematic, TODAY)
    due = Diary.read(TODAY).due(promise(september, office.cc, due_next=True))
    assert (due.day, due.timing) == (OCTOBER, Timing.BY_NEXT)


def test_a_cancelled_meeting_is_not_the_next(office, september, october):
    cancel(october, None)
    a_meeting(office.monthly, NOVEMBER)
    assert Diary.read(TODAY).due(promise(september, office.cc, due_next=True)).day == NOVEMBER


def test_due_next_without_a_known_meeting_is_not_due_yet(office, september):
    due = Diary.read(TODAY).due(promise(september, office.cc, due_next=True))
    assert (due.day, due.timing, due.words) == (None, Timing.BY_NEXT, "Due at the next meeting")


def test_due_next_is_overdue_once_that_meeting_is_past(office, september, october):
    due = Diary.read(NOVEMBER).due(promise(september, office.cc, due_next=True))
    assert (due.timing, due.words) == (Timing.OVERDUE, "Overdue by 28 days")


def test_moved_to_the_next_meeting_it_is_due_after_the_day_of_that_decision(
    office, approver, action, october
):
    a_meeting(office.monthly, NOVEMBER)
    at = dt.datetime(2026, 10, 28, 17, 0, tzinfo=dt.UTC)
    services.move_due(action, due_next=True, by=approver, reason="Not ready", meeting=october, at=at)
    action.refresh_from_db()
    assert Diary.read(OCTOBER).due(action).day == NOVEMBER


def test_what_has_ended_has_no_timing(approver, action):
    services.close(action, by=approver, reason="Done")
    action.refresh_from_db()
    assert Diary.read(NOVEMBER).due(action).timing is None


def test_the_diary_costs_one_query_however_many_meetings(office, september, django_assert_num_queries):
    for _ in range(10):
        a_meeting(office.monthly, SEPTEMBER)
    with django_assert_num_queries(1):
        Diary.read(TODAY)
