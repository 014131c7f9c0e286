"""The private addresses at which people's own calendars read when actions are due."""

from django.conf import settings
from django.db import models


class CalendarAddress(models.Model):
    """Somebody's calendar address: whoever knows it reads when the actions are due that this person may see.

    Only a digest of it is kept, so that nobody who reads the database can open a calendar.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="calendar_address",
    )
    token_sha256 = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    def __str__(self):
        return f"Calendar address of {self.user}"
