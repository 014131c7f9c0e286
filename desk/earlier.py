"""Matters arising: what was reported on an earlier action, and what was agreed about it, saved together."""

from dataclasses import dataclass
from uuid import uuid4

from django.db import transaction

from accounts.models import User
from actions import services as actions
from actions.carried import Carried
from actions.models import Action, CarriedAction, Outcome
from desk import spoken as reading
from meetings import services
from meetings.models import AgendaItem, Attendance, Exchange, Meeting
from meetings.services import Spoken
from publications.notes import ContributionKind
from web import forms
from web.dates import day

AGREED = [
    (Outcome.REPORTED, "It stays open"),
    (Outcome.RETAINED, "Kept open, as a watching brief"),
    (Outcome.CLOSED, "Proposed to close"),
    (Outcome.NEW_DATE, "Another date"),
    (Outcome.RETURNED, "Returned, for more"),
    (Outcome.NOT_REACHED, "Not reached, carried forward"),
]


class EarlierForm(forms.Form):
    """What a meeting heard of one earlier action, and agreed about it. Several stand on one page."""

    submit = "Save"
    reported = forms.Text(
        "What was reported",
        rows=2,
        required=False,
        help_text="As it will be read, for example ‘reported that the review is complete’",
    )
    outcome = forms.ChoiceField(
        label="What was agreed?",
        choices=AGREED,
        widget=forms.RadioSelect,
        error_messages={"required": "Select what was agreed"},
    )
    due_on = forms.DateField("New due date", missing="Enter the new due date")
    op_id = forms.UUIDField(widget=forms.HiddenInput)
    reveals = {"outcome": {Outcome.NEW_DATE.value: ["due_on"]}}
    layout = ["reported", "outcome"]

    def __init__(self, data=None, *, row: Carried, meeting: Meeting):
        self.row, self.meeting = row, meeting
        told = row.told.outcome if row.told else ""
        # The fields of many such forms are told apart by their ids; their names are the same in each.
        super().__init__(
            data, auto_id=f"earlier-{row.action.pk}-%s", initial={"op_id": uuid4(), "outcome": told}
        )
        self.fields["reported"].is_optional = False

    def clean(self):
        given = super().clean()
        outcome, reported = given.get("outcome"), given.get("reported")
        is_told = bool(self.row.told and self.row.told.exchanges.all())
        if outcome == Outcome.REPORTED and not reported and not is_told and "reported" not in self.errors:
            self.add_error("reported", "Enter what was reported")
        if outcome == Outcome.NOT_REACHED and reported:
            self.add_error("outcome", "Select what was agreed: something was reported, so it was reached")
        due_on, held = given.get("due_on"), self.meeting.date
        if outcome == Outcome.NEW_DATE and due_on and held and due_on <= held:
            self.add_error("due_on", f"New due date must be after {day(held)} when the meeting was held")
        return given


@dataclass(frozen=True)
class Earlier:
    """An earlier action with the question what became of it."""

    row: Carried
    form: EarlierForm


@transaction.atomic
def save(form: EarlierForm, item: AgendaItem, attendances: list[Attendance], *, by: User) -> Exchange | None:
    """Record what was reported as an entry that tells of the action, and what was agreed; returns the entry.

    Sent again, it is still one entry. What was agreed counts when an approver decides it.
    """
    asked, action = form.cleaned_data, form.row.action
    spoken = said_of(form, attendances)
    told = CarriedAction.objects.filter(action=action, meeting=item.meeting).first()
    exchanges = {one.pk: one for one in told.exchanges.all()} if told else {}
    entry = services.add_exchange(item, spoken, by=by, op_id=asked["op_id"]) if spoken else None
    if entry:
        exchanges[entry.pk] = entry
    actions.record_outcome(
        action,
        item.meeting,
        Outcome(asked["outcome"]),
        exchanges=exchanges.values(),
        due_on=asked["due_on"] if asked["outcome"] == Outcome.NEW_DATE else None,
        by=by,
    )
    return entry


def said_of(form: EarlierForm, attendances: list[Attendance]) -> list[Spoken]:
    """What the record says of it: the report, read as every entry is, and a date that was agreed."""
    asked = form.cleaned_data
    spoken = []
    if asked["reported"]:
        typed = reading.Typed(asked["reported"], reporter(form.row.action, asked["reported"], attendances))
        spoken = reading.read(typed, attendances, None)
    if asked["outcome"] == Outcome.NEW_DATE:
        words = f"It is now due on {day(asked['due_on'])}."
        spoken.append(Spoken(str(ContributionKind.DECISION), words))
    return spoken


def reporter(action: Action, text: str, attendances: list[Attendance]) -> Attendance | None:
    """Who reports, where the words begin with what was done: the one who holds the owner's post."""
    if not text[:1].islower():
        return None
    owners = [one for one in attendances if one.role_id and one.role_id == action.owner_id]
    named = reading.read(reading.Typed(text), attendances, None)
    return owners[0] if owners and not (named and named[0].speaker) else None
