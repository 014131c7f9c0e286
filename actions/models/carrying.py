"""What later meetings did with an action that was carried into them."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from actions.models.action import Action
from actions.models.events import ActionEvent
from meetings.models import Exchange, Meeting


class Outcome(models.TextChoices):
    """What a later meeting did with an action that was carried into it."""

    REPORTED = "reported", "Reported on"
    CLOSED = "closed", "Agreed to close"
    RETURNED = "returned", "Returned"
    RETAINED = "retained", "Retained as a watching brief"
    NEW_DATE = "new_date", "Agreed a new date"
    NOT_REACHED = "not_reached", "Not reached, carried forward"


# What was agreed at a meeting, and only counts once an approver confirms it.
SPOKEN = frozenset({Outcome.CLOSED, Outcome.RETURNED, Outcome.RETAINED, Outcome.NEW_DATE})


class CarriedAction(models.Model):
    """An action under the matters arising of a later meeting: what the meeting did with it, and which exchanges tell."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="carried")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="carried_actions")
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True)
    # What was said with a decision: why, and the new date.
    reason = models.TextField(blank=True, max_length=20_000)
    due_on = models.DateField(null=True, blank=True)
    due_next = models.BooleanField(default=False)
    # What became of a spoken decision: the event that carries it out, or who dropped it and why.
    confirmed = models.OneToOneField(
        ActionEvent, on_delete=models.PROTECT, null=True, editable=False, related_name="spoken"
    )
    dropped_at = models.DateTimeField(null=True, editable=False)
    dropped_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    dropped_why = models.TextField(blank=True, editable=False)
    exchanges = models.ManyToManyField(Exchange, blank=True, related_name="about_actions")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["action__order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["action", "meeting"], name="one_outcome_per_meeting"),
            models.CheckConstraint(
                condition=Q(dropped_at=None) | Q(confirmed=None), name="spoken_is_confirmed_or_dropped"
            ),
        ]

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
