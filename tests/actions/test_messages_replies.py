"""Answering without an account: by the address in one e-mail, about one action, while it lasts."""

import datetime as dt
import re
from uuid import uuid4

import pytest
from allauth.core import ratelimit
from django.core import mail
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from actions import services
from actions.messages import replies, send_due
from actions.models import Action, ActionEvent, Delivery, Message, MessageRules
from meetings.models import RoleContact
from publications.models import Identity
from tests.actions.conftest import promise
from tests.at_once import at_once

ADDRESS = re.compile(r"http://127\.0\.0\.1:8000(/office/reply/\S+)")


@pytest.fixture
def owed(action) -> Action:
    """Sent just now to the Chief Constable's staff, who got the e-mail about it."""
    RoleContact.objects.create(role=action.owner, email="chief.staff@force.example")
    Identity.objects.create(
        starts=dt.date(2020, 1, 1), office_name="The Office", email="office@office.example"
    )
    cache.clear()
    return send(action)


def send(action: Action) -> Action:
    Action.objects.filter(pk=action.pk).update(sent_at=timezone.now())
    send_due()
    action.refresh_from_db()
    return action


def address() -> str:
    """The reply address of the last e-mail."""
    return ADDRESS.search(mail.outbox[-1].body)[1]


def answer(text="Ten of twelve are done", **more) -> dict:
    return {"text": text, "op_id": uuid4()} | more


def reports() -> list[str]:
    return list(ActionEvent.objects.filter(kind="update").order_by("pk").values_list("text", flat=True))


def test_the_page_shows_reference_wording_and_due_date_and_nothing_else_of_the_office(client, owed, office):
    other = promise(owed.meeting, office.cc, text="another promise")
    services.record_update(owed, "Said before", by=None)
    response = client.get(address())
    page = response.content.decode()
    for words in ["2026/1", "provide an update on response times", "28 October 2026"]:
        assert words in page
    for words in ["Said before", "Imogen Vale", "Response times", "Monthly Assurance", other.text]:
        assert words not in page
    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert "assurance_session" not in response.cookies


def test_an_answer_is_an_update_and_the_office_sees_that_no_account_made_it(client, owed, officer_client):
    page = client.post(address(), answer()).content.decode()
    assert "Your update to action 2026/1 is received" in page
    event = ActionEvent.objects.get(kind="update")
    assert (event.text, event.by, event.reply.delivery.address) == (
        "Ten of twelve are done",
        None,
        "chief.staff@force.example",
    )
    shown = officer_client.get(owed.get_absolute_url()).content.decode()
    assert (
        "an answer to the e-mail to chief.staff@force.example (Chief Constable), not by an account" in shown
    )


def test_an_answer_that_is_sent_twice_is_one(client, owed):
    sent = answer()
    for _ in range(2):
        assert "is received" in client.post(address(), sent).content.decode()
    assert reports() == ["Ten of twelve are done"]


def test_another_text_under_the_same_press_is_shown_again_and_goes_when_sent_again(client, owed):
    sent = answer()
    client.post(address(), sent)
    response = client.post(address(), sent | {"text": "One more thing"})
    assert response.status_code == 422
    assert "One more thing" in response.content.decode()
    client.post(address(), answer("One more thing"))
    assert reports() == ["Ten of twelve are done", "One more thing"]


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"text": " "}, "Enter the update"),
        ({"text": "kept\x00"}, "Update has a hidden character that cannot be kept"),
        ({"text": "kept" * 5001}, "Update must be 20,000 characters or less"),
        ({"text": "kept", "op_id": "so to speak"}, "Send it again"),
    ],
)
def test_what_was_typed_comes_back_with_what_is_wrong(client, owed, sent, sentence):
    page = client.post(address(), answer() | sent).content.decode()
    assert sentence in page
    assert "kept" in page or not sent["text"].strip()
    assert reports() == []


def ended_page(client, at: str) -> bytes:
    response = client.get(at)
    assert response.status_code == 404
    return response.content


