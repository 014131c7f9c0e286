"""Why something was decided, in words for the public."""

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from actions.models.events import ActionEvent


class PublicReason(models.Model):
    """What the public is told of why something was decided.

    An approver wrote these words, or confirmed them; they are never there by themselves. Without
    a row nobody has looked at it yet, and the decision is published without a reason.
    """

    event = models.OneToOneField(ActionEvent, on_delete=models.PROTECT, related_name="public_reason")
    text = models.TextField(blank=True, max_length=2000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    history = HistoricalRecords()

    def __str__(self):
        return self.text
