"""What a page of a meeting shows of the actions that were carried into it."""

from dataclasses import dataclass

from actions.models import REPORTS, Action, ActionEvent, CarriedAction
from actions.services import carried_into
from actions.timing import Diary, Due
from meetings.models import Meeting


@dataclass
class Carried:
    """A carried action, what was reported on it between the meetings, and what this meeting did with it."""

    action: Action
    due: Due
    reports: list[ActionEvent]  # the newest first
    told: CarriedAction | None
    paragraphs: list[str]  # the numbers of those that tell of it


def carried_rows(meeting: Meeting, paragraphs: dict[int, str] | None = None) -> list[Carried]:
    """The carried actions of a meeting, the oldest first; the same number of queries for many as for one.

    `paragraphs` are the exchanges that may tell of them, by id, with the words by which each is chosen.
    """
    paragraphs = paragraphs or {}
    actions = (
        carried_into(meeting)
        .select_related("owner", "meeting__type", "recorded_in__type", "item")
        .prefetch_related("events", "supporting")
    )
    known = CarriedAction.objects.filter(meeting=meeting).prefetch_related("exchanges")
    told = {one.action_id: one for one in known}
    diary = Diary.read(meeting.date)
    return [_row(action, told.get(action.pk), diary, paragraphs) for action in actions]


def answers_about(action: Action, meeting: Meeting) -> dict:
    """What is recorded of what a meeting did with an action, by the names of the form's questions."""
    told = CarriedAction.objects.filter(action=action, meeting=meeting).prefetch_related("exchanges").first()
    return {
        "outcome": told.outcome if told else "",
        "due_on": told.due_on if told else None,
        "reason": told.reason if told else "",
        "exchanges": [exchange.pk for exchange in told.exchanges.all()] if told else [],
    }


def _row(action: Action, told: CarriedAction | None, diary: Diary, paragraphs: dict[int, str]) -> Carried:
    return Carried(
        action=action,
        due=diary.due(action),
        reports=[event for event in action.events.all() if event.kind in REPORTS],
        told=told,
        paragraphs=[paragraphs[one.pk] for one in told.exchanges.all() if one.pk in paragraphs]
        if told
        else [],
    )
