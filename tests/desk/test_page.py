"""The page on which an item is minuted: what it costs, where it leads, and what it draws."""

import datetime as dt
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from actions.services import add_action
from meetings import services
from meetings.models import Attendance, Theme
from publications.models import Identity
from tests.desk.conftest import answer, question
from web.dates import day


def talk(item, pcc, cc, number):
    return [services.add_exchange(item, [question(pcc), answer(cc)], by=None) for _ in range(number)]


@pytest.fixture
def office(db):
    """Every office has an identity."""
    return Identity.objects.create(
        starts=dt.date(2024, 5, 1), office_name="The office", office_short_name="Office", force_name="Force"
    )


@pytest.fixture
def page(officer_client, leadership):
    return lambda **query: officer_client.get(leadership.get_absolute_url(), query).content.decode()


@pytest.fixture
def long_record(office, meeting, leadership, pcc, cc, chief_constable):
    """Ten exchanges, each with an action behind it."""
    services.hold(meeting, by=None)
    for exchange in talk(leadership, pcc, cc, 10):
        add_action(
            meeting=meeting,
            item=leadership,
            after=exchange,
            text="Report back",
            owner=chief_constable,
            by=None,
            op_id=uuid4(),
        )


@pytest.fixture
def second_factor(settings, officer):
    """As an office has it: nobody comes in without a code."""
    settings.SECOND_FACTOR = True
    Authenticator.objects.create(user=officer, type=Authenticator.Type.TOTP, data={})


def test_the_page_of_an_item_takes_twelve_queries_with_all_that_stands_beside_it(
    second_factor, long_record, page, meeting, meeting_type, leadership, django_assert_max_num_queries
):
    custody = Theme.objects.create(name="Custody")
    leadership.themes.add(custody)
    services.add_question(leadership, "How many?", by=None)
    before = services.plan_meeting(type=meeting_type, date=meeting.date - dt.timedelta(30), by=None)
    services.hold(before, by=None)
    item = services.add_item(before, title="Cells", themes=[custody], by=None)
    services.add_exchange(item, [services.Spoken("narrative", "The cells are full.")], by=None)
    add_action(meeting=before, item=item, text="Count the cells", owner=None, by=None, op_id=uuid4())
    with django_assert_max_num_queries(12):
        shown = page()
    for words in ["How many?", "The cells are full.", "Count the cells", "Report back"]:
        assert words in shown


def test_an_action_waits_for_the_next_meeting_of_its_type(
    page, meeting, meeting_type, exchange, chief_constable
):
    services.hold(meeting, by=None)
    action = add_action(
        meeting=meeting,
        item=exchange.item,
        after=exchange,
        text="Report back",
        owner=chief_constable,
        due_next=True,
        by=None,
        op_id=uuid4(),
    )
    assert "Due at the next meeting" in page()
    for days in (20, 50):
        date = meeting.date + dt.timedelta(days)
        services.plan_meeting(type=meeting_type, date=date, by=None)
    assert day(meeting.date + dt.timedelta(20)) in page()
    action.due_agreed_on = meeting.date + dt.timedelta(20)
    action.save()
    assert day(meeting.date + dt.timedelta(50)) in page()


def test_addresses_that_are_put_together_are_those_of_the_views(page, meeting, leadership, exchange, officer):
    said = exchange.contributions.last()
    said.version = 2
    said.save()
    shown = page()
    for name in ["words", "history"]:
        assert f'href="{reverse(f"desk:{name}", args=[meeting.pk, said.pk])}"' in shown
    assert f'href="{reverse("desk:add_to_entry", args=[meeting.pk, exchange.pk])}"' in page(more=exchange.pk)
    assert f'href="{reverse("actions:add", args=[meeting.pk, leadership.pk])}?words={said.pk}"' in shown


def test_what_more_opens_is_drawn_for_the_entry_that_asks(page, leadership, pcc, cc):
    first, second = talk(leadership, pcc, cc, 2)
    assert 'class="more-panel"' not in page()
    shown = page(more=second.pk)
    assert shown.count('class="more-panel"') == 1
    assert f'id="more-{second.pk}"' in shown
    assert f'href="?more={first.pk}#more-{first.pk}"' in shown


@pytest.mark.parametrize("more", ["0", "x", "1 OR 1", "<b>"])
def test_a_strange_wish_for_more_shows_the_page(page, exchange, more):
    assert 'class="more-panel"' not in page(more=more)


def test_who_is_meant_is_said_where_the_words_do_not(page, leadership, cc):
    said = [
        services.Spoken("answer", "and was told that it was.", nobody_named=True),
        services.Spoken("answer", "It was so.", speaker=cc),
    ]
    services.add_exchange(leadership, said, by=None)
    shown = page()
    assert "<span>Nobody named</span>" in shown
    assert "<span>CC</span>" in shown


def test_the_next_item_and_none_stand_right_after_the_box(page, meeting, leadership):
    following = meeting.items.get(title="Performance")
    shown = page()
    assert f'href="{following.get_absolute_url()}#box"' in shown
    assert shown.index('id="box"') < shown.index("Next item: 2.2 Performance")
    assert shown.index('id="box"') < shown.index("Record None for this item")


def test_none_is_not_offered_once_something_was_said(page, exchange):
    assert "Record None for this item" not in page()


def test_an_approver_finds_no_control(approver_client, leadership, exchange, cc):
    services.change_attendee(cc, presence=Attendance.Presence.APOLOGIES, by=None)
    shown = approver_client.get(leadership.get_absolute_url()).content.decode()
    for words in [
        ">Edit<",
        ">More<",
        "sounds like a commitment",
        "Add a person",
        "Finish this item",
        'id="box"',
    ]:
        assert words not in shown
    assert "apologies" in shown


def test_a_script_gets_one_entry_open_or_closed(officer_client, leadership, pcc, cc):
    first, second = talk(leadership, pcc, cc, 2)

    def ask(**query):
        json = {"Accept": "application/json"}
        return officer_client.get(leadership.get_absolute_url(), query, headers=json).json()["html"]

    assert list(ask(entry=first.pk)) == [f"entry-{first.pk}"]
    assert 'class="more-panel"' not in ask(entry=first.pk)[f"entry-{first.pk}"]
    assert 'class="more-panel"' in ask(entry=second.pk, more=second.pk)[f"entry-{second.pk}"]
    assert ask(entry="x") == {}
