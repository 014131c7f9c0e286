"""What was given as evidence with an action: the row; the bytes lie on `actions.evidence.shelf`."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from simple_history.models import HistoricalRecords

from accounts.models import Body
from actions.models.action import Action
from actions.models.events import ActionEvent
from meetings.models.removal import Kept, Removable


class FileKind(models.TextChoices):
    """What an evidence file may be; `actions.evidence.kinds` finds out what it is."""

    PDF = "pdf", "PDF"
    DOCX = "docx", "Word document"
    DOC = "doc", "Word document (97 to 2003)"
    PNG = "png", "PNG image"
    JPEG = "jpeg", "JPEG image"


class EvidenceQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The office sees all of it; a liaison what their own body gave, of the actions that they see."""
        if user.is_authenticated and user.is_office:
            return self
        if user.is_authenticated and user.is_liaison:
            return self.filter(body=user.body, action__in=Action.objects.visible_to(user))
        return self.none()


class Evidence(Removable):
    """A file that somebody gave to show what was done. The office's alone: no notes, edition or export has it.

    `name` is what its giver called it, as text; `stored_as` is a random name that tells nothing. The row is
    made after the file is safe on the disk, so that what is listed can be read.
    """

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="evidence")
    event = models.ForeignKey(
        ActionEvent,
        on_delete=models.PROTECT,
        null=True,
        related_name="evidence",
        help_text="The update that it was given with",
    )
    name = models.CharField(max_length=300)
    kind = models.CharField(max_length=10, choices=FileKind)
    size = models.PositiveBigIntegerField(help_text="In bytes")
    sha256 = models.CharField(max_length=64)
    stored_as = models.CharField(max_length=64, unique=True)
    body = models.CharField("given by", max_length=10, choices=Body)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    why_removed = models.CharField(max_length=2000, blank=True)
    swept_at = models.DateTimeField(null=True, editable=False, help_text="Since when its bytes are gone")
    history = HistoricalRecords()

    objects = Kept.from_queryset(EvidenceQuerySet)()
    with_removed = models.Manager.from_queryset(EvidenceQuerySet)()

    class Meta(Removable.Meta):
        verbose_name_plural = "evidence"
        ordering = ["at", "pk"]
        constraints = [
            *Removable.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(removed_at=None) | ~models.Q(why_removed=""),
                name="evidence_removal_says_why",
            ),
            models.CheckConstraint(
                condition=models.Q(swept_at=None) | models.Q(removed_at__isnull=False),
                name="only_removed_evidence_is_swept",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("actions:evidence", args=[self.action_id, self.pk])
