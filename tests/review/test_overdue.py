"""Notes call an action overdue only while nothing about it was waiting in the office on the day of the meeting."""

import datetime as dt
from uuid import uuid4

import pytest
from django.urls import reverse

from actions.models import Action, EventKind, State
from actions.services import (
    add_action,
    close,
    drop_spoken,
    give_reference,
    keep_date,
    propose_completion,
    propose_date,
    record_outcome,
    record_update,
    return_to_owner,
)
from importing.services import make_record
from publications.notes import read
from review.compilation import compile_notes
from tests.importing.test_round_trip import empty_the_office, lines_of
from tests.review.records import DAY, minuted

pytestmark = pytest.mark.django_db
WEEK = dt.timedelta(weeks=1)
AT = dt.datetime(2025, 9, 26, 12, tzinfo=dt.UTC)
REPORTS = {
    "update": lambda action, by, **when: record_update(action, "We have begun.", by=by, **when),
    "completion": lambda action, by, **when: propose_completion(action, "It is done.", by=by, **when),
    "date": lambda action, by, **when: propose_date(
        action, "It needs longer.", due_on=dt.date(2030, 1, 1), by=by, **when
    ),
}
every_report = pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS)


@pytest.fixture
def earlier():
    return minuted(DAY - 4 * WEEK)


@pytest.fixture
def action(earlier) -> Action:
    """Carried into the meeting of `DAY`, with a date that had passed by then."""
    added = add_action(
        meeting=earlier,
        item=earlier.items.get(title="Waiting times"),
        text="The CC will report on the nights.",
        owner=earlier.actions.first().owner,
        due_on=DAY - WEEK,
        by=None,
        op_id=uuid4(),
    )
    give_reference(added, at=AT - 4 * WEEK)
    return added


@pytest.fixture
def meeting(action):
    return minuted()


def told(action: Action, meeting, audience="public"):
    notes = compile_notes(meeting, audience)
    return next(one for one in notes.actions if one.reference == action.reference)


def is_overdue(action: Action, meeting) -> bool | None:
    public, office = told(action, meeting), told(action, meeting, "office")
    assert public.overdue == office.overdue
    return public.overdue


def test_it_is_overdue_when_its_date_had_passed_and_nothing_waited(action, meeting):
    assert is_overdue(action, meeting) is True


def test_of_what_was_not_late_nothing_is_said(action, meeting):
    Action.objects.filter(pk=action.pk).update(due_on=DAY)
    assert is_overdue(action, meeting) is None


@every_report
def test_what_its_owner_said_by_that_day_was_waiting(action, meeting, officer, report):
    report(action, officer, on=DAY, at=AT)
    assert is_overdue(action, meeting) is False


@every_report
def test_what_its_owner_said_after_that_day_changes_nothing(action, meeting, officer, report):
    report(action, officer, on=DAY + dt.timedelta(days=1), at=AT)
    assert is_overdue(action, meeting) is True


def test_answered_it_is_overdue_again(action, meeting, officer, approver):
    record_update(action, "We have begun.", by=officer, on=DAY, at=AT)
    return_to_owner(action, by=approver, reason="That is not enough", on=DAY, at=AT)
    assert is_overdue(action, meeting) is True


def test_answered_after_that_day_it_was_waiting(action, meeting, officer, approver):
    record_update(action, "We have begun.", by=officer, on=DAY, at=AT)
    return_to_owner(action, by=approver, reason="That is not enough", on=AT.date(), at=AT)
    assert is_overdue(action, meeting) is False


def test_what_the_meeting_agreed_waits_until_it_is_confirmed(action, meeting, officer, approver):
    record_outcome(action, meeting, "closed", by=officer)
    assert is_overdue(action, meeting) is False
    close(action, by=approver, reason="Agreed", meeting=meeting, at=AT)
    assert is_overdue(action, meeting) is None


def test_what_was_agreed_and_dropped_does_not_wait(action, meeting, officer, approver):
    spoken = record_outcome(action, meeting, "closed", by=officer)
    drop_spoken(spoken, by=approver, why="Nobody agreed to that")
    assert is_overdue(action, meeting) is True


