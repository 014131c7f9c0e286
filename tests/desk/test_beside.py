"""Words that somebody else marks or attributes while they are being changed: their writer is not held up by it."""

from dataclasses import replace
from uuid import uuid4

import pytest
from django.urls import reverse
from lxml import html

from meetings import services
from meetings.models import Revision

pytestmark = pytest.mark.django_db
NOTE = "Name of the strategy"
TEXT = "asked who takes part, and when."
AS_JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def address(meeting, said):
    return reverse("desk:words", args=[meeting.pk, said.pk])


@pytest.fixture
def form(said):
    """A change of the words, as its writer has it open."""
    return {
        "base_version": 1,
        "op_id": uuid4(),
        "speaker": said.speaker_id,
        "kind": said.kind,
        "lead": said.lead,
        "paragraph": "on" if said.paragraph else "",
        "text": TEXT,
    }


@pytest.fixture
def flagged(said, approver, officer):
    return services.flag(said, NOTE, by=officer, op_id=uuid4())


def test_a_flag_is_no_conflict_with_the_words_that_are_being_changed(
    officer_client, address, form, said, flagged
):
    assert officer_client.post(address, form).status_code == 302
    said.refresh_from_db()
    assert (said.text, said.to_check, said.version) == (TEXT, NOTE, 3)


def test_sent_again_it_is_still_one_version(officer_client, address, form, said, flagged):
    answers = [officer_client.post(address, form).status_code for _ in range(3)]
    assert answers == [302, 302, 302]
    assert Revision.objects.filter(op_id=form["op_id"]).count() == 1


def test_the_open_form_learns_of_the_flag(officer_client, address, form, flagged):
    answer = officer_client.post(address, form | {"autosave": "1"}, **AS_JSON).json()
    assert answer["version"] == 3
    assert answer["fields"]["to_check"] == [NOTE]


def test_another_speaker_stands_beside_other_words(officer_client, address, form, said, cc, officer):
    changed = replace(services.Spoken.of(said), speaker=cc, lead="The CC")
    services.save_contribution(said, changed, base_version=1, op_id=uuid4(), by=officer)
    officer_client.post(address, form)
    said.refresh_from_db()
    assert (said.text, said.speaker, said.lead) == (TEXT, cc, "The CC")


def test_two_notes_to_check_are_for_people_to_choose(officer_client, address, form, flagged):
    answer = officer_client.post(address, form | {"to_check": "The year"})
    assert answer.status_code == 409
    assert NOTE in answer.content.decode()


def test_who_typed_the_very_same_is_told_that_it_is_saved(officer_client, address, form, said):
    for _ in range(2):
        assert officer_client.post(address, form | {"op_id": uuid4()}).status_code == 302
    said.refresh_from_db()
    assert said.version == 2


def test_each_earlier_version_is_brought_back_by_a_form_of_its_own(
    officer_client, meeting, address, form, said
):
    officer_client.post(address, form)
    officer_client.post(address, form | {"base_version": 2, "op_id": uuid4(), "text": "asked once more."})
    for name in ["history", "compare"]:
        page = officer_client.get(
            reverse(f"desk:{name}", args=[meeting.pk, said.pk]), {"before": 1, "after": 2}
        )
        ids = html.fromstring(page.content.decode()).xpath(
            "//form[contains(@action, '/history/')]//*[@name='op_id']/@value"
        )
        assert len(ids) == len(set(ids)) == 2
