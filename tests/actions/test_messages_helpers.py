"""Roles that support an action read what its owner reads, as a copy."""

import datetime as dt
from uuid import uuid4

import pytest
from django.core import mail
from django.urls import reverse

from actions import services
from actions.history import history_of
from actions.messages import replies
from actions.messages.sending import send_due
from actions.models import Delivery, RoleMessages
from meetings.models import Role, RoleContact
from tests.actions.conftest import OCTOBER, SEPTEMBER
from tests.actions.mail import noon

pytestmark = pytest.mark.django_db
CHIEF, ESTATES, DEPUTY = "chief.staff@force.example", "estates@force.example", "estates.deputy@force.example"


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
