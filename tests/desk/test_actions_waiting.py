"""What of actions waits on the desk: to be sent to their owners, and to be confirmed."""

from uuid import uuid4

import pytest
from django.urls import reverse

from actions import services
from actions.models import Outcome
from meetings.services import hold


@pytest.fixture
def action(meeting, leadership, chief_constable, officer):
    """Promised in September, and not sent."""
    hold(meeting, officer)
    return services.add_action(
        meeting=meeting,
        item=leadership,
        text="Report back on the plan",
        owner=chief_constable,
        by=None,
        op_id=uuid4(),
    )


def test_a_meeting_leads_to_sending_its_actions(officer_client, meeting, action):
    page = officer_client.get(meeting.get_absolute_url()).content.decode()
    assert reverse("actions:send", args=[meeting.pk]) in page
    assert "1 action not sent yet" in page


def test_once_they_are_sent_nothing_is_left_to_do(officer, officer_client, meeting, action):
    services.send_actions(meeting, officer)
    assert "Every owner has theirs" in officer_client.get(meeting.get_absolute_url()).content.decode()
    assert "Send the actions of" not in officer_client.get("/office/").content.decode()


def test_an_officer_finds_what_is_not_sent_on_the_desk(officer_client, action):
    page = officer_client.get("/office/").content.decode()
    assert "Send the actions of" in page
    assert "1 action that its owner does not have yet" in page


def test_an_approver_finds_what_was_agreed_on_the_desk(
    officer, approver_client, meeting, another_meeting, action
):
    services.send_actions(meeting, officer)
    services.record_outcome(action, another_meeting, Outcome.CLOSED, by=officer)
    page = approver_client.get("/office/").content.decode()
    assert "One of them was agreed at a meeting." in page
    assert reverse("actions:agreed") in page
