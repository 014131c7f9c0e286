"""What was agreed at meetings and waits for an approver: the list, and the form that each of them is."""

from collections.abc import Iterable
from dataclasses import dataclass

from actions import services
from actions.models import Action, ActionEvent, CarriedAction, Outcome
from actions.timing import Diary, Due
from meetings.models import Meeting
from web import forms
from web.dates import day

# What a decision is called where one is ticked; the office's words of every other page.
LABELS = {
    Outcome.CLOSED: "Close",
    Outcome.RETURNED: "Ask for more",
    Outcome.RETAINED: "Keep open, as a watching brief",
    Outcome.NEW_DATE: "Change the date",
}
WANTED = {
    Outcome.CLOSED: "Enter a reason for closing this action",
    Outcome.RETURNED: "Enter what you need",
    Outcome.RETAINED: "Enter a reason for keeping this action open",
    Outcome.NEW_DATE: "Enter a reason for changing the due date",
}
DONE = {
    Outcome.CLOSED: "closed",
    Outcome.RETURNED: "returned for more information",
    Outcome.RETAINED: "kept open",
    Outcome.NEW_DATE: "has a new due date",
}


class SpokenForm(forms.Form):
    """One spoken decision: ticked, it takes effect; otherwise it goes on waiting."""

    submit = None
    form_tag = False
    tick = forms.BooleanField(required=False)
    due_on = forms.DateField("New due date", required=False)
    reason = forms.Text("Reason", rows=2, max_length=20_000, required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data=None, *, told: CarriedAction, newest: int | None):
        self.told = told
        super().__init__(
            data,
            prefix=f"agreed-{told.pk}",
            initial={"reason": told.reason or services.AS_AGREED, "due_on": told.due_on, "seen": newest},
        )
        action = told.action
        self.fields["tick"].label = f"{LABELS[Outcome(told.outcome)]}: {action.called}"
        for name in ("reason", "due_on"):
            self.fields[name].is_optional = False
        self.fields["reason"].label = f"{self.asks_for} ({action.label})"
        self.fields["due_on"].label = f"New due date ({action.label})"
        if told.outcome != Outcome.NEW_DATE or told.due_next:
            del self.fields["due_on"]

    @property
    def asks_for(self) -> str:
        return "What you need" if self.told.outcome == Outcome.RETURNED else "Reason"

    @property
    def is_ticked(self) -> bool:
        return self.is_bound and bool(self["tick"].value())

    def clean(self):
        given = super().clean()
        if not given.get("tick"):
            # What is left waiting is not asked for anything.
            self.errors.clear()
            return given
        if not given.get("reason", "").strip() and "reason" not in self.errors:
            self.add_error("reason", WANTED[Outcome(self.told.outcome)])
        if "due_on" in self.fields and not given.get("due_on") and "due_on" not in self.errors:
            self.add_error("due_on", f"Enter the new due date of {self.told.action.called}")
        return given

    @property
    def confirmation(self) -> services.Confirmation:
        asked = self.cleaned_data
        return services.Confirmation(
            self.told, asked["reason"], asked.get("due_on"), self.told.due_next, asked["seen"]
        )


@dataclass(frozen=True)
class Agreed:
    """A spoken decision on the page: the action, how it stands, what was said, and its form."""

    told: CarriedAction
    due: Due
    words: list[str]
    form: SpokenForm
    with_notes: bool  # confirmed when the notes of the meeting are approved

    @property
    def action(self) -> Action:
        return self.told.action

    @property
    def is_to_send_first(self) -> bool:
        """Nothing is decided on an action before it has its reference; one that this record brought in gets it then."""
        is_given_with_the_notes = self.with_notes and self.action.recorded_in_id == self.told.meeting_id
        return self.action.reference is None and not is_given_with_the_notes

    @property
    def proposal(self) -> str:
        """Close, or: Change the date to 28 January 2021."""
        label = LABELS[Outcome(self.told.outcome)]
        if self.told.due_next:
            return f"{label} to the next meeting"
        return f"{label} to {day(self.told.due_on)}" if self.told.due_on else label


def agreed_list(meeting: Meeting | None = None, data=None) -> list[Agreed]:
    """Everything that waits, of a meeting whose notes are approved, or of all; as many queries for many as for one."""
    waiting = services.waiting_to_be_confirmed(meeting).select_related(
        "action__owner", "action__meeting__type", "action__recorded_in__type", "meeting__type", "by"
    )
    rows = list(waiting.prefetch_related("exchanges__contributions"))
    newest = _newest_events([row.action_id for row in rows])
    diary = Diary.read()
    return [
        Agreed(
            row,
            diary.due(row.action),
            [part.printed for exchange in row.exchanges.all() for part in exchange.contributions.all()],
            SpokenForm(data, told=row, newest=newest.get(row.action_id)),
            with_notes=meeting is not None,
        )
        for row in rows
    ]


def ticked(rows: Iterable[Agreed]) -> list[SpokenForm]:
    """The forms that were ticked, in order."""
    return [row.form for row in rows if row.form.is_ticked and not row.is_to_send_first]


def _newest_events(action_pks: list[int]) -> dict[int, int]:
    events = ActionEvent.objects.filter(action__in=action_pks).order_by("pk")
    return dict(events.values_list("action", "pk"))
