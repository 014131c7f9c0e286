"""Roles that support an action read what its owner reads, as a copy, and the action itself when they join."""

import datetime as dt
from uuid import uuid4

import pytest
from django.core import mail
from django.urls import reverse

from actions import services
from actions.history import history_of
from actions.messages import replies
from actions.messages.sending import send_due
from actions.models import Action, Delivery, Message, RoleMessages
from meetings.models import Role, RoleContact
from tests.actions.conftest import OCTOBER, SEPTEMBER
from tests.actions.mail import noon

pytestmark = pytest.mark.django_db
CHIEF, ESTATES, DEPUTY = "chief.staff@force.example", "estates@force.example", "estates.deputy@force.example"
FLEET = "fleet@force.example"
NEXT_DAY = SEPTEMBER + dt.timedelta(days=1)


@pytest.fixture
def estates(sent_action) -> Role:
    """Supports the action, with an address to write to and one for copies."""
    role = Role.objects.create(title="Head of Estates", body="force")
    RoleContact.objects.create(role=role, email=ESTATES)
    RoleContact.objects.create(role=role, email=DEPUTY, line="copy")
    sent_action.supporting.add(role)
    return role


def outbox(day: dt.date) -> dict[str, object]:
    """What goes out on that day, by the address to which it is handed."""
    mail.outbox.clear()
    send_due(now=noon(day))
    return {email.recipients()[0]: email for email in mail.outbox}


def test_who_supports_an_action_gets_a_copy_that_says_so(sent_action, estates):
    sent = outbox(SEPTEMBER)
    assert sent.keys() == {CHIEF, ESTATES, DEPUTY}
    assert {(tuple(one.to), tuple(one.cc)) for one in sent.values()} == {((CHIEF,), (ESTATES, DEPUTY))}
    explained = "The Head of Estates supports this action, so this is a copy for you"
    html = {address: one.alternatives[0].content for address, one in sent.items()}
    assert {address for address, one in sent.items() if explained in one.body} == {ESTATES, DEPUTY}
    assert {address for address, page in html.items() if explained in page} == {ESTATES, DEPUTY}
    assert all("Supported by: Head of Estates" in one.body for one in sent.values())


def test_reminders_changes_and_decisions_go_to_them_too(sent_action, estates, officer, approver):
    assert len(outbox(SEPTEMBER)) == 3
    assert len(outbox(OCTOBER)) == 3
    later = OCTOBER + dt.timedelta(days=1)
    services.close(sent_action, by=approver, reason="Done", at=noon(later, 9))
    assert outbox(later)[ESTATES].subject == "Action 2026/1: accepted and closed"


def test_an_address_that_the_owner_has_too_gets_it_once_as_the_owner_s(sent_action, estates):
    RoleContact.objects.create(role=estates, email=CHIEF.upper())
    sent = outbox(SEPTEMBER)
    assert sent.keys() == {CHIEF, ESTATES, DEPUTY}
    assert "this is a copy for you" not in sent[CHIEF].body


def test_nothing_goes_to_a_helper_who_is_paused_and_the_owner_gets_it(sent_action, estates):
    RoleMessages.objects.create(role=estates, paused_until=OCTOBER)
    assert outbox(SEPTEMBER).keys() == {CHIEF}
    assert outbox(OCTOBER).keys() == {CHIEF, ESTATES, DEPUTY}


def test_where_the_owner_is_paused_helpers_wait_too(sent_action, estates):
    RoleMessages.objects.create(role=sent_action.owner, paused_until=OCTOBER)
    assert outbox(SEPTEMBER) == {}


def test_what_a_former_owner_reads_is_theirs_alone(sent_action, estates, officer, office):
    outbox(SEPTEMBER)
    RoleContact.objects.create(role=office.acc, email="acc@force.example")
    day = SEPTEMBER + dt.timedelta(days=1)
    services.assign(sent_action, office.acc, [estates], by=officer, at=noon(day, 9))
    sent = outbox(day)
    assert [sent[CHIEF].cc, sent["acc@force.example"].cc] == [[], [ESTATES, DEPUTY]]
    assert "no longer with the Chief Constable" in sent[CHIEF].body


def test_a_helper_answers_by_their_own_address_while_they_help(sent_action, estates, officer):
    letter = outbox(SEPTEMBER)[ESTATES].body
    address = next(word for word in letter.split() if "/reply/" in word)
    token = address.rstrip("/").rsplit("/", 1)[-1]
    assert replies.delivery_of(token, today=SEPTEMBER).role == estates
    services.assign(sent_action, sent_action.owner, [], by=officer)
    with pytest.raises(replies.NoSuchAddress):
        replies.delivery_of(token, today=SEPTEMBER)


def test_an_answer_tells_by_whose_address_it_came(sent_action, estates):
    letter = outbox(SEPTEMBER)[ESTATES].body
    token = next(word for word in letter.split() if "/reply/" in word).rstrip("/").rsplit("/", 1)[-1]
    event = replies.receive(token, "The lease is signed.", op_id=uuid4(), at=noon(SEPTEMBER, 14))
    told = next(one for one in history_of(sent_action, is_office=True) if one.text == event.text)
    assert told.via == f"an answer to the e-mail to {ESTATES} (Head of Estates), not by an account"


def test_staff_see_before_and_after_who_gets_a_copy(sent_action, estates, officer_client):
    listed = officer_client.get(reverse("actions:send", args=[sent_action.source.pk])).content.decode()
    outbox(SEPTEMBER)
    message = Delivery.objects.get(address=ESTATES).message
    gone = officer_client.get(reverse("actions:message", args=[message.pk])).content.decode()
    assert f"copy to {ESTATES}, {DEPUTY}" in " ".join(listed.split())
    assert "Head of Estates, who supports this action" in gone


