"""What goes out about an action: on which day, to whom, in what words, and once."""

import datetime as dt
from io import StringIO
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Body, DutyKind
from actions import services
from actions.messages import send_due, tell_owners
from actions.messages.plan import plan
from actions.models import Action, CarriedAction, Delivery, Message, MessageRules, Outcome, RoleMessages
from meetings.models import Meeting, Person, RoleContact
from meetings.services import appoint
from publications.models import Identity
from tests.actions.conftest import OCTOBER, SEPTEMBER, promise
from tests.actions.mail import noon
from tests.conftest import person

LONDON = ZoneInfo("Europe/London")


def run(day: dt.date, **at):
    """What the command does at noon of that day."""
    return send_due(now=noon(day, **at))


def subjects() -> list[str]:
    """What owners got; an approver's Monday is another matter."""
    return [letter.subject for letter in mail.outbox if letter.subject.startswith("Action ")]


def before_due(days: int) -> dt.date:
    return OCTOBER - dt.timedelta(days=days)


# --- When ------------------------------------------------------------------------------------------------


def test_an_owner_is_told_of_an_action_and_reminded_before_on_and_after_its_day(sent_action):
    reminders = {}
    day = SEPTEMBER
    while day < OCTOBER + dt.timedelta(days=16):
        mail.outbox.clear()
        run(day)
        if mail.outbox:
            reminders[day] = subjects()
        day += dt.timedelta(days=1)
    assert reminders == {
        SEPTEMBER: ["Action 2026/1: new action"],
        before_due(7): ["Action 2026/1: due on 28 October 2026"],
        OCTOBER: ["Action 2026/1: due today"],
        before_due(-7): ["Action 2026/1: was due on 28 October 2026"],
        before_due(-14): ["Action 2026/1: was due on 28 October 2026"],
    }


def test_running_again_sends_nothing_again(told_action):
    assert run(before_due(7)).sent == 1
    assert [run(before_due(7)).sent, run(before_due(6)).sent, run(before_due(1)).sent] == [0, 0, 0]


def test_of_reminders_that_were_missed_only_the_last_goes_and_none_that_is_a_week_late(told_action):
    run(before_due(-1))
    assert subjects() == ["Action 2026/1: was due on 28 October 2026"]
    assert Message.objects.get(kind="on_day").day == OCTOBER


def test_nobody_is_reminded_of_what_they_heard_of_after_the_reminder_s_day(told_action, approver):
    moved = before_due(3)
    due = before_due(0)
    services.move_due(
        told_action, due_on=due + dt.timedelta(days=2), by=approver, reason="Later", at=noon(moved)
    )
    run(moved + dt.timedelta(days=1))
    assert subjects() == ["Action 2026/1: new due date"]


@pytest.mark.parametrize("state", ["closed", "withdrawn", "proposed", "date_proposed"])
def test_an_action_that_ended_or_waits_for_the_office_reminds_nobody(told_action, state):
    Action.objects.filter(pk=told_action.pk).update(state=state)
    run(OCTOBER)
    assert mail.outbox == []


def test_what_was_agreed_at_a_meeting_and_waits_for_the_approver_reminds_nobody(told_action, october):
    outcome = {"action": told_action, "meeting": october, "at": noon(OCTOBER)}
    carried = CarriedAction.objects.create(outcome=Outcome.CLOSED, **outcome)
    run(before_due(-7))
    assert mail.outbox == []
    carried.outcome = Outcome.REPORTED
    carried.save()
    run(before_due(-7))
    assert len(mail.outbox) == 1


def test_what_a_cancelled_meeting_had_recorded_silences_no_reminder(told_action, october):
    outcome = {"action": told_action, "meeting": october, "at": noon(OCTOBER)}
    CarriedAction.objects.create(outcome=Outcome.CLOSED, **outcome)
    Meeting.objects.filter(pk=october.pk).update(status=Meeting.Status.CANCELLED)
    run(before_due(-7))
    assert len(mail.outbox) == 1


