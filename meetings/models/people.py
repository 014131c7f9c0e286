"""Posts, the people who hold them, and from when to when."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from accounts.models import Body
from meetings.models.removal import Kept, Removable

# The name of somebody whom a record mentions by role alone, such as one that was brought in.
NOT_NAMED = "Not named"


class PublishAs(models.TextChoices):
    """How a person appears in what the public reads."""

    NAME = "name", "By name"
    ROLE = "role", "By role only"
    COUNTED = "counted", "Only counted"


class Role(Removable):
    """A post, such as Chief Constable (CC), whoever holds it."""

    title = models.CharField(max_length=200, help_text="For example Chief Constable")
    abbreviation = models.CharField("short name", max_length=20, blank=True, help_text="For example CC")
    body = models.CharField("belongs to", max_length=10, choices=Body)
    publish_as = models.CharField(
        "the public sees its holder", max_length=10, choices=PublishAs, default=PublishAs.ROLE
    )
    history = HistoricalRecords()

    class Meta(Removable.Meta):
        ordering = ["body", "title", "pk"]
        constraints = [
            *Removable.Meta.constraints,
            models.UniqueConstraint(
                fields=["title", "body"], condition=Q(removed_at=None), name="one_role_per_title"
            ),
        ]

    def __str__(self):
        return f"{self.title} ({self.abbreviation})" if self.abbreviation else self.title

    def get_absolute_url(self):
        return reverse("meetings:role", args=[self.pk])

    @property
    def key(self) -> str:
        """How the Notes name an owner: the abbreviation when there is one, else the title."""
        return self.abbreviation or self.title


class RoleContact(models.Model):
    """Where letters to a post go; apart from whoever holds it."""

    class Line(models.TextChoices):
        TO = "to", "To"
        COPY = "copy", "Copy"

    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="contacts")
    line = models.CharField(max_length=4, choices=Line, default=Line.TO)
    email = models.EmailField("e-mail address")

    class Meta:
        ordering = ["line", "email"]
        constraints = [
            models.UniqueConstraint(fields=["role", "email"], name="one_contact_per_role_and_address")
        ]

    def __str__(self):
        return self.email


class Person(Removable):
    """Somebody who holds a post or comes to meetings."""

    name = models.CharField(max_length=200)
    email = models.EmailField("e-mail address", blank=True, help_text="Never published")
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="person"
    )
    history = HistoricalRecords()

    class Meta(Removable.Meta):
        verbose_name_plural = "people"
        ordering = ["name", "pk"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("meetings:person", args=[self.pk])


class AppointmentQuerySet(models.QuerySet):
    def on(self, day):
        """Appointments in force that day, the first and the last day included."""
        return self.filter(starts__lte=day).filter(Q(ends=None) | Q(ends__gte=day))


class Appointment(Removable):
    """Who holds a post from one day to another; without a person, the post is vacant."""

    class Kind(models.TextChoices):
        SUBSTANTIVE = "substantive", "Substantive"
        ACTING = "acting", "Acting"
        TEMPORARY = "temporary", "Temporary"

    RANK_MARKS = {Kind.SUBSTANTIVE: "", Kind.ACTING: "A/", Kind.TEMPORARY: "T/"}

    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="appointments")
    person = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="appointments",
        help_text="Leave empty while the post is vacant",
    )
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.SUBSTANTIVE)
    starts = models.DateField("from")
    ends = models.DateField("to", null=True, blank=True)
    history = HistoricalRecords()

    objects = Kept.from_queryset(AppointmentQuerySet)()
    with_removed = models.Manager.from_queryset(AppointmentQuerySet)()

    class Meta(Removable.Meta):
        ordering = ["-starts", "pk"]
        constraints = [
            *Removable.Meta.constraints,
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gte=F("starts")), name="appointment_ends_after_start"
            ),
            models.UniqueConstraint(
                fields=["role", "person", "starts"],
                condition=Q(removed_at=None),
                name="one_appointment_per_person_role_and_day",
            ),
        ]

    def __str__(self):
        return f"{self.person or 'Vacant'}, {self.title}"

    @property
    def title(self) -> str:
        """The post's title as its holder bears it: Temporary Chief Constable."""
        mark = "" if self.kind == self.Kind.SUBSTANTIVE else f"{self.get_kind_display()} "
        return f"{mark}{self.role.title}"

    @property
    def abbreviation(self) -> str:
        """The post's short name as its holder bears it: T/CC."""
        short = self.role.abbreviation
        return f"{self.RANK_MARKS[self.Kind(self.kind)]}{short}" if short else ""
