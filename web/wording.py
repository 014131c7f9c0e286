"""The words that forms and lists speak in: labels inside sentences, errors that say what to do next."""

import unicodedata

from django.core.exceptions import ValidationError
from django.forms import fields
from django.forms import models as model_forms

# Words that a label begins with when it needs no "the" in a sentence: "Enter what was said".
STANDING_ALONE = {"who", "what", "when", "where", "which", "why", "how", "whether", "the", "a", "an", "your"}
DAMAGED = "This form was damaged on its way. Open the page again, then send it"
NO_CONTROL = "{Noun} has a hidden character that cannot be kept. Type it again, or paste it as plain text"


def shortened(text: str, longest: int) -> str:
    """The beginning of a text, cut between two words: as much as a list or a sentence has room for."""
    return text if len(text) <= longest else f"{text[:longest].rsplit(' ', 1)[0]} …"


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
    said = {
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
    # Nobody types what a form carries itself.
    return dict.fromkeys(said, DAMAGED) if field.widget.is_hidden else said


WRITTEN_AS = {
    fields.IntegerField: {"invalid": "Enter a whole number, like 12"},
    fields.DecimalField: {"invalid": "Enter a number, like 12.5"},
    fields.EmailField: {"invalid": "Enter an e-mail address in the correct format, like name@office.example"},
    fields.URLField: {
        "invalid": "Enter a web address in the correct format, like https://www.office.example"
    },
    fields.FileField: {"max_length": "The name of the selected file must be %(max)s characters or less"},
}


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
