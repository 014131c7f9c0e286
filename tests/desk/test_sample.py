"""The sample office is a valid record on whatever day it is started."""

import datetime as dt

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import override_settings
from django.utils import timezone

from accounts.models import DutyKind, User
from actions.models import Action, Delivery, Message, State
from desk.sample import story
from desk.sample.diary import Diary
from desk.sample.script import FOLDER, read_script
from meetings.models import Attendance, Meeting
from publications.models import Edition, PublishedAction, PublishedTheme
from review.checks import blockers
from review.models import Preparation, Stage


@pytest.fixture(scope="module")
def told(django_db_setup, django_db_blocker) -> dt.date:
    """The whole story, told once for all tests that only look at it."""
    today = timezone.localdate()
    with django_db_blocker.unblock(), override_settings(RENDITIONS=["article"]), transaction.atomic():
        story.tell(today, "seven quiet otters")
        yield today
        transaction.set_rollback(True)


def test_a_newcomer_finds_an_office_at_work(told):
    assert Edition.objects.filter(kind=Edition.Kind.NOTES).count() == 19
    assert Edition.objects.of_log().count() == 1
    assert Preparation.objects.filter(stage=Stage.WITH_APPROVER).count() == 1
    assert Meeting.objects.upcoming(told).count() == 4
    assert PublishedTheme.objects.count() >= 8
    assert Action.objects.count() >= 30
    assert set(Action.objects.values_list("state", flat=True)) == set(State.values)


def test_some_actions_are_late_some_in_time_and_some_have_no_date(told):
    actions = Action.objects.open()
    assert actions.filter(due_on__lt=told).exists()
    assert actions.filter(due_on__gte=told).exists()
    assert actions.filter(due_on=None, due_next=False).exists()
    assert actions.filter(due_next=True).exists()


def test_the_post_of_chief_constable_changes_hands_and_is_held_for_a_time(told):
    printed = Attendance.objects.filter(role__abbreviation="CC").values_list("name", "printed")
    assert len({name for name, _ in printed}) == 3
    assert "The T/CC" in {form for _, form in printed}


def test_the_notes_that_wait_for_approval_have_nothing_in_the_way(told):
    waiting = Preparation.objects.get(stage=Stage.WITH_APPROVER)
    assert blockers(waiting.meeting) == []


def test_the_public_reads_no_action_of_a_draft(told):
    provisional = Action.objects.filter(reference=None)
    assert provisional.exists()
    assert not PublishedAction.objects.filter(text__in=provisional.values("text")).exists()


def test_owners_were_written_to_and_not_everything_went_well(told):
    states = Delivery.objects.values_list("state", flat=True)
    assert set(states) == {Delivery.State.SENT, Delivery.State.FAILED}
    assert Delivery.objects.filter(reply_revoked_at__isnull=False).count() == 1
    assert {"sent", "before"} <= set(Message.objects.values_list("kind", flat=True))


def test_a_second_sample_is_refused(told):
    with pytest.raises(CommandError, match="There is an office already"):
        call_command("sample_office")


def test_every_duty_has_somebody_who_can_sign_in(told):
    assert {kind for user in User.objects.all() for kind in user.duty_kinds} == set(DutyKind.values)
    assert all(user.check_password("seven quiet otters") for user in User.objects.all())


def test_the_sample_is_valid_on_a_day_that_is_unlike_others(db, settings):
    today = dt.date(2028, 2, 29)
    settings.RENDITIONS = ["article"]
    story.tell(today, "seven quiet otters")
    assert Edition.objects.latest("published_at").date < today


def test_every_script_has_its_day_in_the_diary():
    scripts = {file.stem for file in FOLDER.glob("*.txt")}
    assert scripts == set(Diary(dt.date(2026, 11, 23)).held)


def test_the_tag_of_a_promise_is_used_once():
    tags = [
        promise.tag
        for file in FOLDER.glob("*.txt")
        for item in read_script(file.stem).items
        for part in [item, *item.children]
        for promise in part.promises
    ]
    assert len(tags) == len(set(tags)) == 34
