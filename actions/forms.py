"""What people type about actions."""

import datetime as dt
from uuid import uuid4

from django.utils.text import Truncator

from actions.models import Action, EventKind, Outcome
from meetings.forms.fields import Together
from meetings.models import Role
from web import forms
from web.dates import weekday_day

NEXT, WEEKS, MONTHS, DATE, NONE = "next", "weeks", "months", "date", "none"


def months_after(day: dt.date, months: int) -> dt.date:
    """The same day of a later month, or the last one that it has."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return dt.date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise ValueError(f"No day {months} months after {day}")


class Once(forms.Form):
    """A form whose answer counts once, however often it is sent."""

    op_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


def due_field(label: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, widget=forms.RadioSelect, error_messages={"required": "Select when it is due"}
    )


class DueQuestion(forms.Form):
    """When is it due? Relative to the day from which it is counted, with the weekdays said.

    `due` is taken apart into `due_on` and `due_next` by `agreed()`.
    """

    due = due_field("When is it due?")
    due_on = forms.DateField("Due date", required=False)
    reveals = {"due": {DATE: ["due_on"]}}

    def __init__(self, *args, since: dt.date, next_day: dt.date | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.since = since
        self.days = {WEEKS: since + dt.timedelta(weeks=4), MONTHS: months_after(since, 6)}
        next_words = f", {weekday_day(next_day)}" if next_day else ""
        self.fields["due"].choices = [
            (NEXT, f"At the next meeting{next_words}"),
            (WEEKS, f"In 4 weeks, {weekday_day(self.days[WEEKS])}"),
            (MONTHS, f"In 6 months, {weekday_day(self.days[MONTHS])}"),
            (DATE, "On another date"),
            (NONE, "No date was agreed"),
        ]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("due") == DATE and not cleaned.get("due_on") and "due_on" not in self.errors:
            self.add_error("due_on", "Enter the due date")
        return cleaned

    def agreed(self) -> dict:
        """The answer in the service's words: `due_on` and `due_next`."""
        chosen = self.cleaned_data["due"]
        day = self.cleaned_data["due_on"] if chosen == DATE else self.days.get(chosen)
        return {"due_on": day, "due_next": chosen == NEXT}


def chosen_due(due_on: dt.date | None, due_next: bool) -> dict:
    """The answer that a due date would be, for a form that begins with it."""
    return {"due": NEXT if due_next else DATE if due_on else NONE, "due_on": due_on}


