"""What people say at the gate."""

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
