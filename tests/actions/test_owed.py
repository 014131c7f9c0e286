"""The force's side: one list, theirs; what waits for them first; and not a word that is the office's."""

import datetime as dt
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import Body, DutyKind
from actions import services
from actions.models import Delivery, EventKind, Message, Outcome, Reply
from actions.owed import TOLD, owed_by
from actions.timing import Diary
from meetings.models import Person, Role
from meetings.services import Spoken, add_exchange, appoint
from tests.actions.conftest import a_meeting, make_office, promise
from tests.actions.test_evidence_pages import upload
from tests.conftest import person, signed_in
from tests.meetings.pages import words_of
from web.dates import short_day

LIST = "/office/actions/"
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def own_shelf(settings, tmp_path):
    settings.EVIDENCE_FOLDER = tmp_path / "evidence"


def page_of(action, name="action", *args):
    return reverse(f"actions:{name}", args=[action.pk, *args])


@pytest.fixture
def owed(db, officer, liaison, approver):
    """Actions of the force in every standing, by what they are; one of another body."""
    office, today = make_office(), timezone.localdate()
    meeting = a_meeting(office.monthly, today - 60 * DAY)
    a_meeting(office.monthly, today + 30 * DAY)
    days = {"late": -3, "soon": 5, "returned": 90, "asked": 20, "dated": 25, "later": 100, "closed": 40}
    made = {
        name: promise(
            meeting, office.acc if name == "soon" else office.cc, name, due_on=today + days[name] * DAY
        )
        for name in days
    }
    made["elsewhere"] = promise(meeting, office.pcc, text="elsewhere")
    services.give_references(meeting)
    for action in made.values():
        action.refresh_from_db()
    services.propose_completion(made["returned"], "All sent", by=liaison)
    services.return_to_owner(made["returned"], by=approver, reason="The second table is missing")
    services.propose_completion(made["asked"], "All sent", by=liaison)
    services.propose_date(made["dated"], "The analyst is ill", due_on=today + 120 * DAY, by=liaison)
    services.close(made["closed"], by=approver, reason="The report was received")
    return made


def texts(rows) -> list[str]:
    return [row.action.text for row in rows]


def test_what_waits_for_them_comes_first_then_the_office_then_what_is_later(liaison, owed):
    found = owed_by(liaison, Diary.read())
    assert texts(found.yours) == ["late", "soon", "returned"]
    assert texts(found.asked) == ["asked", "dated"]
    assert texts(found.later) == ["later"]
    assert texts(found.ended) == ["closed"]
    assert (found.overdue, found.returned) == (1, 1)


def test_the_list_says_what_is_asked_what_was_asked_for_and_why_it_was_closed(liaison_client, owed):
    page = words_of(liaison_client.get(LIST))
    for words in (
        "3 actions wait for you. 1 is overdue. 1 was returned with a question.",
        "2 wait for the office’s decision.",
        "The second table is missing",
        "Another date: ",
        "The report was received",
        "Overdue by 3 days",
    ):
        assert words in page
    assert "elsewhere" not in page


def test_what_was_closed_long_ago_is_found_too(liaison, liaison_client, approver, owed):
    long_ago = timezone.now() - dt.timedelta(weeks=20)
    services.close(owed["later"], by=approver, reason="Not needed", at=long_ago)
    assert texts(owed_by(liaison, Diary.read()).ended) == ["closed"]
    assert "Not needed" in words_of(liaison_client.get(LIST, {"ended": "all"}))


def test_the_list_costs_the_same_however_long_it_is(liaison_client, owed):
    def queries():
        with CaptureQueriesContext(connection) as counted:
            liaison_client.get(LIST)
        return len(counted)

    few = [queries() for _ in range(2)][-1]
    meeting, owner = owed["late"].meeting, owed["late"].owner
    for number in range(5):
        services.record_update(promise_sent(meeting, owner, str(number)), "News", by=None)
    assert queries() == few


def promise_sent(meeting, owner, text):
    action = promise(meeting, owner, text=text)
    services.give_references(meeting)
    action.refresh_from_db()
    return action


# --- One action -------------------------------------------------------------------------------------


def test_they_ask_for_another_date_and_see_what_was_decided_and_why(liaison_client, approver, owed):
    action, day = owed["late"], timezone.localdate() + 50 * DAY
    typed = {"text": "The analyst is ill", "kind": "date_proposed", "due": "date", "op_id": uuid4()}
    parts = {"due_on_day": day.day, "due_on_month": day.month, "due_on_year": day.year}
    page = words_of(liaison_client.post(page_of(action, "report"), typed | parts, follow=True))
    assert "You asked for another date" in page
    assert "It waits for the office’s decision" in page
    services.keep_date(action, by=approver, reason="It was moved twice already")
    page = words_of(liaison_client.get(page_of(action)))
    assert "The office did not agree to another date" in page
    assert "It was moved twice already" in page


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({}, "Select when it should be due"),
        ({"due": "date"}, "Enter the date that you ask for"),
        (
            {"due": "date", "due_on_day": "1", "due_on_month": "2", "due_on_year": "2020"},
            "Proposed date must be in the future",
        ),
        (
            {"due": "date", "due_on_day": "31", "due_on_month": "2", "due_on_year": "2099"},
            "Proposed date must be a real date",
        ),
    ],
)
def test_a_date_that_cannot_be_asked_for_is_said_and_the_text_stays(liaison_client, owed, changed, sentence):
    typed = {"text": "The analyst is ill", "kind": "date_proposed", "op_id": uuid4()} | changed
    page = words_of(liaison_client.post(page_of(owed["late"], "report"), typed))
    assert sentence in page
    assert "When should it be due?" in page
    assert "The analyst is ill" in page
    assert owed["late"].events.filter(kind=EventKind.DATE_PROPOSED).count() == 0


