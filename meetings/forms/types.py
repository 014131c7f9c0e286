"""Meeting types: what is usual for a kind of meeting."""

from meetings.forms.fields import Form, ModelForm, Together
from meetings.models import MeetingType, Role, UsualItem, UsualPerson
from meetings.models.meetings import ITEM_KINDS
from web import forms


class TypeForm(ModelForm):
    heading = "Add a meeting type"
    submit = "Save meeting type"
    refused_at = "name"
    missing = {"name": "Enter the name of the meeting type"}

    shares_actions_with = forms.ModelMultipleChoiceField(
        MeetingType.objects.all(),
        label="Shares its actions with. Select all that apply",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Open actions of these types come back to its meetings too, and the other way round",
    )

    class Meta:
        model = MeetingType
        fields = ["name", "held", "venue", "start", "speaker_style", "shares_actions_with"]
        widgets = {"held": forms.RadioSelect, "speaker_style": forms.RadioSelect}
        labels = {
            "held": "How is it usually held?",
            "venue": "Usual venue",
            "start": "Usual start time",
            "speaker_style": "How are speakers printed?",
        }
        help_texts = {"name": "As the public reads it, for example Monthly Assurance Meeting"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        shared = self.fields["shares_actions_with"]
        shared.is_optional = False
        if self.instance.pk:
            shared.queryset = shared.queryset.exclude(pk=self.instance.pk)
        if not shared.queryset.exists():
            del self.fields["shares_actions_with"]


class ChangeTypeForm(Together, TypeForm):
    heading = "Change this meeting type"


class UsualItemForm(Form):
    heading = "Add an item to the default agenda"
    submit = "Add this item"
    refused_at = "parent"

    title = forms.Line("Title", max_length=300, missing="Enter the title of the item")
    kind = forms.ChoiceField(label="Kind", choices=ITEM_KINDS, initial="other")
    parent = forms.ModelChoiceField(
        UsualItem.objects.none(),
        label="Main item that it is under",
        required=False,
        empty_label="Nothing: it is a main item",
    )

    def __init__(self, *args, type: MeetingType, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = type.usual_items.filter(parent=None)
        self.fields["parent"].is_optional = False


class ChangeUsualItemForm(Together, ModelForm):
    heading = "Change this item"
    submit = "Save item"
    missing = {"title": "Enter the title of the item"}

    class Meta:
        model = UsualItem
        fields = ["title", "kind"]


class UsualPersonForm(Form):
    heading = "Add somebody who usually comes"
    submit = "Add this role"
    refused_at = "role"

    role = forms.ModelChoiceField(
        Role.objects.all(), label="Role", help_text="Whoever holds it on the day is put on the list"
    )
    chair = forms.BooleanField(label="Chairs the meeting", required=False)
    minute_taker = forms.BooleanField(label="Takes the minutes", required=False)


class ChangeUsualPersonForm(Together, ModelForm):
    heading = "Change what they do"
    submit = "Save"

    class Meta:
        model = UsualPerson
        fields = ["chair", "minute_taker"]
