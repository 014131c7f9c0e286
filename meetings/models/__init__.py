"""What was said: people, plans, types, meetings, agenda, exchanges."""

from meetings.models import identity as _identity  # noqa: F401  (its history)
from meetings.models.meetings import Attendance, Meeting, MeetingType, UsualItem, UsualPerson
from meetings.models.people import Appointment, Person, Role, RoleContact
from meetings.models.plans import Plan, Priority, Theme
from meetings.models.record import AgendaItem, Contribution, Exchange, PreparedQuestion
from meetings.models.settled import SettledDoubt
from meetings.models.shortforms import ShortForm
from meetings.models.texts import Revision, SavedText
from meetings.models.transcripts import Transcript

__all__ = [
    "AgendaItem",
    "Appointment",
    "Attendance",
    "Contribution",
    "Exchange",
    "Meeting",
    "MeetingType",
    "Person",
    "Plan",
    "PreparedQuestion",
    "Priority",
    "Revision",
    "Role",
    "RoleContact",
    "SavedText",
    "SettledDoubt",
    "ShortForm",
    "Theme",
    "Transcript",
    "UsualItem",
    "UsualPerson",
]
