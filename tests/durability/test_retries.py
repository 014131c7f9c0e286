"""Somebody whose first answer got lost sends the same form again: it was done once, and they hear the same."""

from uuid import uuid4

import pytest
from django.urls import reverse

from meetings.models import Revision

pytestmark = pytest.mark.django_db


@pytest.fixture
def form(said, cc):
    """A change of who asked, as its writer has it open."""
    return {
        "base_version": 1,
        "op_id": uuid4(),
        "speaker": cc.pk,
        "kind": "question",
        "lead": said.lead,
        "paragraph": "on",
        "text": "asked who takes part.",
    }


def test_a_new_speaker_is_saved_once_however_often_it_is_sent(officer_client, meeting, said, form):
    address = reverse("desk:words", args=[meeting.pk, said.pk])
    answers = [officer_client.post(address, form).status_code for _ in range(3)]
    assert answers == [302, 302, 302]
    assert Revision.objects.filter(op_id=form["op_id"]).count() == 1


def test_a_change_sent_again_after_somebody_else_changed_it_is_no_new_version(
    officer_client, meeting, said, form
):
    address = reverse("desk:words", args=[meeting.pk, said.pk])
    theirs = form | {"base_version": 2, "op_id": uuid4(), "text": "asked something else."}
    answers = [officer_client.post(address, one).status_code for one in (form, theirs, form)]
    assert answers == [302, 302, 302]
    assert [one.text for one in said.revisions()][:2] == ["asked something else.", "asked who takes part."]
