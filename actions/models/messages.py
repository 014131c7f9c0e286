"""E-mails about actions: what is planned, what went to whom, and what came back by a reply address."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from actions.models.action import Action
from actions.models.events import ActionEvent
from meetings.models import Role, RoleContact


class MessageKind(models.TextChoices):
    """What an e-mail is about; each is sent once."""

    SENT = "sent", "Action sent to its owner"
    CHANGED = "changed", "Action changed"
    BEFORE = "before", "Reminder before it is due"
    ON_DAY = "on_day", "Reminder on the day"
    AFTER = "after", "Reminder after it was due"
    DECIDED = "decided", "Decision told"
    JOINED = "joined", "Action shown to who supports it from now on"
    DIGEST = "digest", "Outstanding actions"


REMINDERS = frozenset({MessageKind.BEFORE, MessageKind.ON_DAY, MessageKind.AFTER})
# What tells of something that happened: it goes out even if it was held back for long.
NEWS = frozenset({MessageKind.SENT, MessageKind.CHANGED, MessageKind.DECIDED, MessageKind.JOINED})


class MessageRules(models.Model):
    """How the office reminds: one row, made when somebody first changes anything."""

    remind_before = models.PositiveSmallIntegerField("days before the due date", default=7)
    repeat_after = models.PositiveSmallIntegerField("days between reminders once it is overdue", default=7)
    reply_days = models.PositiveSmallIntegerField("days for which a reply address works", default=30)
    reply_once = models.BooleanField("a reply address works once", default=False)
    paused_until = models.DateField("nothing goes out before", null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name_plural = "message rules"

    def __str__(self):
        return "How the office reminds"

    @classmethod
    def current(cls) -> "MessageRules":
        """The office's rules; the usual ones where nobody has changed any."""
        return cls.objects.order_by("pk").first() or cls()


class RoleMessages(models.Model):
    """What is special about e-mails to a role."""

    role = models.OneToOneField(
        Role, on_delete=models.CASCADE, primary_key=True, related_name="message_rules"
    )
    to_holder = models.BooleanField("the holder gets them too", default=False)
    paused_until = models.DateField("nothing goes out before", null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name_plural = "role messages"

    def __str__(self):
        return f"E-mails to {self.role}"


class Message(models.Model):
    """One e-mail to a role about an action, or to a reader about all of them.

    What goes out is worked out from the actions; a row is stored when somebody changes,
    skips or holds it, and when it goes out. `subject` and `words` are then what it says,
    and `facts` what it says of the action, frozen, without anybody's reply address.
    """

    class State(models.TextChoices):
        PLANNED = "planned", "Planned"
        SKIPPED = "skipped", "Skipped"
        GOING = "going", "Going out, or gone"

    action = models.ForeignKey(
        Action, on_delete=models.PROTECT, null=True, editable=False, related_name="messages"
    )
    role = models.ForeignKey(
        Role, on_delete=models.PROTECT, null=True, editable=False, related_name="messages"
    )
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, editable=False, related_name="+"
    )
    kind = models.CharField(max_length=10, choices=MessageKind, editable=False)
    day = models.DateField(editable=False, help_text="The day for which it is meant")
    event = models.ForeignKey(
        ActionEvent, on_delete=models.PROTECT, null=True, editable=False, related_name="messages"
    )
    told_until = models.BigIntegerField(
        null=True, editable=False, help_text="The newest event that it tells of"
    )
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED, editable=False)
    subject = models.CharField(max_length=200, blank=True)
    words = models.TextField(blank=True, max_length=5000)
    held_until = models.DateField("not before", null=True, blank=True)
    facts = models.JSONField(default=dict, editable=False)
    going_at = models.DateTimeField(null=True, editable=False)
    history = HistoricalRecords(excluded_fields=["facts"])

    class Meta:
        ordering = ["-going_at", "-pk"]
        constraints = [
            # Whoever runs twice, or two at once, stores one row: each e-mail exists once.
            models.UniqueConstraint(
                fields=["action", "kind", "day", "role"],
                condition=Q(event=None),
                name="one_message_per_action_kind_and_day",
            ),
            models.UniqueConstraint(
                fields=["event", "kind", "role"],
                condition=Q(event__isnull=False),
                name="one_message_per_event_and_role",
            ),
            models.UniqueConstraint(
                fields=["reader", "kind", "day"],
                condition=Q(reader__isnull=False),
                name="one_digest_per_reader_and_day",
            ),
            models.CheckConstraint(
                condition=Q(action__isnull=False, role__isnull=False, reader=None)
                | Q(action=None, role=None, reader__isnull=False),
                name="message_has_a_role_or_a_reader",
            ),
        ]
        indexes = [models.Index(fields=["state", "kind"])]

    def __str__(self):
        return self.subject or self.get_kind_display()


class Delivery(models.Model):
    """A message on its way to one address: claimed, handed to the mail server, or tried again later.

    Who holds its reply address may add one kind of thing, an update, to one action; only
    the address's hash is kept.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        CLAIMED = "claimed", "Being sent"
        SENT = "sent", "Sent"
        FAILED = "failed", "Given up"

    # Its Message-ID, so that a letter that arrives twice is shown once; its reply address is signed from it.
    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="deliveries")
    line = models.CharField(max_length=4, choices=RoleContact.Line, default=RoleContact.Line.TO)
    # Whose copy it is, where that role does not owe the action and helps with it.
    supports = models.ForeignKey(Role, on_delete=models.PROTECT, null=True, related_name="+")
    address = models.CharField(max_length=320)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    try_at = models.DateTimeField()
    claim = models.UUIDField(null=True)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    perhaps_twice = models.BooleanField(default=False)
    problem = models.CharField(max_length=500, blank=True, help_text="What the mail server said")
    reply_hash = models.CharField(max_length=64, blank=True, db_index=True)
    reply_until = models.DateField(null=True)
    reply_revoked_at = models.DateTimeField(null=True)
    reply_revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name_plural = "deliveries"
        ordering = ["-line", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["message", "address"], name="one_delivery_per_address"),
        ]
        indexes = [models.Index(fields=["state", "try_at"])]

    def __str__(self):
        return self.address

    @property
    def role(self) -> Role:
        """The post to which it goes: the one that owes the action, or one that helps."""
        return self.supports or self.message.role


class Reply(models.Model):
    """That an update came by a reply address, and not from an account."""

    event = models.OneToOneField(ActionEvent, on_delete=models.PROTECT, related_name="reply")
    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="replies")
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "replies"

    def __str__(self):
        return f"By the reply address of {self.delivery}"


class DigestChoice(models.Model):
    """How often somebody wants the e-mail about outstanding actions; nobody chose means weekly."""

    class Often(models.TextChoices):
        WEEKLY = "weekly", "Every Monday"
        DAILY = "daily", "Every weekday"
        NEVER = "never", "Never"

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="digest_choice"
    )
    often = models.CharField("how often", max_length=10, choices=Often, default=Often.WEEKLY)

    def __str__(self):
        return self.get_often_display()
