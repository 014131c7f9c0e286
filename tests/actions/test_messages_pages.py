"""The office's pages about e-mails: what goes next, what went, and how to change, hold and stop it."""

import datetime as dt
from uuid import uuid4

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from actions import services
from actions.messages import send_due
from actions.messages.digest import day_of
from actions.models import Action, Delivery, DigestChoice, Message, MessageRules, RoleMessages
from meetings.models import RoleContact
from tests.actions.conftest import promise
from tests.actions.mail import noon
from tests.conftest import signed_in
from tests.meetings.pages import filled_form

NEXT, SENT = reverse("actions:messages"), reverse("actions:went_out")


@pytest.fixture
def fresh(action) -> Action:
    """Sent a minute ago, due in ten days; nobody was told yet."""
    RoleContact.objects.create(role=action.owner, email="chief.staff@force.example")
    now = timezone.now()
    due = timezone.localdate(now) + dt.timedelta(days=10)
    Action.objects.filter(pk=action.pk).update(sent_at=now, due_on=due)
    action.refresh_from_db()
    return action


@pytest.fixture
def reminder(fresh) -> str:
    """The address of the page about its reminder, three days from now."""
    send_due()
    mail.outbox.clear()
    return reverse("actions:letter", args=[fresh.pk, f"before-{fresh.due_on - dt.timedelta(days=7)}"])


