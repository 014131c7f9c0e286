"""Who the office is: its names, address and colour, from a day on."""

import re

from crispy_forms.layout import Fieldset
from django.core.exceptions import ValidationError

from meetings.forms.fields import ModelForm, Together
from publications.colours import READABLE, WHITE, contrast
from publications.models import Identity


class IdentityForm(ModelForm):
    heading = "Change the office"
    submit = "Save the office"
    refused_at = "starts"
    layout = [
        "starts",
        Fieldset("Names", "office_name", "office_short_name", "commissioner_title", "force_name", "area"),
        Fieldset("How the public reaches you", "email", "telephone", "postal_address", "website"),
        Fieldset("Look", "accent_colour"),
    ]
    missing = {
        "starts": "Enter the first day",
        "office_name": "Enter the name of the office",
        "office_short_name": "Enter the short name of the office",
        "commissioner_title": "Enter the title of the person who holds the force to account",
        "force_name": "Enter the name of the force",
        "accent_colour": "Enter a colour as # and six digits, for example #1f4f5f",
    }

    class Meta:
        model = Identity
        fields = [
            "starts",
            "office_name",
            "office_short_name",
            "commissioner_title",
            "force_name",
            "area",
            "email",
            "telephone",
            "postal_address",
            "website",
            "accent_colour",
        ]
        labels = {
            "starts": "From",
            "commissioner_title": "Title of whoever holds the force to account",
            "accent_colour": "Colour",
        }
        help_texts = {
            "starts": "What was published before that day keeps the earlier names",
            "commissioner_title": "For example Police and Crime Commissioner",
            "accent_colour": "As # and six digits. It has to stand out from white by 4.5 to 1",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["website"].assume_scheme = "https"
        self.fields["postal_address"].widget.attrs["rows"] = 4

    def clean_accent_colour(self):
        colour = self.cleaned_data["accent_colour"].lower()
        if not re.fullmatch("#[0-9a-f]{6}", colour):
            raise ValidationError(self.missing["accent_colour"])
        if contrast(colour, WHITE) < READABLE:
            raise ValidationError("Colour must be darker, so that white words on it can be read")
        return colour


class ChangeIdentityForm(Together, IdentityForm):
    heading = "Correct what is said of the office"
