"""Removal that can be undone: the row stays, with who removed it and when."""

from django.conf import settings
from django.db import models


class Kept(models.Manager):
    """Rows that were not removed. It is the default, so that forgetting about removal hides, never shows."""

    def get_queryset(self):
        return super().get_queryset().filter(removed_at=None)


class Removable(models.Model):
    """Something in the office that can be removed, and brought back."""

    removed_at = models.DateTimeField(null=True, editable=False)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )

    objects = Kept()
    with_removed = models.Manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=models.Q(removed_at=None, removed_by=None)
                | models.Q(removed_at__isnull=False, removed_by__isnull=False),
                name="%(class)s_removal_says_who_and_when",
            )
        ]
