"""What later meetings did with an action that was carried into them."""

from django.conf import settings
from django.db import models

from actions.models.action import Action
from meetings.models import Exchange, Meeting


class Outcome(models.TextChoices):
    """What a later meeting did with an action that was carried into it."""

    REPORTED = "reported", "Reported on"
    CLOSED = "closed", "Agreed to close"
    RETURNED = "returned", "Returned"
    RETAINED = "retained", "Retained as a watching brief"
    NEW_DATE = "new_date", "Agreed a new date"
    NOT_REACHED = "not_reached", "Not reached, carried forward"


class CarriedAction(models.Model):
    """An action under the matters arising of a later meeting: what the meeting did with it, and which exchanges tell."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="carried")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="carried_actions")
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True)
    exchanges = models.ManyToManyField(Exchange, blank=True, related_name="about_actions")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["action__order", "pk"]
        constraints = [models.UniqueConstraint(fields=["action", "meeting"], name="one_outcome_per_meeting")]

    def __str__(self):
        return f"{self.action} at {self.meeting}"


class CarriedSet(models.Model):
    """That a meeting's carried actions are stored: from then on these are the ones, whatever happens to them."""

    meeting = models.OneToOneField(
        Meeting, on_delete=models.PROTECT, primary_key=True, related_name="carried_set"
    )
    at = models.DateTimeField()

    def __str__(self):
        return f"Actions carried into {self.meeting}"
