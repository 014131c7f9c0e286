"""Choosing evidence files in a form: several at once, each looked at before anything is stored."""

from collections.abc import Iterator

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.forms import FileField, FileInput, ValidationError
from django.template.defaultfilters import filesizeformat

from actions.evidence import kinds, names, shelf
from actions.evidence.giving import Given


class FilesInput(FileInput):
    allow_multiple_selected = True


class FilesField(FileField):
    """Evidence files; gives a list of `Given`. Each that is refused has its own sentence."""

    widget = FilesInput

    def __init__(self, **kwargs):
        kwargs.setdefault("help_text", hint())
        super().__init__(**kwargs)
        self.widget.attrs |= {"multiple": True, "accept": ",".join(kinds.ENDINGS)}

    def clean(self, data, initial=None) -> list[Given]:
        chosen = list(data or [])
        if not chosen and self.required:
            raise ValidationError(self.error_messages["required"], code="required")
        if len(chosen) > settings.EVIDENCE_AT_ONCE:
            raise ValidationError(
                f"Choose at most {settings.EVIDENCE_AT_ONCE} files at a time. You chose {len(chosen)}"
            )
        accepted, refusals = [], []
        for file in chosen:
            try:
                accepted.append(look_at(file))
            except kinds.NotAccepted as refused:
                refusals.append(f"“{names.clean(file.name)}” {refused}")
        if refusals:
            raise ValidationError(refusals)
        return list(_each_once(accepted))


def hint() -> str:
    largest = filesizeformat(settings.EVIDENCE_LARGEST).replace(".0", "")
    return (
        f"PDF, Word (.docx, .doc) or image (.png, .jpeg), each of {largest} at most. "
        "The office reads them; they are never published"
    )


def look_at(file: UploadedFile) -> Given:
    """What was chosen, if it may be stored. Raises `NotAccepted`."""
    if not file.size:
        raise kinds.NotAccepted("is empty")
    if file.size > settings.EVIDENCE_LARGEST:
        largest = filesizeformat(settings.EVIDENCE_LARGEST).replace(".0", "")
        raise kinds.NotAccepted(f"must be smaller than {largest}. It has {filesizeformat(file.size)}")
    kind = kinds.kind_of(file.file, file.name)
    return Given(names.clean(file.name), kind, file.size, shelf.sha256_of(file.file), file.file)


def _each_once(files: list[Given]) -> Iterator[Given]:
    """The same file chosen twice is one."""
    seen = set()
    for file in files:
        if file.sha256 not in seen:
            seen.add(file.sha256)
            yield file
