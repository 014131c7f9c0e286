"""What changes about users: who may sign in, and their duties."""

import datetime as dt

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts import letters, permissions
from accounts.models import Body, Duty, DutyKind, User


class CannotChange(Exception):
    """A change that would leave the office with nobody to look after it; `sentence` says so."""

    def __init__(self, sentence: str):
        super().__init__(sentence)
        self.sentence = sentence


@transaction.atomic
def add_user(*, email: str, name: str, kinds: list[str], body: str = Body.OFFICE, by: User | None) -> User:
    """Store a user with duties and no password; `by` is None only while an office is set up.

    Raises `PermissionDenied` when `by` does not manage users.
    """
    _check_may_manage(by)
    user = User(email=email.strip().lower(), name=name, body=body)
    user.set_unusable_password()
    _save(user, by)
    for kind in kinds:
        _save(Duty(user=user, kind=kind), by)
    return user


@transaction.atomic
def change_user(user: User, *, name: str, email: str, body: str, by: User | None) -> User:
    """Change what is known of a user; another address means that the old one no longer signs in."""
    _check_may_manage(by)
    if email.lower() != user.email:
        EmailAddress.objects.filter(user=user).delete()
    user.name, user.email, user.body = name, email.lower(), body
    return _save(user, by)


@transaction.atomic
def give_duty(
    user: User, kind: str, *, starts: dt.date | None = None, ends: dt.date | None = None, by: User | None
) -> Duty:
    """Give a user a duty, from one day to another or for good."""
    _check_may_manage(by)
    user.__dict__.pop("duty_kinds", None)
    return _save(Duty(user=user, kind=kind, starts=starts, ends=ends), by)


@transaction.atomic
def take_duty(duty: Duty, *, by: User | None) -> None:
    """Take a duty from a user; raises `CannotChange` when nobody would be left to look after users."""
    _check_may_manage(by)
    _one_at_a_time()
    _delete(duty, by)
    _keep_an_administrator(by)


@transaction.atomic
def give_back(user: User, duty_pk: int, *, by: User | None) -> Duty | None:
    """Undo `take_duty`; None where this user never had that duty."""
    _check_may_manage(by)
    taken = Duty.history.filter(id=duty_pk, user=user, history_type="-").first()
    if taken is None:
        return None
    user.__dict__.pop("duty_kinds", None)
    return _save(taken.instance, by)


@transaction.atomic
def disable(user: User, *, by: User | None) -> User:
    """Let a user no longer sign in; their sessions end with their next request."""
    _check_may_manage(by)
    _one_at_a_time()
    if by == user:
        raise CannotChange("You cannot switch off your own account. Ask another administrator")
    user.is_active = False
    _save(user, by)
    _keep_an_administrator(by)
    return user


@transaction.atomic
def enable(user: User, *, by: User | None) -> User:
    """Let a user sign in again, with the password that they had."""
    _check_may_manage(by)
    user.is_active = True
    return _save(user, by)


def send_password_link(user: User, *, by: User | None) -> None:
    """Send a user a link to set a password, once this transaction is committed."""
    _check_may_manage(by)
    address = letters.new_password_address(user)
    transaction.on_commit(lambda: letters.send_password_link(user, address))


@transaction.atomic
def forget_second_factor(user: User, *, by: User | None) -> None:
    """Forget a user's lost authenticator app and recovery codes: they set up a new one when they sign in."""
    _check_may_manage(by)
    Authenticator.objects.filter(user=user).delete()
    end_sessions(user)


def end_sessions(user: User) -> None:
    """Sign a user out everywhere."""
    User.objects.filter(pk=user.pk).update(sessions_ended=F("sessions_ended") + 1)
    user.refresh_from_db(fields=["sessions_ended"])


def _save(row: User | Duty, by: User | None):
    row._history_user = by
    row.save()
    return row


def _delete(duty: Duty, by: User | None) -> None:
    duty._history_user = by
    duty.delete()


def _check_may_manage(by: User | None):
    if by is not None and not permissions.can_manage_users(by):
        raise PermissionDenied("Only an administrator looks after users and duties.")


def _one_at_a_time() -> None:
    """Wait for whoever is taking a duty away now: two administrators cannot remove each other at once."""
    list(Duty.objects.filter(kind=DutyKind.ADMINISTRATOR).order_by("pk").select_for_update())


def _keep_an_administrator(by: User | None):
    """Somebody must always be able to look after users; only the system itself may undo that."""
    in_force = Duty.objects.in_force(timezone.localdate())
    if by is not None and not in_force.filter(kind=DutyKind.ADMINISTRATOR, user__is_active=True).exists():
        raise CannotChange("Somebody has to look after users. Make somebody else an administrator first")
