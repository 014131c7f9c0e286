"""What keeps references from being given twice."""

from django.db import models


class ReferenceCount(models.Model):
    """How many references a year has given. It only counts up, so that none is ever given twice."""

    year = models.PositiveIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self):
        return f"{self.last} in {self.year}"
