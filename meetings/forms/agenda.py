"""The agenda of a meeting, and what the office means to ask."""

from crispy_forms.layout import Fieldset

from meetings.forms.fields import Form, ModelForm, Together
from meetings.models import AgendaItem, Theme
from meetings.models.meetings import ITEM_KINDS
from publications.notes import ItemKind
from web import forms


class NewItemForm(Form):
    heading = "Add an item"
    submit = "Add this item"
    refused_at = "parent"

    title = forms.Line("Title", max_length=300, missing="Enter the title of the item")
    kind = forms.ChoiceField(label="Kind", choices=ITEM_KINDS, initial=ItemKind.HOLDING_TO_ACCOUNT.value)
    parent = forms.ModelChoiceField(
        AgendaItem.objects.none(),
        label="Main item that it is under",
        required=False,
        empty_label="Nothing: it is a main item",
    )

    def __init__(self, *args, mains, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = mains
        self.fields["parent"].is_optional = False


class ItemForm(Together, ModelForm):
    heading = "Change this item"
    submit = "Save item"
    autosaved = ("title", "scope", "lines_of_enquiry")
    missing = {"title": "Enter the title of the item"}
    layout = [
        "title",
        "kind",
        "label",
        "themes",
        Fieldset("For the office alone", "scope", "lines_of_enquiry"),
    ]

    themes = forms.ModelMultipleChoiceField(
        Theme.objects.all(),
        label="Themes. Select all that apply",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    class Meta:
        model = AgendaItem
        fields = ["title", "kind", "label", "scope", "lines_of_enquiry"]
        labels = {"label": "Number or reference in the original", "lines_of_enquiry": "Lines of enquiry"}
        help_texts = {
            "label": "Only for old notes, for example Ref 03/18",
            "scope": "What the force is asked to report on",
            "lines_of_enquiry": "What the questions are meant to find out",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["themes"].is_optional = False
        if self.instance.pk:
            self.initial["themes"] = [theme.pk for theme in self.instance.themes.all()]
