"""What people say at the gate."""

from uuid import uuid4

from django.forms import MultipleHiddenInput

from actions.models import Action
from meetings.forms.fields import Together
from web import forms


class SettleForm(forms.Form):
    """As in the original, in doubt: the note that the public reads beside it."""

    submit = "Leave it as in the original, in doubt"
    code = forms.CharField(widget=forms.HiddenInput)
    where = forms.CharField(widget=forms.HiddenInput, required=False)
    public_note = forms.Text(
        "Note for the public",
        rows=2,
        max_length=2000,
        missing="Enter the note for the public",
        help_text="Say what does not add up. It is printed with the notes.",
    )


class SeenForm(forms.Form):
    """Which version a person read before they approve or publish it: its hash."""

    submit = None
    seen = forms.CharField(
        widget=forms.HiddenInput,
        error_messages={"required": "Open the check page again, then approve or publish"},
    )


class ChosenForm(forms.Form):
    """Which actions the log tells of for the first time."""

    method = "get"
    submit = None
    tell = forms.ModelMultipleChoiceField(
        Action.objects.exclude(reference=None).exclude(sent_at=None),
        label="Tell the public of these too. Select all that apply",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


class PublishLogForm(SeenForm):
    """The action log as it was read, and what it puts right."""

    form_tag = False
    kept_as = "publish-action-log"
    tell = forms.ModelMultipleChoiceField(
        ChosenForm.base_fields["tell"].queryset, widget=MultipleHiddenInput, required=False
    )
    change = forms.Text(
        "Was something wrong in the edition before? Tell the public what",
        rows=2,
        max_length=2000,
        required=False,
        help_text="Leave this empty where the log only goes on.",
    )
    op_id = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)
    layout = ["change"]


class PublicReasonForm(Together, forms.Form):
    """Why something was decided, for the public."""

    submit = "Save these words"
    text = forms.Text(
        "Reason, as the public reads it",
        rows=4,
        max_length=2000,
        required=False,
        help_text="Nothing is public until the action log is published. Leave it empty to give no reason.",
    )
    layout = ["text"]
