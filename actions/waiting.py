"""What about an action waits in the office: as long as something does, no public page says that it is overdue.

The one rule of it, for notes and for the action log alike. It is asked of a day, because notes
tell how an action stood on the day of their meeting.
"""

import datetime as dt
from collections.abc import Collection

from actions.models import DECISIONS, ENDED, REPORTS, Action, EventKind
from actions.services.deciding import Standing
from actions.services.spoken import undecided_outcomes

WAITS = {
    EventKind.UPDATE: "an update waits to be read",
    EventKind.PROPOSED: "its owner asks to close it",
    EventKind.DATE_PROPOSED: "its owner asks for another date",
}
SPOKEN_WAITS = "what was agreed at a meeting waits to be confirmed"


def waiting_in(stood: Standing, *, is_agreed: bool) -> str:
    """What was waiting at the end of that day, in the office's words; empty where nothing was.

    `is_agreed` when a meeting had agreed something that nobody had decided yet: see `agreed_by`.
    """
    if stood.state in ENDED:
        return ""
    for event in stood.events:
        if event.kind in DECISIONS:
            break
        if event.kind in REPORTS:
            return WAITS[event.kind]
    return SPOKEN_WAITS if is_agreed else ""


def agreed_by(day: dt.date, actions: Collection[Action] | None = None) -> set[int]:
    """The ids of the actions (of all: None) on which something was agreed by that day and not decided; one query."""
    agreed = undecided_outcomes(day)
    if actions is not None:
        agreed = agreed.filter(action__in=[action.pk for action in actions])
    return set(agreed.values_list("action", flat=True))
