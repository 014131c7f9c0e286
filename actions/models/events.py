"""What happened to an action."""

from django.conf import settings
from django.db import models

from actions.models.action import Action
from actions.models.life import EventKind, State
from meetings.models import Meeting, Role


class ActionEvent(models.Model):
    """Something that happened to an action: who, when, from, to, why. Only ever added."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=20, choices=EventKind)
    on = models.DateField(
        help_text="The day on which it counts; for what was agreed at a meeting, the day of the meeting"
    )
    text = models.TextField(blank=True, max_length=20_000, help_text="What was said, or why")
    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="action_events"
    )
    from_text = models.TextField(blank=True, help_text="The wording before")
    from_owner = models.ForeignKey(Role, on_delete=models.PROTECT, null=True, related_name="+")
    to_owner = models.ForeignKey(Role, on_delete=models.PROTECT, null=True, related_name="+")
    from_state = models.CharField(max_length=20, choices=State, blank=True)
    to_state = models.CharField(max_length=20, choices=State, blank=True)
    from_due_on = models.DateField(null=True)
    from_due_next = models.BooleanField(default=False)
    to_due_on = models.DateField(null=True)
    to_due_next = models.BooleanField(default=False)
    # Who supports it from then on, and did not before.
    joined = models.ManyToManyField(Role, related_name="+")
    # The action that takes its place, of one that is superseded.
    other = models.ForeignKey(Action, on_delete=models.PROTECT, null=True, related_name="events_elsewhere")
    # The body that takes it over, of one that is transferred; empty where nobody named it.
    to_body = models.CharField(max_length=120, blank=True, default="")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-on", "-at", "-pk"]
        # "What happened to it last" is asked of every action of a list: without this PostgreSQL walks all events.
        indexes = [models.Index(fields=["action", "-id"], name="events_of_action_newest")]

    def __str__(self):
        return self.get_kind_display()