def test_an_action_that_was_not_sent_reminds_nobody(action):
    run(OCTOBER)
    assert mail.outbox == []


def test_old_actions_that_were_sent_long_ago_are_not_told_as_new(sent_action):
    run(SEPTEMBER + dt.timedelta(days=15))
    assert mail.outbox == []


def test_the_office_says_how_long_before_and_how_often(told_action):
    MessageRules.objects.create(remind_before=14, repeat_after=28)
    assert [run(before_due(days)).sent for days in (14, 7, 0, -7, -28)] == [1, 0, 1, 0, 1]


def test_no_reminder_before_and_after_where_the_office_wants_none(told_action):
    MessageRules.objects.create(remind_before=0, repeat_after=0)
    assert [run(before_due(days)).sent for days in (7, 0, -7, -70)] == [0, 1, 0, 0]


def test_due_at_the_next_meeting_reminds_for_its_day(office, september, october):
    due_next = promise(september, office.cc, due_next=True)
    services.give_references(september)
    Action.objects.filter(pk=due_next.pk).update(sent_at=noon(SEPTEMBER))
    RoleContact.objects.create(role=office.cc, email="chief.staff@force.example")
    run(SEPTEMBER)
    run(before_due(7))
    assert subjects()[-1] == "Action 2026/1: due on 28 October 2026"
    assert "At the next meeting, 28 October 2026" in mail.outbox[-1].body


# --- To whom ---------------------------------------------------------------------------------------------


def test_a_letter_goes_to_the_role_s_addresses_and_shows_all_of_them(sent_action, office):
    RoleContact.objects.create(role=office.cc, line="copy", email="second@force.example")
    run(SEPTEMBER)
    handed_to = [letter.recipients() for letter in mail.outbox]
    assert handed_to == [["chief.staff@force.example"], ["second@force.example"]]
    assert {(*letter.to, *letter.cc) for letter in mail.outbox} == {
        ("chief.staff@force.example", "second@force.example")
    }


def test_a_holder_is_written_to_only_where_the_office_says_so(sent_action, office):
    Person.objects.update(email="imogen@force.example")
    run(SEPTEMBER)
    assert mail.outbox[0].to == ["chief.staff@force.example"]
    RoleMessages.objects.create(role=office.cc, to_holder=True)
    run(before_due(7))
    assert mail.outbox[-1].to == ["chief.staff@force.example", "imogen@force.example"]


def test_a_letter_to_a_vacant_role_goes_to_the_liaison_and_to_its_addresses_as_a_copy(
    sent_action, office, liaison
):
    appoint(office.cc, None, starts=SEPTEMBER, by=None)
    run(SEPTEMBER)
    assert (mail.outbox[0].to, mail.outbox[0].cc) == (
        ["liaison@force.example"],
        ["chief.staff@force.example"],
    )


def test_a_role_without_an_address_is_reached_by_the_liaison_of_its_own_body(sent_action, liaison):
    RoleContact.objects.all().delete()
    person("elsewhere@other.example", "Olaf", DutyKind.LIAISON, body=Body.OTHER)
    run(SEPTEMBER)
    assert [letter.to for letter in mail.outbox] == [["liaison@force.example"]]


def test_a_letter_that_nobody_can_get_is_reported_and_goes_once_somebody_can(sent_action, office):
    RoleContact.objects.all().delete()
    done = run(SEPTEMBER)
    assert (done.sent, done.unaddressed, done.is_well) == (0, 1, False)
    RoleContact.objects.create(role=office.cc, email="new@force.example")
    assert run(SEPTEMBER + dt.timedelta(days=30)).sent == 1, "however late"


# --- What changed, what was decided -------------------------------------------------------------------------


