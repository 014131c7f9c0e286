"""Short forms: what people type in small, and what is written for it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from simple_history.models import HistoricalRecords

from meetings.models.removal import Kept, Removable


class ShortFormQuerySet(models.QuerySet):
    def for_user(self, user):
        """The office's and one's own."""
        return self.filter(Q(owner=None) | Q(owner=user))


class ShortForm(Removable):
    """Letters that stand for words while somebody types: mh for mental health.

    The office's serves everybody; one's own serves its owner alone, and goes before the office's.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="short_forms",
        help_text="Empty: the office's",
    )
    short = models.CharField("short form", max_length=20)
    full = models.CharField("words", max_length=200)
    history = HistoricalRecords()

    objects = Kept.from_queryset(ShortFormQuerySet)()
    with_removed = models.Manager.from_queryset(ShortFormQuerySet)()

    class Meta(Removable.Meta):
        ordering = [Lower("short"), "pk"]
        constraints = [
            *Removable.Meta.constraints,
            models.UniqueConstraint(
                Lower("short"), condition=Q(removed_at=None, owner=None), name="one_short_form_of_the_office"
            ),
            models.UniqueConstraint(
                Lower("short"),
                "owner",
                condition=Q(removed_at=None, owner__isnull=False),
                name="one_short_form_per_owner",
            ),
        ]

    def __str__(self):
        return f"{self.short}: {self.full}"
