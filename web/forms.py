"""Forms that ask in plain words: the two bases, with every field that our forms use.

A form lists its questions; `web.forms` sees to the rest. What is not required says
"(optional)"; each error says what to do next; nothing that no record can hold gets in.

    class ActionForm(forms.Form):
        submit = "Save action"
        text = forms.Text("Action", max_length=400, missing="Enter the action")
        owner = forms.ModelChoiceField(Role.objects.all(), label="Who owns this action?")
        due_kind = forms.ChoiceField(label="When is it due?", choices=DUE, widget=forms.RadioSelect)
        due_on = forms.DateField("Due date")
        reveals = {"due_kind": {"date": ["due_on"]}}

The page is `{% error_summary form %}` and `{% crispy form %}`. Our own fields (`web.fields`)
and those of Django can be had from here too, so that a form needs one import.
"""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django.core.validators import ProhibitNullCharactersValidator
from django.forms import (  # noqa: F401
    BooleanField,
    CharField,
    CheckboxSelectMultiple,
    ChoiceField,
    EmailField,
    FileField,
    HiddenInput,
    IntegerField,
    ModelChoiceField,
    MultipleChoiceField,
    RadioSelect,
    UUIDField,
    fields,
    forms,
)
from django.forms import models as model_forms
from django.utils.functional import cached_property

from web.fields import (  # noqa: F401
    DateField,
    EmailListField,
    Line,
    ModelMultipleChoiceField,
    Text,
    TimeField,
    question_for,
)
from web.wording import default_message, refuse_hidden_characters, sentences


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
    `kept_as`    under this name the browser keeps what is typed, until the next page says that it was saved
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
    kept_as = ""

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
        helper.attrs = {"novalidate": "", **({"data-keep": self.kept_as} if self.kept_as else {})}
        helper.layout = Layout(*(self.layout or [name for name in self.fields if name not in self.revealed]))
        # A form that leaves out its hidden fields would lose them silently.
        helper.render_hidden_fields = True
        if self.submit:
            helper.add_input(Submit("", self.submit))
        return helper


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
