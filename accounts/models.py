"""Users and their duties: who may do what."""

import datetime as dt

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from simple_history.models import HistoricalRecords


class Body(models.TextChoices):
    """Whose a post or a user is: the oversight body, the police force, or somebody else's."""

    OFFICE = "office", "The office"
    FORCE = "force", "The force"
    OTHER = "other", "Another body"


class DutyKind(models.TextChoices):
    POLICY_OFFICER = "policy_officer", "Policy officer"
    APPROVER = "approver", "Approver"
    LIAISON = "liaison", "Force liaison"
    ADMINISTRATOR = "administrator", "Administrator"


class UserManager(BaseUserManager):
    def create_user(self, email: str, name: str, password: str | None = None, **fields) -> "User":
        """Store a user; the address is kept in small letters, as sign-in compares it."""
        user = self.model(email=email.strip().lower(), name=name, **fields)
        user.set_password(password)
        user.save()
        return user

    def get_by_natural_key(self, email):
        return self.get(email=email.lower())


class User(AbstractBaseUser):
    """A person who signs in. What they may do is their duties; what post they hold is another matter."""

    email = models.EmailField("e-mail address", unique=True)
    name = models.CharField(max_length=200)
    body = models.CharField("works for", max_length=10, choices=Body, default=Body.OFFICE)
    is_active = models.BooleanField("may sign in", default=True)
    joined_at = models.DateTimeField(default=timezone.now, editable=False)
    sessions_ended = models.PositiveIntegerField(
        default=0, editable=False, help_text="How often, all at once"
    )
    history = HistoricalRecords(excluded_fields=["password", "last_login", "sessions_ended"])

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    objects = UserManager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="address_in_small_letters")
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        """Signing in is no change of the user, and leaves no line in their history."""
        if set(kwargs.get("update_fields") or []) in ({"last_login"}, {"sessions_ended"}, {"password"}):
            self.skip_history_when_saving = True
        try:
            super().save(*args, **kwargs)
        finally:
            self.__dict__.pop("skip_history_when_saving", None)

    def get_absolute_url(self):
        return reverse("accounts:user", args=[self.pk])

    def get_session_auth_hash(self):
        """What a session must know to stay signed in: it changes with the password and when all sessions end."""
        return f"{super().get_session_auth_hash()}{self.sessions_ended}"

    def get_session_auth_fallback_hash(self):
        return (f"{known}{self.sessions_ended}" for known in super().get_session_auth_fallback_hash())

    @cached_property
    def duty_kinds(self) -> frozenset[str]:
        """The kinds of duty in force today."""
        return frozenset(self.duties.in_force(timezone.localdate()).values_list("kind", flat=True))

    @property
    def is_policy_officer(self) -> bool:
        return DutyKind.POLICY_OFFICER in self.duty_kinds

    @property
    def is_approver(self) -> bool:
        return DutyKind.APPROVER in self.duty_kinds

    @property
    def is_liaison(self) -> bool:
        return DutyKind.LIAISON in self.duty_kinds

    @property
    def is_administrator(self) -> bool:
        return DutyKind.ADMINISTRATOR in self.duty_kinds

    @property
    def is_office(self) -> bool:
        """Whether they read the office's unpublished record: being an administrator alone does not suffice."""
        return self.is_policy_officer or self.is_approver


def in_force(on: dt.date, duty: str = "") -> models.Q:
    """Whether a duty is held on that day, the first and the last day included; `duty` is the way to it."""
    has_begun = models.Q(**{f"{duty}starts": None}) | models.Q(**{f"{duty}starts__lte": on})
    goes_on = models.Q(**{f"{duty}ends": None}) | models.Q(**{f"{duty}ends__gte": on})
    return has_begun & goes_on


class DutyQuerySet(models.QuerySet):
    def in_force(self, on):
        return self.filter(in_force(on))


class Duty(models.Model):
    """What a user may do, from one day to another; a delegate of the approver has both dates."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="duties")
    kind = models.CharField("duty", max_length=20, choices=DutyKind)
    starts = models.DateField("from", null=True, blank=True)
    ends = models.DateField("to", null=True, blank=True)
    history = HistoricalRecords()

    objects = DutyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "duties"
        ordering = ["kind", "starts", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(starts=None)
                | models.Q(ends=None)
                | models.Q(ends__gte=models.F("starts")),
                name="duty_ends_after_it_starts",
            ),
        ]

    def __str__(self):
        return self.get_kind_display()
