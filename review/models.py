"""The gate: where the work on a meeting's publication stands, and what was read and approved."""

from django.conf import settings
from django.db import models

from meetings.models import Meeting
from publications.models import Edition


class Stage(models.TextChoices):
    DRAFT = "draft", "Draft"
    WITH_APPROVER = "with_approver", "Waiting for approval"
    APPROVED = "approved", "Approved"
    PUBLISHED = "published", "Published"


NEXT_STAGES = {  # the whole life of a preparation (meeting × kind)
    Stage.DRAFT: {Stage.WITH_APPROVER, Stage.APPROVED},
    Stage.WITH_APPROVER: {Stage.DRAFT, Stage.APPROVED},
    Stage.APPROVED: {Stage.DRAFT, Stage.PUBLISHED},
    Stage.PUBLISHED: set(),
}


class Preparation(models.Model):
    """The way of one meeting's notes to the public; without a row it is in draft."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="preparations")
    kind = models.CharField(max_length=10, choices=Edition.Kind, default=Edition.Kind.NOTES)
    stage = models.CharField(max_length=20, choices=Stage, default=Stage.DRAFT)
    approved = models.ForeignKey(
        "Snapshot", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "kind"], name="one_preparation_per_meeting_and_kind"),
            models.CheckConstraint(
                condition=~models.Q(stage__in=[Stage.APPROVED, Stage.PUBLISHED])
                | models.Q(approved__isnull=False),
                name="approved_points_to_what_was_approved",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} of {self.meeting}: {self.get_stage_display()}"


class Snapshot(models.Model):
    """Compiled Notes for one audience, as they were when they were sent to somebody, or approved."""

    class Audience(models.TextChoices):
        OFFICE = "office", "The office"
        PUBLIC = "public", "The public"

    class Purpose(models.TextChoices):
        APPROVAL = "approval", "Approved"
        SENT = "sent", "Sent for approval"

    # Empty: the action log, which belongs to no meeting.
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, null=True, related_name="snapshots")
    audience = models.CharField(max_length=10, choices=Audience)
    purpose = models.CharField(max_length=20, choices=Purpose)
    notes = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(purpose="approval") | models.Q(by__isnull=False),
                name="approval_says_by_whom",
            )
        ]

    def __str__(self):
        return f"{self.meeting or 'Action log'}, {self.get_purpose_display().lower()} {self.at:%Y-%m-%d}"
