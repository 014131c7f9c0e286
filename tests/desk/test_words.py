"""Changing what somebody said: the protocol of saving, as its pages show it."""

from uuid import uuid4

import pytest
from django.urls import reverse

from meetings import services
from meetings.models import Contribution


@pytest.fixture
def address(meeting, said):
    return reverse("desk:words", args=[meeting.pk, said.pk])


@pytest.fixture
def form(said):
    """The form as an editor has it open."""
    return {
        "base_version": said.version,
        "op_id": uuid4(),
        "speaker": said.speaker_id,
        "kind": said.kind,
        "lead": said.lead,
        "paragraph": "on",
        "text": "asked whether the plan was sound.",
    }


def test_a_change_is_saved_as_the_next_version(officer_client, address, form, said, officer):
    assert officer_client.post(address, form).status_code == 302
    said.refresh_from_db()
    assert (said.text, said.version) == ("asked whether the plan was sound.", 2)
    assert said.revisions().first().by == officer


def test_a_new_speaker_is_printed_as_theirs(officer_client, address, form, said, cc):
    officer_client.post(address, form | {"speaker": cc.pk})
    said.refresh_from_db()
    assert (said.speaker, said.lead) == (cc, "The CC")


def test_a_printed_form_of_its_own_stays(officer_client, address, form, said, cc):
    officer_client.post(address, form | {"speaker": cc.pk, "lead": "In reply, the CC"})
    said.refresh_from_db()
    assert said.lead == "In reply, the CC"


def test_the_second_editor_sees_both_texts_and_what_they_started_from(officer_client, address, form, said):
    started_from = said.text
    officer_client.post(address, form | {"text": "asked the first one's words."})
    answer = officer_client.post(address, form | {"text": "asked the second one's words.", "op_id": uuid4()})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "asked the first one&#x27;s words." in page
    assert "asked the second one&#x27;s words." in page
    assert started_from in page
    said.refresh_from_db()
    assert said.text == "asked the first one's words."


def test_the_second_editor_can_use_their_own_text_after_all(officer_client, address, form, said):
    officer_client.post(address, form | {"text": "asked this."})
    officer_client.post(address, form | {"text": "asked that.", "op_id": uuid4()})
    assert (
        officer_client.post(
            address, form | {"text": "asked that.", "base_version": 2, "op_id": uuid4()}
        ).status_code
        == 302
    )
    said.refresh_from_db()
    assert said.text == "asked that."
    assert {one.text for one in said.revisions()} >= {"asked this.", "asked that."}


def test_a_save_without_its_base_is_428_and_shows_the_text(officer_client, address, form, said):
    del form["base_version"]
    answer = officer_client.post(address, form)
    assert answer.status_code == 428
    assert form["text"] in answer.content.decode()
    said.refresh_from_db()
    assert said.version == 1


@pytest.mark.parametrize(
    "damage", [{"base_version": "abc"}, {"base_version": "-1"}, {"op_id": "abc"}, {"op_id": ""}]
)
def test_a_damaged_form_is_400_and_shows_the_text(officer_client, address, form, said, damage):
    answer = officer_client.post(address, form | damage)
    assert answer.status_code == 400
    assert form["text"] in answer.content.decode()


def test_an_operation_used_for_other_words_is_422_and_shows_the_text(officer_client, address, form, said):
    officer_client.post(address, form)
    answer = officer_client.post(address, form | {"text": "asked other words.", "base_version": 2})
    assert answer.status_code == 422
    assert "asked other words." in answer.content.decode()


def test_the_same_save_again_is_answered_as_the_first(officer_client, address, form, said):
    for _ in range(3):
        assert officer_client.post(address, form).status_code == 302
    assert said.revisions().count() == 2


def test_a_mistake_keeps_the_text_and_the_version_it_started_from(officer_client, address, form):
    answer = officer_client.post(address, form | {"kind": "answer", "speaker": "", "lead": ""})
    page = answer.content.decode()
    assert "Select who answered, or Nobody named" in page
    assert form["text"] in page
    assert 'name="base_version" value="1"' in page


def test_a_name_that_is_printed_anyway_is_not_kept_twice(officer_client, address, form, said):
    officer_client.post(address, form | {"text": "pcc asked how."})
    said.refresh_from_db()
    assert said.text == "asked how."


def test_what_was_deleted_meanwhile_is_shown_with_a_way_to_bring_it_back(
    officer_client, officer, address, form, said
):
    services.remove_contribution(said, officer)
    answer = officer_client.post(address, form)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert form["text"] in page
    assert "Bring it back" in page


def test_words_of_another_meeting_are_not_found(officer_client, another_meeting, said, form):
    address = reverse("desk:words", args=[another_meeting.pk, said.pk])
    assert officer_client.get(address).status_code == 404
    assert officer_client.post(address, form).status_code == 404


def test_an_approver_reads_and_does_not_write(approver_client, meeting, address, form, said, leadership):
    assert approver_client.get(leadership.get_absolute_url()).status_code == 200
    assert approver_client.get(reverse("desk:history", args=[meeting.pk, said.pk])).status_code == 200
    assert approver_client.get(address).status_code == 403
    assert approver_client.post(address, form).status_code == 403


def test_administrators_and_liaisons_find_no_record(
    administrator_client, liaison_client, meeting, address, leadership
):
    for client in [administrator_client, liaison_client]:
        for place in [address, leadership.get_absolute_url(), meeting.get_absolute_url()]:
            assert client.get(place).status_code == 404


def test_the_history_shows_who_saved_what_and_brings_it_back(
    officer_client, meeting, address, form, said, officer
):
    original = said.text
    officer_client.post(address, form)
    page = officer_client.get(reverse("desk:history", args=[meeting.pk, said.pk])).content.decode()
    assert original in page
    assert f"by {officer}" in page
    officer_client.post(
        reverse("desk:restore_version", args=[meeting.pk, said.pk, 1]), {"base_version": 2, "op_id": uuid4()}
    )
    said.refresh_from_db()
    assert (said.text, said.version) == (original, 3)


def test_bringing_back_upon_an_old_page_is_refused(officer_client, meeting, address, form, said):
    officer_client.post(address, form)
    answer = officer_client.post(
        reverse("desk:restore_version", args=[meeting.pk, said.pk, 1]), {"base_version": 1, "op_id": uuid4()}
    )
    assert answer.status_code == 409


def test_a_contribution_moves_and_is_deleted_with_undo(officer_client, meeting, exchange, said):
    officer_client.post(
        reverse("desk:move_words", args=[meeting.pk, said.pk]), {"direction": "down", "seen_at": 0}
    )
    assert exchange.contributions.last() == said
    answer = officer_client.post(reverse("desk:remove_words", args=[meeting.pk, said.pk]), follow=True)
    assert "One contribution to entry 2.1.1 deleted" in answer.content.decode()
    officer_client.post(reverse("desk:restore_words", args=[meeting.pk, said.pk]))
    assert Contribution.objects.filter(pk=said.pk).exists()


def test_what_is_marked_to_check_shows_with_its_words(officer_client, address, form, leadership):
    officer_client.post(address, form | {"to_check": "Name of the strategy"})
    assert "Name of the strategy" in officer_client.get(leadership.get_absolute_url()).content.decode()
