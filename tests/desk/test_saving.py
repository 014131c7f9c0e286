"""Saving by script: what the server answers, and what the history makes of many autosaves."""

import datetime as dt
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from desk.versions import versions_of
from meetings import services
from meetings.models import Revision

JSON = {"accept": "application/json"}


@pytest.fixture
def address(meeting, said):
    return reverse("desk:words", args=[meeting.pk, said.pk])


@pytest.fixture
def save(officer_client, address, said):
    """Send the form that changes what was said, as a script does."""

    def send(text, /, *, base_version=1, client=officer_client, **fields):
        form = {
            "base_version": base_version,
            "op_id": uuid4(),
            "speaker": said.speaker_id,
            "kind": said.kind,
            "lead": said.lead,
            "paragraph": "on",
            "text": text,
        }
        return client.post(address, form | fields, headers=JSON)

    return send


def test_a_save_says_which_version_it_made_and_shows_the_entry(save, said):
    answer = save("asked whether the plan was sound.")
    told = answer.json()
    assert (answer.status_code, told["state"], told["version"]) == (200, "saved", 2)
    assert told["sentence"] == "Entry 2.1.1 saved"
    assert "asked whether the plan was sound." in told["html"][f"entry-{said.exchange_id}"]
    assert told["op_id"]


def test_an_autosave_is_marked_and_draws_nothing(save, said):
    told = save("asked whe", autosave="1").json()
    assert (told["version"], told["html"]) == (2, {})
    assert said.revisions().first().details["autosaved"] is True


def test_the_same_text_again_makes_no_version(save, said):
    save("asked whether.", autosave="1")
    assert save("asked whether.", base_version=2).json()["version"] == 2
    assert said.revisions().count() == 2


def test_a_retry_gets_the_first_answer_and_other_words_are_refused(save, said):
    op_id = uuid4()
    for _ in range(3):
        assert save("asked whether.", op_id=op_id).json()["version"] == 2
    assert save("asked other words.", op_id=op_id, base_version=2).status_code == 422
    assert said.revisions().count() == 2


def test_the_loser_gets_both_texts_and_nothing_is_overwritten(save, said, officer):
    started_from = said.text
    save("asked the first.")
    answer = save("asked the second.")
    told = answer.json()
    assert (answer.status_code, told["state"], told["version"]) == (409, "changed", 2)
    assert "Your text is still here." in told["sentence"]
    assert "asked the first." in told["html"]["conflict"]
    assert started_from in told["html"]["conflict"]
    said.refresh_from_db()
    assert said.text == "asked the first."


@pytest.mark.parametrize(
    ("damage", "status", "state"),
    [
        ({"base_version": ""}, 428, "no base"),
        ({"base_version": "x"}, 400, "damaged"),
        ({"op_id": "x"}, 400, "damaged"),
        ({"text": ""}, 400, "mistakes"),
    ],
)
def test_what_cannot_be_saved_is_answered_in_words(save, said, damage, status, state):
    answer = save("asked whether.", **damage)
    assert (answer.status_code, answer.json()["state"]) == (status, state)
    assert answer.json()["sentence"]
    assert said.revisions().count() == 1


def test_mistakes_name_their_fields(save):
    told = save("").json()
    assert told["errors"] == {"text": ["Enter what was said"]}
    assert "There is a problem" in told["html"]["error-summary"]


def test_deleted_words_can_be_brought_back_and_the_save_repeated(
    save, said, officer, officer_client, meeting
):
    services.remove_contribution(said, officer)
    told = save("asked whether.").json()
    assert told["state"] == "gone"
    back = reverse("desk:restore_words", args=[meeting.pk, said.pk])
    assert f'data-bring-back="{back}"' in told["html"]["conflict"]
    assert officer_client.post(back, headers=JSON).json()["state"] == "saved"
    assert save("asked whether.").json()["state"] == "saved"


def test_a_session_that_ended_is_answered_with_the_way_back(save, client):
    answer = save("asked whether.", client=client)
    assert (answer.status_code, answer.json()["state"]) == (401, "signed out")
    assert answer.json()["sign_in"].startswith("/office/sign-in/?next=%2Foffice%2F")
    assert "We have kept what you typed" in answer.json()["sentence"]


def test_a_form_that_expired_says_so(save, officer_client):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = officer_client.cookies
    answer = save("asked whether.", client=strict)
    assert (answer.status_code, answer.json()["state"]) == (403, "form expired")


def test_the_session_tells_who_it_is_and_how_long_it_lasts(officer_client, officer):
    told = officer_client.get("/office/session/", headers=JSON).json()
    assert told["user"] == str(officer.pk)
    assert told["token"]
    assert 0 < told["left"] <= 12 * 3600


def test_autosaves_of_one_sitting_are_one_version_and_each_is_found(save, said, officer):
    for version, text in enumerate(["asked a", "asked a b", "asked a b c"], 1):
        save(text, base_version=version, autosave="1")
    save("asked a b c d.", base_version=4)
    newest, first = versions_of(said)
    assert (newest.text, newest.is_newest, first.number) == ("asked a b c d.", True, 1)
    assert [one.text for one in newest.on_the_way] == ["asked a b c", "asked a b", "asked a"]


def test_autosaves_of_two_people_or_of_two_days_stay_apart(save, said, officer, approver):
    for version, text in enumerate(["asked a", "asked a b", "asked a b c"], 1):
        save(text, base_version=version, autosave="1")
    Revision.objects.filter(subject=said.uid, version=2).update(by=approver)
    assert [one.number for one in versions_of(said)] == [4, 2, 1]
    Revision.objects.filter(subject=said.uid).update(by=officer)
    Revision.objects.filter(subject=said.uid, version=2).update(at=timezone.now() - dt.timedelta(days=1))
    assert [one.number for one in versions_of(said)] == [4, 2, 1]


def test_the_history_shows_what_was_saved_by_itself(save, said, meeting, officer_client):
    save("asked a", autosave="1")
    save("asked a b.", base_version=2)
    page = officer_client.get(reverse("desk:history", args=[meeting.pk, said.pk])).content.decode()
    assert "Saved by itself on the way to version 3 (1)" in page
    assert "Bring version 2 back" in page
