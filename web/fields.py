"""The fields that are our own: lines, texts, dates of three parts, clocks, lists of addresses."""

import datetime as dt
import re

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models
from django.forms import fields, widgets
from django.forms import models as model_forms

from web.dates import clock, read_clock, read_month

LONGEST_TEXT = 200_000
LONGEST_KEY = len(str(models.BigIntegerField.MAX_BIGINT)) - 1
# Line breaks of other programs: Windows, old Macs, Word's soft break, a new page, Unicode's own two.
LINE_BREAKS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")


class Worded:
    """A field that may be told what to say where nothing was given: `missing="Enter the action"`."""

    def __init__(self, *args, missing: str | None = None, **kwargs):
        # The label comes first, as it does in a model.
        if args:
            label, *args = args
            kwargs["label"] = label
        if missing:
            kwargs["error_messages"] = {"required": missing, **(kwargs.get("error_messages") or {})}
        super().__init__(*args, **kwargs)


class Line(Worded, fields.CharField):
    """One line of text; line breaks that were pasted with it become spaces."""

    def to_python(self, value):
        value = super().to_python(value)
        return " ".join(LINE_BREAKS.sub("\n", value).split("\n")).strip() if value else value


class Text(Worded, fields.CharField):
    """Text of any length up to 200,000 characters, with its line breaks as "\\n"."""

    widget = widgets.Textarea

    def __init__(self, *args, rows: int = 6, max_length: int | None = None, **kwargs):
        super().__init__(*args, max_length=max_length or LONGEST_TEXT, **kwargs)
        self.widget.attrs["rows"] = rows

    def to_python(self, value):
        value = super().to_python(value)
        return LINE_BREAKS.sub("\n", value).strip() if value else value


class DateWidget(widgets.MultiWidget):
    """Day, month and year, each in a box of its own."""

    use_fieldset = True
    parts = ("day", "month", "year")

    def __init__(self, attrs=None):
        boxes = {
            part: widgets.TextInput({"inputmode": "numeric", "autocomplete": "off"}) for part in self.parts
        }
        boxes["month"] = widgets.TextInput({"autocomplete": "off"})
        super().__init__(boxes, attrs)

    def decompress(self, value):
        value = dt.date.fromisoformat(value) if isinstance(value, str) else value
        return [value.day, value.month, value.year] if value else ["", "", ""]

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        for part, box in zip(self.parts, context["widget"]["subwidgets"], strict=True):
            # Each part has its own name, so that an error can lead to the part that is wrong.
            box["attrs"]["id"] = f"{(attrs or {}).get('id', name)}_{part}"
            box["part"] = part
        return context

    def id_for_label(self, id_):
        return f"{id_}_day"


class DateField(Worded, fields.Field):
    """A date, asked for as day, month and year; the month may be a word.

    An error's code names the part that it is about ("day", "month", "year"), so that
    the error summary leads to it.
    """

    widget = DateWidget
    called = ""  # in its errors, where the label is no name: "Do not send before"

    def clean(self, value):
        if isinstance(value, dt.date):
            return value
        parts = [str(part or "").strip() for part in value] if value else []
        given = dict(zip(DateWidget.parts, parts, strict=False))
        if not any(given.values()):
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return None
        if missing := [part for part in DateWidget.parts if not given[part]]:
            raise ValidationError(f"{self.noun} must include a {' and '.join(missing)}", code=missing[0])
        date = self.read(given)
        self.run_validators(date)
        return date

    def read(self, given: dict[str, str]) -> dt.date:
        """The date of the three parts, or an error that names the part that is wrong."""
        written_day = re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)?", given["day"].lower(), re.ASCII)
        month = read_month(given["month"])
        if not re.fullmatch(r"\d{4}", given["year"], re.ASCII):
            raise ValidationError(f"{self.noun} must have a year of 4 numbers, like 2020", code="year")
        wrong = "month" if written_day and not month else "day"
        try:
            return dt.date(int(given["year"]), month or 0, int(written_day[1]) if written_day else 0)
        except ValueError as error:
            raise ValidationError(f"{self.noun} must be a real date", code=wrong) from error

    @property
    def noun(self) -> str:
        return self.called or str(self.label or "Date").rstrip("?:")

    def has_changed(self, initial, data):
        return [str(part or "") for part in self.widget.decompress(initial)] != [
            str(part or "") for part in data or []
        ]


class TimeField(Worded, fields.Field):
    """A time of day in one box, written as people write it: 10am, 14:00, 2.30 pm, midday."""

    widget = widgets.TextInput

    def widget_attrs(self, widget):
        return {"class": "width-10", "autocomplete": "off"}

    def to_python(self, value):
        if value in self.empty_values or isinstance(value, dt.time):
            return value or None
        if not str(value).strip():
            return None
        if (time := read_clock(str(value))) is None:
            raise ValidationError(self.error_messages["clock"], code="clock")
        return time

    @property
    def noun(self) -> str:
        return str(self.label or "Time").rstrip("?:")

    def prepare_value(self, value):
        return clock(value) if isinstance(value, dt.time) else value

    def has_changed(self, initial, data):
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True

    def clean(self, value):
        self.error_messages.setdefault("clock", f"{self.noun} must be a time, like 10am or 2:30pm")
        return super().clean(value)


class EmailListField(Text):
    """E-mail addresses, one on each line; gives a list, each address once."""

    def __init__(self, *args, rows: int = 3, **kwargs):
        super().__init__(*args, rows=rows, **kwargs)

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value):
        text = super().clean(value)
        addresses = list(dict.fromkeys(line.strip(" ,;") for line in text.splitlines() if line.strip(" ,;")))
        for address in addresses:
            self.check(address)
        return addresses

    def check(self, address: str) -> None:
        try:
            validate_email(address)
        except ValidationError as error:
            raise ValidationError(
                "“%(address)s” must be an e-mail address in the correct format, like name@office.example",
                code="address",
                params={"address": address},
            ) from error

    def has_changed(self, initial, data):
        return (initial or []) != [
            line.strip(" ,;") for line in (data or "").splitlines() if line.strip(" ,;")
        ]


class ModelMultipleChoiceField(model_forms.ModelMultipleChoiceField):
    """Several rows. A key that is longer than any key is one that is not in the list; databases fail on it."""

    def clean(self, value):
        if isinstance(value, list | tuple) and any(len(str(one)) > LONGEST_KEY for one in value):
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return super().clean(value)


OWN_FIELDS = {
    models.CharField: Line,
    models.TextField: Text,
    models.DateField: DateField,
    models.TimeField: TimeField,
    models.ManyToManyField: ModelMultipleChoiceField,
}


def question_for(db_field: models.Field, **kwargs) -> fields.Field | None:
    """The form field of a model's field: one of ours where we have one."""
    own = OWN_FIELDS.get(type(db_field))
    if own and not db_field.choices:
        kwargs.setdefault("form_class", own)
    if isinstance(db_field, models.URLField):
        kwargs.setdefault("assume_scheme", "https")
    return db_field.formfield(**kwargs)