class Owners(forms.Form):
    """Who owes it, and who helps."""

    owner = forms.ModelChoiceField(
        Role.objects.all(),
        label="Who owns this action?",
        error_messages={"required": "Select who owns this action"},
    )
    supporting = forms.ModelMultipleChoiceField(
        Role.objects.all(),
        label="Who else helps? Select all that apply",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


class ActionForm(Once, DueQuestion, Owners):
    """A promise, where it was made."""

    submit = "Save action"
    text = forms.Text(
        "Action",
        rows=4,
        max_length=5000,
        missing="Enter the action",
        help_text=("Write it as it will be read, for example ‘provide an update on response times’"),
    )
    reveals = DueQuestion.reveals
    layout = ["text", "owner", "due", "supporting"]


class EarlierActionForm(ActionForm):
    """A promise of a meeting that is not here."""

    origin_text = forms.Line(
        "Which meeting is it from?",
        max_length=300,
        missing="Enter which meeting it is from",
        help_text="As it will be printed, for example September 2019 meeting",
    )
    origin_date = forms.DateField("Date of that meeting, if it is known", required=False)
    reference = forms.Line("Reference that it had there", max_length=60, required=False)
    layout = ["text", "origin_text", "origin_date", "reference", "owner", "due", "supporting"]


class WordingForm(Once):
    """Another wording, upon the version that was seen."""

    submit = None
    form_tag = False
    text = ActionForm.base_fields["text"]
    why = forms.Text("Why does it change?", rows=2, max_length=2000, required=False)
    base_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    layout = ["text", "why"]

    def __init__(self, *args, is_numbered: bool, **kwargs):
        """Why it changes is asked once the action has its reference, and others have read it."""
        super().__init__(*args, **kwargs)
        if not is_numbered:
            del self.fields["why"]


class OwnersForm(Together, Owners):
    submit = "Save owner"
    why = forms.Text("Why does it change?", rows=2, max_length=2000, required=False)


class DueForm(Together, DueQuestion):
    submit = "Save due date"
    layout = ["due"]


class OtherAction(forms.ModelChoiceField):
    """An action, chosen by its reference and how it begins."""

    def label_from_instance(self, action: Action) -> str:
        return f"{action.reference} {Truncator(action.text).chars(80)}"


class Decided(forms.Form):
    """A decision, upon the newest event that was seen; pressed twice, it is one."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    op_id = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)


class ForThePublic(forms.Form):
    """What the public is told of why: other words than those that stay in the office."""

    public_text = forms.Text(
        "Reason for the public",
        rows=2,
        max_length=2000,
        required=False,
        help_text="Published with the next action log. It can also be written then.",
    )


class DecisionForm(DueQuestion, ForThePublic, Decided):
    """An approver's decision on an open action."""

    submit = "Save decision"
    due = due_field("When is it due now?")
    kind = forms.ChoiceField(
        label="What do you want to do?",
        widget=forms.RadioSelect,
        choices=[
            (EventKind.CLOSED, "Close this action. I have what I asked for"),
            (EventKind.RETAINED, "Keep it open, as a watching brief"),
            (EventKind.DUE_MOVED, "Change the due date"),
            (EventKind.RETURNED, "Ask for more information"),
        ],
        error_messages={"required": "Select what you want to do"},
    )
    text = forms.Text("Reason, or what you need", rows=3, max_length=20_000, required=False)
    layout = ["kind", "text", "public_text"]
    reveals = {"kind": {EventKind.DUE_MOVED: ["due"]}, **DueQuestion.reveals}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["due"].required = self.data.get("kind") == EventKind.DUE_MOVED
        self.fields["due"].is_optional = self.fields["text"].is_optional = False

    def clean(self):
        if self.cleaned_data.get("kind") != EventKind.DUE_MOVED:
            return self.cleaned_data
        return super().clean()

    def decision(self) -> tuple[EventKind, dict]:
        """What was decided, and the date that goes with it, in the service's words."""
        kind = EventKind(self.cleaned_data["kind"])
        return kind, self.agreed() if kind == EventKind.DUE_MOVED else {}


class EndForm(ForThePublic, Decided):
    """How an action ends that is neither done nor wanted as it is."""

    submit = "End this action"
    kind = forms.ChoiceField(
        label="How does it end?",
        widget=forms.RadioSelect,
        choices=[
            (EventKind.WITHDRAWN, "Withdraw it. It is not wanted any more"),
            (EventKind.SUPERSEDED, "Another action takes its place, or the two are one"),
            (EventKind.NOT_USED, "Mark it as not used. It was given in error"),
            (EventKind.TRANSFERRED, "Transfer it to a body that takes this work over"),
        ],
        error_messages={"required": "Select how it ends"},
    )
    other = OtherAction(
        Action.objects.none(),
        label="Which action takes its place?",
        error_messages={"required": "Select which action takes its place"},
    )
    to_body = forms.Line(
        "Which body takes it over?",
        max_length=Action._meta.get_field("transferred_to").max_length,
        missing="Enter which body takes this action over",
        help_text="For example Marlshire Combined Authority. The public reads its name.",
    )
    text = forms.Text("Reason", rows=3, max_length=20_000, required=False)
    layout = ["kind", "text", "public_text"]
    reveals = {"kind": {EventKind.SUPERSEDED: ["other"], EventKind.TRANSFERRED: ["to_body"]}}

    def __init__(self, *args, action: Action, **kwargs):
        super().__init__(*args, **kwargs)
        others = Action.objects.open().exclude(reference=None).exclude(pk=action.pk)
        self.fields["other"].queryset = others.order_by("-pk")
        self.fields["text"].is_optional = False

    def ending(self) -> tuple[EventKind, dict]:
        """How it ends, and what goes with it, in the service's words."""
        kind = EventKind(self.cleaned_data["kind"])
        belongs = {EventKind.SUPERSEDED: "other", EventKind.TRANSFERRED: "to_body"}.get(kind)
        return kind, {belongs: self.cleaned_data[belongs]} if belongs else {}


class ReopenForm(Decided):
    submit = "Open it again"
    text = forms.Text(
        "Reason", rows=3, max_length=20_000, missing="Enter a reason for opening this action again"
    )


class PatternForm(Once):
    """How references are written from now on."""

    submit = "Save how references are written"
    kept_as = "reference-pattern"
    pattern = forms.Line(
        "Pattern",
        max_length=40,
        missing="Enter how references are written",
        help_text="For example {year}/{number}, {number}-{year} or {meeting}-{initials}-{number}",
    )
    digits = forms.ChoiceField(
        label="How is the number written?",
        choices=[(1, "7"), (2, "07"), (3, "007"), (4, "0007")],
        widget=forms.RadioSelect,
        error_messages={"required": "Select how the number is written"},
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    layout = ["pattern", "digits"]

    def clean_digits(self) -> int:
        return int(self.cleaned_data["digits"])


class DropForm(forms.Form):
    submit = "Drop it"
    why = forms.Text(
        "Why shall it not take effect?",
        rows=3,
        max_length=5000,
        missing="Enter a reason for dropping this",
        help_text="It stays in the history of the action, with your reason",
    )


class OutcomeForm(Together, forms.Form):
    """What a meeting did with an action that was carried into it, and which paragraphs tell of it."""

    submit = "Save outcome"
    outcome = forms.ChoiceField(
        label="What did the meeting do with it?",
        choices=Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select what the meeting did with it"},
    )
    due_on = forms.DateField(
        "New due date", required=False, help_text="Leave empty if the meeting did not name a day"
    )
    reason = forms.Text(
        "Why, or what is needed",
        rows=2,
        max_length=20_000,
        required=False,
        help_text="The approver reads it when the decision is confirmed",
    )
    exchanges = forms.MultipleChoiceField(
        label="Which paragraphs tell of it? Select all that apply",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    reveals = {"outcome": {Outcome.NEW_DATE: ["due_on"]}}
    layout = ["outcome", "reason", "exchanges"]

    def __init__(self, *args, paragraphs: dict[int, str], **kwargs):
        """`paragraphs` are the exchanges that may be chosen, by id, and what each is called."""
        super().__init__(*args, **kwargs)
        self.fields["exchanges"].choices = list(paragraphs.items())
        if not paragraphs:
            del self.fields["exchanges"]
            self.layout = ["outcome", "reason"]

    def clean_exchanges(self) -> list[int]:
        return [int(chosen) for chosen in self.cleaned_data["exchanges"]]
