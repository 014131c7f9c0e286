"""Sending a meeting's actions to their owners: once, with what is missing said, and never unseen."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from actions import services
from actions.models import Action, EventKind
from meetings.services import cancel
from tests.actions.conftest import OCTOBER, a_meeting, promise


@pytest.fixture
def held(office):
    """A meeting of last week with three promises: one dated, one without a date, one that nobody owns."""
    meeting = a_meeting(office.monthly, timezone.localdate() - dt.timedelta(days=7))
    promise(meeting, office.cc, due_on=timezone.localdate() + dt.timedelta(days=30))
    promise(meeting, office.acc, text="share the review of custody")
    promise(meeting, None, text="look into the figures again")
    return meeting


def address(meeting):
    return reverse("actions:send", args=[meeting.pk])


def press(client, meeting):
    """Send what the page shows, as the page would."""
    seen = client.get(address(meeting)).context["seen"]
    return client.post(address(meeting), {"seen": seen}, follow=True)


def test_one_press_sends_all_that_can_go(officer, held):
    sent = services.send_actions(held, officer)
    year = held.date.year
    assert [one.reference for one in sent] == [f"{year}/1", f"{year}/2"]
    assert all(one.sent_at for one in sent)
    assert [event.kind for event in sent[0].events.order_by("pk")] == [EventKind.AGREED, EventKind.SENT]
    left_behind = Action.objects.get(owner=None)
    assert (left_behind.reference, left_behind.sent_at) == (None, None)


def test_what_stayed_behind_goes_with_the_next_press_and_nothing_goes_twice(officer, office, held):
    services.send_actions(held, officer)
    services.assign(Action.objects.get(owner=None), office.cc, by=officer)
    (late,) = services.send_actions(held, officer)
    assert late.reference.endswith("/3")
    assert services.send_actions(held, officer) == []


def test_what_got_its_reference_with_the_notes_keeps_it_when_it_is_sent(officer, held):
    given = {action.pk: action.reference for action in services.give_references(held)}
    assert {one.pk: one.reference for one in services.send_actions(held, officer)}.items() <= given.items()


def test_a_change_after_sending_is_an_event_that_the_owner_sees(officer, office, liaison_client, held):
    action = services.send_actions(held, officer)[0]
    services.assign(action, office.acc, by=officer, why="She leads on it")
    page = liaison_client.get(action.get_absolute_url()).content.decode()
    assert "Sent to its owner" in page
    assert "Owner changed" in page
    assert "She leads on it" in page


@pytest.mark.parametrize("who", ["approver", "liaison", "administrator", "stranger"])
def test_only_a_policy_officer_sends(request, who, held):
    with pytest.raises(PermissionDenied):
        services.send_actions(held, request.getfixturevalue(who))
    assert not Action.objects.exclude(sent_at=None).exists()


def test_nothing_is_sent_before_the_day_of_the_meeting(officer, office):
    meeting = a_meeting(office.monthly, timezone.localdate() + dt.timedelta(days=3))
    promise(meeting, office.cc)
    with pytest.raises(services.NotPossible, match="can be sent on that day or later"):
        services.send_actions(meeting, officer)


def test_nothing_of_a_cancelled_meeting_is_sent(officer, held):
    cancel(held, officer)
    with pytest.raises(services.NotPossible, match="was cancelled"):
        services.send_actions(held, officer)


def test_a_due_date_before_the_meeting_stays_behind_and_says_so(officer, office, held):
    promise(held, office.cc, due_on=held.date - dt.timedelta(days=1))
    (wrong,) = [one for one in services.to_send(held) if one.action.due_on and one.missing]
    assert wrong.missing[0].startswith("Due date must be the same as or after ")
    assert wrong.action not in services.send_actions(held, officer)


def test_the_page_says_what_goes_to_whom_and_what_is_missing(officer_client, held):
    page = officer_client.get(address(held)).content.decode()
    assert "These go now (2)" in page
    assert "Chief Constable (Imogen Vale)" in page
    assert "Vacant" in page  # nobody is Assistant Chief Constable
    assert "No due date" in page
    assert "Nobody owns it yet" in page
    assert "Send 2 actions to their owners" in page


def test_pressing_sends_and_says_so(officer_client, held):
    page = press(officer_client, held).content.decode()
    assert "2 actions are sent to their owners" in page
    assert "Sent (2)" in page
    assert "These stay here (1)" in page


def test_pressing_twice_sends_once_and_says_the_same(
    officer_client, held, django_capture_on_commit_callbacks
):
    page = officer_client.get(address(held)).context
    pressed = {"seen": page["seen"], "op_id": page["op_id"]}
    for _ in range(2):
        answer = officer_client.post(address(held), pressed, follow=True)
        assert "2 actions are sent to their owners" in answer.content.decode()
    assert [event.kind for event in held.actions.first().events.all()].count(EventKind.SENT) == 1


def test_what_was_changed_after_the_page_was_opened_is_looked_at_again(officer_client, officer, office, held):
    seen = officer_client.get(address(held)).context["seen"]
    services.assign(Action.objects.get(owner=None), office.pcc, by=officer)
    answer = officer_client.post(address(held), {"seen": seen})
    assert answer.status_code == 409
    assert "These actions were changed after you opened this page" in answer.content.decode()
    assert not Action.objects.exclude(sent_at=None).exists()


def test_an_approver_reads_the_page_and_sends_nothing(approver_client, held):
    page = approver_client.get(address(held)).content.decode()
    assert "A policy officer sends them" in page
    assert approver_client.post(address(held), {"seen": "x"}).status_code == 403


def test_the_page_asks_as_often_for_thirty_actions_as_for_three(officer_client, office, held):
    before = queries_of(officer_client, held)
    for number in range(27):
        promise(held, office.cc, text=f"send paper {number}", due_on=OCTOBER.replace(year=2099))
    assert queries_of(officer_client, held) == before


def queries_of(client, meeting) -> int:
    with CaptureQueriesContext(connection) as queries:
        client.get(address(meeting))
    return len(queries)
