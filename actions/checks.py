"""What is in the way of a meeting's notes on the part of its actions, each as a sentence."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.text import Truncator

from actions import services
from actions.models import Action, CarriedAction
from actions.timing import Diary
from meetings.checks import BLOCKER, DOUBT, REMARK, Check
from meetings.models import AgendaItem, Meeting


def checks(meeting: Meeting) -> list[Check]:
    """Everything about the actions of a meeting that is in the way of its notes, in reading order."""
    recorded = Action.objects.recorded_with(meeting).in_reading_order()
    own = list(recorded.select_related("meeting", "recorded_in"))
    found = [check for action in own for check in _about(action, meeting)]
    return [*found, *_about_next(own, meeting), *_about_carried(meeting)]


def _about(action: Action, meeting: Meeting) -> Iterator[Check]:
    where = _place(action)
    if action.owner_id is None:
        sentence = f"Select who owns {action.called}: “{_short(action)}”."
        yield Check(
            "action_without_owner", BLOCKER, sentence, where, reverse("actions:owner", args=[action.pk])
        )
    if not action.text.strip():
        sentence = f"{action.name} has no wording. Enter the action."
        yield Check(
            "action_without_words", BLOCKER, sentence, where, reverse("actions:wording", args=[action.pk])
        )
    if action.meeting_id and (problem := services.problem_with_due(meeting, action.first_due_on)):
        sentence = f"{action.name}: {problem[0].lower()}{problem[1:]}."
        yield Check(
            "action_due_before_meeting", BLOCKER, sentence, where, reverse("actions:due", args=[action.pk])
        )


def _about_next(actions: list[Action], meeting: Meeting) -> Iterator[Check]:
    waiting = [action for action in actions if action.due_next]
    if not waiting or meeting.next_date or meeting.date is None:
        return
    if Diary.read().next_day(meeting.type_id, meeting.date) is None:
        for action in waiting:
            sentence = f"{action.name} is due at the next meeting, whose date is not set."
            url = reverse("meetings:next", args=[meeting.pk])
            yield Check("action_due_next_without_date", REMARK, sentence, _place(action), url)


def _about_carried(meeting: Meeting) -> Iterator[Check]:
    told = set(
        CarriedAction.objects.filter(meeting=meeting).exclude(outcome="").values_list("action", flat=True)
    )
    # An original that was published elsewhere may well be silent on some.
    severity = DOUBT if meeting.published_elsewhere else BLOCKER
    item = review_item(meeting)
    for number, action in enumerate(services.carried_into(meeting), 1):
        if action.pk not in told:
            sentence = f"Record what the meeting did with {action.called}: “{_short(action)}”."
            url = reverse("actions:outcome", args=[meeting.pk, item.pk, action.pk]) if item else ""
            yield Check("carried_action_without_outcome", severity, sentence, f"earlier action {number}", url)


def review_item(meeting: Meeting) -> AgendaItem | None:
    """The item under which a meeting speaks of earlier actions: matters arising, or else its first one."""
    items = list(meeting.items.order_by("parent_id", "order", "pk"))
    return next((item for item in items if item.kind in services.REVIEWED_UNDER), items[0] if items else None)


def _place(action: Action) -> str:
    return f"action {action.order}"


def _short(action: Action) -> str:
    return Truncator(action.text).words(12)
