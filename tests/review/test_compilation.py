"""A meeting as each audience reads it."""

import datetime as dt
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actions.models import EventKind
from actions.services import add_action, decide, give_reference, propose_completion
from meetings.models import Meeting, Person
from meetings.models.people import PublishAs
from meetings.services import Spoken, add_attendee, add_exchange, add_item, change_attendee
from review.compilation import compile_notes
from tests.review.records import DAY, attends, minuted, planned, role

pytestmark = pytest.mark.django_db
WEEK = dt.timedelta(days=7)


def compiled(meeting: Meeting, audience: str = "public"):
    return compile_notes(Meeting.objects.get(pk=meeting.pk), audience)


def test_who_is_published_by_role_has_no_name_and_a_key_that_does_not_tell_it():
    notes = compiled(minuted())
    officer = next(person for person in notes.people if person.role == "Staff Officer")
    assert (officer.name, officer.key) == (None, "SO")


def test_who_is_only_counted_is_a_number():
    notes = compiled(minuted())
    assert [(one.body, one.number) for one in notes.counted] == [("force", 1)]


@pytest.mark.parametrize("name", ["Quentin Vetch", "Perpetua Lunn", "Vetch", "Lunn"])
def test_the_public_does_not_learn_a_hidden_name(name):
    meeting = minuted()
    assert name not in compiled(meeting).to_bytes().decode()
    assert name.split()[0] in compiled(meeting, "office").to_bytes().decode()


@pytest.mark.parametrize("lead", ["Quentin Vetch", "Mr Vetch", "quentin", "The SO, Quentin Vetch,"])
def test_a_lead_that_gives_a_hidden_name_away_says_the_role(lead):
    meeting = minuted()
    speaker = meeting.attendances.get(abbreviation="SO")
    add_exchange(meeting.items.first(), [Spoken("answer", "agreed.", speaker, lead=lead)], by=None)
    said = compiled(meeting).items[0].exchanges[-1].contributions[0]
    assert (said.lead, said.speaker) == ("The SO", "SO")


@pytest.mark.parametrize("words", ["Quentin Vetch, Staff Officer", "Mr Vetch", "Q. VETCH"])
def test_the_words_of_an_original_do_not_tell_who_took_the_minutes(words):
    meeting = minuted()
    Meeting.objects.filter(pk=meeting.pk).update(minutes_as_written=words, chair_as_written="The PCC")
    facts = compiled(meeting).meeting
    assert (facts.minutes_as_written, facts.chair_as_written) == (None, "The PCC")
    assert compiled(meeting, "office").meeting.minutes_as_written == words


def test_what_a_counted_person_said_has_no_speaker():
    meeting = minuted()
    speaker = meeting.attendances.get(name="Perpetua Lunn")
    add_exchange(meeting.items.first(), [Spoken("answer", "agreed.", speaker, lead="Ms Lunn")], by=None)
    said = compiled(meeting).items[0].exchanges[-1].contributions[0]
    assert (said.lead, said.speaker) == ("Somebody present", None)


def test_two_people_of_one_role_have_keys_of_their_own():
    meeting = minuted()
    clerk = role("Clerk", publish_as=PublishAs.ROLE)
    for name in ("Ivo Tarn", "Una Crake"):
        attends(meeting, name, clerk)
    assert [person.key for person in compiled(meeting).people][-2:] == ["Clerk", "Clerk 2"]


def test_an_acting_rank_is_printed_as_it_was_and_owns_what_the_post_owns():
    meeting = planned()
    chief = role("Chief Constable", "CC")
    person = Person.objects.create(name="Rufus Marlowe")
    add_attendee(
        meeting,
        person=person,
        role=chief,
        role_title="Temporary Chief Constable",
        abbreviation="T/CC",
        by=None,
    )
    item = add_item(meeting, title="Custody", by=None)
    add_action(meeting=meeting, item=item, text="Report back.", owner=chief, by=None, op_id=uuid4())
    assert compiled(meeting).actions[0].owners == ["T/CC"]


def test_a_name_that_is_changed_later_changes_nothing_in_the_record():
    meeting = minuted()
    Person.objects.filter(name="Rufus Marlowe").update(name="Rufus Other")
    assert "Rufus Marlowe" in compiled(meeting).to_bytes().decode()