def test_a_change_is_told_once_with_what_was_before(officer, told_action):
    later = noon(SEPTEMBER, hour=14)
    services.reword(told_action, "send a report", base_version=1, op_id=uuid4(), by=officer, at=later)
    assert run(SEPTEMBER, hour=14).sent == 0, "it may still be taken back"
    run(SEPTEMBER, hour=15)
    run(SEPTEMBER, hour=16)
    (letter,) = mail.outbox
    assert letter.subject == "Action 2026/1: changed"
    assert "send a report" in letter.body
    assert "provide an update on response times" in letter.body


def test_several_changes_are_one_letter_and_what_was_never_sent_is_not_shown(officer, told_action):
    for version, text in enumerate(["a slip of the pen", "send a report"], 1):
        services.reword(
            told_action, text, base_version=version, op_id=uuid4(), by=officer, at=noon(SEPTEMBER, hour=13)
        )
    run(SEPTEMBER, hour=15)
    (letter,) = mail.outbox
    assert "a slip of the pen" not in letter.body


def test_the_new_owner_and_the_former_one_both_read_whose_it_is_now(officer, told_action, office):
    RoleContact.objects.create(role=office.acc, email="acc.staff@force.example")
    services.assign(told_action, office.acc, by=officer, at=noon(SEPTEMBER, hour=13))
    run(SEPTEMBER, hour=15)
    told = {letter.to[0]: letter for letter in mail.outbox}
    assert told["acc.staff@force.example"].subject == "Action 2026/1: now yours"
    former = told["chief.staff@force.example"]
    assert former.subject == "Action 2026/1: no longer yours"
    assert "/office/reply/" not in former.body


def test_what_is_asked_is_told_when_an_action_is_returned(approver, told_action):
    services.return_to_owner(
        told_action, by=approver, reason="The figures for May", at=noon(SEPTEMBER, hour=13)
    )
    run(SEPTEMBER, hour=15)
    (letter,) = mail.outbox
    assert letter.subject == "Action 2026/1: more information is asked for"
    assert "What is asked:\nThe figures for May" in letter.body


def test_acceptance_is_told_and_asks_for_no_answer(approver, told_action):
    services.close(told_action, by=approver, reason="Report received", at=noon(SEPTEMBER, hour=13))
    run(SEPTEMBER, hour=15)
    run(OCTOBER)
    (letter,) = mail.outbox
    assert letter.subject == "Action 2026/1: accepted and closed"
    assert "/office/reply/" not in letter.body


def test_what_was_closed_and_opened_again_at_once_is_not_told(approver, told_action):
    services.close(told_action, by=approver, reason="Done", at=noon(SEPTEMBER, hour=13))
    services.reopen(told_action, by=approver, reason="Undone at once", at=noon(SEPTEMBER, hour=13))
    run(SEPTEMBER, hour=15)
    assert mail.outbox == []


# --- What it says --------------------------------------------------------------------------------------------


def test_a_letter_says_wording_owner_due_date_and_where_to_answer_in_text_and_in_html(sent_action):
    Identity.objects.create(starts=SEPTEMBER, office_name="The Office", email="office@office.example")
    run(SEPTEMBER)
    (letter,) = mail.outbox
    html, kind = letter.alternatives[0]
    assert kind == "text/html"
    for words in ["provide an update on response times", "Chief Constable", "28 October 2026", "The Office"]:
        assert words in letter.body
        assert words in html
    for body in (letter.body, html):
        assert f"http://127.0.0.1:8000/office/actions/{sent_action.pk}/" in body
        assert "http://127.0.0.1:8000/office/reply/" in body
    assert "<img" not in html
    assert "src=" not in html
    assert letter.reply_to == ["office@office.example"]


def test_people_s_text_is_text_in_the_html(office, september):
    nasty = promise(september, office.cc, text="<script>alert(1)</script> & more")
    services.give_references(september)
    Action.objects.filter(pk=nasty.pk).update(sent_at=noon(SEPTEMBER))
    RoleContact.objects.create(role=office.cc, email="chief.staff@force.example")
    run(SEPTEMBER)
    (letter,) = mail.outbox
    assert "<script>alert(1)</script> & more" in letter.body
    assert "<script>" not in letter.alternatives[0][0]


