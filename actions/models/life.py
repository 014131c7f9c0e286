"""The life of an action: its states, and the table of what may happen in each."""

from django.db import models


class State(models.TextChoices):
    """What people decided about an action; its timing is worked out, never typed."""

    OPEN = "open", "Open"
    PROPOSED = "proposed", "Completion proposed"
    DATE_PROPOSED = "date_proposed", "New date proposed"
    RETURNED = "returned", "Returned"
    RETAINED = "retained", "Retained as a watching brief"
    CLOSED = "closed", "Closed"
    SUPERSEDED = "superseded", "Superseded"
    WITHDRAWN = "withdrawn", "Withdrawn"
    TRANSFERRED = "transferred", "Transferred"


# What its owner asked for, and an approver has not answered yet.
ASKED = frozenset({State.PROPOSED, State.DATE_PROPOSED})
ENDED = frozenset({State.CLOSED, State.SUPERSEDED, State.WITHDRAWN, State.TRANSFERRED})


class EventKind(models.TextChoices):
    AGREED = "agreed", "Agreed"
    SENT = "sent", "Sent to its owner"
    UPDATE = "update", "Update received"
    PROPOSED = "proposed", "Completion proposed"
    DATE_PROPOSED = "date_proposed", "New date proposed"
    DATE_KEPT = "date_kept", "New date not agreed"
    RETURNED = "returned", "Returned"
    RETAINED = "retained", "Retained as a watching brief"
    CLOSED = "closed", "Accepted and closed"
    REOPENED = "reopened", "Opened again"
    SUPERSEDED = "superseded", "Superseded"
    WITHDRAWN = "withdrawn", "Withdrawn"
    NOT_USED = "not_used", "Not used"
    TRANSFERRED = "transferred", "Transferred"
    DUE_SET = "due_set", "Due date set"
    DUE_MOVED = "due_moved", "Due date moved"
    REWORDED = "reworded", "Wording changed"
    REASSIGNED = "reassigned", "Owner changed"
    HELPERS = "helpers", "Supporting owners changed"


# The life of an action on one screen: from which states each event may happen, and the state after it (None: as before).
LIVE = frozenset(State) - ENDED
EVENTS: dict[str, tuple[frozenset[State], State | None]] = {
    EventKind.AGREED: (frozenset({State.OPEN}), State.OPEN),
    EventKind.SENT: (LIVE, None),
    EventKind.UPDATE: (LIVE, None),
    EventKind.PROPOSED: (LIVE - {State.PROPOSED}, State.PROPOSED),
    # Asked again with another date, the last one counts.
    EventKind.DATE_PROPOSED: (LIVE, State.DATE_PROPOSED),
    # The date stands, with a reason: the next word is the owner's.
    EventKind.DATE_KEPT: (frozenset({State.DATE_PROPOSED}), State.RETURNED),
    EventKind.RETURNED: (LIVE, State.RETURNED),
    EventKind.RETAINED: (LIVE, State.RETAINED),
    EventKind.CLOSED: (LIVE, State.CLOSED),
    EventKind.REOPENED: (ENDED, State.OPEN),
    EventKind.SUPERSEDED: (LIVE, State.SUPERSEDED),
    EventKind.WITHDRAWN: (LIVE, State.WITHDRAWN),
    # Given in error: withdrawn, and called by what it is.
    EventKind.NOT_USED: (LIVE, State.WITHDRAWN),
    EventKind.TRANSFERRED: (LIVE, State.TRANSFERRED),
    EventKind.DUE_SET: (LIVE, None),
    # A new date answers whatever was proposed: the action is open until then.
    EventKind.DUE_MOVED: (LIVE, State.OPEN),
    EventKind.REWORDED: (LIVE, None),
    EventKind.REASSIGNED: (LIVE, None),
    EventKind.HELPERS: (LIVE, None),
}
# What only an approver decides, and what the force proposes.
DECISIONS = frozenset(
    {
        EventKind.RETURNED,
        EventKind.RETAINED,
        EventKind.CLOSED,
        EventKind.REOPENED,
        EventKind.SUPERSEDED,
        EventKind.WITHDRAWN,
        EventKind.NOT_USED,
        EventKind.TRANSFERRED,
        EventKind.DUE_MOVED,
        EventKind.DATE_KEPT,
    }
)
REPORTS = frozenset({EventKind.UPDATE, EventKind.PROPOSED, EventKind.DATE_PROPOSED})
# What asks an approver for a decision; an update in between asks for nothing.
ASKS = frozenset({EventKind.PROPOSED, EventKind.DATE_PROPOSED})
