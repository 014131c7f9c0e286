"""The way of a source into the record: read, looked over, made. The command and the page both go it."""

import hashlib
from dataclasses import dataclass
from pathlib import PurePath

from django.utils import timezone

from importing.findings import Finding
from importing.layout import read_notes
from importing.models import Source
from importing.source import decode
from meetings.models import Meeting, Role
from publications.models import Identity
from publications.notes import Notes, Original


@dataclass(frozen=True)
class Intake:
    """A source with what was understood of it; nothing is stored yet."""

    name: str
    content: bytes
    text: str
    notes: Notes
    findings: list[Finding]

    @property
    def lines(self) -> list[str]:
        """The source as the findings count it."""
        return self.text.splitlines()

    @property
    def sha256(self) -> str:
        """By which the same source is known again."""
        return hashlib.sha256(self.content).hexdigest()


def read_source(content: bytes, *, name: str = "") -> Intake:
    """Understand a source. Raises `importing.source.Unreadable` with a sentence."""
    text = decode(content)
    identity = Identity.current(timezone.localdate())
    reading = read_notes(
        text,
        office=identity.office_name if identity else "",
        force=identity.force_name if identity else "",
        known_owner_titles=list(Role.objects.values_list("title", flat=True)),
    )
    if reading.notes.meeting.date and (then := Identity.current(reading.notes.meeting.date)):
        reading.notes.office, reading.notes.force = then.office_name, then.force_name
    return Intake(PurePath(name).name[:200], content, text, reading.notes, reading.findings)


def already_here(intake: Intake) -> Meeting | None:
    """The meeting that was made from this very source before, unless it was removed since."""
    same = Source.objects.filter(sha256=intake.sha256, meeting__removed_at=None)
    source = same.select_related("meeting__type").first()
    if source:
        return source.meeting
    return Meeting.objects.select_related("type").filter(uid=intake.notes.meeting.id).first()


def published_before(notes: Notes, on, source_name: str) -> Notes:
    """The same notes, marked as already published elsewhere; `on` may be unknown."""
    facts = notes.meeting.model_copy(update={"original": Original(published=on, source=source_name or None)})
    return notes.model_copy(update={"meeting": facts})