# --- Who helps from now on --------------------------------------------------------------------------------


@pytest.fixture
def newcomer(told_action, officer, office) -> Role:
    """A role that supports the action from the day after its owner heard of it, at nine."""
    role = Role.objects.create(title="Head of Fleet", body="force")
    RoleContact.objects.create(role=role, email=FLEET)
    services.assign(told_action, office.cc, [role], by=officer, at=noon(NEXT_DAY, 9))
    return role


def test_a_new_helper_gets_the_action_as_it_stands_and_the_owner_nothing(told_action, newcomer):
    sent = outbox(NEXT_DAY)
    assert sent.keys() == {FLEET}
    letter = sent[FLEET]
    assert letter.subject == "Action 2026/1: you support it now"
    assert "The Head of Fleet supports this action now. It is owed by the Chief Constable" in letter.body
    assert "provide an update on response times" in letter.body
    assert "Supported by: Head of Fleet" in letter.body
    message = Message.objects.get(kind="joined")
    assert (message.role, message.state) == (newcomer, Message.State.GOING)


def test_a_new_helper_gets_it_once(told_action, newcomer):
    assert len(outbox(NEXT_DAY)) == 1
    assert outbox(NEXT_DAY) == outbox(NEXT_DAY + dt.timedelta(days=1)) == {}


def test_whoever_was_helping_already_gets_nothing_when_somebody_joins(sent_action, estates, officer, office):
    outbox(SEPTEMBER)
    role = Role.objects.create(title="Head of Fleet", body="force")
    RoleContact.objects.create(role=role, email=FLEET)
    services.assign(sent_action, office.cc, [estates, role], by=officer, at=noon(NEXT_DAY, 9))
    assert outbox(NEXT_DAY).keys() == {FLEET}


def test_a_helper_who_is_named_by_mistake_and_taken_out_reads_nothing(told_action, newcomer, officer, office):
    services.assign(told_action, office.cc, [], by=officer, at=noon(NEXT_DAY, 10))
    assert outbox(NEXT_DAY) == {}


def test_a_helper_who_comes_back_is_told_again(told_action, newcomer, officer, office):
    assert outbox(NEXT_DAY).keys() == {FLEET}
    services.assign(told_action, office.cc, [], by=officer, at=noon(NEXT_DAY, 14))
    services.assign(told_action, office.cc, [newcomer], by=officer, at=noon(NEXT_DAY, 15))
    assert outbox(NEXT_DAY + dt.timedelta(days=1)).keys() == {FLEET}


def test_a_new_helper_who_reads_of_a_change_at_once_gets_one_letter(told_action, newcomer, officer):
    services.reword(
        told_action, "send a report", base_version=1, op_id=uuid4(), by=officer, at=noon(NEXT_DAY, 10)
    )
    sent = outbox(NEXT_DAY)
    assert sent.keys() == {CHIEF, FLEET}
    assert sent[FLEET].subject == "Action 2026/1: changed"
    assert outbox(NEXT_DAY + dt.timedelta(days=1)) == {}


def test_a_new_helper_who_is_paused_reads_it_after_the_pause_whatever_went_meanwhile(
    told_action, newcomer, officer
):
    later = NEXT_DAY + dt.timedelta(days=3)
    RoleMessages.objects.create(role=newcomer, paused_until=later)
    services.reword(
        told_action, "send a report", base_version=1, op_id=uuid4(), by=officer, at=noon(NEXT_DAY, 10)
    )
    assert outbox(NEXT_DAY).keys() == {CHIEF}
    assert outbox(later)[FLEET].subject == "Action 2026/1: you support it now"


def test_nobody_is_told_that_they_support_what_has_ended(told_action, newcomer, approver):
    services.close(told_action, by=approver, reason="Done", at=noon(NEXT_DAY, 10))
    assert [one.subject for one in outbox(NEXT_DAY).values()] == ["Action 2026/1: accepted and closed"] * 2


def test_a_new_helper_answers_by_their_own_address_while_they_help(told_action, newcomer, officer):
    letter = outbox(NEXT_DAY)[FLEET].body
    token = next(word for word in letter.split() if "/reply/" in word).rstrip("/").rsplit("/", 1)[-1]
    assert replies.delivery_of(token, today=NEXT_DAY).role == newcomer
    services.assign(told_action, told_action.owner, [], by=officer)
    with pytest.raises(replies.NoSuchAddress):
        replies.delivery_of(token, today=NEXT_DAY)


def test_staff_read_and_leave_out_what_a_new_helper_is_to_get(told_action, newcomer, officer, officer_client):
    Action.objects.filter(pk=told_action.pk).update(due_on=None)
    services.assign(told_action, told_action.owner, [], by=officer)
    services.assign(told_action, told_action.owner, [newcomer], by=officer)
    page = officer_client.get(reverse("actions:messages")).content.decode()
    assert "Action shown to who supports it from now on" in page
    event = told_action.events.latest("pk")
    key = f"joined-{event.pk}-{newcomer.pk}"
    letter = officer_client.get(reverse("actions:letter", args=[told_action.pk, key])).content.decode()
    assert "The Head of Fleet supports this action now" in letter
    officer_client.post(reverse("actions:skip", args=[told_action.pk, key]))
    assert send_due(now=event.at + dt.timedelta(hours=1)).sent == 0
