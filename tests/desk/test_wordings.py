"""The versions of an action's wording: who saved what, what differs, and bringing one back."""

from uuid import uuid4

import pytest
from django.urls import reverse

from actions.services import add_action, give_references, reword
from tests.meetings.pages import words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def action(leadership, chief_constable, officer):
    """An action that was worded anew twice."""
    asked = {"text": "provide the figures", "owner": chief_constable, "by": officer, "op_id": uuid4()}
    action = add_action(meeting=leadership.meeting, item=leadership, **asked)
    for version, text in enumerate(["provide all figures", "provide all the figures"], 1):
        reword(action, text, base_version=version, op_id=uuid4(), by=officer)
    return action


def at(name: str, action, *more) -> str:
    return reverse(f"desk:{name}", args=[action.pk, *more])


def test_every_wording_is_shown_with_who_saved_it(officer_client, action, officer):
    page = words_of(officer_client.get(at("wording_history", action)))
    assert "3 versions, the newest first" in page
    assert "provide all figures" in page
    assert f"by {officer}" in page
    assert "No speaker" not in page
    assert at("wording_history", action) in words_of(
        officer_client.get(reverse("actions:wording", args=[action.pk]))
    )


def test_any_two_wordings_are_compared(officer_client, action):
    page = words_of(officer_client.get(at("compare_wordings", action), {"before": 1, "after": 2}))
    assert "What changed from version 1 to version 2" in page
    assert "1 word taken out, 1 word put in" in page


def bring_back(client, action, version: int, **typed):
    form = {"base_version": action.version, "op_id": uuid4(), **typed}
    answer = client.post(at("restore_wording", action, version), form)
    action.refresh_from_db()
    return answer


def test_an_earlier_wording_is_brought_back(officer_client, action):
    assert bring_back(officer_client, action, 1).status_code == 302
    assert (action.text, action.version) == ("provide the figures", 4)


def test_once_it_has_its_reference_that_is_told_in_its_history(officer_client, action):
    give_references(action.meeting)
    bring_back(officer_client, action, 1)
    event = action.events.get(kind="reworded")
    assert (event.from_text, event.text) == ("provide all the figures", "Version 1 brought back")


@pytest.mark.parametrize(
    ("version", "typed", "status"),
    [
        (1, {"base_version": ""}, 428),
        (1, {"base_version": "x"}, 400),
        (1, {"op_id": "x"}, 400),
        (1, {"base_version": 2}, 409),
        (9, {}, 404),
    ],
)
def test_what_cannot_be_brought_back_is_told_in_words(officer_client, action, version, typed, status):
    assert bring_back(officer_client, action, version, **typed).status_code == status
    assert action.text == "provide all the figures"


def test_the_approver_reads_it_and_the_force_does_not(approver_client, liaison_client, action):
    give_references(action.meeting)
    assert approver_client.get(at("wording_history", action)).status_code == 200
    assert "Bring version" not in words_of(approver_client.get(at("compare_wordings", action)))
    assert bring_back(approver_client, action, 1).status_code == 403
    assert liaison_client.get(at("wording_history", action)).status_code == 404
