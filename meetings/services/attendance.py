"""Who was at a meeting, as they were that day."""

from django.db import IntegrityError, transaction

from accounts.models import Body, User
from meetings import permissions
from meetings.models import Appointment, Attendance, Contribution, Meeting, MeetingType, Person, Role
from meetings.models.people import PublishAs
from meetings.numbering import numbers_of
from meetings.services.removal import remove_together
from meetings.services.saving import Refused, put_last, save_as, wait_for_turn

FROZEN = frozenset(
    [
        "name",
        "role",
        "role_title",
        "abbreviation",
        "body",
        "printed",
        "presence",
        "present_for",
        "chair",
        "minute_taker",
        "publish_as",
        "order",
    ]
)
Style = MeetingType.SpeakerStyle


def lead_for(attendance: Attendance, style: str) -> str:
    """How a speaker is printed before what they said: The CC, CC, CC: or the name.

    Who has no short name is printed by post, and by name only where the public may see it.
    """
    may_be_named = attendance.publish_as == PublishAs.NAME or not attendance.role_title
    if style == Style.NAME and may_be_named:
        return attendance.name
    short = attendance.abbreviation or attendance.role_title or attendance.name
    if style == Style.COLON:
        return f"{short}:"
    if style == Style.ABBREVIATION or not (attendance.abbreviation or attendance.role_title):
        return short
    return f"The {short}"


@transaction.atomic
def add_attendee(
    meeting: Meeting,
    *,
    person: Person,
    role: Role | None = None,
    role_title: str = "",
    abbreviation: str = "",
    body: str = "",
    presence: str = Attendance.Presence.PRESENT,
    present_for: str = "",
    chair: bool = False,
    minute_taker: bool = False,
    printed: str = "",
    publish_as: str = "",
    by: User | None,
) -> Attendance:
    """Add a person to a meeting; what is not said is taken from the role, as it is now.

    Raises `Refused` when the person is there already, or the short name is another's.
    """
    permissions.require_editing(by, meeting)
    attendance = Attendance(
        meeting=meeting,
        person=person,
        role=role,
        name=person.name,
        role_title=role_title or (role.title if role else ""),
        abbreviation=abbreviation,
        body=body or (role.body if role else Body.OTHER),
        presence=presence,
        present_for=present_for,
        chair=chair,
        minute_taker=minute_taker,
        publish_as=publish_as or (role.publish_as if role else PublishAs.ROLE),
        order=put_last(meeting.attendances),
    )
    attendance.printed = printed or lead_for(attendance, meeting.type.speaker_style)
    _save_unless_taken(attendance, by)
    return attendance


def attend(
    meeting: Meeting, appointment: Appointment, *, chair: bool, minute_taker: bool, by: User | None
) -> Attendance:
    """Add the holder of a post with the title and short name that the post gives them that day."""
    return add_attendee(
        meeting,
        person=appointment.person,
        role=appointment.role,
        role_title=appointment.title,
        abbreviation=appointment.abbreviation,
        chair=chair,
        minute_taker=minute_taker,
        by=by,
    )


@transaction.atomic
def change_attendee(attendance: Attendance, *, by: User | None, **fields) -> Attendance:
    """Change how somebody attended or is printed; what they said follows a new printed form."""
    permissions.require_editing(by, attendance.meeting)
    if unknown := fields.keys() - FROZEN:
        raise TypeError(f"not facts of attendance: {', '.join(sorted(unknown))}")
    before = Attendance.with_removed.select_for_update().get(pk=attendance.pk)
    for name, value in fields.items():
        setattr(attendance, name, value)
    _save_unless_taken(attendance, by, fields=list(fields))
    if attendance.printed != before.printed:
        Contribution.with_removed.filter(speaker=attendance, lead=before.printed).update(
            lead=attendance.printed
        )
    return attendance


@transaction.atomic
def remove_attendee(attendance: Attendance, by: User) -> None:
    """Take somebody off the list. Raises `Refused` once they have spoken."""
    permissions.require_editing(by, attendance.meeting)
    wait_for_turn(attendance.meeting_id)
    if where := _where_spoken(attendance):
        raise Refused(
            f"{attendance.name} has spoken in {where}, so they stay on the list. "
            "Change who spoke there, or delete what they said, first."
        )
    remove_together([attendance], by=by)


def _where_spoken(attendance: Attendance) -> str:
    """The numbers of the first entries in which somebody speaks: 2.1.1, 2.1.3 and 4 more; empty if in none."""
    spoken = Contribution.objects.filter(speaker=attendance, exchange__removed_at=None)
    if not (pks := set(spoken.values_list("exchange", flat=True))):
        return ""
    numbers = [number for pk, number in numbers_of(attendance.meeting).exchanges.items() if pk in pks]
    more = f" and {len(numbers) - 3} more" if len(numbers) > 3 else ""
    return (", ".join(numbers[:3]) or "the record") + more


def _save_unless_taken(attendance: Attendance, by: User | None, *, fields: list[str] | None = None) -> None:
    """Save, or refuse in words what the database's constraints would refuse."""
    others = Attendance.objects.filter(meeting=attendance.meeting_id).exclude(pk=attendance.pk)
    if others.filter(person=attendance.person_id).exists():
        raise Refused(f"{attendance.name} is on the list already.")
    short = attendance.abbreviation
    if short and (other := others.filter(abbreviation__iexact=short).first()):
        raise Refused(
            f"{other.name} is {other.abbreviation} at this meeting. Tell the two apart, for example {short} Crime."
        )
    try:
        with transaction.atomic():
            save_as(attendance, by, fields=fields)
    except IntegrityError as error:
        raise Refused(f"Somebody else has just added {attendance.name} or the short name {short}.") from error
