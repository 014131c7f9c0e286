"""What exists already is saved while somebody types: details, scopes, notes, questions, wordings; never a decision."""

import datetime as dt
from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.models import DutyKind
from actions.models import ActionEvent
from actions.services import add_action, give_references
from meetings.models import Meeting
from meetings.services import add_question
from tests.conftest import person, signed_in
from tests.meetings.pages import date_parts, filled_form, words_of

pytestmark = pytest.mark.django_db
JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def details(meeting) -> str:
    return reverse("meetings:details", args=[meeting.pk])


@pytest.fixture
def colleague_client(db):
    return signed_in(person("petra@office.example", "Petra Holm", DutyKind.POLICY_OFFICER))


@pytest.fixture
def write(officer_client):
    """What the page's script sends while somebody types, each time with the base that it was answered."""

    def send(path: str, form: dict, **typed) -> dict:
        sent = form | typed | {"op_id": uuid4(), "autosave": "1"}
        answer = officer_client.post(path, sent, **JSON).json()
        if answer["state"] == "saved":
            form["base_version"] = answer["version"]
        return answer

    return send


def test_what_is_written_is_saved_and_what_is_chosen_waits(write, details, meeting, officer_client):
    form = filled_form(officer_client, details)
    answer = write(details, form, summary="Custody was spoken of.", status="cancelled")
    meeting.refresh_from_db()
    assert (meeting.summary, meeting.status) == ("Custody was spoken of.", Meeting.Status.PLANNED)
    assert "summary" in answer["took"]
    assert "status" not in answer["took"]


def test_half_a_date_holds_up_no_text(write, details, meeting, officer_client):
    form = filled_form(officer_client, details) | date_parts("date", "", 9, 2024)
    assert write(details, form, summary="Custody.")["state"] == "saved"
    meeting.refresh_from_db()
    assert meeting.summary == "Custody."
    assert meeting.date


def test_a_text_that_cannot_be_kept_is_not_said_to_be_saved(write, details, officer_client):
    answer = write(details, filled_form(officer_client, details), title="x" * 301)
    assert answer["state"] == "mistakes"
    assert "300 characters or less" in answer["sentence"]


def test_one_person_s_typing_is_one_change_in_the_history(write, details, officer_client):
    form = filled_form(officer_client, details)
    for text in ["Cus", "Custody was", "Custody was spoken of."]:
        write(details, form, summary=text)
    officer_client.post(details, form | {"summary": "Custody was spoken of at length.", "op_id": uuid4()})
    page = words_of(officer_client.get(details))
    assert page.count("Custody was spoken of at length.") == 2
    assert "Cus<" not in page
    assert "Custody was spoken of.<" not in page


def test_typing_of_two_people_stays_two_changes(write, details, officer_client, colleague_client):
    write(details, filled_form(officer_client, details), summary="From one.")
    theirs = filled_form(colleague_client, details) | {"summary": "From the other."}
    colleague_client.post(details, theirs)
    page = words_of(officer_client.get(details))
    assert "From one." in page


def test_typing_overwrites_nobody(write, details, meeting, officer_client, colleague_client):
    form, theirs = filled_form(officer_client, details), filled_form(colleague_client, details)
    colleague_client.post(details, theirs | {"summary": "Theirs.", "venue": "Marl Hall"})
    answer = write(details, form, summary="Mine.")
    assert answer["state"] == "changed"
    assert "Petra Holm changed the details of this meeting" in answer["sentence"]
    assert "Choose which to keep" in answer["html"]["conflict"]
    assert write(details, form, period="Quarter 2")["state"] == "saved"
    officer_client.post(details, form | {"period": "Quarter 2", "op_id": uuid4()})
    meeting.refresh_from_db()
    assert (meeting.summary, meeting.venue, meeting.period) == ("Theirs.", "Marl Hall", "Quarter 2")


def test_a_lost_answer_is_given_again(officer_client, details, colleague_client):
    form = filled_form(officer_client, details) | {"summary": "Mine.", "autosave": "1"}
    first = officer_client.post(details, form, **JSON).json()
    colleague_client.post(details, filled_form(colleague_client, details) | {"summary": "Theirs."})
    again = officer_client.post(details, form, **JSON).json()
    assert again["version"] == first["version"]
    form |= {"base_version": again["version"], "summary": "Mine, longer.", "op_id": uuid4()}
    assert officer_client.post(details, form, **JSON).status_code == 409


def places(exchange, leadership, question) -> dict[str, tuple[str, str]]:
    meeting = leadership.meeting_id
    return {
        "scope": (reverse("meetings:item_details", args=[meeting, leadership.pk]), "scope"),
        "next": (reverse("meetings:next", args=[meeting]), "next_subject"),
        "note": (reverse("desk:note", args=[meeting, exchange.pk]), "public_note"),
        "question": (reverse("desk:question", args=[meeting, question.pk]), "text"),
    }


@pytest.mark.parametrize("which", ["scope", "next", "note", "question"])
def test_these_are_saved_while_somebody_types(write, officer_client, exchange, leadership, which):
    path, field = places(exchange, leadership, add_question(leadership, "Why?", by=None))[which]
    page = officer_client.get(path)
    named = page.content.decode().split('data-autosave="')[1].split('"')[0].split()
    assert field in named
    form = filled_form(officer_client, path)
    assert write(path, form, **{field: "Half"})["state"] == "saved"
    assert write(path, form, **{field: "Half a sentence"})["state"] == "saved"
    assert filled_form(officer_client, path)[field] == "Half a sentence"


@pytest.fixture
def action(leadership, chief_constable):
    asked = {"text": "provide the figures", "owner": chief_constable, "by": None, "op_id": uuid4()}
    return add_action(meeting=leadership.meeting, item=leadership, due_on=dt.date(2030, 1, 1), **asked)


def test_the_wording_of_a_new_action_is_saved_while_somebody_types(write, officer_client, action):
    path = reverse("actions:wording", args=[action.pk])
    form = filled_form(officer_client, path)
    assert write(path, form, text="provide the figures for")["state"] == "saved"
    assert write(path, form, text="provide the figures for custody")["version"] == 3
    action.refresh_from_db()
    assert action.text == "provide the figures for custody"


def test_the_wording_of_an_action_with_a_reference_waits_for_the_button(write, officer_client, action):
    path = reverse("actions:wording", args=[action.pk])
    form = filled_form(officer_client, path)
    give_references(action.meeting)
    assert "data-autosave" not in words_of(officer_client.get(path))
    answer = write(path, form, text="provide the figures for")
    assert answer["state"] == "refused"
    assert "This action has its reference now" in answer["sentence"]
    assert not ActionEvent.objects.filter(kind="reworded").exists()