def test_an_action_stands_as_it_stood_on_the_day_of_the_meeting(approver):
    first, second = minuted(DAY - 4 * WEEK), minuted(DAY)
    action = first.actions.get()
    give_reference(action, at=moment(first.date))
    decide(action, EventKind.CLOSED, by=approver, reason="Done", on=DAY + WEEK, at=moment(DAY + WEEK))
    told = next(one for one in compiled(second).actions if one.reference == action.reference)
    assert (told.state, told.events, told.as_of) == ("open", [], DAY)


def test_what_the_meeting_decided_is_told_without_the_reason(approver):
    first, second = minuted(DAY - 4 * WEEK), minuted(DAY)
    action = first.actions.get()
    give_reference(action, at=moment(first.date))
    decide(action, EventKind.CLOSED, by=approver, reason="A private reason", on=DAY, at=moment(DAY))
    told = next(one for one in compiled(second).actions if one.reference == action.reference)
    assert (told.state, [(event.what, event.reason) for event in told.events]) == (
        "closed",
        [("closed", None)],
    )
    assert "A private reason" in compiled(second, "office").to_bytes().decode()


def test_an_action_that_nobody_spoke_of_stands_after_what_was_said():
    first, second = minuted(DAY - 4 * WEEK), minuted(DAY)
    action = first.actions.get()
    give_reference(action, at=moment(first.date))
    notes = compiled(second)
    told = next(one for one in notes.actions if one.reference == action.reference)
    assert told.place.after == notes.items[0].exchanges[-1].number


def test_what_the_force_proposes_is_open_to_the_public():
    meeting = minuted()
    action = meeting.actions.get()
    give_reference(action, at=moment(DAY))
    propose_completion(action, "It is all done.", by=None, on=DAY, at=moment(DAY))
    assert compiled(meeting).actions[-1].state == "open"
    assert compiled(meeting, "office").actions[-1].state == "proposed"


def test_a_carried_action_names_the_meeting_it_came_from():
    first, second = minuted(DAY - 4 * WEEK), minuted(DAY)
    told = next(one for one in compiled(second).actions if one.carried_from and one.carried_from.meeting)
    assert told.carried_from.meeting == str(first.uid)
    assert told.carried_from.text == "Monthly Assurance Meeting, 27 August 2025"


def test_short_names_that_the_text_explains_are_explained():
    meeting = minuted()
    said = Spoken("comment", "welcomed the Service Improvement Board (SIB).")
    add_exchange(meeting.items.first(), [said], by=None)
    assert compiled(meeting).abbreviations["SIB"] == "Service Improvement Board"


def test_nothing_that_was_removed_is_in_the_notes(officer):
    from meetings.services import remove_exchange

    meeting = minuted()
    exchange = add_exchange(meeting.items.first(), [Spoken("comment", "said a removed thing.")], by=None)
    remove_exchange(exchange, officer)
    for audience in ("office", "public"):
        assert "removed thing" not in compiled(meeting, audience).to_bytes().decode()


@pytest.mark.parametrize("audience", ["office", "public"])
def test_the_number_of_queries_does_not_grow_with_what_was_said(audience):
    meeting = minuted()
    few = queries(meeting, audience)
    speakers = list(meeting.attendances.all())
    for number in range(10):
        item = add_item(meeting, title=f"Item {number}", by=None)
        for _ in range(3):
            said = [Spoken("answer", "said so.", speaker, lead=speaker.printed) for speaker in speakers]
            after = add_exchange(item, said, by=None)
        owner = speakers[number % 3].role
        add_action(
            meeting=meeting, item=item, after=after, text="Do it.", owner=owner, by=None, op_id=uuid4()
        )
        attends(meeting, f"Person {number}", role(f"Role {number}"))
    assert queries(meeting, audience) == few


def queries(meeting: Meeting, audience: str) -> int:
    fresh = Meeting.objects.select_related("type").get(pk=meeting.pk)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        compile_notes(fresh, audience)
    return len(captured)


def moment(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(18), tzinfo=dt.UTC)


def test_a_person_who_is_named_later_shows_by_name():
    meeting = minuted()
    change_attendee(meeting.attendances.get(abbreviation="SO"), publish_as=PublishAs.NAME, by=None)
    assert "Quentin Vetch" in compiled(meeting).to_bytes().decode()
