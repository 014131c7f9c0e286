"""What was promised: actions, who owes them, and what became of them."""

from actions.models.action import Action, ActionQuerySet
from actions.models.carrying import CarriedAction, CarriedSet, Outcome
from actions.models.events import ActionEvent
from actions.models.life import DECISIONS, ENDED, EVENTS, LIVE, REPORTS, EventKind, State
from actions.models.references import ReferenceCount

__all__ = [
    "DECISIONS",
    "ENDED",
    "EVENTS",
    "LIVE",
    "REPORTS",
    "Action",
    "ActionEvent",
    "ActionQuerySet",
    "CarriedAction",
    "CarriedSet",
    "EventKind",
    "Outcome",
    "ReferenceCount",
    "State",
]
