"""Sending: what fails is tried again, one bad address stops no other, and nothing goes twice unsaid."""

import datetime as dt

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from actions import services
from actions.messages import send_due
from actions.messages.sending import ABANDONED, PAUSES
from actions.models import Action, Delivery, Message, MessageRules, RoleMessages
from meetings.models import RoleContact
from tests.actions.conftest import SEPTEMBER, promise
from tests.actions.mail import noon
from tests.at_once import at_once

MAIL = "tests.actions.mail"
NOW = noon(SEPTEMBER)


def test_a_bad_address_stops_no_other_address_and_no_other_action(office, september, sent_action, settings):
    settings.EMAIL_BACKEND = f"{MAIL}.Picky"
    RoleContact.objects.create(role=office.cc, email="a.bad@force.example")
    RoleContact.objects.create(role=office.acc, email="acc@force.example")
    other = promise(september, office.acc)
    services.give_references(september)
    Action.objects.filter(pk=other.pk).update(sent_at=sent_action.sent_at)
    done = send_due(now=NOW)
    assert (done.sent, done.failed) == (2, 1)
    went_to = {letter.recipients()[0] for letter in mail.outbox}
    assert went_to == {"chief.staff@force.example", "acc@force.example"}
    bad = Delivery.objects.get(address="a.bad@force.example")
    assert "No such person" in bad.problem


def test_a_failed_letter_is_tried_again_after_pauses_that_grow_and_then_given_up(sent_action, settings):
    settings.EMAIL_BACKEND = f"{MAIL}.Picky"
    RoleContact.objects.update(email="bad@force.example")
    now, tried = NOW, []
    for pause in [*PAUSES, None]:
        done = send_due(now=now)
        tried.append((done.failed, done.given_up))
        if pause:
            assert send_due(now=now + pause - dt.timedelta(minutes=1)).failed == 0
            now += pause
    assert tried == [(1, 0)] * len(PAUSES) + [(0, 1)]
    assert Delivery.objects.get().state == Delivery.State.FAILED
    assert sorted(set(PAUSES)) == PAUSES


def test_a_letter_that_failed_goes_once_the_server_takes_it(sent_action, settings):
    backend = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = f"{MAIL}.Picky"
    RoleContact.objects.update(email="bad@force.example")
    send_due(now=NOW)
    settings.EMAIL_BACKEND = backend
    assert send_due(now=NOW + PAUSES[0]).sent == 1
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.problem, delivery.attempts) == (Delivery.State.SENT, "", 2)


def test_where_nobody_reaches_the_mail_server_everything_waits_as_it_was(sent_action, settings):
    backend = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = f"{MAIL}.Away"
    done = send_due(now=NOW)
    assert not done.is_well
    assert "The mail server could not be used: Connection refused" in str(done)
    assert Delivery.objects.get().attempts == 0
    settings.EMAIL_BACKEND = backend
    assert send_due(now=NOW).sent == 1


def test_what_a_run_had_claimed_when_it_died_goes_again_and_that_is_said(sent_action):
    send_due(now=NOW)
    claimed = {"state": Delivery.State.CLAIMED, "sent_at": None, "claimed_at": NOW}
    Delivery.objects.update(**claimed)
    assert send_due(now=NOW + ABANDONED).sent == 0, "the other run may still be at work"
    done = send_due(now=NOW + ABANDONED + dt.timedelta(minutes=1))
    assert (done.sent, done.perhaps_twice) == (1, 1)
    assert "perhaps went twice" in str(done)
    assert Delivery.objects.get().perhaps_twice
    first, second = mail.outbox
    assert first.extra_headers["Message-ID"] == second.extra_headers["Message-ID"]


class Dies(EmailBackend):
    """A mail server that takes one letter, and then the machine is switched off."""

    def send_messages(self, messages):
        super().send_messages(messages)
        raise KeyboardInterrupt


def test_a_run_that_breaks_off_leaves_the_others_waiting(office, september, sent_action, settings):
    RoleContact.objects.create(role=office.cc, email="second@force.example")
    settings.EMAIL_BACKEND = f"{__name__}.Dies"
    with pytest.raises(KeyboardInterrupt):
        send_due(now=NOW)
    states = dict(Delivery.objects.values_list("address", "state"))
    assert states["second@force.example"] == Delivery.State.WAITING


@pytest.mark.parametrize("paused", ["everything", "role", "letter"])
def test_what_is_paused_until_a_day_goes_on_that_day(sent_action, office, paused):
    until = SEPTEMBER + dt.timedelta(days=20)
    if paused == "everything":
        MessageRules.objects.create(paused_until=until)
    elif paused == "role":
        RoleMessages.objects.create(role=office.cc, paused_until=until)
    else:
        named = {"action": sent_action, "role": office.cc, "kind": "sent", "day": SEPTEMBER}
        Message.objects.create(**named, held_until=until)
    for day in (0, 1, 19):
        done = send_due(now=NOW + dt.timedelta(days=day))
        assert (done.sent, done.held, done.is_well) == (0, 1, True)
    assert send_due(now=NOW + dt.timedelta(days=20)).sent == 1


def test_a_letter_that_is_skipped_does_not_go(sent_action, office):
    named = {"action": sent_action, "role": office.cc, "kind": "sent", "day": SEPTEMBER}
    Message.objects.create(**named, state=Message.State.SKIPPED)
    assert send_due(now=NOW).sent == 0


def test_staff_s_own_words_go_with_the_facts(sent_action, office):
    named = {"action": sent_action, "role": office.cc, "kind": "sent", "day": SEPTEMBER}
    Message.objects.create(**named, subject="As agreed", words="Thank you for coming.\n\nAs agreed:")
    send_due(now=NOW)
    (letter,) = mail.outbox
    assert letter.subject == "As agreed"
    assert letter.body.startswith("Thank you for coming.\n\nAs agreed:\n\nACTION 2026/1\n")
    assert "provide an update on response times" in letter.body


@pytest.mark.django_db(transaction=True)
def test_runs_at_the_same_moment_send_each_letter_once(office, september, sent_action):
    for _ in range(14):
        promise(september, office.cc)
    services.give_references(september)
    Action.objects.update(sent_at=sent_action.sent_at)
    results = at_once(*[lambda: send_due(now=NOW)] * 3)
    assert sum(done.sent for done in results) == 15 == Delivery.objects.filter(state="sent").count()
    subjects = sorted(letter.subject for letter in mail.outbox)
    assert len(subjects) == len(set(subjects)) == 15
