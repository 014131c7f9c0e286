"""What people type at the desk: the next entry, a change of what was said, filters."""

import uuid

from accounts.models import User
from desk import spoken as reading
from meetings import texts
from meetings.forms.fields import Together
from meetings.models import Attendance, Contribution, MeetingType
from meetings.outline import Entry
from meetings.services import Spoken
from meetings.services.shortforms import short_forms_of
from publications.notes import ContributionKind
from web import forms
from web.wording import NO_CONTROL

NO_SPEAKER = "No speaker, or named in the words"
ONE_OF_TWO = "Select who answered, or Nobody named, not both"
WHO_ANSWERED = "Select who answered, or Nobody named"
WHAT_THEY_DID = [
    ("", "As the words say"),
    (ContributionKind.QUESTION, "Asked"),
    (ContributionKind.ANSWER, "Answered"),
    (ContributionKind.COMMENT, "Commented"),
    (ContributionKind.DECISION, "Decided"),
    (ContributionKind.NARRATIVE, "Note without a speaker"),
]
AS_READ, CONTINUES, STARTS = "", "continues", "starts"
WRITE_UP = "write-up"  # what a form of the list says that it goes on with


def speakers(attendances: list[Attendance]) -> list[tuple[str, str]]:
    """Everybody on the list, beginning with the short name so that typing it finds them; who is absent comes last."""
    here = sorted(attendances, key=_is_absent)
    return [(str(one.pk), f"{one}, sent apologies" if _is_absent(one) else str(one)) for one in here]


def _is_absent(attendance: Attendance) -> bool:
    return attendance.presence == Attendance.Presence.APOLOGIES


class SpeakerForm(forms.Form):
    """What forms about a speaker share: the list of those who were there, and finding them again."""

    speaker = forms.ChoiceField(label="Speaker", required=False)

    def __init__(self, *args, attendances: list[Attendance], **kwargs):
        super().__init__(*args, **kwargs)
        self.people = {str(one.pk): one for one in attendances}
        self.fields["speaker"].choices = [("", NO_SPEAKER), *speakers(attendances)]
        self.fields["speaker"].is_optional = False

    def clean_speaker(self) -> Attendance | None:
        return self.people.get(self.cleaned_data["speaker"])

    def words_of(self, given: dict) -> str:
        """What was said, without the chosen speaker's name before it; a name alone is refused."""
        typed, speaker = given["text"], given.get("speaker")
        text = reading.without_own_name(typed, speaker)
        if text or not typed:
            return text
        self.add_error("text", f"Enter what {speaker.abbreviation or speaker.name} said")
        return typed

    def refuse_two_answers(self) -> bool:
        """Say so when both a speaker and nobody were selected."""
        if self.cleaned_data.get("speaker") and self.cleaned_data.get("nobody_named"):
            self.add_error("nobody_named", ONE_OF_TWO)
            return True
        return False


