"""Forms that ask in plain words: the two bases, and the fields that are our own.

A form lists its questions; `web.forms` sees to the rest. What is not required says
"(optional)"; each error says what to do next; nothing that no record can hold gets in.

    class ActionForm(forms.Form):
        submit = "Save action"
        text = forms.Text("Action", max_length=400, missing="Enter the action")
        owner = forms.ModelChoiceField(Role.objects.all(), label="Who owns this action?")
        due_kind = forms.ChoiceField(label="When is it due?", choices=DUE, widget=forms.RadioSelect)
        due_on = forms.DateField("Due date")
        reveals = {"due_kind": {"date": ["due_on"]}}

The page is `{% error_summary form %}` and `{% crispy form %}`. The fields and widgets of
Django that our forms use can be had from here too, so that a form needs one import.
"""

import datetime as dt
import re
import unicodedata

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator, validate_email
from django.db import models
from django.forms import (  # noqa: F401
    BooleanField,
    CharField,
    CheckboxInput,
    CheckboxSelectMultiple,
    ChoiceField,
    EmailField,
    FileField,
    HiddenInput,
    IntegerField,
    ModelChoiceField,
    ModelMultipleChoiceField,
    MultipleChoiceField,
    RadioSelect,
    Select,
    Textarea,
    TextInput,
    TypedChoiceField,
    URLField,
    UUIDField,
    fields,
    forms,
    widgets,
)
from django.forms import models as model_forms
from django.utils.functional import cached_property

from web.dates import clock, read_clock, read_month

# Words that a label begins with when it needs no "the" in a sentence: "Enter what was said".
STANDING_ALONE = {"who", "what", "when", "where", "which", "why", "how", "whether", "the", "a", "an", "your"}
LONGEST_TEXT = 200_000
# Line breaks of other programs: Windows, old Macs, Word's soft break, a new page, Unicode's own two.
LINE_BREAKS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
NO_CONTROL = "{Noun} has a hidden character that cannot be kept. Type it again, or paste it as plain text"


# --- Words -------------------------------------------------------------------------------------------


def in_a_sentence(label: str) -> str:
    """The label as it reads inside a sentence: "Due date" → "due date", "PDF file" stays."""
    label = label.strip().rstrip("?:")
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def asked_for(label: str) -> str:
    """What follows "Enter" or "Select": "the due date", "who owns this action"."""
    words = in_a_sentence(label)
    if label.strip().endswith("?") and not words.startswith("who "):
        return f"an answer to “{label.strip()}”"
    return words if words.split(" ")[0] in STANDING_ALONE else f"the {words}"


def has_hidden_character(text: str) -> bool:
    """Whether the text has a character that cannot be printed, exported or, like NUL, even stored."""
    return any(
        character in "\ufffe\uffff"
        or (unicodedata.category(character) in {"Cc", "Cs"} and character not in "\n\t")
        for character in text
    )


def refuse_hidden_characters(text) -> None:
    if isinstance(text, str) and has_hidden_character(text):
        raise ValidationError("A hidden character cannot be kept", code="hidden_character")


def sentences(field: fields.Field, label: str) -> dict[str, str]:
    """What each error of a field says, by its code: what to do next, never "This field is required"."""
    chosen = isinstance(field, fields.ChoiceField | model_forms.ModelChoiceField | fields.BooleanField)
    verb = "Select" if chosen or isinstance(field, fields.FileField) else "Enter"
    noun, Noun = asked_for(label), label.strip().rstrip("?:")
    if isinstance(field, fields.BooleanField):
        noun = f"“{label}”"
    not_listed = f"Select {noun} again. What was chosen is not in the list"
    return {
        "required": f"{verb} {noun}",
        "missing": f"{verb} {noun}",
        "invalid": f"{Noun} must be written in another way",
        "invalid_choice": not_listed,
        "invalid_list": not_listed,
        "invalid_pk_value": not_listed,
        "max_length": f"{Noun} must be {getattr(field, 'max_length', None) or 0:,} characters or less",
        "min_length": f"{Noun} must be %(limit_value)s characters or more",
        "max_value": f"{Noun} must be %(limit_value)s or less",
        "min_value": f"{Noun} must be %(limit_value)s or more",
        "null_characters_not_allowed": NO_CONTROL.format(Noun=Noun),
        "hidden_character": NO_CONTROL.format(Noun=Noun),
        "unique": f"Enter a different {in_a_sentence(label)}. This one is already in use",
        "contradiction": "Select a file, or tick “Clear” to have none: not both",
        "empty": "The selected file is empty. Select another file",
        "invalid_image": "The selected file must be a picture",
        **WRITTEN_AS.get(type(field), {}),
    }


WRITTEN_AS = {
    fields.IntegerField: {"invalid": "Enter a whole number, like 12"},
    fields.DecimalField: {"invalid": "Enter a number, like 12.5"},
    fields.EmailField: {"invalid": "Enter an e-mail address in the correct format, like name@office.example"},
    fields.URLField: {
        "invalid": "Enter a web address in the correct format, like https://www.office.example"
    },
    fields.FileField: {"max_length": "The name of the selected file must be %(max)s characters or less"},
}