def read(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_staff_see_what_goes_out_next_to_whom_and_on_which_day(officer_client, fresh):
    page = read(officer_client, NEXT)
    assert "Action sent to its owner" in page
    assert "chief.staff@force.example" in page
    send_due()
    page = read(officer_client, NEXT)
    assert "Reminder before it is due" in page
    assert "Reminder on the day" in page
    assert "Action sent to its owner" not in page


def test_looking_stores_nothing(officer_client, fresh):
    read(officer_client, NEXT)
    assert not Message.objects.exists()


def test_an_officer_changes_the_words_of_one_e_mail_before_it_goes(officer_client, reminder, fresh):
    form = filled_form(officer_client, reminder)
    assert form["subject"].startswith("Action 2026/1: due on")
    response = officer_client.post(reminder, form | {"subject": "Soon due", "words": "A word of ours."})
    assert response.status_code == 302
    assert "A word of ours." in read(officer_client, reminder)
    send_due(now=noon(fresh.due_on - dt.timedelta(days=7)))
    assert mail.outbox[0].subject == "Soon due"
    assert mail.outbox[0].body.startswith("A word of ours.")


def test_of_two_who_change_the_same_words_the_second_is_asked(officer_client, reminder):
    forms = [filled_form(officer_client, reminder) | {"words": words} for words in ("First", "Second")]
    assert [officer_client.post(reminder, form).status_code for form in forms] == [302, 409]
    assert "First" in read(officer_client, reminder)


def test_an_officer_holds_one_e_mail_until_a_day(officer_client, reminder, fresh):
    until = fresh.due_on - dt.timedelta(days=5)
    held = {f"held_until_{part}": str(getattr(until, part)) for part in ("day", "month", "year")}
    officer_client.post(reminder, filled_form(officer_client, reminder) | held)
    assert [send_due(now=noon(until - dt.timedelta(days=days))).sent for days in (2, 1, 0)] == [0, 0, 1]


def test_an_officer_leaves_one_e_mail_out_and_can_undo_it(officer_client, reminder, fresh):
    page = officer_client.post(f"{reminder}skip/", follow=True).content.decode()
    assert "The e-mail about action 2026/1 will not go" in page
    assert "Left out" in page
    on_its_day = noon(fresh.due_on - dt.timedelta(days=7))
    assert send_due(now=on_its_day).sent == 0
    officer_client.post(f"{reminder}bring-back/")
    assert send_due(now=on_its_day).sent == 1


def test_what_is_on_its_way_cannot_be_changed_any_more(officer_client, reminder, fresh):
    form = filled_form(officer_client, reminder)
    send_due(now=noon(fresh.due_on - dt.timedelta(days=7)))
    assert officer_client.post(reminder, form).status_code == 404
    assert officer_client.post(f"{reminder}skip/").status_code == 404


def test_an_approver_reads_when_e_mails_go_out_and_changes_nothing(approver_client, office):
    MessageRules.objects.create(remind_before=10, repeat_after=1, reply_once=True)
    page = read(approver_client, reverse("actions:message_rules"))
    assert "10 days before the due date" in page
    assert "Every day" in page
    assert "For 30 days, once" in page
    assert "<form" not in page.split("<h1")[1]


def test_an_approver_is_not_told_to_change_what_only_an_officer_changes(approver_client, fresh):
    page = read(approver_client, NEXT)
    assert "A policy officer can change, hold or leave out each e-mail" in page
    assert f'<a href="{reverse("actions:message_rules")}">When and how e-mails go out</a>' in page


@pytest.mark.parametrize("days", ["-1", "367", "a week"])
def test_how_many_days_is_asked_again_in_words(officer_client, days):
    rules = reverse("actions:message_rules")
    page = officer_client.post(rules, filled_form(officer_client, rules) | {"remind_before": days})
    assert "Enter a number of days from 0 to 366" in page.content.decode()


def test_a_day_that_lacks_its_month_is_asked_for_in_a_sentence(officer_client, reminder):
    page = officer_client.post(reminder, filled_form(officer_client, reminder) | {"held_until_day": "5"})
    assert "The day must include a month and year" in page.content.decode()


def test_everything_or_one_role_is_paused_until_a_day_and_the_page_says_so(officer_client, fresh, office):
    until = timezone.localdate() + dt.timedelta(days=3)
    paused = {f"paused_until_{part}": str(getattr(until, part)) for part in ("day", "month", "year")}
    for address in (reverse("actions:message_rules"), reverse("actions:role_messages", args=[office.cc.pk])):
        assert officer_client.post(address, filled_form(officer_client, address) | paused).status_code == 302
    assert MessageRules.current().paused_until == RoleMessages.objects.get().paused_until == until
    page = read(officer_client, NEXT)
    assert "Nothing goes to owners before" in page
    assert "Nothing goes to the Chief Constable before" in page
    assert send_due().sent == 0


def test_what_was_sent_is_shown_with_to_whom_when_and_what_but_no_reply_address(officer_client, fresh):
    send_due()
    page = read(officer_client, SENT)
    assert "Action 2026/1: new action" in page
    assert "chief.staff@force.example" in page
    page = read(officer_client, reverse("actions:message", args=[Message.objects.get().pk]))
    assert "provide an update on response times" in page
    assert "/office/reply/" not in page
    assert "Works until" in page


def test_what_failed_stands_on_the_pages_and_is_tried_again_by_a_button(officer_client, fresh, settings):
    backend = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "tests.actions.mail.Picky"
    RoleContact.objects.update(email="bad@force.example")
    send_due()
    assert "1 e-mail needs looking at" in read(officer_client, NEXT)
    assert "No such person" in read(officer_client, SENT)
    settings.EMAIL_BACKEND = backend
    delivery = Delivery.objects.get()
    officer_client.post(reverse("actions:try_again", args=[delivery.message_id, delivery.pk]))
    assert send_due().sent == 1
    assert "No such person" not in read(officer_client, SENT)


def test_an_approver_reads_these_pages_and_changes_nothing(approver_client, reminder):
    assert read(approver_client, NEXT)
    assert "<h2>Change this e-mail</h2>" not in read(approver_client, reminder)
    assert approver_client.post(f"{reminder}skip/").status_code == 403


def test_the_force_sees_none_of_it(liaison_client, reminder):
    assert {liaison_client.get(address).status_code for address in (NEXT, SENT, reminder)} == {404}


def test_the_page_asks_as_many_queries_however_much_goes_out(officer_client, office, september):
    RoleContact.objects.create(role=office.cc, email="chief.staff@force.example")
    counted = []
    for number in (2, 12):
        for _ in range(number):
            promise(september, office.cc)
        services.give_references(september)
        Action.objects.update(sent_at=timezone.now())
        with CaptureQueriesContext(connection) as queries:
            read(officer_client, NEXT)
        counted.append(len(queries))
        send_due()
        with CaptureQueriesContext(connection) as queries:
            read(officer_client, SENT)
        counted.append(len(queries))
        Message.objects.all().delete()
    assert counted[:2] == counted[2:]


# --- The digest ------------------------------------------------------------------------------------------

MONDAY = dt.date(2026, 11, 2)


def test_an_approver_gets_counts_and_links_on_monday_at_eight_and_no_word_of_what_was_said(
    approver, told_action, approver_client
):
    send_due(now=noon(MONDAY, hour=7))
    assert [approver.email] not in [letter.to for letter in mail.outbox]
    send_due(now=noon(MONDAY, hour=8))
    send_due(now=noon(MONDAY, hour=9))
    (digest,) = [letter for letter in mail.outbox if letter.to == [approver.email]]
    assert digest.subject == "Outstanding actions: 1 overdue, none waiting for your decision"
    assert "Overdue: 1" in digest.body
    assert "/office/actions/#group-overdue" in digest.body
    assert "/office/account/messages/" in digest.body
    assert told_action.text not in digest.message().as_string()


def test_whoever_waits_for_a_decision_is_counted(approver, told_action, liaison):
    services.propose_completion(told_action, "Done", by=liaison, at=noon(MONDAY - dt.timedelta(days=1)))
    send_due(now=noon(MONDAY))
    assert mail.outbox[-1].subject == "Outstanding actions: 1 overdue, 1 waiting for your decision"


def test_an_officer_gets_no_digest(officer, told_action):
    send_due(now=noon(MONDAY))
    assert officer.email not in {letter.to[0] for letter in mail.outbox}


@pytest.mark.parametrize(
    ("often", "days"),
    [
        ("weekly", [0, 0, None, None, None, None, None]),
        ("daily", [0, 1, 2, 3, 4, None, None]),
        ("never", [None] * 7),
    ],
)
def test_it_comes_as_often_as_its_reader_wants(often, days):
    expected = [None if day is None else MONDAY + dt.timedelta(days=day) for day in days]
    assert [day_of(often, noon(MONDAY + dt.timedelta(days=day))) for day in range(7)] == expected


def test_its_reader_says_how_often_on_a_page_of_their_own(approver, approver_client, officer):
    address = reverse("actions:digest")
    assert "Every Monday" in read(approver_client, address)
    assert approver_client.post(address, {"often": "never", "op_id": uuid4()}).status_code == 302
    assert DigestChoice.objects.get().often == "never"
    assert signed_in(officer).get(address).status_code == 403
