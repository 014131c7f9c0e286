"""Sending: what fails is tried again, one bad address stops no other, and nothing goes twice unsaid."""

import datetime as dt
import smtplib
from uuid import uuid4

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actions import services
from actions.messages import send_due
from actions.messages.sending import ABANDONED, AT_ONCE, PAUSES
from actions.models import Action, Delivery, Message, MessageRules, RoleMessages
from meetings.models import Meeting, Role, RoleContact
from tests.actions.conftest import SEPTEMBER, promise
from tests.actions.mail import noon
from tests.at_once import at_once

MAIL = "tests.actions.mail"
NOW = noon(SEPTEMBER)


def owe(meeting: Meeting, owner: Role, number: int) -> None:
    """So many more actions that were sent to this owner on the day of the meeting, and not told yet."""
    known = Action.objects.count()
    Action.objects.bulk_create(
        Action(
            uid=uuid4(),
            meeting=meeting,
            text="Report on it",
            owner=owner,
            reference=f"2026/{place}",
            order=place,
            sent_at=NOW,
        )
        for place in range(known + 1, known + 1 + number)
    )


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
    assert bad.problem == "550 No such person"


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


class Strict(EmailBackend):
    """A mail server that refuses what a letter says, in two lines."""

    def send_messages(self, messages):
        raise smtplib.SMTPDataError(554, b"5.7.1 Refused\r\nby our rules, \xff")


def test_what_the_mail_server_said_is_shown_as_it_said_it(sent_action, settings):
    settings.EMAIL_BACKEND = f"{__name__}.Strict"
    send_due(now=NOW)
    assert Delivery.objects.get().problem == "554 5.7.1 Refused by our rules, \ufffd"


class Slow(EmailBackend):
    """A mail server that takes so long over a letter that another run sends the rest, and then goes away."""

    def open(self):
        if Delivery.objects.filter(state=Delivery.State.SENT).exists():
            raise ConnectionRefusedError

    def send_messages(self, messages):
        Delivery.objects.update(state=Delivery.State.SENT, claim=None)
        raise ConnectionResetError


def test_what_another_run_took_up_and_sent_meanwhile_is_not_sent_again(office, sent_action, settings):
    RoleContact.objects.create(role=office.cc, email="second@force.example")
    backend = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = f"{__name__}.Slow"
    send_due(now=NOW)
    settings.EMAIL_BACKEND = backend
    assert send_due(now=NOW + PAUSES[0]).sent == 0
    assert set(Delivery.objects.values_list("state", flat=True)) == {Delivery.State.SENT}


class Busy(EmailBackend):
    """A mail server that takes a letter while another run is refused with all that waits."""

    def send_messages(self, messages):
        Delivery.objects.filter(state=Delivery.State.WAITING).update(try_at=NOW + PAUSES[0], attempts=1)
        return super().send_messages(messages)


def test_what_another_run_could_not_send_meanwhile_has_its_pause(sent_action, september, office, settings):
    owe(september, office.cc, 2 * AT_ONCE)
    settings.EMAIL_BACKEND = f"{__name__}.Busy"
    assert send_due(now=NOW).sent == AT_ONCE


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


# --- In how many statements --------------------------------------------------------------------------------


def statements(now: dt.datetime = NOW) -> int:
    """How many the next run takes."""
    with CaptureQueriesContext(connection) as queries:
        send_due(now=now)
    return len(queries)


def test_a_handful_of_letters_takes_as_many_statements_as_one(sent_action, september, office):
    one = statements()
    owe(september, office.cc, AT_ONCE)
    assert statements() == one


def test_a_second_handful_is_claimed_and_noted_in_three_statements(sent_action, september, office):
    one = statements()
    owe(september, office.cc, 2 * AT_ONCE)
    around_it = 2  # it is a transaction of its own
    assert statements() == one + 3 + around_it


def test_letters_that_no_server_takes_need_no_statement_each(sent_action, september, office, settings):
    settings.EMAIL_BACKEND = f"{MAIL}.Picky"
    RoleContact.objects.update(email="bad@force.example")
    one = statements()
    owe(september, office.cc, AT_ONCE)
    assert statements() == one
    assert Delivery.objects.filter(attempts=1).count() == AT_ONCE + 1


def test_letters_that_were_held_back_go_in_as_many_statements_as_one(sent_action, september, office):
    counted = []
    for number in (0, AT_ONCE - 1):
        Message.objects.all().delete()
        owe(september, office.cc, number)
        pause = MessageRules.objects.create(paused_until=SEPTEMBER + dt.timedelta(days=1))
        send_due(now=NOW)
        pause.delete()
        assert Message.objects.filter(state=Message.State.PLANNED).count() == number + 1
        counted.append(statements())
    assert counted[0] == counted[1]
    assert Message.objects.filter(state=Message.State.GOING).count() == AT_ONCE
