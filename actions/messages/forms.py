"""What staff say of what goes out, what a reader chooses, and what somebody answers by a reply address."""

from uuid import uuid4

from actions.models import DigestChoice
from meetings.forms.fields import Form, Together
from web import forms

# A year is longer than anybody holds a letter back.
MOST_DAYS = 366


def days(question: str, *, least: int, help_text: str, missing: str) -> forms.IntegerField:
    """How many days, at most a year."""
    wanted = f"Enter a number of days from {least} to {MOST_DAYS}"
    return forms.IntegerField(
        label=question,
        min_value=least,
        max_value=MOST_DAYS,
        help_text=help_text,
        error_messages={"required": missing, **dict.fromkeys(["invalid", "min_value", "max_value"], wanted)},
    )


def not_before(label: str, *, empty: str = "Leave empty to send e-mails as they fall due") -> forms.DateField:
    """The day before which something is held back, or none."""
    field = forms.DateField(label, required=False, help_text=empty)
    field.called = "The day"
    return field


class LetterForm(Together, Form):
    """What a letter says before the facts of its action, and from when it may go."""

    submit = "Save e-mail"
    refused_at = "words"
    subject = forms.Line("Subject", max_length=200, missing="Enter the subject")
    words = forms.Text(
        "What it says",
        rows=5,
        max_length=5000,
        missing="Enter what it says",
        help_text="Wording, owner and due date of the action follow by themselves",
    )
    held_until = not_before("Do not send before", empty="Leave empty to send it on its day")


class RulesForm(Together, Form):
    """How the office reminds."""

    heading = "When and how e-mails go out"
    submit = "Save"
    remind_before = days(
        "How many days before the due date does a reminder go?",
        least=0,
        help_text="0: no reminder before the due date",
        missing="Enter how many days before the due date",
    )
    repeat_after = days(
        "How many days between reminders once it is overdue?",
        least=0,
        help_text="0: no reminder after the due date",
        missing="Enter how many days between reminders",
    )
    reply_days = days(
        "For how many days can people answer by an e-mail’s own address?",
        least=1,
        help_text="Counts for e-mails that go out from now on",
        missing="Enter for how many days",
    )
    reply_once = forms.BooleanField(label="Each of these addresses takes one answer only", required=False)
    paused_until = not_before("Send nothing to owners before")


class RoleForm(Together, Form):
    """How one role is written to."""

    submit = "Save"
    to_holder = forms.BooleanField(
        label="Whoever holds the role gets its e-mails too, at their own address", required=False
    )
    paused_until = not_before("Send nothing to this role before")


class DigestForm(forms.Form):
    """How often somebody wants the e-mail about outstanding actions."""

    submit = "Save"
    often = forms.ChoiceField(
        label="How often do you want the e-mail about outstanding actions?",
        choices=DigestChoice.Often,
        widget=forms.RadioSelect,
        error_messages={"required": "Select how often"},
    )


class ReplyForm(forms.Form):
    """An answer by a reply address; it counts once, however often it is sent."""

    submit = "Send update"
    op_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    text = forms.Text(
        "Update",
        rows=8,
        max_length=20_000,
        missing="Enter the update",
        help_text="What was done, and what is still to do. The office reads it with the action",
    )
    layout = ["text"]
