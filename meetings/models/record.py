"""The record of a meeting: agenda items, exchanges, contributions."""

import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from meetings.models.meetings import ITEM_KINDS, Attendance, Meeting
from meetings.models.plans import Theme
from meetings.models.removal import Removable
from meetings.models.texts import Revision, SavedText
from publications.notes import ContributionKind, ItemKind

NOTES_BELOW = uuid.UUID("6a7cdb0e-0d43-4f0a-9f0e-7c3a1f2b9d51")
CONTRIBUTION_KINDS = [(kind.value, kind.value.capitalize()) for kind in ContributionKind]
# What was answered when words sounded like a promise.
COMMITMENTS = [("", "Not asked yet"), ("action", "An action"), ("none", "Not an action")]


class AgendaItem(Removable):
    """Something that a meeting speaks of; items nest two deep: 2, 2.1."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    order = models.PositiveIntegerField(default=0)
    # In the Notes.
    number = models.CharField(
        max_length=20, blank=True, editable=False, help_text="Stored when the notes first leave the office"
    )
    label = models.CharField(
        max_length=60, blank=True, help_text="As printed in the original, for example Ref 03/18"
    )
    title = models.CharField(max_length=300)
    kind = models.CharField(max_length=30, choices=ITEM_KINDS, default=ItemKind.OTHER.value)
    themes = models.ManyToManyField(Theme, blank=True, related_name="items")
    none = models.BooleanField("minuted as None", default=False)
    # The office's alone.
    scope = models.TextField(blank=True, max_length=20_000)
    lines_of_enquiry = models.TextField(blank=True, max_length=20_000)
    history = HistoricalRecords(m2m_fields=[themes])

    class Meta(Removable.Meta):
        ordering = ["order", "pk"]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("desk:item", args=[self.meeting_id, self.pk])


class PreparedQuestion(Removable):
    """A question that the office means to ask under an item. The office's alone."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="prepared_questions")
    order = models.PositiveIntegerField(default=0)
    text = models.TextField(max_length=5000)
    asked = models.BooleanField(default=False)
    history = HistoricalRecords()

    class Meta(Removable.Meta):
        ordering = ["order", "pk"]

    def __str__(self):
        return self.text[:80]


class Exchange(Removable):
    """One numbered unit of the record: a question and all that answers it."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="exchanges")
    order = models.PositiveIntegerField(default=0)
    # In the Notes.
    number = models.CharField(
        max_length=40, blank=True, editable=False, help_text="Stored when the notes first leave the office"
    )
    public_note = models.TextField(
        blank=True, max_length=2000, help_text="Printed below it, as the office's note"
    )

    class Meta(Removable.Meta):
        ordering = ["order", "pk"]

    def __str__(self):
        return f"Exchange {self.number or self.order}"

    @property
    def note_uid(self) -> uuid.UUID:
        """By which the versions of its note are found: an exchange has no text of its own."""
        return uuid.uuid5(NOTES_BELOW, str(self.pk))

    def revisions(self):
        """Every version of its note, the newest first."""
        return Revision.objects.filter(subject=self.note_uid).select_related("by")


class Contribution(Removable, SavedText):
    """What one person said in an exchange, in reported speech; it prints as `lead` and `text`."""

    exchange = models.ForeignKey(Exchange, on_delete=models.PROTECT, related_name="contributions")
    order = models.PositiveIntegerField(default=0)
    # In the Notes, with the text.
    kind = models.CharField(
        max_length=20, choices=CONTRIBUTION_KINDS, default=ContributionKind.NARRATIVE.value
    )
    speaker = models.ForeignKey(
        Attendance, on_delete=models.PROTECT, null=True, blank=True, related_name="contributions"
    )
    nobody_named = models.BooleanField("nobody is named", default=False)
    lead = models.CharField("printed before it", max_length=250, blank=True)
    paragraph = models.BooleanField("starts a paragraph", default=True)
    # The office's alone.
    to_check = models.CharField("to check", max_length=500, blank=True)
    rough = models.TextField("rough line", blank=True, max_length=200_000)
    to_write_up = models.BooleanField("still to be written up", default=False)
    commitment = models.CharField(
        "is a commitment", max_length=10, choices=COMMITMENTS, blank=True, default=""
    )

    class Meta(Removable.Meta):
        ordering = ["order", "pk"]
        constraints = [
            *Removable.Meta.constraints,
            models.CheckConstraint(
                condition=Q(nobody_named=False) | Q(speaker=None), name="nobody_named_has_no_speaker"
            ),
            models.CheckConstraint(
                condition=Q(to_write_up=False) | ~Q(rough=""), name="to_write_up_has_a_rough_line"
            ),
        ]

    def __str__(self):
        return self.printed[:80]

    @property
    def printed(self) -> str:
        """The whole of it, as it will be read."""
        return f"{self.lead} {self.wording}".strip()

    @property
    def wording(self) -> str:
        """What there is of it: its text, else the rough line that waits to be written up."""
        return self.text or self.rough
