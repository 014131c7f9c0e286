"""What was promised: actions, who owes them, and what became of them."""

from django.conf import settings
from django.db import models
from django.db.models import Case, F, IntegerField, Q, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from simple_history.models import HistoricalRecords

from meetings.models import AgendaItem, Exchange, Meeting, Role, SavedText
from meetings.models.removal import Kept, Removable


class State(models.TextChoices):
    """What people decided about an action; its timing is worked out, never typed."""

    OPEN = "open", "Open"
    PROPOSED = "proposed", "Completion proposed"
    RETURNED = "returned", "Returned"
    RETAINED = "retained", "Retained as a watching brief"
    CLOSED = "closed", "Closed"
    SUPERSEDED = "superseded", "Superseded"
    WITHDRAWN = "withdrawn", "Withdrawn"
    TRANSFERRED = "transferred", "Transferred"


ENDED = frozenset({State.CLOSED, State.SUPERSEDED, State.WITHDRAWN, State.TRANSFERRED})


class EventKind(models.TextChoices):
    AGREED = "agreed", "Agreed"
    UPDATE = "update", "Update received"
    PROPOSED = "proposed", "Completion proposed"
    RETURNED = "returned", "Returned"
    RETAINED = "retained", "Retained as a watching brief"
    CLOSED = "closed", "Accepted and closed"
    REOPENED = "reopened", "Opened again"
    SUPERSEDED = "superseded", "Superseded"
    WITHDRAWN = "withdrawn", "Withdrawn"
    TRANSFERRED = "transferred", "Transferred"
    DUE_SET = "due_set", "Due date set"
    DUE_MOVED = "due_moved", "Due date moved"
    REWORDED = "reworded", "Wording changed"
    REASSIGNED = "reassigned", "Owner changed"


# The life of an action on one screen: from which states each event may happen, and the state after it (None: as before).
LIVE = frozenset(State) - ENDED
EVENTS: dict[str, tuple[frozenset[State], State | None]] = {
    EventKind.AGREED: (frozenset({State.OPEN}), State.OPEN),
    EventKind.UPDATE: (LIVE, None),
    EventKind.PROPOSED: (LIVE - {State.PROPOSED}, State.PROPOSED),
    EventKind.RETURNED: (LIVE, State.RETURNED),
    EventKind.RETAINED: (LIVE, State.RETAINED),
    EventKind.CLOSED: (LIVE, State.CLOSED),
    EventKind.REOPENED: (ENDED, State.OPEN),
    EventKind.SUPERSEDED: (LIVE, State.SUPERSEDED),
    EventKind.WITHDRAWN: (LIVE, State.WITHDRAWN),
    EventKind.TRANSFERRED: (LIVE, State.TRANSFERRED),
    EventKind.DUE_SET: (LIVE, None),
    # A new date answers whatever was proposed: the action is open until then.
    EventKind.DUE_MOVED: (LIVE, State.OPEN),
    EventKind.REWORDED: (LIVE, None),
    EventKind.REASSIGNED: (LIVE, None),
}
# What only an approver decides, and what the force proposes.
DECISIONS = frozenset(
    {
        EventKind.RETURNED,
        EventKind.RETAINED,
        EventKind.CLOSED,
        EventKind.REOPENED,
        EventKind.SUPERSEDED,
        EventKind.WITHDRAWN,
        EventKind.TRANSFERRED,
        EventKind.DUE_MOVED,
    }
)
REPORTS = frozenset({EventKind.UPDATE, EventKind.PROPOSED})


class ActionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The office sees every action; a liaison those of their body that were sent; administrators alone none."""
        if not user.is_authenticated:
            return self.none()
        if user.is_office:
            return self
        if user.is_liaison:
            sent = self.exclude(reference=None)
            return sent.filter(Q(owner__body=user.body) | Q(supporting__body=user.body)).distinct()
        return self.none()

    def open(self):
        return self.exclude(state__in=ENDED)

    def recorded_with(self, meeting):
        """The actions of a meeting's own record: those that arose there, and the earlier ones that it brought in."""
        return self.filter(Q(meeting=meeting) | Q(recorded_in=meeting))

    def in_reading_order(self):
        """By the day and the place where they arose, as somebody reads one record after another."""
        arose = Coalesce("meeting__date", "origin_date", "recorded_in__date")
        top = Coalesce("item__parent__order", "item__order")
        below = Case(
            When(item__parent=None, then=Value(-1)), default=F("item__order"), output_field=IntegerField()
        )
        place = Coalesce("after__order", Value(-1), output_field=IntegerField())
        return self.order_by(
            F("recorded_in__date").asc(nulls_last=True), arose, top, below, place, "order", "pk"
        )


