"""The side of an item: what was last said and promised on its theme, and the questions that were prepared."""

import datetime as dt
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from actions.services import add_action
from meetings import services
from meetings.models import Theme
from tests.desk.conftest import answer, question


@pytest.fixture
def custody(db):
    return Theme.objects.create(name="Custody")


@pytest.fixture
def item(another_meeting, custody):
    """An item of October on custody."""
    return services.add_item(another_meeting, title="Custody again", themes=[custody], by=None)


@pytest.fixture
def page(officer_client, item):
    return lambda: officer_client.get(item.get_absolute_url()).content.decode()


def speak(meeting, title, theme, number=1, parent=None):
    """Minute an item on a theme: as many exchanges as asked for."""
    speakers = meeting.attendances.get(abbreviation="PCC"), meeting.attendances.get(abbreviation="CC")
    item = services.add_item(meeting, title=title, themes=[theme] if theme else [], parent=parent, by=None)
    for place in range(number):
        said = [
            question(speakers[0], f"asked {title} {place}."),
            answer(speakers[1], f"replied {title} {place}."),
        ]
        services.add_exchange(item, said, by=None)
    return item


def held(meeting):
    services.hold(meeting, by=None)
    return meeting


def test_what_was_last_asked_and_answered_stands_at_the_side(page, meeting, custody):
    speak(held(meeting), "cells", custody, number=5)
    shown = page()
    assert "Last time on Custody" in shown
    assert [f"asked cells {place}." in shown for place in range(5)] == [False, False, True, True, True]
    assert "replied cells 4." in shown


def test_only_the_last_meeting_counts(page, meeting, meeting_type, custody):
    earlier = services.plan_meeting(type=meeting_type, date=dt.date(2026, 6, 25), by=None)
    speak(held(earlier), "before", custody)
    speak(held(meeting), "lately", custody)
    shown = page()
    assert "asked lately 0." in shown
    assert "asked before 0." not in shown


def test_what_comes_later_or_was_removed_is_not_from_before(
    page, meeting, another_meeting, meeting_type, custody, officer
):
    later = services.plan_meeting(type=meeting_type, date=dt.date(2026, 11, 12), by=None)
    speak(held(later), "afterwards", custody)
    gone = speak(held(meeting), "gone", custody)
    services.remove_exchange(gone.exchanges.get(), officer)
    shown = page()
    assert "Nothing was recorded on it before." in shown
    assert "asked afterwards 0." not in shown


def test_a_sub_item_is_about_the_theme_of_the_item_above_it(officer_client, meeting, item, custody):
    held(meeting)
    above = speak(meeting, "above", custody, number=0)
    speak(meeting, "below", None, parent=above)
    sub = services.add_item(item.meeting, title="A part of it", parent=item, by=None)
    assert "asked below 0." in officer_client.get(sub.get_absolute_url()).content.decode()


def test_open_actions_on_the_theme_stand_there(page, meeting, custody, chief_constable):
    spoken = speak(held(meeting), "cells", custody)
    add_action(
        meeting=meeting, item=spoken, text="Count the cells", owner=chief_constable, by=None, op_id=uuid4()
    )
    shown = page()
    assert "Open actions on it (1)" in shown
    assert "Count the cells" in shown


def test_an_item_without_a_theme_has_nothing_before(officer_client, another_meeting):
    bare = services.add_item(another_meeting, title="Bare", by=None)
    assert "Last time on" not in officer_client.get(bare.get_absolute_url()).content.decode()


def test_a_long_past_takes_no_more_queries(
    officer_client, page, item, meeting, meeting_type, custody, chief_constable, django_assert_max_num_queries
):
    def add_past(number):
        for place in range(number):
            date = dt.date(2025, 1, 1) + dt.timedelta(days=30 * place + number)
            past = held(services.plan_meeting(type=meeting_type, date=date, by=None))
            spoken = speak(past, f"past {place}", custody, number=4)
            add_action(meeting=past, item=spoken, text="Do it", owner=chief_constable, by=None, op_id=uuid4())

    add_past(1)
    with CaptureQueriesContext(connection) as before:
        page()
    add_past(4)
    with django_assert_max_num_queries(len(before)):
        page()


def test_prepared_questions_are_numbered_as_they_are_taken(officer_client, page, item):
    for words in ["How many?", "How long?", "Since when?"]:
        services.add_question(item, words, by=None)
    asked = item.prepared_questions.all()[1]
    services.change_question(asked, asked=True, by=None)
    shown = page()
    assert [shown.index(f">q{place}</b>") for place in (1, 2, 3)] == sorted(
        shown.index(f">q{place}</b>") for place in (1, 2, 3)
    )
    assert shown.count("Asked</span>") == 1


def test_a_script_ticks_a_question_where_it_stands(officer_client, item):
    prepared = services.add_question(item, "How many?", by=None)
    address = reverse("desk:tick_question", args=[item.meeting_id, prepared.pk])
    answered = officer_client.post(address, {"asked": "1"}, headers={"Accept": "application/json"}).json()
    assert answered["sentence"] == "Question marked as asked"
    assert "Asked</span>" in answered["html"]["questions"]


def test_an_item_on_two_themes_is_told_once(page, item, meeting, custody):
    services.change_item(item, themes=[custody, Theme.objects.create(name="Health")], by=None)
    both = speak(held(meeting), "cells", custody, number=2)
    services.change_item(both, themes=Theme.objects.all(), by=None)
    assert page().count("asked cells 0.") == 1
