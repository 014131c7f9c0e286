"""How references are written, and what keeps one from being given twice."""

from django.conf import settings
from django.db import models

DEFAULT_PATTERN = "{year}/{number}"


class ReferencePattern(models.Model):
    """How the office writes a reference from a moment on; only ever added, so the newest counts.

    What was given before keeps the form in which it was given.
    """

    pattern = models.CharField(max_length=40, default=DEFAULT_PATTERN)
    digits = models.PositiveSmallIntegerField(
        default=1, help_text="The number has at least as many, with zeros before it"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]

    def __str__(self):
        return self.pattern

    @classmethod
    def current(cls) -> "ReferencePattern":
        return cls.objects.select_related("by").first() or cls()


class ReferenceSeries(models.Model):
    """How many references a series has given. It only counts up, so that none is ever given twice.

    A series is a reference without its number: 2020/{number}.
    """

    series = models.CharField(max_length=100, primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self):
        return f"{self.last} in {self.series}"
