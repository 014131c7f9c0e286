"""Outcomes that the notes propose: what the approver ticks is decided with the approval, and the notes say so."""

import json
from uuid import uuid4

import pytest
from django.urls import reverse

from actions.models import Action, EventKind, Outcome, State
from actions.services import (
    AS_AGREED,
    give_references,
    record_outcome,
    record_update,
    waiting_to_be_confirmed,
)
from review import services
from review.models import Stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(meeting, officer):
    """The meeting agreed to close the earlier action that its record brought in."""
    earlier = Action.objects.get(recorded_in=meeting)
    return record_outcome(earlier, meeting, Outcome.CLOSED, by=officer)


def approve(client, meeting, **typed):
    seen = client.get(reverse("review:check", args=[meeting.pk])).context["page"].seen
    return client.post(reverse("review:approve", args=[meeting.pk]), {"seen": seen} | typed, follow=True)


def printed(meeting) -> dict:
    notes = json.loads(bytes(services.preparation_of(meeting).approved.notes))
    return next(one for one in notes["actions"] if one["carried_from"])


def ticked(told, **typed):
    return {f"agreed-{told.pk}-tick": "on", f"agreed-{told.pk}-reason": AS_AGREED} | typed


def test_the_page_lists_what_the_notes_propose(approver_client, meeting, told):
    page = approver_client.get(reverse("review:check", args=[meeting.pk])).content.decode()
    assert "Decide what these notes propose" in page
    assert "Close: " in page


def test_what_is_ticked_is_decided_before_the_snapshot(approver, approver_client, meeting, told):
    approve(approver_client, meeting, **ticked(told))
    action = told.action
    action.refresh_from_db()
    assert action.state == State.CLOSED
    event = action.events.get(kind=EventKind.CLOSED)
    assert (event.by, event.on, event.meeting) == (approver, meeting.date, meeting)
    assert (printed(meeting)["state"], printed(meeting)["outcome"]) == ("closed", "closed")


def test_what_is_not_ticked_goes_on_waiting(approver_client, meeting, told):
    approve(approver_client, meeting)
    assert services.preparation_of(meeting).stage == Stage.APPROVED
    assert list(waiting_to_be_confirmed()) == [told]
    assert printed(meeting)["state"] == "open"


def test_a_tick_that_cannot_be_carried_out_approves_nothing_and_keeps_what_was_typed(
    approver_client, officer, meeting, told
):
    give_references(meeting)
    page = approver_client.get(reverse("review:check", args=[meeting.pk])).context["page"]
    seen = page.agreed[0].form["seen"].value()
    typed = ticked(told) | {f"agreed-{told.pk}-reason": "The report came", f"agreed-{told.pk}-seen": seen}
    record_update(told.action, "Something new", by=officer)
    answer = approver_client.post(reverse("review:approve", args=[meeting.pk]), {"seen": page.seen} | typed)
    assert answer.status_code == 409
    assert "Olive Farrow added an update on " in answer.content.decode()
    assert "The report came" in answer.content.decode()
    assert services.preparation_of(meeting).stage == Stage.DRAFT
    told.action.refresh_from_db()
    assert told.action.state == State.OPEN


def test_a_tick_without_a_reason_is_asked_for_one_and_nothing_is_approved(approver_client, meeting, told):
    answer = approve(approver_client, meeting, **ticked(told) | {f"agreed-{told.pk}-reason": " "})
    assert answer.status_code == 422
    assert "Enter a reason for closing this action" in answer.content.decode()
    assert services.preparation_of(meeting).stage == Stage.DRAFT


def test_reasons_are_kept_on_the_device_until_the_notes_are_approved(approver_client, meeting, told):
    page = approver_client.get(reverse("review:check", args=[meeting.pk])).content.decode()
    assert f'data-keep="approve-{meeting.pk}"' in page
    answer = approve(approver_client, meeting, op_id=str(op_id := uuid4()), **ticked(told))
    assert f'<meta name="acknowledged" content="{op_id}">' in answer.content.decode()


def test_an_officer_who_sends_ticks_decides_nothing(officer_client, meeting, told):
    seen = services.digest_of(services.compile_notes(meeting, "public"))
    answer = officer_client.post(reverse("review:approve", args=[meeting.pk]), {"seen": seen} | ticked(told))
    assert answer.status_code == 403
    assert not told.action.events.exists()
