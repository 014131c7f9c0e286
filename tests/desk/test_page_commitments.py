"""Words that promise something become actions, or are said to be none, where they stand."""

import datetime as dt
from uuid import uuid4

import pytest
from django.urls import reverse

from actions.beginning import promised_in
from actions.models import Action
from actions.services import add_action
from meetings import services
from tests.desk.conftest import answer

ASKS = "This sounds like a commitment."


@pytest.fixture
def promise(leadership, cc):
    """The answer of an entry in which the CC promises something."""
    entry = services.add_exchange(
        leadership, [answer(cc, "responded that she would provide an update by 28 October.")], by=None
    )
    return entry.contributions.get()


@pytest.fixture
def page(officer_client, leadership):
    return lambda: officer_client.get(leadership.get_absolute_url()).content.decode()


@pytest.fixture
def say_no(officer_client, meeting, promise):
    def press(**data):
        address = reverse("desk:commitment", args=[meeting.pk, promise.pk])
        sent = officer_client.post(address, data.pop("data", {"answer": "none"}), **data)
        promise.refresh_from_db()
        return sent

    return press


def make_action(client, promise, **typed):
    item = promise.exchange.item
    address = f"{reverse('actions:add', args=[item.meeting_id, item.pk])}?words={promise.pk}"
    form = client.get(address).context["form"]
    asked = {
        "text": form["text"].value(),
        "owner": form["owner"].value(),
        "due": "none",
        "op_id": form["op_id"].value(),
    }
    return client.post(address, asked | typed)


def test_a_promise_is_asked_about_and_a_question_is_not(page, leadership, pcc, promise):
    assert page().count(ASKS) == 1
    services.add_exchange(
        leadership, [services.Spoken("question", "said he will provide it.", speaker=pcc)], by=None
    )
    assert page().count(ASKS) == 1


def test_that_it_is_no_action_is_remembered(page, say_no, promise):
    say_no()
    assert promise.commitment == "none"
    assert ASKS not in page()


def test_not_an_action_is_undone_at_one_press(page, say_no, promise):
    say_no()
    say_no(data={})
    assert promise.commitment == ""
    assert ASKS in page()


def test_a_script_gets_the_entry_without_the_question(say_no, promise):
    html = say_no(headers={"Accept": "application/json"}).json()["html"]
    assert [name for name in html if name.startswith("entry-")] == [f"entry-{promise.exchange_id}"]
    assert ASKS not in html[f"entry-{promise.exchange_id}"]


def test_the_form_of_an_action_begins_with_the_words(officer_client, leadership, promise, chief_constable):
    address = f"{reverse('actions:add', args=[leadership.meeting_id, leadership.pk])}?words={promise.pk}"
    form = officer_client.get(address).context["form"]
    assert form["text"].value() == "provide an update by 28 October"
    assert form["owner"].value() == chief_constable.pk
    assert (form["due"].value(), form["due_on"].value()) == ("date", dt.date(2026, 10, 28))


def test_what_was_made_an_action_is_not_asked_about_again(officer_client, page, promise):
    assert make_action(officer_client, promise).status_code == 302
    promise.refresh_from_db()
    assert promise.commitment == "action"
    assert Action.objects.get().after == promise.exchange
    assert ASKS not in page()


def test_who_is_named_as_owing_it_owns_it(officer_client, leadership, pcc, commissioner, cc):
    said = answer(cc, "agreed that the PCC will write to the board.")
    promise = services.add_exchange(leadership, [said], by=None).contributions.get()
    address = f"{reverse('actions:add', args=[leadership.meeting_id, leadership.pk])}?words={promise.pk}"
    assert officer_client.get(address).context["form"]["owner"].value() == commissioner.pk


@pytest.mark.parametrize(
    ("said", "deed"),
    [
        ("responded that it was so. She would send the figures.", "send the figures"),
        ("undertook to report back in six months.", "report back in six months"),
        ("said that it was so.", "said that it was so."),
    ],
)
def test_what_is_to_be_done_is_taken_out_of_the_speech(said, deed):
    assert promised_in(said) == deed


@pytest.mark.parametrize("pk", ["0", "x", "99999999999999999999"])
def test_words_that_are_not_there_are_not_found(officer_client, leadership, pk):
    address = reverse("actions:add", args=[leadership.meeting_id, leadership.pk])
    assert officer_client.get(address, {"words": pk}).status_code == 404


def test_a_record_that_has_left_the_office_is_not_asked_about(page, meeting, promise):
    meeting.published_elsewhere = True
    meeting.save()
    assert ASKS not in page()


def test_an_approver_is_not_asked(approver_client, meeting, leadership, promise):
    assert ASKS not in approver_client.get(leadership.get_absolute_url()).content.decode()
    address = reverse("desk:commitment", args=[meeting.pk, promise.pk])
    assert approver_client.post(address, {"answer": "none"}).status_code == 403


def test_an_entry_that_an_action_follows_is_not_asked_about(
    page, meeting, leadership, promise, chief_constable
):
    place = {"meeting": meeting, "item": leadership, "after": promise.exchange}
    add_action(**place, text="Provide an update", owner=chief_constable, by=None, op_id=uuid4())
    assert ASKS not in page()
