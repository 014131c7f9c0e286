"""Actions as the desk shows them: those that arose at a meeting, and those that came back to it."""

from dataclasses import dataclass

from actions.carried import Carried, carried_rows
from actions.models import Action
from actions.services import REVIEWED_UNDER
from actions.timing import Diary, Due
from meetings.models import Meeting
from meetings.outline import Branch, Outline


@dataclass(frozen=True)
class Promise:
    """An action with how it stands today."""

    action: Action
    due: Due


def recorded_at(meeting: Meeting) -> list[Action]:
    """The actions of a meeting's own record: those that arose there, and the earlier ones that it brought in."""
    actions = Action.objects.recorded_with(meeting).select_related("owner", "meeting", "item")
    return list(actions.in_reading_order())


def promises_among(recorded: list[Action], meeting: Meeting) -> list[Promise]:
    """Those of a meeting's own actions that arose there, with how each stands today."""
    arose = [action for action in recorded if action.meeting_id == meeting.pk]
    if not arose:
        return []
    diary = Diary.read()
    return [Promise(action, diary.due(action)) for action in arose]


def arose_at(meeting: Meeting) -> list[Promise]:
    """The actions that arose at a meeting, in reading order."""
    return promises_among(recorded_at(meeting), meeting)


def carried_to(meeting: Meeting, outline: Outline) -> list[Carried]:
    """The actions that a meeting has to speak of; the entries of its matters arising may tell of them."""
    branch = taking_up(outline)
    paragraphs = {
        entry.exchange.pk: f"{entry.number} {_first_words(entry.contributions)}"
        for entry in (branch.every_entry() if branch else [])
    }
    return carried_rows(meeting, paragraphs)


def taking_up(outline: Outline) -> Branch | None:
    """The item under which earlier actions are spoken of: the first of such a kind."""
    return next((branch for branch in outline.every_branch() if branch.item.kind in REVIEWED_UNDER), None)


def has_outcome(carried: Carried) -> bool:
    """Whether the meeting said what it did with an earlier action."""
    return bool(carried.told and carried.told.outcome)


def tells_of(exchange_pk: int, carried: Carried) -> bool:
    """Whether an exchange reports on an earlier action."""
    return carried.told is not None and any(one.pk == exchange_pk for one in carried.told.exchanges.all())


def _first_words(contributions: list) -> str:
    return f"{contributions[0].lead} {contributions[0].wording}".strip()[:70] if contributions else ""
