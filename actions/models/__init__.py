"""What was promised: actions, who owes them, and what became of them."""

from actions.models.action import Action, ActionQuerySet
from actions.models.calendars import CalendarAddress
from actions.models.carrying import SPOKEN, CarriedAction, CarriedSet, Outcome
from actions.models.events import ActionEvent
from actions.models.evidence import Evidence, FileKind
from actions.models.life import ASKED, ASKS, DECISIONS, ENDED, EVENTS, LIVE, REPORTS, EventKind, State
from actions.models.messages import (
    NEWS,
    REMINDERS,
    Delivery,
    DigestChoice,
    Message,
    MessageKind,
    MessageRules,
    Reply,
    RoleMessages,
)
from actions.models.reasons import PublicReason
from actions.models.references import DEFAULT_PATTERN, ReferencePattern, ReferenceSeries

__all__ = [
    "ASKED",
    "ASKS",
    "DECISIONS",
    "DEFAULT_PATTERN",
    "ENDED",
    "EVENTS",
    "LIVE",
    "NEWS",
    "REMINDERS",
    "REPORTS",
    "SPOKEN",
    "Action",
    "ActionEvent",
    "ActionQuerySet",
    "CalendarAddress",
    "CarriedAction",
    "CarriedSet",
    "Delivery",
    "DigestChoice",
    "EventKind",
    "Evidence",
    "FileKind",
    "Message",
    "MessageKind",
    "MessageRules",
    "Outcome",
    "PublicReason",
    "ReferencePattern",
    "ReferenceSeries",
    "Reply",
    "RoleMessages",
    "State",
]
