"""Posts and who holds them."""

import datetime as dt
from collections.abc import Collection

from django.db import transaction

from accounts.models import User
from meetings import permissions
from meetings.models import Appointment, Person, Role
from meetings.services.saving import save_as


@transaction.atomic
def appoint(
    role: Role,
    person: Person | None,
    *,
    starts: dt.date,
    ends: dt.date | None = None,
    kind: str = Appointment.Kind.SUBSTANTIVE,
    by: User | None,
) -> Appointment:
    """Give a post to a person, or to nobody, from a day on.

    An earlier appointment to the post, of the same kind and without an end, ends the day before.
    """
    permissions.require_people(by)
    for earlier in role.appointments.filter(kind=kind, ends=None, starts__lt=starts):
        earlier.ends = starts - dt.timedelta(days=1)
        save_as(earlier, by)
    appointment = Appointment(role=role, person=person, starts=starts, ends=ends, kind=kind)
    save_as(appointment, by)
    return appointment


def holder_on(role: Role, day: dt.date) -> Appointment | None:
    """Who held the post that day: somebody before nobody, whoever began last. A vacant post has no person."""
    return holders_on([role], day).get(role.pk)


def holders_on(roles: Collection[Role], day: dt.date) -> dict[int, Appointment]:
    """Who held each of these posts that day, by the post's id, in one query."""
    held = Appointment.objects.on(day).filter(role__in=roles).select_related("person", "role")
    by_weight = sorted(
        held, key=lambda appointment: (appointment.person_id is not None, appointment.starts, appointment.pk)
    )
    return {appointment.role_id: appointment for appointment in by_weight}
