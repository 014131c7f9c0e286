"""The two questions of an import: which source, and whether it was understood."""

import base64
import binascii
import datetime as dt
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from django.forms import BoundField, Field

from importing.findings import Finding, Severity
from importing.intake import Intake
from importing.looking_over import IN_DOUBT, LATER, RIGHT, Corrections, Settlement
from importing.source import LIMIT, Unreadable
from meetings.models import Role
from meetings.reading.dates import in_year
from web import forms
from web.dates import WEEKDAYS, weekday_day
from web.wording import shortened

NEVER, ELSEWHERE = "no", "yes"


class SourceForm(forms.Form):
    """Where the notes come from, and whether they were published before."""

    submit = "Read these notes"
    action = "importing:import"
    kept_as = "import"
    mark_optional = False
    text = forms.Text(
        "Text of the notes",
        required=False,
        rows=14,
        max_length=LIMIT,
        help_text="Everything from the title to the next meeting, as it comes out of the PDF file",
    )
    file = forms.FileField(
        label="Or a text file (.txt)", required=False, allow_empty_file=True, help_text="Of 5 MB at most"
    )
    elsewhere = forms.ChoiceField(
        label="Were these notes published before?",
        choices=[(NEVER, "No"), (ELSEWHERE, "Yes, elsewhere")],
        widget=forms.RadioSelect,
    )
    published_on = forms.DateField(
        "Published on", required=False, help_text="Leave it empty when the day is not known"
    )
    missing = {"elsewhere": "Select whether these notes were published before"}
    reveals = {"elsewhere": {ELSEWHERE: ["published_on"]}}


def packed(content: bytes) -> str:
    """A source as it travels in a form while somebody looks it over: nothing is stored until they confirm."""
    return base64.b64encode(zlib.compress(content)).decode()


def unpacked(kept: str) -> bytes:
    """The source again. Raises `Unreadable` when it did not come back whole."""
    try:
        return zlib.decompressobj().decompress(base64.b64decode(kept, validate=True), LIMIT + 1)
    except (binascii.Error, zlib.error) as error:
        raise Unreadable("The text did not arrive whole. Paste it, or select the file, again") from error


class Carried(forms.HiddenInput):
    """What nobody typed into this page: the browser neither keeps it nor puts it back."""

    def __init__(self):
        super().__init__(attrs={"data-carried": ""})


class KeptForm(forms.Form):
    """The source that was looked over, on its way back; `pasted` is the operation under which it was given."""

    kept = forms.CharField(widget=Carried)
    name = forms.CharField(widget=Carried, required=False, max_length=200)
    elsewhere = forms.ChoiceField(choices=[(NEVER, "No"), (ELSEWHERE, "Yes")], widget=Carried)
    published_on = forms.fields.DateField(widget=Carried, required=False)
    pasted = forms.fields.UUIDField(widget=Carried, required=False)


@dataclass(frozen=True)
class Question:
    """A finding that somebody settles, with the field that asks it."""

    finding: Finding
    field: BoundField


