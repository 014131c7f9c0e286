"""Planning a meeting, changing its facts, and saying that it was held or cancelled."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from meetings import permissions
from meetings.models import AgendaItem, Meeting, MeetingType
from meetings.services.invitations import invite_usual_people
from meetings.services.saving import Refused, save_as
from web.dates import day

FACTS = frozenset(
    [
        "type",
        "title",
        "status",
        "held",
        "date",
        "date_as_written",
        "start",
        "end",
        "venue",
        "period",
        "summary",
        "office_note",
        "next_type",
        "next_subject",
        "next_date",
        "next_date_as_written",
        "next_as_written",
        "next_start",
        "next_venue",
        "published_elsewhere",
        "originally_published",
        "original_source",
    ]
)


@transaction.atomic
def plan_meeting(
    *,
    type: MeetingType,
    date: dt.date | None,
    start: dt.time | None = None,
    end: dt.time | None = None,
    venue: str = "",
    title: str = "",
    held: str | None = None,
    by: User | None,
    at: dt.datetime | None = None,
) -> Meeting:
    """Plan a meeting with its type's usual agenda, and with those who hold the usual posts that day.

    Attendance is frozen from here on: a later change of post-holder changes nothing here.
    """
    permissions.require_planning(by)
    check_times(start, end)
    meeting = Meeting(
        type=type, date=date, start=start, end=end, venue=venue, title=title, held=held or type.held
    )
    if at:
        meeting._history_date = at
    save_as(meeting, by)
    vars(meeting).pop("_history_date", None)
    _copy_usual_agenda(meeting, by)
    if meeting.date:
        invite_usual_people(meeting, by=by)
    return meeting


@transaction.atomic
def change_meeting(meeting: Meeting, *, by: User | None, **fields) -> Meeting:
    """Change facts of a meeting; only the ones named are written. Raises `Refused` when it would end before it starts."""
    permissions.require_editing(by, meeting)
    if unknown := fields.keys() - FACTS:
        raise TypeError(f"not facts of a meeting: {', '.join(sorted(unknown))}")
    current = Meeting.objects.select_for_update().get(pk=meeting.pk)
    check_times(fields.get("start", current.start), fields.get("end", current.end))
    for name, value in fields.items():
        setattr(meeting, name, value)
    save_as(meeting, by, fields=list(fields))
    return meeting


def hold(meeting: Meeting, by: User | None) -> Meeting:
    """Say that a meeting was held. Raises `Refused` before its day."""
    if meeting.date and meeting.date > timezone.localdate():
        raise Refused(f"The meeting is on {day(meeting.date)}. Say that it was held on that day or later.")
    return change_meeting(meeting, status=Meeting.Status.HELD, by=by)


def cancel(meeting: Meeting, by: User | None) -> Meeting:
    """Say that a meeting will not be, or was not, held. Its agenda and record stay."""
    return change_meeting(meeting, status=Meeting.Status.CANCELLED, by=by)


def check_times(start: dt.time | None, end: dt.time | None) -> None:
    if start and end and end <= start:
        raise Refused("End time must be after the start time")


def _copy_usual_agenda(meeting: Meeting, by: User | None) -> None:
    copies = {}
    # Parents come first, so that their copies are there for their children.
    for usual in sorted(meeting.type.usual_items.all(), key=lambda usual: usual.parent_id is not None):
        item = AgendaItem(
            meeting=meeting,
            parent=copies.get(usual.parent_id),
            title=usual.title,
            kind=usual.kind,
            order=usual.order,
        )
        save_as(item, by)
        copies[usual.pk] = item