def test_an_update_needs_no_date(liaison_client, owed):
    typed = {"text": "On its way", "kind": "update", "op_id": uuid4()}
    assert liaison_client.post(page_of(owed["late"], "report"), typed).status_code == 302


def test_an_update_after_asking_leaves_what_was_asked_for(liaison, liaison_client, approver_client, owed):
    services.record_update(owed["dated"], "She is back on Monday", by=liaison)
    day = short_day(timezone.localdate() + 120 * DAY)
    assert f"Another date: {day}" in words_of(liaison_client.get(LIST))
    assert "You asked for another date" in words_of(liaison_client.get(page_of(owed["dated"])))
    assert f"Asks to move it to {day}" in words_of(approver_client.get(LIST))


def test_a_supporting_owner_reports_too(liaison_client, office, september):
    theirs = promise(september, office.pcc)
    theirs.supporting.add(office.acc)
    services.give_references(september)
    typed = {"text": "Our part is done", "kind": "update", "op_id": uuid4()}
    assert liaison_client.post(page_of(theirs, "report"), typed).status_code == 302


def test_who_comes_too_late_is_told_by_whose_office_and_not_by_name(liaison_client, approver, owed):
    services.close(owed["late"], by=approver, reason="Done")
    typed = {"text": "Done!", "kind": "proposed", "op_id": uuid4()}
    page = words_of(liaison_client.post(page_of(owed["late"], "report"), typed))
    assert "The office closed this action on " in page
    assert "Adam Prentice" not in page
    assert "Done!" in page


# --- Not a word that is the office's ----------------------------------------------------------------

CANARY = "canary"


def answer_by_mail(action, role):
    """Somebody without an account answers the e-mail that went to a post."""
    event, now = services.record_update(action, f"{CANARY} by e-mail", by=None), timezone.now()
    message = Message.objects.create(action=action, role=role, kind="sent", day=now.date())
    delivery = Delivery.objects.create(message=message, address=f"{CANARY}@council.example", try_at=now)
    return Reply.objects.create(event=event, delivery=delivery, at=now)


@pytest.fixture
def full_of_secrets(officer, approver, liaison, office, september, october):
    """An action about which the office, a meeting and another body say much that is not the force's."""
    action = promise(september, office.cc, text=f"{CANARY} first wording", by=officer, due_next=True)
    services.reword(action, "send a report", base_version=1, op_id=uuid4(), by=officer)
    council = Role.objects.create(title="Council", abbreviation="MC", body=Body.OTHER)
    action.supporting.add(council)
    mine = promise(september, office.pcc, text=f"{CANARY} the office's own action")
    services.give_references(september)
    for one in (action, mine):
        one.refresh_from_db()
    reeve = person("reeve@council.example", f"{CANARY} Reeve", DutyKind.LIAISON, body=Body.OTHER)
    officer.name, approver.name = f"{CANARY} Farrow", f"{CANARY} Prentice"
    officer.save()
    approver.save()
    item = october.items.get()
    exchange = add_exchange(item, [Spoken("narrative", f"{CANARY} of a draft.")], by=officer, op_id=uuid4())
    services.record_outcome(
        action, october, Outcome.CLOSED, exchanges=[exchange], by=officer, reason=f"{CANARY} spoken"
    )
    services.record_update(action, f"{CANARY} in the draft", by=officer, meeting=september)
    services.record_update(action, f"{CANARY} of the council", by=reeve)
    answer_by_mail(action, council)
    signed_in(reeve).post(
        page_of(action, "add_evidence"), {"op_id": uuid4(), "files": [upload(f"{CANARY}-council.png")]}
    )
    signed_in(officer).post(
        page_of(action, "add_evidence"), {"op_id": uuid4(), "files": [upload(f"{CANARY}-office.png")]}
    )
    services.move_due(action, due_on=timezone.localdate() + 90 * DAY, by=approver, reason="As was agreed")
    services.supersede(action, mine, by=approver, reason="Merged")
    return action


def test_no_page_shows_them_what_is_the_offices_or_another_bodys(liaison_client, full_of_secrets):
    for address in (LIST, page_of(full_of_secrets), page_of(full_of_secrets, "report")):
        page = words_of(liaison_client.get(address))
        assert CANARY not in page, address
    page = words_of(liaison_client.get(page_of(full_of_secrets)))
    assert "As was agreed" in page
    assert full_of_secrets.superseded_by.reference not in page


def test_what_a_colleague_answered_by_mail_is_theirs(liaison_client, action):
    answer_by_mail(action, action.owner)
    page = words_of(liaison_client.get(page_of(action)))
    assert f"{CANARY} by e-mail" in page
    assert "by Chief Constable, by e-mail" in page
    assert "@council.example" not in page


def test_every_kind_of_event_was_decided_upon():
    """A new kind stays the office's; whoever adds one says here or in `TOLD` whether its owner is told."""
    offices_alone = set()
    assert offices_alone | TOLD == set(EventKind)


def test_they_see_the_holder_of_their_own_posts_alone(liaison_client, office, september):
    theirs = promise(september, office.pcc, text="shared")
    theirs.supporting.add(office.acc)
    appoint(office.pcc, Person.objects.create(name=f"{CANARY} Holder"), starts=dt.date(2024, 5, 1), by=None)
    services.give_references(september)
    assert CANARY not in words_of(liaison_client.get(page_of(theirs)))