class LookOverForm(forms.Form):
    """What was understood of a source: put right, and each finding settled."""

    mark_optional = False
    title = forms.Line("Title", max_length=300, missing="Enter the title")
    type = forms.Line("Type of meeting", max_length=200, missing="Enter the type of meeting")
    date = forms.DateField("Date of the meeting", required=False)
    chair = forms.ChoiceField(label="Who chaired?", required=False)

    def __init__(self, intake: Intake, *args, elsewhere: bool, **kwargs):
        facts = intake.notes.meeting
        chair = next((person.key for person in intake.notes.people if person.chair), "")
        initial = {"title": facts.title, "type": facts.type, "date": facts.date, "chair": chair}
        self.intake = intake
        self.asked = [one for one in intake.findings if one.severity != Severity.REMARK]
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["chair"].choices = [("", "Nobody named"), *people_of(intake)]
        for name, field in [*self._owners(), *self._settlements(elsewhere)]:
            self.fields[name] = field
            self.put_in_words(name, field)
        self.reveals = {
            f"finding_{n}": {IN_DOUBT: [f"note_{n}"]} for n in range(len(self.asked)) if elsewhere
        }
        self.ask_only_what_was_chosen()

    def _owners(self) -> Iterator[tuple[str, Field]]:
        choices = [("", "Nobody yet"), *people_of(self.intake), *roles_elsewhere(self.intake)]
        for place, action in enumerate(self.intake.notes.actions, 1):
            yield (
                f"owner_{action.key}",
                forms.ChoiceField(
                    label=f"Who owns action {place}?",
                    help_text=shortened(action.text, 140) if isinstance(action.text, str) else "",
                    choices=choices,
                    required=False,
                    initial=action.owners[0] if action.owners else "",
                ),
            )

    def _settlements(self, elsewhere: bool) -> Iterator[tuple[str, Field]]:
        for number, finding in enumerate(self.asked):
            yield (
                f"finding_{number}",
                forms.ChoiceField(
                    label=finding.sentence,
                    choices=ways_to_settle(finding, self.intake, elsewhere),
                    widget=forms.RadioSelect,
                    initial=LATER,
                ),
            )
            if elsewhere:
                yield (
                    f"note_{number}",
                    forms.Text(
                        "Note for the public",
                        missing="Enter the note for the public",
                        rows=2,
                        max_length=2000,
                        help_text="Say what does not add up. It is printed with the notes.",
                    ),
                )

    @property
    def questions(self) -> list[Question]:
        return [Question(finding, self[f"finding_{n}"]) for n, finding in enumerate(self.asked)]

    @property
    def owners(self) -> list[BoundField]:
        return [self[f"owner_{action.key}"] for action in self.intake.notes.actions]

    def settlements(self) -> list[Settlement]:
        """How each finding was settled; another date that was chosen makes the finding right."""
        return [
            Settlement(
                finding,
                RIGHT if (how := self.cleaned_data[f"finding_{n}"]) not in {LATER, IN_DOUBT} else how,
                self.cleaned_data.get(f"note_{n}", ""),
            )
            for n, finding in enumerate(self.asked)
        ]

    def corrections(self) -> Corrections:
        """What was put right; a date that was chosen beside its finding goes before the one above."""
        chosen = [self.cleaned_data[f"finding_{n}"] for n in range(len(self.asked))]
        dates = [dt.date.fromisoformat(how) for how in chosen if how not in {RIGHT, LATER, IN_DOUBT}]
        return Corrections(
            title=self.cleaned_data["title"],
            type=self.cleaned_data["type"],
            date=dates[0] if dates else self.cleaned_data["date"],
            chair=self.cleaned_data["chair"],
            owners={
                action.key: self.cleaned_data[f"owner_{action.key}"] for action in self.intake.notes.actions
            },
        )


def ways_to_settle(finding: Finding, intake: Intake, elsewhere: bool) -> list[tuple[str, str]]:
    """The answers that a finding can be given; what was published elsewhere keeps the words that it was published in."""
    date = intake.notes.meeting.date
    if finding.code == "weekday" and date:
        wrong_day = f"{weekday_day(date)} is right, the day of the week in the notes is wrong"
        right = [] if elsewhere else [(RIGHT, wrong_day)]
        right += [(other.isoformat(), f"It was {weekday_day(other)}") for other in other_dates(intake)]
    else:
        right = [(RIGHT, "It is right, or I put it right below")]
    in_doubt = [(IN_DOUBT, "Leave it as in the original, in doubt")] if elsewhere else []
    return [*right, *in_doubt, (LATER, "Decide later, in the draft")]


def other_dates(intake: Intake) -> list[dt.date]:
    """Days on which what is written would be true: that week, and that day in the years around."""
    date, written = intake.notes.meeting.date, (intake.notes.meeting.date_as_written or "").lower()
    weekday = next((place for place, name in enumerate(WEEKDAYS) if name.lower() in written), None)
    if weekday is None:
        return []
    that_week = date + dt.timedelta(days=weekday - date.weekday())
    around = [in_year(date, date.year + years) for years in (-1, 1)]
    return [that_week, *(day for day in around if day and day.weekday() == weekday)]


def people_of(intake: Intake) -> list[tuple[str, str]]:
    """Those who were there, as choices: their key, and who they are."""
    return [
        (person.key, f"{person.name or 'Not named'}, {person.role}" if person.role else str(person.name))
        for person in intake.notes.people
    ]


def roles_elsewhere(intake: Intake) -> list[tuple[str, str]]:
    """Owners who were not there: those that the notes name, and the posts that this office knows."""
    present = {person.key for person in intake.notes.people}
    named = [owner for action in intake.notes.actions for owner in action.owners]
    known = Role.objects.values_list("title", flat=True)
    return [(title, title) for title in dict.fromkeys([*named, *known]) if title not in present]
