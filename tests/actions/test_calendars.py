"""When actions are due, in people's own calendars."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from icalendar import Calendar

from accounts.services import disable
from actions import calendars, services
from actions.models import CalendarAddress
from tests.actions.conftest import NOVEMBER, OCTOBER, a_meeting, promise

PAGE = reverse("actions:calendar_address")
ADDRESS = re.compile(r"http://[^<\s]+/office/calendar/([\w-]+)\.ics")


def make(client) -> str:
    """Press the button, and read the address off the page."""
    return ADDRESS.search(client.post(PAGE).content.decode())[1]


def events_at(client, token: str) -> dict[str, object]:
    response = client.get(reverse("actions:calendar", args=[token]))
    assert response.status_code == 200
    calendar = Calendar.from_ical(response.content)
    assert calendar["VERSION"] == "2.0"
    assert calendar["PRODID"]
    return {str(event["SUMMARY"]): event for event in calendar.walk("VEVENT")}


@pytest.fixture
def dated(office, september, october):
    """2026/1 due on a day, 2026/2 due next meeting, 2026/3 without a date."""
    actions = [
        promise(september, office.cc, due_on=NOVEMBER),
        promise(september, office.pcc, due_next=True),
        promise(september, office.acc),
    ]
    services.give_references(september)
    return actions


def test_each_open_action_with_a_date_is_one_day_in_the_calendar(client, approver_client, dated):
    events = events_at(client, make(approver_client))
    assert set(events) == {"Due: action 2026/1 (CC)", "Due: action 2026/2 (PCC)"}
    first = events["Due: action 2026/1 (CC)"]
    assert (first.start, first.end) == (NOVEMBER, NOVEMBER + dt.timedelta(days=1))
    assert events["Due: action 2026/2 (PCC)"].start == OCTOBER
    assert str(first["URL"]).endswith(dated[0].get_absolute_url())
    assert first["DTSTAMP"].dt.tzinfo is not None


def test_not_a_word_of_what_was_said_is_in_it(client, approver_client, officer, dated):
    services.record_update(dated[0], "Half of it is done", by=officer)
    token = make(approver_client)
    content = client.get(reverse("actions:calendar", args=[token])).content.decode()
    for words in ("response times", "Half of it", "Response times"):
        assert words not in content


def test_an_action_stays_the_same_event_when_its_date_moves(client, approver, approver_client, dated):
    token = make(approver_client)
    before = events_at(client, token)["Due: action 2026/1 (CC)"]
    services.move_due(dated[0], due_on=dt.date(2099, 1, 13), by=approver, reason="Not ready")
    after = events_at(client, token)["Due: action 2026/1 (CC)"]
    assert before["UID"] == after["UID"]
    assert after.start == dt.date(2099, 1, 13)
    assert after["DTSTAMP"].dt >= before["DTSTAMP"].dt


def test_what_was_closed_is_gone_from_it(client, approver, approver_client, dated):
    services.close(dated[0], by=approver, reason="Done")
    assert set(events_at(client, make(approver_client))) == {"Due: action 2026/2 (PCC)"}


def test_a_liaison_has_the_days_of_their_body_alone(client, liaison_client, office, september, dated):
    promise(september, office.cc, due_on=NOVEMBER)
    assert set(events_at(client, make(liaison_client))) == {"Due: action 2026/1 (CC)"}


def test_a_new_action_is_called_by_its_meeting(client, officer_client, office):
    promise(a_meeting(office.public, OCTOBER), office.cc, due_on=NOVEMBER)
    assert set(events_at(client, make(officer_client))) == {"Due: new action 1 of 28 Oct 2026 (CC)"}


def test_the_address_is_shown_once_and_kept_as_a_digest(approver_client, dated):
    token = make(approver_client)
    assert token not in approver_client.get(PAGE).content.decode()
    kept = CalendarAddress.objects.get()
    assert token not in (kept.token_sha256, str(kept.pk))
    assert len(token) > 40


def test_after_a_reset_the_old_address_opens_nothing(client, approver_client, dated):
    old = make(approver_client)
    new = make(approver_client)
    assert client.get(reverse("actions:calendar", args=[old])).status_code == 404
    assert events_at(client, new)


def test_an_address_can_be_taken_away(client, approver_client, dated):
    token = make(approver_client)
    page = approver_client.post(reverse("actions:stop_calendar"), follow=True).content.decode()
    assert "The calendar address opens nothing any more" in page
    assert client.get(reverse("actions:calendar", args=[token])).status_code == 404


def test_the_address_of_somebody_who_may_not_come_in_opens_nothing(
    client, approver, approver_client, officer, officer_client, administrator, dated
):
    switched_off, without_duty = make(approver_client), make(officer_client)
    disable(approver, by=administrator)
    officer.duties.all().delete()
    for token in (switched_off, without_duty, "x" * 43, "é"):
        assert client.get(reverse("actions:calendar", args=[token])).status_code == 404


def test_no_cache_keeps_it_and_no_referrer_tells_of_it(client, approver_client, dated):
    response = client.get(reverse("actions:calendar", args=[make(approver_client)]))
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert not response.cookies


def test_who_reads_no_actions_has_no_address(administrator_client):
    assert administrator_client.post(PAGE).status_code == 404
    assert not CalendarAddress.objects.exists()


def test_a_calendar_costs_the_same_for_ten_times_the_actions(
    client, approver, office, september, django_assert_max_num_queries
):
    url = reverse("actions:calendar", args=[calendars.make_address(approver)])

    def queries():
        with django_assert_max_num_queries(8) as counted:
            client.get(url)
        return len(counted)

    promise(september, office.cc, due_on=NOVEMBER)
    few = queries()
    for _ in range(10):
        promise(september, office.cc, due_on=NOVEMBER)
    assert queries() == few
