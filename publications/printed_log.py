"""The action log in the order and the shape in which it is read, on a page or on paper."""

from dataclasses import dataclass

from publications import addresses
from publications.action_log import ActionLog, LoggedAction, LoggedEvent
from publications.states import EVENTS, in_public_words, moved_in_words
from publications.wording import due_words
from web import dates


@dataclass(frozen=True)
class Row:
    """One action in the log."""

    reference: str
    slug: str
    place: str
    paragraphs: list[str]
    origin: str
    owner: str
    due: str
    moved: str
    state: str
    is_overdue: bool
    is_open: bool
    decisions: list[str]


@dataclass(frozen=True)
class Section:
    """Actions under one heading."""

    key: str
    heading: str
    rows: list[Row]


@dataclass(frozen=True)
class PrintedLog:
    """Everything that a renderer needs of the log."""

    log: ActionLog
    day: str
    sections: list[Section]
    counts: list[str]


def printed_log(log: ActionLog) -> PrintedLog:
    """Lay the log out for reading: what is open, then what is closed."""
    rows = [row_of(action, log) for action in log.actions]
    groups = [("open", "Open actions", True), ("closed", "Closed actions", False)]
    sections = [
        Section(key, words, [row for row in rows if row.is_open is open]) for key, words, open in groups
    ]
    return PrintedLog(log, dates.day(log.as_at), [one for one in sections if one.rows], counts_of(rows))


def row_of(action: LoggedAction, log: ActionLog) -> Row:
    first = f"first due {due_words(action.first_due)}" if action.moved and action.first_due else ""
    state = in_public_words(action.state, is_overdue=action.overdue, to_body=action.transferred_to)
    return Row(
        reference=action.reference,
        slug=addresses.action_slug(action.reference),
        place=addresses.action_place(action.reference),
        paragraphs=[line.strip() for line in action.text.splitlines() if line.strip()],
        origin=action.origin.text if action.origin else "",
        owner=" and ".join(action.owners),
        due=begun(due_words(action.due)),
        moved=", ".join(filter(None, [first, moved_in_words(action.moved)])),
        # Late is never said without the day on which it was so.
        state=f"{state} on {dates.day(log.as_at)}" if action.overdue else state,
        is_overdue=action.overdue,
        is_open=action.is_open,
        decisions=decisions_of(action),
    )


def begun(words: str) -> str:
    """With a capital at the beginning, and the others as they are."""
    return words[:1].upper() + words[1:]


def decisions_of(action: LoggedAction) -> list[str]:
    """What was decided on it, a sentence each, and which action takes its place."""
    told = [decision_in_words(event) for event in action.events]
    return [*told, f"Its place is taken by {action.superseded_by}"] if action.superseded_by else told


def decision_in_words(event: LoggedEvent) -> str:
    """Due date moved to 14 October 2025, on 24 September 2025: the figures come late."""
    done = EVENTS[event.what]
    towards = due_words(event.due) if event.what == "due_moved" else event.to
    to = f" to {towards}," if towards else ""
    reason = f": {event.reason}" if event.reason else ""
    return f"{done}{to} on {dates.day(event.on)}{reason}"


def counts_of(rows: list[Row]) -> list[str]:
    """What the log holds, in short sentences."""
    late, closed = sum(row.is_overdue for row in rows), sum(not row.is_open for row in rows)
    counted = [
        (len(rows) - closed, "action is open", "actions are open"),
        (late, "of them is overdue", "of them are overdue"),
        (closed, "action is closed", "actions are closed"),
    ]
    return [f"{count} {one if count == 1 else many}." for count, one, many in counted if count]
