"""The way of a meeting's notes to the public: nothing gets there that was not approved."""

import datetime as dt
import hashlib
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied

from meetings.models import Meeting
from meetings.services import Spoken, add_exchange, change_meeting
from publications.models import Edition
from review import services
from review.changes import changes
from review.checks import all_checks, blockers
from review.compilation import compile_notes
from review.models import NEXT_STAGES, Preparation, Stage
from review.services import NotReady
from tests.at_once import at_once
from tests.review.records import minuted

pytestmark = pytest.mark.django_db


def test_every_stage_lists_what_may_follow():
    assert NEXT_STAGES.keys() == set(Stage)


@pytest.mark.parametrize("stage", list(Stage))
def test_a_stage_is_entered_only_from_where_it_may_follow(meeting, officer, approver, stage):
    """The services consult the one table: each refuses what it does not list."""
    if stage != Stage.DRAFT:
        services.send_for_approval(meeting, by=officer)
    if stage in {Stage.APPROVED, Stage.PUBLISHED}:
        services.approve(meeting, by=approver)
    if stage == Stage.PUBLISHED:
        services.publish(meeting, by=officer)
    verbs = {
        Stage.WITH_APPROVER: lambda: services.send_for_approval(meeting, by=officer),
        Stage.DRAFT: lambda: services.reopen_draft(meeting, by=officer),
        Stage.APPROVED: lambda: services.approve(meeting, by=approver),
    }
    for following, verb in verbs.items():
        if following not in NEXT_STAGES[stage]:
            with pytest.raises(NotReady):
                verb()


def test_an_approver_approves_what_nothing_is_in_the_way_of(meeting, approver):
    preparation = services.approve(meeting, by=approver)
    assert (preparation.stage, preparation.approved.by) == (Stage.APPROVED, approver)


def test_what_is_approved_is_kept_with_its_hash(meeting, approver):
    approved = services.approve(meeting, by=approver).approved
    assert hashlib.sha256(bytes(approved.notes)).hexdigest() == approved.sha256
    assert bytes(approved.notes) == compile_notes(meeting, "public").to_bytes()


def test_approval_stores_the_numbers_and_gives_the_references(meeting, approver):
    services.approve(meeting, by=approver)
    assert meeting.items.get(title="Waiting times").number == "2.1"
    assert set(meeting.actions.values_list("reference", flat=True)) == {"2025/2"}


def test_an_officer_cannot_approve(meeting, officer):
    with pytest.raises(PermissionDenied):
        services.approve(meeting, by=officer)


@pytest.mark.parametrize("who", ["administrator", "liaison", "stranger"])
def test_nobody_else_sends_approves_or_publishes(meeting, approver, who, request):
    user = request.getfixturevalue(who)
    services.approve(meeting, by=approver)
    for verb in (services.send_for_approval, services.approve, services.publish, services.reopen_draft):
        with pytest.raises(PermissionDenied):
            verb(meeting, by=user)


def test_what_is_in_the_way_is_said_in_sentences_and_nothing_is_approved(meeting, approver):
    meeting.attendances.update(chair=False)
    with pytest.raises(NotReady, match="Say who chaired the meeting"):
        services.approve(meeting, by=approver)
    assert not Preparation.objects.filter(stage=Stage.APPROVED).exists()
    assert Meeting.objects.get(pk=meeting.pk).numbered_at is None


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"date_as_written": "Tuesday 24th September"}, "weekday"),
        ({"next_date": dt.date(2025, 9, 1)}, "next_before"),
        ({"date": None}, "no_date"),
        ({"status": "planned"}, "not_held"),
    ],
)
def test_each_thing_in_the_way_has_a_sentence_and_a_place(meeting, wrong, code):
    change_meeting(meeting, by=None, **wrong)
    found = next(check for check in blockers(Meeting.objects.get(pk=meeting.pk)) if check.code == code)
    assert found.sentence
    assert found.url.startswith("/office/")


@pytest.mark.parametrize("name", ["Quentin Vetch", "Mr Vetch"])
def test_a_hidden_name_in_an_action_is_in_the_way(meeting, name):
    meeting.actions.update(text=f"{name} will send the figures.")
    assert "hidden_name" in {check.code for check in blockers(meeting)}


def test_an_action_of_a_meeting_that_is_not_approved_yet_is_in_the_way():
    minuted(dt.date(2025, 8, 27))
    later = minuted(dt.date(2025, 9, 24))
    assert "carried_too_early" in {check.code for check in blockers(later)}


