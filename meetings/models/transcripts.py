"""Transcripts: what a machine or a person wrote down of a meeting, which lies beside its record."""

from django.conf import settings
from django.db import models

from meetings.models.meetings import Meeting
from meetings.models.removal import Removable
from meetings.reading.transcripts import Passage


class Transcript(Removable):
    """A source of the record, and never the record: the office's alone, kept as it came."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="transcripts")
    name = models.CharField(max_length=200, help_text="Of the file; empty for pasted text")
    content = models.BinaryField()
    passages = models.JSONField(help_text="What was read in it: speaker, words, second")
    speakers = models.JSONField(
        default=dict, help_text="Whom somebody said a name means: the id of an attendance, by the name"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta(Removable.Meta):
        ordering = ["at", "pk"]

    def __str__(self):
        return self.name or "Pasted text"

    def read(self) -> list[Passage]:
        """What was said in it, in order."""
        return [Passage(*one) for one in self.passages]
