"""Who is at a meeting, and what the public sees of them."""

from crispy_forms.layout import Fieldset

from meetings.forms.fields import Form, ModelForm, Together
from meetings.models import Attendance, Person, Role
from meetings.models.people import PublishAs
from web import forms

Presence = Attendance.Presence
IN_PUBLIC = {
    PublishAs.NAME: "published by name",
    PublishAs.ROLE: "published by role only",
    PublishAs.COUNTED: "only counted in public",
}


class PresenceForm(Together, Form):
    """Everybody on the list, present or not; one question each."""

    heading = "Attendance"
    submit = "Save attendance"

    def __init__(self, *args, attendances: list[Attendance], **kwargs):
        super().__init__(*args, **kwargs)
        self.attendances = attendances
        for one in attendances:
            self.fields[f"presence_{one.pk}"] = forms.ChoiceField(
                label=called(one),
                help_text=seen(one),
                choices=Presence,
                initial=one.presence,
                widget=forms.RadioSelect,
                error_messages={"required": f"Select whether {one.name} was there"},
            )
            self.fields[f"present_for_{one.pk}"] = forms.Line(
                "Present for",
                max_length=200,
                required=False,
                initial=one.present_for,
                help_text="For example items 2 to 4, or from 10:20am",
            )
        self.reveals = {
            f"presence_{one.pk}": {Presence.PART.value: [f"present_for_{one.pk}"]} for one in attendances
        }
        for name, field in self.fields.items():
            self.put_in_words(name, field)

    def rows(self):
        """Each attendance with its question."""
        for one in self.attendances:
            yield one, self[f"presence_{one.pk}"]

    def clean(self):
        """Who was there for all of it, or for nothing, was not there for a part."""
        cleaned = super().clean()
        for one in self.attendances:
            if cleaned.get(f"presence_{one.pk}") != Presence.PART:
                cleaned[f"present_for_{one.pk}"] = ""
        return cleaned


def called(attendance: Attendance) -> str:
    """Somebody on the list, as the list names them."""
    short = f" ({attendance.abbreviation})" if attendance.abbreviation else ""
    return f"{attendance.name}{short}"


def seen(attendance: Attendance) -> str:
    """What somebody was that day, and how they are printed and published."""
    facts = [
        attendance.role_title,
        "chair" if attendance.chair else "",
        "takes the minutes" if attendance.minute_taker else "",
        f"printed as “{attendance.printed}”",
        IN_PUBLIC[attendance.publish_as],
    ]
    return ", ".join(fact for fact in facts if fact)


class InviteForm(Form):
    heading = "Add a person"
    submit = "Add this person"
    refused_at = "person"
    reveals = {"who": {"known": ["person"], "new": ["new_name"]}}
    layout = [
        "who",
        "role",
        "role_title",
        "abbreviation",
        "presence",
        Fieldset("At this meeting, they", "chair", "minute_taker"),
        "publish_as",
    ]

    who = forms.ChoiceField(
        label="Who is it?",
        choices=[("known", "Somebody the office knows"), ("new", "Somebody new")],
        widget=forms.RadioSelect,
        initial="known",
        error_messages={"required": "Select who it is"},
    )
    person = forms.ModelChoiceField(Person.objects.all(), label="Person", required=False)
    new_name = forms.Line("Name", max_length=200, required=False)
    role = forms.ModelChoiceField(
        Role.objects.all(),
        label="Role",
        required=False,
        empty_label="The one they hold that day, if any",
    )
    role_title = forms.Line(
        "Role as it is printed",
        max_length=300,
        required=False,
        help_text="If the list above does not have it, or the notes word it differently",
    )
    abbreviation = forms.Line(
        "Short name",
        max_length=40,
        required=False,
        help_text="For example ACC. Leave empty for the role’s own",
    )
    presence = forms.ChoiceField(
        label="Attendance", choices=Presence, widget=forms.RadioSelect, initial=Presence.PRESENT
    )
    chair = forms.BooleanField(label="Chair the meeting", required=False)
    minute_taker = forms.BooleanField(label="Take the minutes", required=False)
    publish_as = forms.ChoiceField(
        label="The public sees them",
        choices=[("", "As the role says, else by role only"), *PublishAs.choices],
        widget=forms.RadioSelect,
        required=False,
        help_text="Chief officers and office-holders by name; everybody else by role, or only counted",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ["person", "new_name", "publish_as"]:
            self.fields[name].is_optional = False
        self.fields["person"].empty_label = "Select from the list"
        self.initial.setdefault("publish_as", "")

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("who") == "known" and not cleaned.get("person") and "person" not in self.errors:
            self.add_error("person", "Select the person from the list")
        if cleaned.get("who") == "new" and not cleaned.get("new_name") and "new_name" not in self.errors:
            self.add_error("new_name", "Enter the name")
        return cleaned

    def refuse(self, sentence: str, field: str | None = None) -> None:
        """A short name that is taken is told at the short name; whoever is there already, at the person."""
        super().refuse(sentence, field or ("abbreviation" if "Tell the two apart" in sentence else None))

    def facts(self) -> dict:
        """The answers, without those that belong to the other choice."""
        facts = dict(self.cleaned_data)
        if facts.pop("who") == "known":
            facts["new_name"] = ""
        else:
            facts["person"] = None
        return facts


class AttendeeForm(Together, ModelForm):
    heading = "Change how they attended"
    submit = "Save"
    refused_at = "abbreviation"
    reveals = {"presence": {Presence.PART.value: ["present_for"]}}
    layout = [
        "name",
        "role_title",
        "abbreviation",
        "printed",
        "body",
        "presence",
        Fieldset("At this meeting, they", "chair", "minute_taker"),
        "publish_as",
    ]
    missing = {"name": "Enter the name", "printed": "Enter how they are printed"}

    class Meta:
        model = Attendance
        fields = [
            "name",
            "role_title",
            "abbreviation",
            "printed",
            "body",
            "presence",
            "present_for",
            "chair",
            "minute_taker",
            "publish_as",
        ]
        widgets = {"presence": forms.RadioSelect, "publish_as": forms.RadioSelect, "body": forms.RadioSelect}
        labels = {
            "abbreviation": "Short name",
            "role_title": "Role that day",
            "printed": "Printed as",
            "body": "They belong to",
            "chair": "Chaired the meeting",
            "minute_taker": "Took the minutes",
            "present_for": "Present for",
            "publish_as": "The public sees them",
        }
        help_texts = {
            "name": "As it was that day. It changes nothing elsewhere",
            "abbreviation": "Two people at one meeting need two short names, for example ACC Crime",
            "printed": "Before what they said, for example The CC",
            "publish_as": "Chief officers and office-holders by name; everybody else by role, or only counted",
        }
