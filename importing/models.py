"""Old notes: what was brought in, from which source."""

from django.conf import settings
from django.db import models

from meetings.models import Meeting


class Source(models.Model):
    """The file or text that a record was made from, kept as it came."""

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="source")
    name = models.CharField(max_length=200, help_text="Of the file; empty for pasted text")
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64, db_index=True)
    findings = models.JSONField(
        default=list, help_text="What the reader said of it: severity, where, sentence, code"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self):
        return self.name or "Pasted text"