class EntryForm(SpeakerForm):
    """The next entry of an item's record, or one more contribution to an entry."""

    submit = None
    form_tag = False
    kind = forms.ChoiceField(
        label="What did they do?", choices=WHAT_THEY_DID, required=False, widget=forms.RadioSelect
    )
    nobody_named = forms.BooleanField(label="Nobody is named as answering", required=False)
    text = forms.Text(
        "What was said",
        rows=5,
        missing="Enter what was said",
        help_text="Write it as it will be read, for example ‘asked how the force gets assurance’",
    )
    place = forms.ChoiceField(label="Where does it belong?", required=False, widget=forms.RadioSelect)
    rough = forms.BooleanField(label="This is rough, to be written up later", required=False)
    op_id = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self,
        *args,
        before: Entry | None,
        may_start: bool = True,
        by: User | None = None,
        is_rough: bool = False,
        **kwargs,
    ):
        """`before` is the entry that it may continue; without `may_start` it can do nothing else.

        `by` types it: their short forms are written out. `is_rough` offers what was chosen last.
        """
        super().__init__(*args, initial={"op_id": uuid.uuid4(), "rough": is_rough}, **kwargs)
        self.fields["rough"].widget.attrs["data-stays"] = True
        self.before, self.may_start, self.by = before, may_start, by
        self.fields["kind"].is_optional = False
        if before and may_start:
            self.fields["place"].choices = [
                (AS_READ, f"An answer continues {before.number}, anything else starts a new entry"),
                (CONTINUES, f"It continues {before.number}"),
                (STARTS, "It starts a new entry"),
            ]
            self.fields["place"].is_optional = False
        else:
            del self.fields["place"]

    def clean(self):
        given = super().clean()
        if "text" not in given or self.refuse_two_answers():
            return given
        text = self.words_of(given)
        typed = reading.Typed(
            text, given.get("speaker"), given.get("kind", ""), given.get("nobody_named", False)
        )
        spoken = reading.read(typed, self.people.values(), self.before)
        forms_of_theirs = short_forms_of(self.by) if self.by else {}
        spoken = [reading.written_out(one, forms_of_theirs) for one in spoken]
        self.spoken = [one.as_rough() for one in spoken] if given["rough"] else spoken
        if reading.answers_of_nobody(self.spoken):
            self.add_error("speaker", WHO_ANSWERED)
        elif typed.kind in {ContributionKind.QUESTION, ContributionKind.COMMENT} and not typed.speaker:
            verb = "asked" if typed.kind == ContributionKind.QUESTION else "commented"
            self.add_error("speaker", f"Select who {verb}")
        return given

    @property
    def asked(self) -> dict:
        """What was typed and chosen: the same when it is sent again, however it would be read by then."""
        names = ["text", "speaker", "kind", "nobody_named", "place"]
        chosen = {name: self.cleaned_data.get(name, "") for name in names}
        how = {"rough": True} if self.cleaned_data["rough"] else {}
        return chosen | {"speaker": chosen["speaker"] and chosen["speaker"].pk} | how

    @property
    def continues(self) -> bool:
        """Whether this belongs to the entry before it."""
        place = self.cleaned_data.get("place", AS_READ)
        if not self.before or place == STARTS:
            return False
        return not self.may_start or place == CONTINUES or reading.joins(self.spoken)


class BoxForm(forms.Form):
    """The one box: what people say, one line for each speaker."""

    submit = None
    form_tag = False
    text = forms.Text(
        "Type what is said, one line for each speaker",
        rows=3,
        missing="Enter what was said",
        error_messages={
            "max_length": "This is longer than 200,000 characters. Save the first part of it, then the rest",
            "hidden_character": NO_CONTROL.format(Noun="What you typed"),
        },
    )
    rough = forms.BooleanField(label="Rough, to write up later", required=False)
    op_id = forms.UUIDField(widget=forms.HiddenInput)
    ANSWER = "answer-"

    def __init__(self, data=None, *, is_rough: bool = False):
        super().__init__(data, auto_id="box_%s", initial={"op_id": uuid.uuid4(), "rough": is_rough})
        self.fields["text"].widget.attrs["id"] = "box"
        self.fields["rough"].widget.attrs["data-stays"] = True

    @property
    def given(self) -> dict[str, str]:
        """The answers to what was asked about, by the line."""
        return {
            name.removeprefix(self.ANSWER): value
            for name, value in self.data.items()
            if name.startswith(self.ANSWER)
        }


class ShortFormForm(forms.Form):
    """Letters that stand for words while somebody types."""

    submit = "Save short form"
    short = forms.Line(
        "Letters to type", max_length=20, missing="Enter the letters to type", help_text="For example mh"
    )
    full = forms.Line(
        "What they stand for",
        max_length=200,
        missing="Enter what they stand for",
        help_text="For example mental health",
    )
    whose = forms.ChoiceField(
        label="Who uses it?",
        choices=[("own", "Only you"), ("office", "Everybody in the office")],
        initial="own",
        widget=forms.RadioSelect,
        error_messages={"required": "Select who uses it"},
    )

    def __init__(self, *args, is_new: bool = True, **kwargs):
        super().__init__(*args, **kwargs)
        if not is_new:
            del self.fields["whose"]

    def clean_short(self) -> str:
        short = self.cleaned_data["short"]
        if not short.isalnum():
            self.add_error("short", "Letters to type must be one word of letters and figures, for example mh")
        return short


