"""Doubts about a record, and how somebody settled them."""

from django.conf import settings
from django.db import models

from meetings.models.meetings import Meeting


class SettledDoubt(models.Model):
    """A doubt that a person looked at and settled: the record stays as it is, and says so.

    Used for records that were published elsewhere, which cannot be put right by
    guessing: "as in the original, in doubt", with a note that the public reads.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="settled_doubts")
    code = models.CharField(max_length=60, help_text="Which check")
    where = models.CharField(
        max_length=200, blank=True, help_text="Which place: an item's or an exchange's number"
    )
    sentence = models.TextField(help_text="What the check said")
    public_note = models.TextField(max_length=2000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "code", "where"], name="one_settlement_per_doubt"),
        ]

    def __str__(self):
        return self.sentence
