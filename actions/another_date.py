"""An approver's answer to an owner who asks for another date."""

from actions.forms import DecisionForm
from actions.models import Action, ActionEvent, EventKind, State
from web.dates import weekday_day

AGREE = "agree"


def date_asked_for(action: Action) -> ActionEvent | None:
    """The proposal that waits for an answer, if there is one."""
    if action.state != State.DATE_PROPOSED:
        return None
    return action.events.filter(kind=EventKind.DATE_PROPOSED).order_by("-pk").first()


class DateAskedForm(DecisionForm):
    """A decision on an action whose owner asks for another date: that question comes first."""

    def __init__(self, *args, asked: ActionEvent, **kwargs):
        super().__init__(*args, **kwargs)
        self.asked = asked
        day = "the next meeting" if asked.to_due_next else weekday_day(asked.to_due_on)
        self.fields["kind"].choices = [
            (AGREE, f"Agree to the date that is asked for, {day}"),
            (EventKind.DATE_KEPT, "Do not agree. The due date stays as it is"),
            *(
                (kind, "Change the due date to another one" if kind == EventKind.DUE_MOVED else words)
                for kind, words in self.fields["kind"].choices
            ),
        ]

    def decision(self) -> tuple[EventKind, dict]:
        if self.cleaned_data["kind"] != AGREE:
            return super().decision()
        return EventKind.DUE_MOVED, {"due_on": self.asked.to_due_on, "due_next": self.asked.to_due_next}
