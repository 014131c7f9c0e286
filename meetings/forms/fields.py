"""Fields that several of these forms ask."""

from uuid import uuid4

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property

from meetings.facts import Values, version_of
from web import forms
from web.dates import WEEKDAYS, day


def put_ends_after_starts(form, starts: str, ends: str, words: str) -> None:
    """Say at the last day's field that it comes before the first."""
    first, last = form.cleaned_data.get(starts), form.cleaned_data.get(ends)
    if first and last and last < first:
        form.add_error(
            ends, ValidationError(f"{words} must be the same as or after {day(first)}", code="day")
        )


def weekend_doubt(date) -> str:
    """What to ask about a day on which offices do not meet; empty for a working day."""
    if date is None or date.weekday() < 5:
        return ""
    return f"{day(date)} is a {WEEKDAYS[date.weekday()]}. Change the date, or tick that it is right"


class Refusable:
    """A form that can show what a service refused, at the field it is about if that is known."""

    refused_at: str | None = None

    def refuse(self, sentence: str, field: str | None = None) -> None:
        self.add_error(field or self.refused_at, sentence)


class Form(Refusable, forms.Form):
    heading = ""


class ModelForm(Refusable, forms.ModelForm):
    """The services say in words what the database would refuse, so that is left to them."""

    heading = ""

    def validate_unique(self):
        pass

    def validate_constraints(self):
        pass


class Together:
    """A form about a row that two people may change at once: it says what it showed, and which save it is.

    Put it before `Form` or `ModelForm`, and give it what it shows. `meetings.views.together` saves it.
    `autosaved` names what is written, and saved while somebody types; what is chosen waits for the button.
    """

    autosaved: tuple[str, ...] = ()

    def __init__(self, *args, shown: Values, kept_as: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        hidden = forms.HiddenInput
        self.fields["base_version"] = forms.CharField(
            widget=hidden, required=False, initial=version_of(shown)
        )
        self.fields["op_id"] = forms.UUIDField(widget=hidden, required=False, initial=uuid4)
        self.kept_as = kept_as

    @cached_property
    def helper(self):
        helper = super().helper
        if self.kept_as and self.autosaved:
            del helper.attrs["data-keep"]
            helper.attrs |= {"data-save": self.kept_as, "data-autosave": self.while_typing}
        return helper

    @property
    def while_typing(self) -> str:
        """The fields that are saved while somebody types, as the page's script reads them."""
        return " ".join(name for name in self.autosaved if name in self.fields)