class ChangeShortFormForm(Together, ShortFormForm):
    """A change of the letters, or of the words; whose it is stays."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, is_new=False, **kwargs)


class ContributionForm(SpeakerForm):
    """A change of what somebody said; it carries the version that it started from."""

    submit = None
    form_tag = False
    kind = forms.ChoiceField(label="What did they do?", choices=WHAT_THEY_DID[1:], widget=forms.RadioSelect)
    nobody_named = forms.BooleanField(label="Nobody is named as answering", required=False)
    lead = forms.Line(
        "Printed before it",
        max_length=250,
        required=False,
        help_text="For example ‘The CC’. Leave it as it is to follow the speaker",
    )
    text = forms.Text("What was said", rows=8, missing="Enter what was said")
    paragraph = forms.BooleanField(label="It starts a new paragraph", required=False)
    to_check = forms.Line(
        "To check",
        max_length=500,
        required=False,
        help_text="What somebody has to check before publication. Never published",
    )
    layout = ["speaker", "kind", "nobody_named", "text", "lead", "paragraph", "to_check"]

    def __init__(self, *args, contribution: Contribution, **kwargs):
        self.contribution = contribution
        kwargs["initial"] = {
            "speaker": str(contribution.speaker_id or ""),
            "kind": contribution.kind,
            "nobody_named": contribution.nobody_named,
            "lead": contribution.lead,
            "text": contribution.wording,
            "paragraph": contribution.paragraph,
            "to_check": contribution.to_check,
        }
        super().__init__(*args, **kwargs)
        self.fields["speaker"].choices = [("", "No speaker"), *self.fields["speaker"].choices[1:]]

    def clean(self):
        given = super().clean()
        if "text" not in given or "kind" not in given or self.refuse_two_answers():
            return given
        self.spoken = Spoken(
            given["kind"],
            self.words_of(given) if self.printed(given) else given["text"],
            given.get("speaker"),
            given["nobody_named"],
            self.printed(given),
            given["paragraph"],
            given.get("to_check", ""),
            rough=self.contribution.rough,
            to_write_up=self.is_still_rough,
        )
        if reading.answers_of_nobody([self.spoken]):
            self.add_error("speaker", WHO_ANSWERED)
        return given

    @property
    def is_still_rough(self) -> bool:
        """Only whoever works through the list writes a rough line up; any other change leaves it on the list."""
        if not self.contribution.rough or (
            self.data.get("then") == WRITE_UP and not self.data.get("autosave")
        ):
            return False
        return self.started_from().get("to_write_up", False)

    def printed(self, given: dict) -> str:
        """What is printed before it: a new speaker's own form, unless something else was typed."""
        was, speaker = self.started_from(), given.get("speaker")
        if given.get("lead", "") != was["lead"] or (speaker and speaker.pk) == was["speaker"]:
            return given.get("lead", "")
        return speaker.printed if speaker else ""

    def started_from(self) -> dict:
        """Who spoke, and what was printed, in the version that its writer saw: the same however late it arrives."""
        now = {"speaker": self.contribution.speaker_id, "lead": self.contribution.lead}
        base = self.data.get("base_version", "")
        is_version = base.isascii() and base.isdigit() and len(base) < 10
        seen = texts.revision(self.contribution, int(base)) if is_version else None
        return now | (seen.details if seen else {})


class PublicNoteForm(Together, forms.Form):
    """The office's note below an entry."""

    submit = None
    autosaved = ("public_note",)
    form_tag = False
    public_note = forms.Text(
        "Note below the entry",
        max_length=2000,
        rows=3,
        required=False,
        help_text="The public reads it. Leave it empty to take it out",
    )


class QuestionForm(Together, forms.Form):
    """A change of a question that the office means to ask. It is never published."""

    submit = None
    autosaved = ("text",)
    form_tag = False
    text = forms.Text("Question to ask", max_length=5000, rows=3, missing="Enter the question")


class NewQuestionForm(forms.Form):
    """A question that the office means to ask. It is never published."""

    submit = "Save question"
    text = QuestionForm.base_fields["text"]
    op_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


class MeetingFilter(forms.Form):
    """Which meetings to list."""

    method = "get"
    submit = None
    form_tag = False
    mark_optional = False
    q = forms.Line("Words in the title, venue or theme", required=False, max_length=200)
    type = forms.ModelChoiceField(
        MeetingType.objects.none(), label="Kind of meeting", required=False, empty_label="All kinds"
    )
    year = forms.ChoiceField(label="Year", required=False)

    def __init__(self, *args, years: list[int], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["type"].queryset = MeetingType.objects.all()
        self.fields["year"].choices = [("", "All years"), *((str(year), str(year)) for year in years)]
