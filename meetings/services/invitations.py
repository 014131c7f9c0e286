"""Filling a meeting's list of people from who usually comes."""

from django.db import transaction

from accounts.models import User
from meetings import permissions
from meetings.models import Attendance, Meeting, Person, Role
from meetings.services.attendance import add_attendee, attend
from meetings.services.people import holders_on
from meetings.services.saving import Refused
from meetings.services.settings import add_person


@transaction.atomic
def invite_usual_people(meeting: Meeting, *, by: User | None) -> list[Attendance]:
    """Add those who hold the usual posts on the meeting's day and are not on its list. Raises `Refused` without a date."""
    permissions.require_editing(by, meeting)
    if meeting.date is None:
        raise Refused("Enter the date of the meeting first: it decides who holds the usual roles.")
    usual = list(meeting.type.usual_people.select_related("role"))
    holders = holders_on([one.role for one in usual], meeting.date)
    there = set(meeting.attendances.values_list("person", flat=True))
    added = []
    for one in usual:
        appointment = holders.get(one.role_id)
        if appointment is None or appointment.person_id in {None, *there}:
            continue
        there.add(appointment.person_id)
        added.append(attend(meeting, appointment, chair=one.chair, minute_taker=one.minute_taker, by=by))
    return added


@transaction.atomic
def invite(
    meeting: Meeting,
    *,
    person: Person | None,
    new_name: str = "",
    role: Role | None = None,
    by: User | None,
    **facts,
) -> Attendance:
    """Add a person to a meeting, perhaps somebody new.

    Who holds a post on the meeting's day comes with its title and short name, unless
    another role or other facts are given. Raises `Refused` when they are there already.
    """
    permissions.require_editing(by, meeting)
    person = person or add_person(name=new_name, by=by)
    given = {name: value for name, value in facts.items() if value}
    appointments = person.appointments.on(meeting.date).filter(role__removed_at=None) if meeting.date else []
    held = next((one for one in appointments if role in {None, one.role}), None)
    if held and "role_title" not in given:
        given = {"role_title": held.title, "abbreviation": held.abbreviation} | given
    elif role and "role_title" not in given:
        given = {"abbreviation": role.abbreviation} | given
    return add_attendee(meeting, person=person, role=role or (held and held.role), **given, by=by)
