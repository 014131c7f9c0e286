"""What is asked when the record is rearranged: where to, split where, said by whom."""

import re

from django.core.exceptions import ValidationError
from django.utils.text import Truncator

from desk import spoken as reading
from desk.forms import WHAT_THEY_DID, WHO_ANSWERED, SpeakerForm, speakers
from meetings.models import AgendaItem, Attendance, Contribution, Exchange
from meetings.outline import Entry, Outline
from meetings.services import Spoken
from web import forms

AT_THE_END, AT_THE_BEGINNING = "last", "first"
PLACES = [(AT_THE_END, "At its end"), (AT_THE_BEGINNING, "At its beginning")]
NOBODY = "nobody"
EMPTY_LINE = re.compile(r"\n\s*\n")


class PlaceForm(forms.Form):
    """What every move asks last: at which end."""

    submit = None
    form_tag = False
    place = forms.ChoiceField(label="Where in it?", choices=PLACES, widget=forms.RadioSelect)

    def __init__(self, *args, **kwargs):
        kwargs["initial"] = {"place": AT_THE_END, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)

    @property
    def is_first(self) -> bool:
        return self.cleaned_data["place"] == AT_THE_BEGINNING


class MoveEntryForm(PlaceForm):
    """To which other item an entry goes."""

    item = forms.ChoiceField(label="Move it to", error_messages={"required": "Select an item"})
    field_order = ["item", "place"]

    def __init__(self, *args, outline: Outline, exchange: Exchange, **kwargs):
        super().__init__(*args, **kwargs)
        self.items = {
            str(branch.item.pk): (branch.item, f"{branch.number} {branch.item.title}")
            for branch in outline.every_branch()
            # Sent twice, it is where it was sent already; that is no mistake.
            if self.is_bound or branch.item.pk != exchange.item_id
        }
        choices = [(pk, called) for pk, (_, called) in self.items.items()]
        self.fields["item"].choices = [("", "Select an item"), *choices]

    @property
    def chosen(self) -> AgendaItem:
        return self.items[self.cleaned_data["item"]][0]


class MoveWordsForm(PlaceForm):
    """To which other entry a contribution goes."""

    entry = forms.ChoiceField(label="Move it to", error_messages={"required": "Select an entry"})
    field_order = ["entry", "place"]

    def __init__(self, *args, outline: Outline, contribution: Contribution, **kwargs):
        super().__init__(*args, **kwargs)
        entries = [
            one
            for one in outline.every_entry()
            if one.contributions and (self.is_bound or one.exchange.pk != contribution.exchange_id)
        ]
        self.entries = {str(one.exchange.pk): one for one in entries}
        choices = [
            (pk, f"{one.number} {beginning(one.contributions[0], 12)}") for pk, one in self.entries.items()
        ]
        self.fields["entry"].choices = [("", "Select an entry"), *choices]

    @property
    def chosen(self) -> Entry:
        return self.entries[self.cleaned_data["entry"]]


class SplitForm(SpeakerForm):
    """Where what somebody said is parted, and who says the second part."""

    submit = None
    form_tag = False
    text = forms.Text(
        "What was said",
        rows=8,
        missing="Enter what was said",
        help_text="Leave an empty line where the second part begins",
    )
    kind = forms.ChoiceField(label="What did they do?", choices=WHAT_THEY_DID, required=False)
    nobody_named = forms.BooleanField(label="Nobody is named as answering", required=False)
    paragraph = forms.BooleanField(label="The second part starts a new paragraph", required=False)
    layout = ["text", "speaker", "kind", "nobody_named", "paragraph"]

    def __init__(self, *args, contribution: Contribution, before: Entry, **kwargs):
        """`before` is the entry up to and with this contribution, which the second part may answer."""
        self.contribution, self.before = contribution, before
        kwargs["initial"] = {"text": contribution.text, "paragraph": True}
        super().__init__(*args, **kwargs)
        field = self.fields["speaker"]
        field.label, field.is_optional = "Who says the second part?", False
        field.choices = [("", "As the words say, else the same speaker"), *field.choices[1:]]
        self.fields["kind"].is_optional = False

    def clean_text(self) -> str:
        """The text with its one empty line, or a sentence that asks for it."""
        parts = EMPTY_LINE.split(self.cleaned_data["text"])
        if len(parts) == 1:
            raise ValidationError("Leave an empty line where the second part begins")
        if len(parts) > 2:
            raise ValidationError("Leave one empty line only, where the second part begins")
        self.first, self.second = (part.strip() for part in parts)
        return self.cleaned_data["text"]

    def clean(self):
        given = super().clean()
        if "text" not in given or "speaker" not in given or self.refuse_two_answers():
            return given
        self.rest = self.read_second(given)
        if reading.answers_of_nobody(self.rest) and not reading.answers_of_nobody(
            [Spoken.of(self.contribution)]
        ):
            self.add_error("speaker", WHO_ANSWERED)
        return given

    def read_second(self, given: dict) -> list[Spoken]:
        """The second part as what was said: by whom the words say, else by whoever was speaking."""
        typed = reading.Typed(
            " ".join(self.second.split()), given["speaker"], given["kind"], given["nobody_named"]
        )
        read = reading.read(typed, self.people.values(), self.before)
        is_told = typed.speaker or typed.kind or typed.nobody_named
        if not is_told and len(read) == 1 and not read[0].speaker and not read[0].nobody_named:
            was = self.contribution
            read = [Spoken(was.kind, read[0].text, was.speaker, was.nobody_named)]
        return [
            Spoken(**one.fields() | {"text": one.text, "paragraph": one.paragraph and given["paragraph"]})
            for one in read
        ]


class SpeakersForm(forms.Form):
    """Who said a run of contributions instead."""

    submit = None
    form_tag = False
    words = forms.MultipleChoiceField(
        label="Which of them?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Select what somebody else said"},
    )
    speaker = forms.ChoiceField(label="Who said it?", error_messages={"required": "Select who said it"})

    def __init__(self, *args, entries: list[Entry], attendances: list[Attendance], **kwargs):
        super().__init__(*args, **kwargs)
        self.people = {str(one.pk): one for one in attendances}
        self.rows = {str(one.pk): one for entry in entries for one in entry.contributions}
        self.fields["words"].choices = [
            (str(one.pk), f"{entry.number} {beginning(one, 30)}")
            for entry in entries
            for one in entry.contributions
        ]
        self.fields["speaker"].choices = [
            ("", "Select who said it"),
            *speakers(attendances),
            (NOBODY, "Nobody is named"),
        ]

    @property
    def seen(self) -> list[tuple[Contribution, int | None]]:
        """What was chosen, each with the version that its reader saw."""
        return [(self.rows[pk], _number(self.data.get(f"version-{pk}"))) for pk in self.cleaned_data["words"]]

    @property
    def chosen(self) -> Attendance | None:
        return self.people.get(self.cleaned_data["speaker"])


def beginning(one: Contribution, words: int) -> str:
    """How something that was said begins."""
    return Truncator(f"{one.lead} {one.wording}".strip()).words(words, truncate=" …")


def _number(value: str | None) -> int | None:
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 10 else None