def test_who_approves_approves_what_they_read(meeting, approver):
    read = services.digest_of(compile_notes(meeting, "public"))
    add_exchange(meeting.items.first(), [Spoken("comment", "said more.")], by=None)
    with pytest.raises(NotReady, match="changed after you opened this page"):
        services.approve(meeting, by=approver, seen=read)


def test_exactly_what_was_approved_is_published(meeting, officer, approver):
    approved = services.approve(meeting, by=approver).approved
    add_exchange(meeting.items.first(), [Spoken("comment", "was never approved.")], by=None)
    edition = services.publish(meeting, by=officer)
    assert (bytes(edition.notes), edition.sha256) == (bytes(approved.notes), approved.sha256)


def test_nothing_is_published_before_it_is_approved(meeting, officer):
    services.send_for_approval(meeting, by=officer)
    with pytest.raises(NotReady):
        services.publish(meeting, by=officer)
    assert not Edition.objects.exists()


def test_an_approval_that_was_taken_back_publishes_nothing(meeting, officer, approver):
    services.approve(meeting, by=approver)
    services.reopen_draft(meeting, by=officer)
    with pytest.raises(NotReady):
        services.publish(meeting, by=officer)


def test_publishing_twice_gives_one_edition(meeting, officer, approver):
    services.approve(meeting, by=approver)
    assert services.publish(meeting, by=officer) == services.publish(meeting, by=approver)
    assert Edition.objects.count() == 1


def test_a_page_that_was_opened_before_another_approval_publishes_nothing(meeting, officer, approver):
    first = services.approve(meeting, by=approver).approved.sha256
    services.reopen_draft(meeting, by=officer)
    add_exchange(meeting.items.first(), [Spoken("comment", "said more.")], by=None)
    services.approve(meeting, by=approver)
    with pytest.raises(NotReady, match="Another version was approved"):
        services.publish(meeting, by=officer, seen=first)


def test_what_was_changed_since_approval_is_shown_part_by_part(meeting, approver):
    preparation = services.approve(meeting, by=approver)
    add_exchange(meeting.items.first(), [Spoken("comment", "said more.")], by=None)
    change_meeting(meeting, venue="Elsewhere", by=None)
    found = changes(services.approved_notes(preparation), compile_notes(meeting, "public"))
    assert {(change.where, change.before, change.after) for change in found} == {
        ("Venue", "Marl Hall, room 2", "Elsewhere"),
        ("Paragraph 1.2", "", "said more."),
    }


def test_a_doubt_about_an_old_record_is_settled_with_a_note_for_the_public(meeting, officer, approver):
    change_meeting(meeting, by=None, published_elsewhere=True, date_as_written="Tuesday 24th September")
    services.settle(meeting, code="weekday", where="date", public_note="It was a Wednesday.", by=officer)
    meeting = Meeting.objects.get(pk=meeting.pk)
    assert [check.severity for check in all_checks(meeting) if check.code == "weekday"] == ["doubt"]
    notes = services.approved_notes(services.approve(meeting, by=approver))
    assert [doubt.note for doubt in notes.doubts] == ["It was a Wednesday."]


def test_a_new_record_is_put_right_and_not_settled(meeting, officer):
    change_meeting(meeting, by=None, date_as_written="Tuesday 24th September")
    with pytest.raises(NotReady, match="has to be put right"):
        services.settle(meeting, code="weekday", where="date", public_note="Never mind", by=officer)


def test_references_that_we_give_to_an_old_record_are_marked_as_ours(meeting, approver):
    change_meeting(meeting, by=None, published_elsewhere=True)
    notes = services.approved_notes(services.approve(Meeting.objects.get(pk=meeting.pk), by=approver))
    assert {action.ours for action in notes.actions} == {True}


@pytest.mark.django_db(transaction=True)
def test_two_who_publish_at_once_make_one_edition(meeting, officer, approver):
    services.approve(meeting, by=approver)
    by_officer, by_approver = (partial(services.publish, meeting, by=by) for by in (officer, approver))
    editions = [edition.pk for edition in at_once(by_officer, by_approver)]
    assert len(set(editions)) == 1
    assert Edition.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_what_is_published_while_others_edit_is_what_was_approved(meeting, officer, approver):
    approved = services.approve(meeting, by=approver).approved
    item = meeting.items.first()

    def edit():
        for number in range(5):
            add_exchange(item, [Spoken("comment", f"raced {number}.")], by=officer)

    at_once(edit, lambda: services.publish(meeting, by=officer), edit)
    assert Edition.objects.get().sha256 == approved.sha256
