"""What is asked about a transcript: which one, and where a passage of it goes."""

import uuid

from desk.forms import speakers
from meetings.models import AgendaItem, Attendance
from meetings.outline import Outline
from meetings.reading.transcripts import LIMIT
from web import forms

NOBODY = "nobody"
NOTHING = "Select a file, or paste the transcript"
NOT_BOTH = "Either select a file or paste the transcript, not both"


class TranscriptForm(forms.Form):
    """A transcript, as a file or as text."""

    submit = "Lay it beside the record"
    mark_optional = False
    file = forms.FileField(
        label="File (.vtt or plain text)", required=False, allow_empty_file=True, help_text="Of 5MB at most"
    )
    text = forms.Text(
        "Or paste it here",
        required=False,
        rows=8,
        max_length=LIMIT,
        help_text="Each line begins with a name and a colon, for example “CC: we have trained forty”",
    )
    op_id = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, initial={"op_id": uuid.uuid4()}, **kwargs)

    def clean(self):
        given = super().clean()
        if not self.errors and bool(given.get("file")) == bool(given.get("text")):
            self.add_error("file", NOT_BOTH if given.get("text") else NOTHING)
        return given

    @property
    def content(self) -> bytes:
        """What was chosen, never more of it in memory than could be read."""
        file = self.cleaned_data["file"]
        return file.read(LIMIT + 1) if file else self.cleaned_data["text"].encode()

    @property
    def name(self) -> str:
        file = self.cleaned_data["file"]
        return file.name[:200] if file else ""


class ReadingForm(forms.Form):
    """What to look for in a transcript, and into which item passages go."""

    method = "get"
    submit = None
    form_tag = False
    mark_optional = False
    q = forms.Line("Words in the transcript", required=False, max_length=200)
    item = forms.ChoiceField(label="Take passages over into", required=False)

    def __init__(self, *args, outline: Outline, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["item"].choices = [("", "Ask each time"), *items_of(outline)]


class TakeOverForm(forms.Form):
    """Where a passage goes, who said it, and its words."""

    submit = None
    form_tag = False
    item = forms.ChoiceField(label="Into which item?", error_messages={"required": "Select an item"})
    speaker = forms.ChoiceField(
        label="Who said it?",
        error_messages={"required": "Select who said it"},
        help_text="This is remembered for the same name in this transcript",
    )
    text = forms.Text("Words", rows=8, missing="Enter the words", help_text="To be written up later")
    op_id = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, outline: Outline, **kwargs):
        super().__init__(*args, **kwargs)
        self.items = {str(one.item.pk): one.item for one in outline.every_branch()}
        self.people = {str(one.pk): one for one in outline.attendances}
        self.fields["item"].choices = [("", "Select an item"), *items_of(outline)]
        nobody = (NOBODY, "Nobody who is named in the record")
        self.fields["speaker"].choices = [("", "Select who said it"), *speakers(outline.attendances), nobody]

    def clean_item(self) -> AgendaItem:
        return self.items[self.cleaned_data["item"]]

    def clean_speaker(self) -> Attendance | None:
        return self.people.get(self.cleaned_data["speaker"])


def items_of(outline: Outline) -> list[tuple[str, str]]:
    """The items of a meeting, as they are chosen."""
    return [(str(one.item.pk), f"{one.number} {one.item.title}") for one in outline.every_branch()]
