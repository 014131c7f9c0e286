"""The desk's pages: what each person finds, and that no page asks more of the database for more data."""

import datetime as dt
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from actions.services import add_action
from desk.today import Waiting
from importing.models import Source
from meetings import services
from meetings.models import Attendance, Meeting, Theme
from meetings.services import Spoken


def page(client, name, *args, **query):
    return client.get(reverse(f"desk:{name}", args=args), query).content.decode()


@pytest.fixture
def upcoming(meeting_type):
    return services.plan_meeting(type=meeting_type, date=timezone.localdate() + dt.timedelta(days=9), by=None)


def test_the_first_page_shows_drafts_and_what_comes_next(officer_client, meeting, upcoming):
    services.hold(meeting, by=None)
    today = page(officer_client, "today")
    assert "Monthly Assurance Meeting, 24 September 2026" in today
    assert "Coming up" in today


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "today"),
        (1, "yesterday"),
        (59, "59 days ago"),
        (60, "2 months ago"),
        (2251, "6 years ago"),
    ],
)
def test_how_long_ago_a_meeting_was_is_told_as_people_say_it(days, words):
    waiting = Waiting(meeting=Meeting(), standing=None, stage="", days_ago=days, is_mine=False)
    assert waiting.age == words


def test_the_minute_taker_finds_their_own_meetings_first(officer_client, officer, meeting, cc):
    services.hold(meeting, by=None)
    cc.person.user = officer
    cc.person.save()
    services.change_attendee(cc, minute_taker=True, by=None)
    assert "You take the minutes (1)" in page(officer_client, "today")


def test_a_meeting_whose_day_is_past_has_to_be_confirmed(officer_client, meeting):
    assert "was held" in page(officer_client, "today")
    officer_client.post(reverse("desk:hold", args=[meeting.pk]))
    meeting.refresh_from_db()
    assert meeting.status == Meeting.Status.HELD


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("officer_client", "No notes are in draft."),
        ("approver_client", "Nothing waits for your approval or decision."),
        ("administrator_client", "Looking after the office"),
    ],
)
def test_nobody_finds_an_empty_desk_without_words(request, who, words):
    assert words in page(request.getfixturevalue(who), "today")


def test_a_liaison_comes_in_to_the_list_of_their_actions(liaison_client):
    answer = liaison_client.get(reverse("desk:today"), follow=True)
    assert answer.redirect_chain == [("/office/actions/", 302)]
    assert "No action was sent to you." in answer.content.decode()


def test_an_empty_office_says_how_to_begin(officer_client):
    assert "No meeting is here yet." in page(officer_client, "meetings")


def test_the_list_separates_upcoming_from_past_and_says_where_notes_stand(officer_client, meeting, upcoming):
    services.hold(meeting, by=None)
    listed = page(officer_client, "meetings")
    assert "Upcoming (1)" in listed
    assert "Past (1)" in listed
    assert "Draft" in listed


def test_the_list_is_filtered_by_kind_year_and_words(officer_client, meeting, upcoming, meeting_type):
    services.add_item(meeting, title="Rural crime", themes=[Theme.objects.create(name="Wildlife")], by=None)
    assert "1 meeting found" in page(officer_client, "meetings", q="rural")
    assert "1 meeting found" in page(officer_client, "meetings", q="wildlife")
    assert "0 meetings found" in page(officer_client, "meetings", q="nothing like it")
    assert "1 meeting found" in page(officer_client, "meetings", q="rural", type=meeting_type.pk, year=2026)


def test_a_chosen_filter_can_be_taken_away(officer_client, meeting):
    listed = page(officer_client, "meetings", q="monthly", year=2026)
    assert 'href="/office/meetings/?year=2026"' in listed


@pytest.mark.parametrize("query", [{"year": "none"}, {"type": "999"}, {"page": "x"}, {"q": "\x00"}])
def test_a_strange_filter_shows_the_list(officer_client, meeting, query):
    assert officer_client.get(reverse("desk:meetings"), query).status_code == 200


def test_liaisons_and_administrators_are_told_that_the_list_is_not_theirs(
    liaison_client, administrator_client
):
    for client in [liaison_client, administrator_client]:
        assert client.get(reverse("desk:meetings")).status_code == 403


def test_one_meeting_says_what_is_left_to_do(officer_client, meeting, exchange):
    overview = page(officer_client, "meeting", meeting.pk)
    assert "2 of 5 items completed" in overview
    assert "2 people" in overview
    assert "It was held" in overview


