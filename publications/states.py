"""The public's words for the states of an action. That one is overdue is worked out, never a state."""

ENDED = frozenset({"closed", "superseded", "withdrawn", "transferred"})
NOT_SIMPLY_OPEN = {
    "retained": "Open, kept under watch",
    "closed": "Closed",
    "superseded": "Closed: superseded",
    "withdrawn": "Closed: withdrawn",
    "transferred": "Closed: transferred",
    "withheld": "Not published",
}


def moved_in_words(times: int) -> str:
    """moved once, moved 3 times; nothing where it never was"""
    counted = {1: "once", 2: "twice"}.get(times, f"{times} times")
    return f"moved {counted}" if times else ""


def in_public_words(state: str) -> str:
    """What the office calls proposed or returned is open; so is a state that a later program may add."""
    return NOT_SIMPLY_OPEN.get(state, "Open")
