"""What the office means to see done: plans, priorities, and the themes that serve them."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from meetings.models.removal import Removable


class Plan(Removable):
    """A Police and Crime Plan, or what takes its place, from one day to another."""

    title = models.CharField(max_length=200)
    starts = models.DateField("from")
    ends = models.DateField("to", null=True, blank=True)
    history = HistoricalRecords()

    class Meta(Removable.Meta):
        ordering = ["-starts", "pk"]
        constraints = [
            *Removable.Meta.constraints,
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gte=F("starts")), name="plan_ends_after_start"
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("meetings:plan", args=[self.pk])


class Priority(Removable):
    """One of a plan's priorities."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="priorities")
    title = models.CharField(max_length=200)
    order = models.PositiveIntegerField(default=0)
    history = HistoricalRecords()

    class Meta(Removable.Meta):
        verbose_name_plural = "priorities"
        ordering = ["plan", "order", "pk"]

    def __str__(self):
        return self.title


class Theme(Removable):
    """What holding-to-account items are about, such as Domestic abuse."""

    name = models.CharField(max_length=120)
    priorities = models.ManyToManyField(Priority, blank=True, related_name="themes")
    history = HistoricalRecords(m2m_fields=[priorities])

    class Meta(Removable.Meta):
        ordering = ["name", "pk"]
        constraints = [
            *Removable.Meta.constraints,
            models.UniqueConstraint(fields=["name"], condition=Q(removed_at=None), name="one_theme_per_name"),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("meetings:theme", args=[self.pk])
