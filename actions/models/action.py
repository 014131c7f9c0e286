"""An action: what somebody promised to do."""

from django.db import models
from django.db.models import Case, F, IntegerField, Q, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from simple_history.models import HistoricalRecords

from actions.models.life import ENDED, State
from meetings.models import AgendaItem, Exchange, Meeting, Role, SavedText
from meetings.models.removal import Kept, Removable


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
    # The office's alone.
    sent_at = models.DateTimeField("sent to its owner at", null=True, editable=False)
    superseded_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, editable=False, related_name="takes_place_of"
    )
    transferred_to = models.CharField(
        "body that takes it over", max_length=120, blank=True, default="", editable=False
    )
    given_in_error = models.BooleanField(default=False, editable=False)
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
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(reference__isnull=False), name="action_sent_has_a_reference"
            ),
            models.CheckConstraint(
                condition=Q(superseded_by=None) | Q(state=State.SUPERSEDED),
                name="action_that_is_replaced_is_superseded",
            ),
            models.CheckConstraint(
                condition=Q(transferred_to="") | Q(state=State.TRANSFERRED),
                name="action_that_somebody_takes_over_is_transferred",
            ),
            models.CheckConstraint(
                condition=Q(given_in_error=False) | Q(state=State.WITHDRAWN),
                name="action_given_in_error_is_withdrawn",
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
    def standing(self) -> str:
        """Its state in the office's words: Not used, where it was given in error; Transferred to whom."""
        if self.transferred_to:
            return f"{self.get_state_display()} to {self.transferred_to}"
        return "Not used" if self.given_in_error else self.get_state_display()

    @property
    def is_open(self) -> bool:
        return self.state not in ENDED