def test_forged_and_ended_addresses_get_one_page_that_says_whom_to_write_to(client, owed, approver, officer):
    right = address()
    pages = {
        ended_page(client, reverse("actions:reply", args=["forged"])),
        ended_page(client, right[:-2] + "x/"),
    }
    Delivery.objects.update(reply_until=timezone.localdate() - dt.timedelta(days=1))
    pages.add(ended_page(client, right))
    Delivery.objects.update(reply_until=timezone.localdate())
    assert client.get(right).status_code == 200
    replies.revoke(Delivery.objects.get(), by=officer)
    pages.add(ended_page(client, right))
    Delivery.objects.update(reply_revoked_at=None)
    services.close(owed, by=approver, reason="Done")
    pages.add(ended_page(client, right))
    (page,) = pages
    assert "office@office.example" in page.decode()
    assert "2026/1" not in page.decode()


def test_what_was_typed_at_an_address_that_ended_meanwhile_is_shown_to_be_copied(client, owed, approver):
    services.close(owed, by=approver, reason="Done")
    response = client.post(address(), answer("An hour of writing"))
    assert response.status_code == 404
    assert "An hour of writing" in response.content.decode()


def test_an_address_ends_when_somebody_else_owns_the_action(client, owed, office, officer):
    right = address()
    services.assign(owed, office.acc, by=officer)
    ended_page(client, right)


def test_an_address_is_about_its_own_action_alone(client, owed, office):
    first = address()
    promise(owed.meeting, office.cc, text="another promise")
    services.give_references(owed.meeting)
    send(Action.objects.latest("pk"))
    client.post(address(), answer("About the other"))
    assert ActionEvent.objects.get(kind="update").action.text == "another promise"
    assert "another promise" not in client.get(first).content.decode()


@pytest.mark.parametrize(("once", "counts"), [(False, 2), (True, 1)])
def test_an_address_works_once_or_until_it_ends_as_the_office_says(client, action, once, counts):
    MessageRules.objects.create(reply_once=once, reply_days=5)
    RoleContact.objects.create(role=action.owner, email="chief.staff@force.example")
    cache.clear()
    send(action)
    statuses = [client.post(address(), answer(text)).status_code for text in ("First", "Second")]
    assert len(reports()) == counts
    assert statuses == ([200, 404] if once else [200, 200])
    assert Delivery.objects.get().reply_until == timezone.localdate() + dt.timedelta(days=5)


def test_whoever_tries_addresses_is_stopped_and_keeps_what_they_typed(client, owed, rf):
    for number in range(60):
        assert ratelimit.consume(rf.post("/"), action="reply", key=f"guess {number}")
    response = client.post(address(), answer("An hour of writing"))
    assert response.status_code == 429
    assert "An hour of writing" in response.content.decode()
    assert reports() == []
    cache.clear()


def test_the_database_holds_no_address_that_works(owed):
    token = address().rstrip("/").rsplit("/", 1)[1]
    stored = str(list(Delivery.objects.values())) + str(list(Message.objects.values()))
    assert token not in stored
    assert Delivery.objects.get().reply_hash == replies.hash_of(token)


def test_an_officer_takes_an_address_back(officer_client, client, owed):
    delivery = Delivery.objects.get()
    button = reverse("actions:revoke_reply", args=[delivery.message_id, delivery.pk])
    page = officer_client.post(button, follow=True).content.decode()
    assert "The reply address of chief.staff@force.example works no more" in page
    assert officer_client.post(button).status_code == 409
    ended_page(client, address())


@pytest.mark.django_db(transaction=True)
def test_of_two_answers_at_the_same_moment_an_address_that_works_once_takes_one(owed):
    Message.objects.update(facts={"reply_once": True})
    token = address().rstrip("/").rsplit("/", 1)[1]
    results = at_once(
        *[lambda text=text: replies.receive(token, text, op_id=uuid4()) for text in ("A", "B", "C")]
    )
    assert len(reports()) == 1
    assert sum(isinstance(one, replies.NoSuchAddress) for one in results) == 2
