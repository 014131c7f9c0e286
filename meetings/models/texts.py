"""Texts that people type, and the one history that they share."""

import uuid

from django.conf import settings
from django.db import models


class SavedText(models.Model):
    """A row with a text that several people may edit: each save is version n + 1.

    Only `meetings.texts` writes `text` and `version`, by an UPDATE that names the
    version that the writer saw.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    text = models.TextField(blank=True, max_length=200_000)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True

    def revisions(self):
        """Every version of this text, the newest first."""
        return Revision.objects.filter(subject=self.uid).select_related("by")


class Revision(models.Model):
    """One version of a text, as it was saved: contributions, action wordings and updates share this history."""

    subject = models.UUIDField(help_text="The uid of the text's row")
    version = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    details = models.JSONField(default=dict, help_text="What was saved with it, such as kind and speaker")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    op_id = models.UUIDField(unique=True, help_text="The save that made it; a retry finds it")

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["subject", "version"], name="one_revision_per_version")
        ]

    def __str__(self):
        return f"version {self.version}"