# --- The bases ---------------------------------------------------------------------------------------


class Questions:
    """What our two form bases share: the words of every field, and how the form is laid out.

    `submit`     the button's words; None where the page has buttons of its own
    `layout`     names of fields, and crispy's layout objects, in the order people read
    `form_tag`   False where the template writes `<form>` itself, for example around several buttons
    `method`     "post" or "get"
    `action`     where it is sent, if not to the page's own address
    `missing`    what to say where nothing was given, by field: for fields made from a model
    `reveals`    which fields belong to one answer: {"due_kind": {"date": ["due_on"]}}; they are
                 required, if they say so, only where that answer is given
    `mark_optional`  False in a filter, where everything is optional
    """

    use_required_attribute = False
    submit: str | None = "Save"
    layout: list | None = None
    form_tag = True
    method = "post"
    action = ""
    missing: dict[str, str] = {}
    reveals: dict[str, dict[str, list[str]]] = {}
    mark_optional = True

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            self.put_in_words(name, field)
        self.ask_only_what_was_chosen()

    def put_in_words(self, name: str, field: fields.Field) -> None:
        """Give a field its sentences; those that its form or the field itself was given stay."""
        if field.label is None:
            field.label = name.replace("_", " ").capitalize()
        label = str(field.label)
        own = {
            code: text for code, text in field.error_messages.items() if text != default_message(field, code)
        }
        field.error_messages |= sentences(field, label) | own
        if name in self.missing:
            field.error_messages["required"] = self.missing[name]
        field.is_optional = (
            self.mark_optional and not field.required and not isinstance(field, fields.BooleanField)
        )
        if isinstance(field, fields.CharField):
            others = [one for one in field.validators if not isinstance(one, ProhibitNullCharactersValidator)]
            field.validators = [*others, refuse_hidden_characters]
            # Too long is told in words, with the text kept; a browser would cut it off in silence.
            field.widget.attrs.pop("maxlength", None)
        leave_nothing_dashed(field)

    def ask_only_what_was_chosen(self) -> None:
        """Require what belongs to an answer only where that answer was given."""
        for question, answers in self.reveals.items():
            given = self[question].value() if self.is_bound else None
            chosen = {str(value) for value in (given if isinstance(given, list) else [given])}
            for answer, names in answers.items():
                for field in [self.fields[name] for name in names]:
                    field.required = field.required and answer in chosen

    @property
    def revealed(self) -> set[str]:
        """The fields that are drawn under an answer, and so not by themselves."""
        return {name for answers in self.reveals.values() for names in answers.values() for name in names}

    @cached_property
    def helper(self) -> FormHelper:
        """How crispy draws this form."""
        helper = FormHelper()
        helper.form_method = self.method
        helper.form_action = self.action
        helper.form_tag = self.form_tag
        helper.disable_csrf = self.method == "get"
        helper.attrs = {"novalidate": ""}
        helper.layout = Layout(*(self.layout or [name for name in self.fields if name not in self.revealed]))
        # A form that leaves out its hidden fields would lose them silently.
        helper.render_hidden_fields = True
        if self.submit:
            helper.add_input(Submit("", self.submit))
        return helper


def default_message(field: fields.Field, code: str) -> str | None:
    """What Django itself would say for this error of this kind of field."""
    return next(
        (
            kind.default_error_messages[code]
            for kind in type(field).__mro__
            if code in vars(kind).get("default_error_messages", {})
        ),
        None,
    )


def leave_nothing_dashed(field: fields.Field) -> None:
    """Say "Select" or "None" where Django would write "---------"."""
    nothing = "Select from the list" if field.required else "None"
    if isinstance(field, model_forms.ModelChoiceField):
        if field.empty_label == "---------":
            field.empty_label = nothing
    elif isinstance(field, fields.ChoiceField):
        field.choices = [
            (value, nothing if label == "---------" else label) for value, label in field.choices
        ]


class Form(Questions, forms.Form):
    """The base of every form that is not made from a model."""


class FromModel(model_forms.ModelFormMetaclass):
    """Makes the fields of a model form our own: dates of three parts, clocks, long texts."""

    def __new__(mcs, name, bases, namespace):
        if (meta := namespace.get("Meta")) and not hasattr(meta, "formfield_callback"):
            meta.formfield_callback = staticmethod(question_for)
        return super().__new__(mcs, name, bases, namespace)


class ModelForm(Questions, model_forms.BaseModelForm, metaclass=FromModel):
    """The base of every form that is made from a model."""


# --- Fields ------------------------------------------------------------------------------------------


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
        return str(self.label or "Date").rstrip("?:")

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


OWN_FIELDS = {
    models.CharField: Line,
    models.TextField: Text,
    models.DateField: DateField,
    models.TimeField: TimeField,
}


def question_for(db_field: models.Field, **kwargs) -> fields.Field | None:
    """The form field of a model's field: one of ours where we have one."""
    own = OWN_FIELDS.get(type(db_field))
    if own and not db_field.choices:
        kwargs.setdefault("form_class", own)
    if isinstance(db_field, models.URLField):
        kwargs.setdefault("assume_scheme", "https")
    return db_field.formfield(**kwargs)
