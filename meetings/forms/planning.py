"""Planning a meeting, changing its facts, and saying when the next one is."""

from crispy_forms.layout import Fieldset
from django.core.exceptions import ValidationError

from meetings.forms.fields import Form, ModelForm, Together, weekend_doubt
from meetings.models import Meeting, MeetingType
from meetings.models.meetings import Held
from web import forms
from web.dates import day

TIME_HINT = "For example, 10am or 2:30pm"


class PlanForm(Form):
    heading = "Plan a meeting"
    submit = "Plan this meeting"
    refused_at = "end"

    type = forms.ModelChoiceField(
        MeetingType.objects.all(),
        label="Type of meeting",
        help_text="It brings its usual agenda and people",
        error_messages={"required": "Select the type of meeting"},
    )
    date = forms.DateField("Date", missing="Enter the date of the meeting")
    weekend = forms.BooleanField(label="The date is right", required=False)
    start = forms.TimeField(
        "Start time", required=False, help_text=f"{TIME_HINT}. Leave empty for the usual time"
    )
    end = forms.TimeField("End time", required=False)
    venue = forms.Line("Venue", max_length=300, required=False, help_text="Leave empty for the usual place")
    held = forms.ChoiceField(
        label="How is it held?",
        choices=[("", "As usual for its type"), *Held.choices],
        widget=forms.RadioSelect,
        required=False,
    )
    title = forms.Line(
        "Title", max_length=300, required=False, help_text="Only if it has one besides the name of its type"
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["held"].is_optional = False
        self.initial.setdefault("held", "")
        if not self.is_bound or "weekend" not in self.errors:
            self.layout = [name for name in self.fields if name != "weekend"]

    def clean(self):
        cleaned = super().clean()
        doubt = weekend_doubt(cleaned.get("date"))
        if doubt and not cleaned.get("weekend"):
            self.add_error("weekend", doubt)
        return cleaned

    def facts(self) -> dict:
        """What was asked for, with what is usual for the type where nothing was said."""
        cleaned = self.cleaned_data
        type = cleaned["type"]
        return {
            "type": type,
            "date": cleaned["date"],
            "start": cleaned["start"] or type.start,
            "end": cleaned["end"],
            "venue": cleaned["venue"] or type.venue,
            "held": cleaned["held"] or type.held,
            "title": cleaned["title"],
        }


class DetailsForm(Together, ModelForm):
    heading = "Details of the meeting"
    submit = "Save details"
    refused_at = "end"
    autosaved = ("title", "venue", "period", "summary", "date_as_written", "office_note")
    missing = {"type": "Select the type of meeting", "date": "Enter the date of the meeting"}
    layout = [
        Fieldset("What and when", "type", "title", "status", "held", "date", "start", "end", "venue"),
        Fieldset("In the notes", "period", "summary", "date_as_written"),
        Fieldset("For the office alone", "office_note"),
        Fieldset(
            "If the notes are already published elsewhere", "published_elsewhere", "originally_published"
        ),
    ]

    class Meta:
        model = Meeting
        fields = [
            "type",
            "title",
            "status",
            "held",
            "date",
            "date_as_written",
            "start",
            "end",
            "venue",
            "period",
            "summary",
            "office_note",
            "published_elsewhere",
            "originally_published",
        ]
        widgets = {"status": forms.RadioSelect, "held": forms.RadioSelect}
        labels = {
            "type": "Type of meeting",
            "status": "Where does it stand?",
            "held": "How is it held?",
            "start": "Start time",
            "end": "End time",
            "date_as_written": "Date as the original writes it",
            "period": "Period that it is about",
            "office_note": "Note",
            "published_elsewhere": "Its notes are already published elsewhere",
            "originally_published": "First published on",
        }
        help_texts = {
            "start": TIME_HINT,
            "period": "If it is not about the month of its date, for example Quarter 2, 2020 to 2021",
            "summary": "Two or three sentences at the head of the notes",
            "date_as_written": "Kept for old notes, where the day and the date may disagree",
            "office_note": "Never published",
            "published_elsewhere": "The record then stays as it was printed, and doubts are noted beside it",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # An import may leave the date open; whoever saves this page knows it.
        self.fields["date"].required = True
        self.fields["date"].is_optional = False


class NextMeetingForm(Together, ModelForm):
    heading = "Next meeting"
    submit = "Save next meeting"
    autosaved = ("next_subject", "next_venue", "next_as_written")

    class Meta:
        model = Meeting
        fields = ["next_type", "next_subject", "next_date", "next_start", "next_venue", "next_as_written"]
        labels = {
            "next_type": "Type",
            "next_subject": "Subject",
            "next_date": "Date",
            "next_start": "Start time",
            "next_venue": "Venue",
            "next_as_written": "As the original writes it",
        }
        help_texts = {
            "next_type": "For example Thematic",
            "next_subject": "For example the outcome of budget investments",
            "next_start": TIME_HINT,
            "next_as_written": "Printed instead of the answers above",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["next_as_written"].widget.attrs["rows"] = 3
        if not self.instance.next_as_written:
            del self.fields["next_as_written"]

    def clean_next_date(self):
        """What was published elsewhere is kept as it was; else the next meeting comes after this one."""
        date, this = self.cleaned_data["next_date"], self.instance
        if date and this.date and date <= this.date and not this.published_elsewhere:
            raise ValidationError(f"Date must be after {day(this.date)}, the day of this meeting", code="day")
        return date
