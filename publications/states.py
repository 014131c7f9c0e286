"""The public's words for the states of an action, and for what happens to it, in this one place.

That one is overdue is never a state: notes and the action log say it of their day, for only whoever
compiles them knows whether something is waiting in the office.
"""

import datetime as dt

ENDED = frozenset({"closed", "superseded", "withdrawn", "transferred"})
NOT_SIMPLY_OPEN = {
    "retained": "Open, kept under watch",
    "closed": "Closed",
    "superseded": "Closed: superseded",
    "withdrawn": "Closed: withdrawn",
    "transferred": "Closed: transferred",
    "withheld": "Not published",
}
EVENTS = {
    "closed": "Closed",
    "reopened": "Opened again",
    "returned": "Kept open",
    "retained": "Kept under watch",
    "withdrawn": "Withdrawn",
    "superseded": "Superseded",
    "transferred": "Transferred",
    "due_moved": "Due date moved",
}


def moved_in_words(times: int) -> str:
    """moved once, moved 3 times; nothing where it never was"""
    counted = {1: "once", 2: "twice"}.get(times, f"{times} times")
    return f"moved {counted}" if times else ""


def may_be_overdue(state: str, due_on: dt.date | None, day: dt.date) -> bool:
    """Whether it was open on that day and its date had passed: without that nothing is overdue."""
    return state not in ENDED and due_on is not None and due_on < day


def in_public_words(state: str, *, is_overdue: bool = False, to_body: str = "") -> str:
    """What the office calls proposed or returned is open; so is a state that a later program may add."""
    if is_overdue:
        return "Open and overdue"
    if to_body:
        return f"{NOT_SIMPLY_OPEN['transferred']} to {to_body}"
    return NOT_SIMPLY_OPEN.get(state, "Open")
