"""Whom an action was transferred to: told by notes and by the action log, and kept when notes are brought in."""

import datetime as dt
from uuid import uuid4

import pytest

from actions.models import Action, State
from actions.services import add_action, give_reference, reopen, transfer
from actions.services.publicly import say_publicly
from importing.services import make_record
from publications.models import PublishedAction
from publications.notes import Notes
from publications.states import in_public_words
from publications.wording import facts_of
from review import services
from review.action_log import compile_log
from review.compilation import compile_notes
from tests.factories_notes import published
from tests.importing.test_round_trip import empty_the_office, lines_of
from tests.review.records import DAY, minuted

pytestmark = pytest.mark.django_db
BODY = "Marlshire Combined Authority"
WORDS = f"Closed: transferred to {BODY}"
AT = dt.datetime(2025, 9, 26, 12, tzinfo=dt.UTC)


@pytest.fixture
def action() -> Action:
    """One that arose four weeks before the meeting of `DAY`."""
    earlier = minuted(DAY - dt.timedelta(weeks=4))
    added = add_action(
        meeting=earlier,
        item=earlier.items.get(title="Waiting times"),
        text="The CC will report on the nights.",
        owner=earlier.actions.first().owner,
        by=None,
        op_id=uuid4(),
    )
    give_reference(added, at=AT - dt.timedelta(weeks=4))
    return added


@pytest.fixture
def meeting(action, approver):
    """The meeting at which it was transferred."""
    found = minuted()
    transfer(action, BODY, by=approver, reason="The office ends in May", meeting=found, at=AT)
    return found


def told(notes: Notes, action: Action):
    return next(one for one in notes.actions if one.reference == action.reference)


def test_notes_tell_the_public_which_body_it_is_and_not_why(action, meeting):
    promise = told(compile_notes(meeting, "public"), action)
    assert (promise.state, promise.transferred_to) == ("transferred", BODY)
    facts = {fact.name: fact.words for fact in facts_of(promise, "")}
    assert facts["Status"] == f"{WORDS} on 24 September 2025"
    assert facts["Transferred"] == f"to {BODY}, 24 September 2025"
    assert "ends in May" not in promise.model_dump_json()


def test_it_is_published_with_the_body(action, meeting, client):
    notes = compile_notes(meeting, "public")
    published(notes.model_copy(update={"actions": [told(notes, action)]}))
    row = PublishedAction.objects.get(reference=action.reference)
    assert row.public_state == WORDS
    assert WORDS in client.get(row.get_absolute_url()).content.decode()
    assert WORDS in client.get("/actions.csv").content.decode()


@pytest.mark.parametrize("audience", ["office", "public"])
def test_notes_that_are_brought_in_keep_the_body(action, meeting, audience):
    notes = compile_notes(meeting, audience)
    empty_the_office()
    made = make_record(notes, names_are_public=audience == "public", by=None)
    assert lines_of(compile_notes(made, audience)) == lines_of(notes)
    assert Action.objects.get(reference=action.reference).standing == f"Transferred to {BODY}"


def test_the_action_log_tells_it_with_the_reason_for_the_public(officer, approver, client):
    meeting = minuted()
    services.approve(meeting, by=approver, at=AT)
    services.publish(meeting, by=officer, at=AT)
    action = meeting.actions.get()
    event = transfer(action, BODY, by=approver, reason="The office ends in May", at=AT)
    say_publicly(event, "The law of 2025 ends this office.", by=approver)
    log = told(compile_log(AT.date()).log, action)
    assert (log.state, log.transferred_to, log.events[-1].to) == ("transferred", BODY, BODY)


def test_what_was_opened_again_has_no_such_body(action, meeting, approver):
    reopen(action, by=approver, reason="It stays with us", on=DAY, at=AT)
    promise = told(compile_notes(meeting, "public"), action)
    assert (promise.state, promise.transferred_to) == ("open", "")


def test_without_a_name_it_is_transferred_and_no_more():
    assert in_public_words(State.TRANSFERRED) == "Closed: transferred"