def test_no_line_break_gets_into_a_header(sent_action, office):
    letter = plan(now=noon(SEPTEMBER)).letters[0]
    Message.objects.create(
        action=sent_action,
        role=office.cc,
        kind="sent",
        day=letter.day,
        subject="Action\r\nBcc: all@elsewhere.example\u2028x",
    )
    RoleContact.objects.create(role=office.cc, email="a@force.example\nBcc: b@elsewhere.example")
    done = run(SEPTEMBER)
    assert (done.sent, done.failed) == (1, 1)
    headers = mail.outbox[0].message().as_string().split("\n\n")[0]
    assert "\nBcc" not in headers
    assert mail.outbox[0].subject == "Action Bcc: all@elsewhere.example x"


CANARY = "canary-of-the-office"


def test_nothing_of_the_office_s_own_goes_to_the_force(officer, approver, told_action, october):
    told_action.item.title = f"{CANARY} item"
    told_action.item.save()
    CarriedAction.objects.create(
        action=told_action, meeting=october, outcome="returned", reason=CANARY, at=noon(SEPTEMBER)
    )
    services.record_update(told_action, CANARY, by=officer, at=noon(SEPTEMBER, hour=13))
    services.reword(
        told_action,
        "send it",
        base_version=1,
        op_id=uuid4(),
        by=officer,
        why=CANARY,
        at=noon(SEPTEMBER, hour=13),
    )
    services.retain(told_action, by=approver, at=noon(SEPTEMBER, hour=13))
    run(SEPTEMBER, hour=15)
    run(OCTOBER)
    assert len(mail.outbox) >= 2
    for letter in mail.outbox:
        assert CANARY not in letter.message().as_string()
        assert officer.name not in letter.body
        assert approver.name not in letter.body


# --- Right after sending, and the command -------------------------------------------------------------------------


def test_owners_are_told_right_after_sending_and_not_again(
    office, new_action, django_capture_on_commit_callbacks
):
    services.give_references(new_action.meeting)
    RoleContact.objects.create(role=office.cc, email="chief.staff@force.example")
    Action.objects.update(sent_at=noon(dt.datetime.now(LONDON).date(), hour=0))
    with django_capture_on_commit_callbacks(execute=True):
        tell_owners([new_action])
    assert subjects() == ["Action 2026/1: new action"]
    send_due()
    assert len(mail.outbox) == 1


def test_the_command_says_in_one_line_what_it_did(sent_action):
    Action.objects.update(sent_at=noon(dt.datetime.now(LONDON).date(), hour=0), due_on=None)
    said = StringIO()
    call_command("send_reminders", stdout=said)
    assert said.getvalue() == "Sent 1 e-mail.\n"
    RoleContact.objects.all().delete()
    Message.objects.all().delete()
    with pytest.raises(CommandError, match=r"Sent 0 e-mails\. 1 had nobody to go to\."):
        call_command("send_reminders", stdout=said)


def test_what_goes_out_is_worked_out_in_as_many_queries_however_much_it_is(office, september):
    counted = []
    for number in (2, 12):
        for _ in range(number):
            promise(september, office.cc, due_on=OCTOBER)
        services.give_references(september)
        Action.objects.update(sent_at=noon(SEPTEMBER))
        with CaptureQueriesContext(connection) as queries:
            assert plan(now=noon(SEPTEMBER), days=60).letters
        counted.append(len(queries))
    assert counted[0] == counted[1] <= 8


def test_each_address_stands_on_a_delivery_of_its_own(sent_action):
    run(SEPTEMBER)
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.attempts, delivery.sent_at) == ("sent", 1, noon(SEPTEMBER))
