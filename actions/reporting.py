"""What owners, and officers for them, type about an action: how it stands, and what shows it."""

from django.conf import settings

from actions.evidence import names
from actions.evidence.fields import FilesField
from actions.forms import DATE, NONE, DueQuestion, Once
from actions.models import EventKind
from web import forms


class WithFiles(forms.Form):
    """A form with evidence files, which no page can give back: it says which to choose again."""

    def ask_for_files_again(self) -> None:
        """Where the form is shown again, name the files that were well and have to be chosen once more."""
        chosen = self.files.getlist(self.add_prefix("files")) if self.is_bound and self.errors else []
        if len(chosen) > settings.EVIDENCE_AT_ONCE:
            return
        called = [f"“{names.clean(file.name)}”" for file in chosen]
        # Those that were refused are named with the reason already.
        refused = tuple(str(error) for error in self.errors.get("files", []))
        again = [name for name in called if not any(error.startswith(name) for error in refused)]
        if again:
            self.add_error("files", f"Choose again, because a page cannot keep files: {' and '.join(again)}")


class ReportForm(WithFiles, Once, DueQuestion):
    """What the owner says about it: an update, that it is done, or that it needs another date."""

    submit = "Save update"
    text = forms.Text(
        "Update",
        rows=5,
        max_length=20_000,
        missing="Enter the update",
        help_text="What was done, and what is still to do",
    )
    kind = forms.ChoiceField(
        label="Is it done?",
        widget=forms.RadioSelect,
        choices=[
            (EventKind.UPDATE, "Not yet. This is an update"),
            (EventKind.DATE_PROPOSED, "Not yet. Ask for another date"),
            (EventKind.PROPOSED, "Yes. Ask to close this action"),
        ],
        error_messages={"required": "Select whether it is done"},
    )
    # Labelled here, and not when a form is made: what asks for it has read its label by then.
    due = forms.ChoiceField(
        label="When should it be due?",
        widget=forms.RadioSelect,
        error_messages={"required": "Select when it should be due"},
    )
    due_on = forms.DateField("Proposed date", required=False)
    files = FilesField(label="Evidence", required=False)
    on = forms.DateField("When was this received?", required=False, help_text="Leave empty for today")
    reveals = {"kind": {EventKind.DATE_PROPOSED: ["due"]}, **DueQuestion.reveals}
    layout = ["text", "kind", "files", "on"]

    def __init__(self, *args, is_own: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        due, due_on = self.fields["due"], self.fields["due_on"]
        due.choices = [(value, words) for value, words in due.choices if value != NONE]
        # They are drawn under the answers to which they belong, and asked for there alone.
        due.is_optional = due_on.is_optional = False
        if is_own:
            del self.fields["on"]
            self.layout = ["text", "kind", "files"]

    def clean(self):
        if self.cleaned_data.get("kind") != EventKind.DATE_PROPOSED:
            return self.cleaned_data
        if self.cleaned_data.get("due") == DATE and not self.cleaned_data.get("due_on"):
            if "due_on" not in self.errors:
                self.add_error("due_on", "Enter the date that you ask for")
            return self.cleaned_data
        return super().clean()


class EvidenceForm(WithFiles, Once):
    """Files alone."""

    submit = "Add evidence"
    files = FilesField(label="Files", error_messages={"required": "Choose a file"})


class RemovalForm(forms.Form):
    submit = "Remove this file"
    why = forms.Text(
        "Why is it removed?",
        rows=3,
        max_length=2000,
        missing="Enter why this file is removed",
        help_text="Kept in the history of the action",
    )
