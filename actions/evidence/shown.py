"""The files that a page about an action shows."""

from collections.abc import Iterable

from accounts.models import User
from actions import permissions
from actions.models import Action, ActionEvent, Evidence


def evidence_of(action: Action, user: User, events: Iterable[ActionEvent]) -> list[Evidence]:
    """The files that this person may see; each event learns which were given with it."""
    rows = list(Evidence.objects.visible_to(user).filter(action=action).select_related("by"))
    for event in events:
        event.files = [row for row in rows if row.event_id == event.pk]
    return rows


def can_give(user: User, action: Action) -> bool:
    """Whether a page offers to add a file; with an action that has ended, only the office does."""
    is_possible = action.reference is not None and (action.is_open or permissions.can_minute(user))
    return is_possible and permissions.can_give_evidence(user, action)