class Action(Removable, SavedText):
    """Something that somebody promised to do.

    `text` is its wording. It is provisional, and can be removed, until it has a
    reference; from then on it can only be withdrawn.
    """

    # Where it arose: a meeting of ours with item and exchange, or only words.
    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="actions"
    )
    item = models.ForeignKey(
        AgendaItem, on_delete=models.PROTECT, null=True, blank=True, related_name="actions"
    )
    after = models.ForeignKey(
        Exchange, on_delete=models.PROTECT, null=True, blank=True, related_name="actions_after"
    )
    origin_text = models.CharField(
        "arose in", max_length=300, blank=True, help_text="When that meeting is not here"
    )
    origin_date = models.DateField(null=True, blank=True)
    origin_uid = models.UUIDField(
        null=True, editable=False, help_text="The id of that meeting in its own Notes"
    )
    # The meeting whose record first brought an action of `origin_text` in: where it is printed and carried from.
    recorded_in = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="actions_brought_in"
    )
    order = models.PositiveIntegerField(default=0)
    heading = models.CharField(max_length=300, blank=True, help_text="As printed above it in the original")
    # In the Notes, with the wording.
    # Null until it is given: empty texts would not be unique.
    reference = models.CharField(max_length=60, null=True, unique=True, editable=False)  # noqa: DJ001
    ours = models.BooleanField(default=False, help_text="We gave the reference; the original had none")
    owner = models.ForeignKey(Role, on_delete=models.PROTECT, null=True, blank=True, related_name="actions")
    supporting = models.ManyToManyField(Role, blank=True, related_name="actions_supported")
    due_on = models.DateField(null=True, blank=True)
    due_next = models.BooleanField("due at the next meeting", default=False)
    first_due_on = models.DateField(null=True, editable=False)
    first_due_next = models.BooleanField(default=False, editable=False)
    times_moved = models.PositiveIntegerField(default=0, editable=False)
    # From this day "the next meeting" counts; empty: from the day it arose.
    due_agreed_on = models.DateField(null=True, editable=False)
    state = models.CharField(max_length=20, choices=State, default=State.OPEN, editable=False)
    history = HistoricalRecords()

    objects = Kept.from_queryset(ActionQuerySet)()
    with_removed = models.Manager.from_queryset(ActionQuerySet)()

    class Meta(Removable.Meta):
        ordering = ["order", "pk"]
        constraints = [
            *Removable.Meta.constraints,
            models.CheckConstraint(
                condition=Q(due_on=None) | Q(due_next=False), name="action_due_in_one_way"
            ),
            models.CheckConstraint(
                condition=Q(meeting__isnull=False) | Q(recorded_in__isnull=False), name="action_has_an_origin"
            ),
            models.CheckConstraint(
                condition=Q(reference=None) | Q(removed_at=None),
                name="action_with_reference_is_never_removed",
            ),
        ]

    def __str__(self):
        return self.label

    def get_absolute_url(self):
        return reverse("actions:action", args=[self.pk])

    @property
    def label(self) -> str:
        """How people call it: 2020/17, or New action 1 while it is provisional."""
        return self.reference or f"New action {self.order}"

    @property
    def name(self) -> str:
        """Action 2020/17, or New action 1: what a page or a message about it says."""
        return f"Action {self.reference}" if self.reference else self.label

    @property
    def called(self) -> str:
        """Its name inside a sentence: action 2020/17, or new action 1."""
        return self.name[0].lower() + self.name[1:]

    @property
    def source(self) -> Meeting:
        """The meeting whose record it stands in: where it arose, or which brought it in."""
        return self.meeting or self.recorded_in

    @property
    def is_open(self) -> bool:
        return self.state not in ENDED


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
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-on", "-at", "-pk"]

    def __str__(self):
        return self.get_kind_display()


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


class ReferenceCount(models.Model):
    """How many references a year has given. It only counts up, so that none is ever given twice."""

    year = models.PositiveIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self):
        return f"{self.last} in {self.year}"
