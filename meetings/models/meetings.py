"""Meetings, the types that they are of, and who was there."""

import datetime as dt
import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from accounts.models import Body
from meetings.models.people import Person, PublishAs, Role
from meetings.models.removal import Kept, Removable
from publications.notes import ItemKind

ITEM_KINDS = [(kind.value, kind.value.replace("_", " ").capitalize()) for kind in ItemKind]


class Held(models.TextChoices):
    PUBLIC = "public", "In public"
    PRIVATE = "private", "In private"
    WRITING = "writing", "In writing"


class MeetingType(Removable):
    """A kind of meeting that the office holds again and again."""

    class SpeakerStyle(models.TextChoices):
        """How a speaker is printed before what they said."""

        THE_ABBREVIATION = "the_abbreviation", "The CC …"
        ABBREVIATION = "abbreviation", "CC …"
        COLON = "colon", "CC: …"
        NAME = "name", "The person's name …"

    name = models.CharField(max_length=200)
    held = models.CharField("usually held", max_length=10, choices=Held, default=Held.PRIVATE)
    venue = models.CharField(max_length=300, blank=True)
    start = models.TimeField("usual start", null=True, blank=True)
    speaker_style = models.CharField(
        "speakers are printed as", max_length=20, choices=SpeakerStyle, default=SpeakerStyle.THE_ABBREVIATION
    )
    shares_actions_with = models.ManyToManyField("self", blank=True, verbose_name="shares its actions with")
    history = HistoricalRecords()

    class Meta(Removable.Meta):
        ordering = ["name", "pk"]
        constraints = [
            *Removable.Meta.constraints,
            models.UniqueConstraint(
                fields=["name"], condition=Q(removed_at=None), name="one_meeting_type_per_name"
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("meetings:type", args=[self.pk])


class UsualItem(Removable):
    """An item of a type's default agenda."""

    type = models.ForeignKey(MeetingType, on_delete=models.CASCADE, related_name="usual_items")
    parent = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="children"
    )
    title = models.CharField(max_length=300)
    kind = models.CharField(max_length=30, choices=ITEM_KINDS, default=ItemKind.OTHER.value)
    order = models.PositiveIntegerField(default=0)
    history = HistoricalRecords()

    class Meta(Removable.Meta):
        ordering = ["order", "pk"]

    def __str__(self):
        return self.title


class UsualPerson(Removable):
    """A post whose holder usually comes to meetings of a type."""

    type = models.ForeignKey(MeetingType, on_delete=models.CASCADE, related_name="usual_people")
    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="+")
    chair = models.BooleanField("chairs", default=False)
    minute_taker = models.BooleanField("takes the minutes", default=False)
    order = models.PositiveIntegerField(default=0)
    history = HistoricalRecords()

    class Meta(Removable.Meta):
        verbose_name_plural = "usual people"
        ordering = ["order", "pk"]
        constraints = [
            *Removable.Meta.constraints,
            models.UniqueConstraint(
                fields=["type", "role"], condition=Q(removed_at=None), name="one_usual_person_per_role"
            ),
        ]

    def __str__(self):
        return str(self.role)


class MeetingQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Office staff see every meeting; the force reads what is sent to it, never a draft."""
        return self if user.is_authenticated and user.is_office else self.none()

    def upcoming(self, today: dt.date):
        """Planned for today or later, the soonest first."""
        return self.filter(status=Meeting.Status.PLANNED, date__gte=today).order_by("date", "start", "pk")


class Meeting(Removable):
    """One meeting at which the office holds the force to account."""

    class Status(models.TextChoices):
        PLANNED = "planned", "Planned"
        HELD = "held", "Held"
        CANCELLED = "cancelled", "Cancelled"
        MOVED = "moved", "Moved"

    # In the Notes: for everybody.
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    type = models.ForeignKey(MeetingType, on_delete=models.PROTECT, related_name="meetings")
    title = models.CharField(max_length=300, blank=True, help_text="Leave empty to use the name of its type")
    status = models.CharField(max_length=10, choices=Status, default=Status.PLANNED)
    held = models.CharField(max_length=10, choices=Held, default=Held.PRIVATE)
    date = models.DateField(null=True)
    date_as_written = models.CharField("date as written", max_length=200, blank=True)
    chair_as_written = models.CharField(max_length=300, blank=True, editable=False)
    minutes_as_written = models.CharField(max_length=300, blank=True, editable=False)
    start = models.TimeField("starts at", null=True, blank=True)
    end = models.TimeField("ends at", null=True, blank=True)
    venue = models.CharField(max_length=300, blank=True)
    period = models.CharField(
        max_length=100, blank=True, help_text="When it is not about the month of its date"
    )
    summary = models.TextField(blank=True, max_length=2000)
    next_type = models.CharField("kind of the next meeting", max_length=200, blank=True)
    next_subject = models.CharField("subject of the next meeting", max_length=300, blank=True)
    next_date = models.DateField("date of the next meeting", null=True, blank=True)
    next_date_as_written = models.CharField(max_length=200, blank=True)
    next_as_written = models.TextField(blank=True)
    next_start = models.TimeField("the next meeting starts at", null=True, blank=True)
    next_venue = models.CharField("venue of the next meeting", max_length=300, blank=True)
    published_elsewhere = models.BooleanField("already published elsewhere", default=False)
    originally_published = models.DateField("first published elsewhere on", null=True, blank=True)
    original_source = models.CharField(max_length=200, blank=True, editable=False)
    # The office's alone.
    office_note = models.TextField("note for the office", blank=True, max_length=20_000)
    numbered_at = models.DateTimeField(null=True, editable=False, help_text="When its numbers were stored")
    history = HistoricalRecords()

    objects = Kept.from_queryset(MeetingQuerySet)()
    with_removed = models.Manager.from_queryset(MeetingQuerySet)()

    class Meta(Removable.Meta):
        ordering = ["-date", "-start", "-pk"]
        constraints = [
            *Removable.Meta.constraints,
            models.CheckConstraint(
                condition=Q(start=None) | Q(end=None) | Q(end__gt=models.F("start")),
                name="meeting_ends_after_it_starts",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("desk:meeting", args=[self.pk])

    @property
    def name(self) -> str:
        return self.title or self.type.name


class Attendance(Removable):
    """A person at one meeting, with role and printed form as they were that day.

    Everything that is printed is copied here: a later promotion changes nothing.
    """

    class Presence(models.TextChoices):
        PRESENT = "present", "Present"
        APOLOGIES = "apologies", "Apologies"
        PART = "part", "Present for part"

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendances")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="attendances")
    role = models.ForeignKey(
        Role, on_delete=models.PROTECT, null=True, blank=True, related_name="attendances"
    )
    order = models.PositiveIntegerField(default=0)
    # In the Notes.
    name = models.CharField(max_length=200)
    role_title = models.CharField("role that day", max_length=300, blank=True)
    abbreviation = models.CharField("short name", max_length=40, blank=True)
    body = models.CharField(max_length=10, choices=Body, default=Body.OFFICE)
    printed = models.CharField(
        "printed as", max_length=200, help_text="Before what they said, for example The CC"
    )
    presence = models.CharField("attendance", max_length=10, choices=Presence, default=Presence.PRESENT)
    present_for = models.CharField(
        max_length=200, blank=True, help_text="For example items 2 to 4, or from 10:20am"
    )
    chair = models.BooleanField(default=False)
    minute_taker = models.BooleanField(default=False)
    publish_as = models.CharField("the public sees", max_length=10, choices=PublishAs, default=PublishAs.ROLE)
    history = HistoricalRecords()

    class Meta(Removable.Meta):
        verbose_name_plural = "attendance"
        ordering = ["order", "pk"]
        constraints = [
            *Removable.Meta.constraints,
            models.UniqueConstraint(
                fields=["meeting", "abbreviation"],
                condition=Q(removed_at=None) & ~Q(abbreviation=""),
                name="one_attendee_per_abbreviation",
            ),
            models.UniqueConstraint(
                fields=["meeting", "person"], condition=Q(removed_at=None), name="one_attendance_per_person"
            ),
        ]

    def __str__(self):
        return f"{self.abbreviation} – {self.name}" if self.abbreviation else self.name
