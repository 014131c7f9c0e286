"""What people type by mistake, or paste: each is told in words what to do, and nothing typed is lost."""

import datetime as dt
from uuid import uuid4

import pytest
from django.urls import reverse

from actions.services import add_action
from meetings import services
from meetings.models import Contribution, Revision
from tests.at_once import at_once
from tests.desk.test_box import add
from tests.meetings.pages import filled_form, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def places(exchange, said, leadership, chief_constable) -> dict[str, tuple[str, str, int]]:
    """Every page on which a text is changed: its address, the text's field, and how much it holds."""
    meeting = leadership.meeting_id
    asked = {"text": "provide the figures", "owner": chief_constable, "by": None, "op_id": uuid4()}
    action = add_action(meeting=leadership.meeting, item=leadership, **asked)
    question = services.add_question(leadership, "Why?", by=None)
    return {
        "words": (reverse("desk:words", args=[meeting, said.pk]), "text", 200_000),
        "wording": (reverse("actions:wording", args=[action.pk]), "text", 5000),
        "note": (reverse("desk:note", args=[meeting, exchange.pk]), "public_note", 2000),
        "question": (reverse("desk:question", args=[meeting, question.pk]), "text", 5000),
        "title": (reverse("meetings:item_details", args=[meeting, leadership.pk]), "title", 300),
        "period": (reverse("meetings:details", args=[meeting]), "period", 100),
    }


NAMES = ["words", "wording", "note", "question", "title", "period"]


@pytest.fixture
def send(officer_client, places, said):
    """Open a page, put a text into it and send it."""

    def change(name: str, text: str):
        path, field, _ = places[name]
        form = filled_form(officer_client, path)
        if name == "words":
            form |= {"base_version": said.version, "op_id": uuid4(), "paragraph": "on"}
        return officer_client.post(path, form | {field: text})

    return change


@pytest.mark.parametrize("name", NAMES)
def test_a_hidden_character_is_told_of_and_the_words_stay(send, name):
    page = words_of(send(name, "custody\x00 suites"))
    assert "hidden character" in page
    assert "suites" in page


@pytest.mark.parametrize("name", NAMES)
def test_too_much_is_told_with_what_was_typed(send, places, name):
    most = places[name][2]
    page = words_of(send(name, f"custody {'x' * most}"))
    assert f"{most:,} characters or less" in page
    assert "custody xxx" in page


@pytest.mark.parametrize("name", ["words", "wording", "question", "title"])
def test_an_empty_text_is_asked_for(send, places, officer_client, name):
    path, field, _ = places[name]
    before = officer_client.get(path).context["form"][field].value()
    assert "Enter " in words_of(send(name, " \n "))
    assert officer_client.get(path).context["form"][field].value() == before


@pytest.mark.parametrize("name", NAMES)
def test_markup_and_odd_signs_are_kept_and_harmless(send, places, officer_client, name):
    text = "•\t“so” \u202eright to left <script>alert(1)</script>"
    assert send(name, text).status_code == 302
    path, field, _ = places[name]
    answer = officer_client.get(path)
    assert answer.context["form"][field].value() == text
    assert "<script>alert" not in answer.content.decode()


def test_a_speaker_alone_is_asked_what_was_said(officer_client, leadership):
    page = add(officer_client, leadership, "cc:").content.decode()
    assert "what was said" in page
    assert not Contribution.objects.exists()


def test_an_action_without_an_owner_is_asked_about(officer_client, leadership):
    page = add(officer_client, leadership, "action: find out").content.decode()
    assert "Select who owns this action" in page
    assert "action: find out" in page


def test_a_due_date_before_the_meeting_is_told_with_the_day(officer_client, leadership):
    day = leadership.meeting.date - dt.timedelta(days=400)
    page = add(officer_client, leadership, f"action cc by {day:%d %B %Y}: find out").content.decode()
    assert "Due date must be the same as or after" in page
    assert "find out" in page


def test_who_has_spoken_is_not_taken_off_the_list(officer_client, meeting, said):
    address = reverse("meetings:remove_attendee", args=[meeting.pk, said.speaker_id])
    page = words_of(officer_client.post(address, follow=True))
    assert said.speaker.name in page
    assert "stay" in page
    assert meeting.attendances.filter(pk=said.speaker_id).exists()


def test_an_item_removed_while_somebody_types_keeps_their_text_for_another(
    officer_client, officer, meeting, leadership
):
    services.remove_item(leadership, officer)
    page = words_of(add(officer_client, leadership, "pcc asked why"))
    assert "pcc asked why" in page
    assert all(item.title in page for item in meeting.items.all())


@pytest.mark.django_db(transaction=True)
def test_two_answers_at_the_same_moment_are_both_there(officer, exchange, cc):
    def answer(text: str):
        spoken = services.Spoken("answer", text, cc, lead="The CC")
        return lambda: services.add_contributions(exchange, [spoken], by=officer, op_id=uuid4())

    at_once(answer("said yes."), answer("said no."))
    said = list(exchange.contributions.values_list("text", "order"))
    assert {text for text, _ in said} >= {"said yes.", "said no."}
    assert len({order for _, order in said}) == len(said)
    assert Revision.objects.filter(text__in=["said yes.", "said no."]).count() == 2