def test_what_an_earlier_meeting_agreed_waits_too(action, meeting, officer):
    between = minuted(DAY - 2 * WEEK)
    record_outcome(action, between, "retained", by=officer)
    assert is_overdue(action, meeting) is False


def test_what_a_later_meeting_agreed_was_not_waiting_yet(action, meeting, officer):
    record_outcome(action, minuted(DAY + WEEK), "closed", by=officer)
    assert is_overdue(action, meeting) is True


def test_the_public_does_not_learn_what_waits(action, meeting, officer):
    record_update(action, "We have begun.", by=officer, on=DAY, at=AT)
    waiting = told(action, meeting)
    propose_completion(action, "It is done.", by=officer, on=DAY, at=AT)
    assert told(action, meeting) == waiting
    assert waiting.state == State.OPEN
    assert waiting.events == []


# Reading before approving


def check_page(client, meeting) -> str:
    page = client.get(reverse("review:check", args=[meeting.pk])).content.decode()
    return " ".join(page.split())


SILENT = "Past the due date and not called overdue here"


def test_whoever_approves_reads_what_is_late_and_not_called_so(action, meeting, officer, approver_client):
    record_update(action, "We have begun.", by=officer, on=DAY, at=AT)
    page = check_page(approver_client, meeting)
    assert f"{SILENT}, because something about it was waiting in the office on the day of the meeting" in page
    assert f'<a href="{action.get_absolute_url()}">{action.reference}</a></span>' in page


def test_where_everything_late_is_called_so_the_page_says_nothing_of_it(action, meeting, approver_client):
    assert SILENT not in check_page(approver_client, meeting)


# Bringing notes in


def brought_in(notes, audience):
    """The same notes, compiled from the record that an office without any made of them."""
    empty_the_office()
    made = make_record(notes, names_are_public=audience == "public", by=None)
    return compile_notes(made, audience)


@pytest.mark.parametrize("audience", ["office", "public"])
@every_report
def test_notes_that_are_brought_in_keep_that_something_waited(action, meeting, officer, audience, report):
    report(action, officer, on=DAY, at=AT)
    notes = compile_notes(meeting, audience)
    assert lines_of(brought_in(notes, audience)) == lines_of(notes)


def dropped(action, meeting, officer, approver) -> None:
    spoken = record_outcome(action, meeting, "closed", by=officer)
    drop_spoken(spoken, by=approver, why="Nobody agreed to that")


def not_agreed(action, meeting, officer, approver) -> None:
    record_outcome(action, meeting, "new_date", by=officer)
    propose_date(action, "Longer.", due_on=dt.date(2030, 1, 1), by=officer, on=DAY, at=AT)
    keep_date(action, by=approver, reason="It stays", on=DAY, at=AT)


@pytest.mark.parametrize("audience", ["office", "public"])
@pytest.mark.parametrize("answered", [dropped, not_agreed])
def test_notes_that_are_brought_in_keep_that_nothing_waited(
    action, meeting, officer, approver, audience, answered
):
    answered(action, meeting, officer, approver)
    notes = compile_notes(meeting, audience)
    assert next(one for one in notes.actions if one.reference == action.reference).overdue
    assert lines_of(brought_in(notes, audience)) == lines_of(notes)


def test_what_waited_is_kept_without_saying_what(action, meeting, officer):
    propose_completion(action, "It is done.", by=officer, on=DAY, at=AT)
    notes = compile_notes(meeting, "public")
    brought_in(notes, "public")
    kept = Action.objects.get(reference=action.reference).events.get(kind=EventKind.UPDATE)
    assert (kept.by, kept.on) == (None, DAY)
    assert "do not say what" in kept.text


def test_older_notes_that_do_not_say_it_bring_nothing_in(action, meeting, officer):
    record_outcome(action, meeting, "closed", by=officer)
    notes = compile_notes(meeting, "office")
    older = notes.model_dump(mode="json", by_alias=True)
    for one in older["actions"]:
        del one["overdue"]
    told_before = read(type(notes).model_validate(older).to_bytes())
    again = brought_in(told_before, "office")
    assert not Action.objects.filter(events__kind=EventKind.UPDATE).exists()
    assert next(one for one in again.actions if one.reference == action.reference).overdue is False
