"""What changes about users: who may sign in, and their duties."""

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts import permissions
from accounts.models import Body, Duty, User


@transaction.atomic
def add_user(*, email: str, name: str, kinds: list[str], body: str = Body.OFFICE, by: User | None) -> User:
    """Store a user with duties and no password; `by` is None only while an office is set up.

    Raises `PermissionDenied` when `by` does not manage users.
    """
    _check_may_manage(by)
    user = User.objects.create_user(email=email, name=name, body=body)
    Duty.objects.bulk_create(Duty(user=user, kind=kind) for kind in kinds)
    return user


@transaction.atomic
def set_duties(user: User, kinds: list[str], *, starts: dt.date | None = None, ends: dt.date | None = None, by: User):
    """Replace a user's duties by these; raises `PermissionDenied` when `by` does not manage users."""
    _check_may_manage(by)
    user.duties.all().delete()
    Duty.objects.bulk_create(Duty(user=user, kind=kind, starts=starts, ends=ends) for kind in kinds)
    user.__dict__.pop("duty_kinds", None)


def _check_may_manage(by: User | None):
    if by is not None and not permissions.can_manage_users(by):
        raise PermissionDenied("Only an administrator looks after users and duties.")
