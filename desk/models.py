"""What the desk alone remembers: who has a meeting's record open just now."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.utils import timezone

from meetings.models import Meeting

# A page says every ten seconds that it is open; whoever is silent for longer is gone.
COUNTS_FOR = dt.timedelta(minutes=1)


class PresenceQuerySet(models.QuerySet):
    def counting(self):
        """Those who are here now."""
        return self.filter(seen_at__gt=timezone.now() - COUNTS_FOR)


class Presence(models.Model):
    """Somebody has a meeting's record open, and perhaps writes in one of its texts.

    It locks nothing, and is forgotten a minute after the page was last heard of.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    editing = models.CharField(max_length=60, blank=True, help_text="The key of the form being typed in")
    seen_at = models.DateTimeField()

    objects = PresenceQuerySet.as_manager()

    class Meta:
        ordering = ["seen_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "user"], name="one_presence_each")]

    def __str__(self):
        return f"{self.user} at {self.meeting}"
