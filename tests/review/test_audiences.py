"""Every field of the record has its audience, and the public's Notes hold only what is named for everybody."""

import datetime as dt

import pytest
from django.apps import apps

from actions.models import Action, ActionEvent, PublicReason
from importing.models import Source
from meetings.models import (
    Contribution,
    Meeting,
    Plan,
    Priority,
    Role,
    RoleContact,
    SettledDoubt,
    ShortForm,
    Transcript,
    UsualItem,
)
from meetings.services import add_question
from review.action_log import compile_log
from review.audiences import AUDIENCES
from review.compilation import compile_notes
from tests.review.records import minuted

NOW = dt.datetime(2025, 9, 25, 12, tzinfo=dt.UTC)
# Kept by every removable row, and in no Notes.
COMMON = {"id", "removed_at", "removed_by"}
# A role's title shows where its holder was not there; the office's own words are what this test writes.
SHOWN_ELSEWHERE = {("meetings.Role", "title")}


def record_models() -> list:
    found = [
        model
        for app in ("meetings", "actions", "importing")
        for model in apps.get_app_config(app).get_models()
    ]
    return [model for model in found if not model.__name__.startswith("Historical")]


@pytest.mark.parametrize("model", record_models(), ids=lambda model: model._meta.label)
def test_every_field_of_the_record_is_named_for_an_audience(model):
    fields = {field.name for field in [*model._meta.fields, *model._meta.many_to_many]} - COMMON
    assert sorted(AUDIENCES[model._meta.label].named()) == sorted(fields)


def test_nothing_is_named_that_is_not_there():
    assert set(AUDIENCES) == {model._meta.label for model in record_models()}


def texts_of(label: str) -> list[str]:
    """The fields of a model that hold free text."""
    model = apps.get_model(label)
    fields = [model._meta.get_field(name) for name in AUDIENCES[label].named()]
    kinds = {"CharField", "TextField", "EmailField"}
    return [field.name for field in fields if field.get_internal_type() in kinds and not field.choices]


@pytest.fixture
def marked(db):
    """A meeting with a word of its own in every text, and which word stands in which field."""
    meeting = minuted(published_elsewhere=True)
    add_question(meeting.items.first(), "A question", by=None)
    plan = Plan.objects.create(title="Plan", starts=NOW)
    earlier = Action.objects.get(recorded_in=meeting)
    closed = ActionEvent.objects.create(
        action=earlier, kind="closed", to_state="closed", on=meeting.date, at=NOW
    )
    # So that its row may name the body that takes it over.
    Action.objects.filter(pk=earlier.pk).update(state="transferred")
    rows = {
        "meetings.Meeting": meeting,
        "meetings.Attendance": meeting.attendances.get(abbreviation="PCC"),
        "meetings.UsualItem": UsualItem.objects.create(type=meeting.type, title="Usual"),
        "meetings.RoleContact": RoleContact.objects.create(
            role=Role.objects.first(), email="a@office.example"
        ),
        "meetings.Plan": plan,
        "meetings.Priority": Priority.objects.create(plan=plan, title="Priority"),
        "meetings.ShortForm": ShortForm.objects.create(short="sf", full="short form"),
        "meetings.Transcript": Transcript.objects.create(meeting=meeting, content=b"", passages=[], at=NOW),
        "meetings.SettledDoubt": SettledDoubt.objects.create(meeting=meeting, code="c", sentence="s", at=NOW),
        "actions.Action": earlier,
        "actions.ActionEvent": closed,
        "actions.PublicReason": PublicReason.objects.create(event=closed, at=NOW),
        "importing.Source": Source.objects.create(meeting=meeting, content=b"", at=NOW),
    }
    words = {}
    for label, audience in AUDIENCES.items():
        model = apps.get_model(label)
        row = rows.get(label) or model._base_manager.first()
        if row is None:
            assert not audience.everybody + audience.office + audience.log, f"{label} needs a row here"
            continue
        for name in texts_of(label):
            words[label, name] = f"zyx{len(words)}zyx"
            model._base_manager.filter(pk=row.pk).update(**{name: words[label, name]})
    return Meeting.objects.get(pk=meeting.pk), words


def test_only_what_is_named_for_everybody_reaches_the_public(marked):
    meeting, words = marked
    told = compile_notes(meeting, "public").to_bytes().decode()
    got_out = {place for place, word in words.items() if word in told}
    named = {(label, name) for label, name in words if name in AUDIENCES[label].everybody.split()}
    assert got_out - SHOWN_ELSEWHERE == named - SHOWN_ELSEWHERE


def test_the_office_reads_what_is_named_for_it_besides(marked):
    meeting, words = marked
    told = compile_notes(meeting, "office").to_bytes().decode()
    named = {(label, name) for label, name in words if name in AUDIENCES[label].office.split()}
    assert named == {place for place in named if words[place] in told}
    assert {"original_source", "text"} <= {name for _, name in named}


def test_only_what_is_named_for_it_reaches_the_action_log(marked):
    _, words = marked
    action = Action.objects.get(text=words["actions.Action", "text"])
    Action.objects.filter(pk=action.pk).update(sent_at=NOW)
    told = compile_log(NOW.date(), [action.pk]).log.to_bytes().decode()
    got_out = {place for place, word in words.items() if word in told}
    named = {(label, name) for label, name in words if name in AUDIENCES[label].log.split()}
    needed = {
        ("actions.Action", "text"),
        ("actions.Action", "reference"),
        ("actions.ActionEvent", "to_body"),
        ("actions.PublicReason", "text"),
    }
    assert needed <= got_out <= needed | named | SHOWN_ELSEWHERE


def test_what_was_answered_about_a_commitment_changes_no_notes(db):
    meeting = minuted()
    before = {who: compile_notes(meeting, who).to_bytes() for who in ("office", "public")}
    Contribution.objects.update(commitment="none")
    assert {who: compile_notes(meeting, who).to_bytes() for who in before} == before
