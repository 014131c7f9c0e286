"""Posts, the people who hold them, and from when to when."""

from accounts.models import User
from meetings.forms.fields import ModelForm, Together, put_ends_after_starts
from meetings.models import Appointment, Person, Role, RoleContact
from web import forms


class RoleForm(ModelForm):
    heading = "Add a role"
    submit = "Save role"
    refused_at = "title"
    missing = {"title": "Enter the title of the role", "body": "Select whom the role belongs to"}
    layout = ["title", "abbreviation", "body", "publish_as", "to", "copy"]

    to = forms.EmailListField(
        "Letters go to",
        required=False,
        help_text="E-mail addresses, one on each line, whoever holds the role",
    )
    copy = forms.EmailListField(
        "With a copy to", required=False, help_text="E-mail addresses, one on each line"
    )

    class Meta:
        model = Role
        fields = ["title", "abbreviation", "body", "publish_as"]
        widgets = {"body": forms.RadioSelect, "publish_as": forms.RadioSelect}
        labels = {"abbreviation": "Short name", "body": "Whose role is it?"}
        help_texts = {
            "publish_as": "Chief officers and office-holders by name; everybody else by role, or only counted"
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["body"].choices = [choice for choice in self.fields["body"].choices if choice[0]]


class ChangeRoleForm(Together, RoleForm):
    heading = "Change this role"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for line in RoleContact.Line:
            addresses = [one.email for one in self.instance.contacts.all() if one.line == line]
            self.initial[line.value] = addresses


class PersonForm(ModelForm):
    heading = "Add a person"
    submit = "Save person"
    missing = {"name": "Enter the name"}

    user = forms.ModelChoiceField(
        User.objects.all(),
        label="Account",
        required=False,
        empty_label="None",
        help_text="If they sign in here themselves",
        error_messages={"invalid_choice": "Select an account from the list"},
    )

    class Meta:
        model = Person
        fields = ["name", "email", "user"]
        help_texts = {"name": "As it is printed, for example Ms A Khan", "email": "Never published"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        taken = Person.with_removed.exclude(pk=self.instance.pk).exclude(user=None).values("user")
        self.fields["user"].queryset = User.objects.exclude(pk__in=taken)


class ChangePersonForm(Together, PersonForm):
    heading = "Change this person"


class AppointmentForm(ModelForm):
    heading = "Appoint somebody"
    submit = "Save appointment"
    refused_at = "person"
    missing = {"starts": "Enter the first day", "kind": "Select how they hold the role"}

    class Meta:
        model = Appointment
        fields = ["person", "kind", "starts", "ends"]
        widgets = {"kind": forms.RadioSelect}
        labels = {"kind": "How do they hold it?", "starts": "First day", "ends": "Last day"}
        help_texts = {
            "person": "Select “Vacant” while nobody holds it",
            "starts": "An appointment of the same kind that has no last day ends the day before",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].empty_label = "Vacant"
        self.fields["person"].is_optional = False

    def clean(self):
        cleaned = super().clean()
        put_ends_after_starts(self, "starts", "ends", "Last day")
        return cleaned


class ChangeAppointmentForm(Together, AppointmentForm):
    heading = "Change this appointment"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["starts"].help_text = ""