def test_the_whole_meeting_shows_the_record_with_what_is_to_be_checked(
    officer_client, meeting, exchange, pcc
):
    services.change_attendee(pcc, chair=False, by=None)
    whole = page(officer_client, "whole", meeting.pk)
    assert "asked whether the plan was on course." in whole
    assert "Say who chaired the meeting." in whole
    assert "2.2 Performance has no record." in whole


def test_the_item_page_leads_to_its_neighbours(officer_client, meeting, leadership):
    shown = page(officer_client, "item", meeting.pk, leadership.pk)
    assert "Item 3 of 5" in shown
    assert 'rel="prev"' in shown
    assert 'rel="next"' in shown


def test_an_item_of_another_meeting_is_not_found(officer_client, another_meeting, leadership):
    address = reverse("desk:item", args=[another_meeting.pk, leadership.pk])
    assert officer_client.get(address).status_code == 404


def test_an_approver_sees_no_form(approver_client, meeting, leadership, exchange):
    shown = page(approver_client, "item", meeting.pk, leadership.pk)
    assert "asked whether the plan was on course." in shown
    assert "Next entry" not in shown


def test_what_is_prepared_for_the_office_shows_at_the_side(officer_client, meeting, leadership):
    services.change_item(leadership, scope="Custody since April", lines_of_enquiry="Who decides?", by=None)
    services.add_question(leadership, "How many were detained?", by=None)
    shown = page(officer_client, "item", meeting.pk, leadership.pk)
    assert {"Custody since April", "Who decides?", "How many were detained?"} <= {
        words
        for words in ["Custody since April", "Who decides?", "How many were detained?"]
        if words in shown
    }


def test_the_source_of_an_imported_record_is_kept_for_the_office(
    officer_client, administrator_client, meeting
):
    words = "Monthly Assurance Meeting\r\n– as it came".encode("cp1252")
    Source.objects.create(meeting=meeting, name="notes.txt", content=words, sha256="…", at=timezone.now())
    assert "notes.txt" in page(officer_client, "meeting", meeting.pk)
    address = reverse("desk:source", args=[meeting.pk])
    answer = officer_client.get(address)
    assert b"".join(answer.streaming_content) == words
    assert answer["Content-Disposition"] == 'attachment; filename="notes.txt"'
    assert administrator_client.get(address).status_code == 404


def test_a_record_of_our_own_has_no_source(officer_client, meeting):
    assert officer_client.get(reverse("desk:source", args=[meeting.pk])).status_code == 404


def grow(meeting, chief_constable):
    """Ten times as much of everything that a page shows."""
    leadership = meeting.items.get(title="Leadership")
    pcc = meeting.attendances.get(abbreviation="PCC")
    for number in range(10):
        exchange = services.add_exchange(
            leadership, [Spoken("question", f"asked {number}.", speaker=pcc)] * 3, by=None
        )
        add_action(
            meeting=meeting,
            item=leadership,
            after=exchange,
            text="Report back",
            owner=chief_constable,
            by=None,
            op_id=uuid4(),
        )
        services.add_item(meeting, title=f"Item {number}", by=None)
        services.add_question(leadership, f"Question {number}?", by=None)


@pytest.mark.parametrize("name", ["meeting", "whole", "item"])
def test_a_long_record_takes_no_more_queries(
    officer_client, meeting, chief_constable, django_assert_max_num_queries, name
):
    grow(meeting, chief_constable)
    args = [meeting.pk] + ([meeting.items.get(title="Leadership").pk] if name == "item" else [])
    address = reverse(f"desk:{name}", args=args)
    with CaptureQueriesContext(connection) as before:
        officer_client.get(address)
    for _ in range(3):
        grow(meeting, chief_constable)
    with django_assert_max_num_queries(len(before)):
        officer_client.get(address)


def test_many_meetings_take_no_more_queries(officer_client, meeting_type, django_assert_max_num_queries):
    def plan(number):
        for place in range(number):
            day = dt.date(2026, 1, 1) + dt.timedelta(days=place * 7)
            services.plan_meeting(type=meeting_type, date=day, by=None)

    plan(2)
    for name in ["meetings", "today"]:
        with CaptureQueriesContext(connection) as before:
            officer_client.get(reverse(f"desk:{name}"))
        plan(18)
        with django_assert_max_num_queries(len(before)):
            officer_client.get(reverse(f"desk:{name}"))


def test_a_person_who_sent_apologies_is_told_apart_in_the_list_of_speakers(
    officer_client, meeting, leadership, cc
):
    services.change_attendee(cc, presence=Attendance.Presence.APOLOGIES, by=None)
    assert "CC – Imogen Vale, sent apologies" in page(officer_client, "item", meeting.pk, leadership.pk)
