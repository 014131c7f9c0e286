"""Actions as the desk shows them: those that arose at a meeting, and those that came back to it."""

from dataclasses import dataclass

from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from actions.carried import Carried, carried_rows
from actions.models import Action
from actions.services import REVIEWED_UNDER
from actions.timing import Diary, Due
from meetings.models import Meeting
from meetings.outline import Branch, Outline


@dataclass(frozen=True)
class Promise:
    """An action with how it stands today; whether it is due by the next meeting of any type is not asked."""

    action: Action
    due: Due


def recorded_at(meeting: Meeting, also: Q | None = None) -> list[Action]:
    """The actions of a meeting's own record: those that arose there, and the earlier ones that it brought in.

    `also` asks for others in the same query. Each has `next_day`, the day on which "the next meeting" is.
    """
    own = Q(meeting=meeting) | Q(recorded_in=meeting)
    actions = Action.objects.filter(own | also if also else own).annotate(next_day=_next_day())
    return list(actions.select_related("owner", "meeting", "item").in_reading_order())


def _next_day() -> Subquery:
    """The day of the first meeting of its type after the day on which an action was agreed, as `Diary.next_day`."""
    later = Meeting.objects.filter(
        type=OuterRef("meeting__type"),
        status__in=[Meeting.Status.PLANNED, Meeting.Status.HELD],
        date__gt=Coalesce(OuterRef("due_agreed_on"), OuterRef("meeting__date")),
    )
    return Subquery(later.order_by("date").values("date")[:1])


def promises_among(recorded: list[Action], meeting: Meeting) -> list[Promise]:
    """Those of a meeting's own actions that arose there, with how each stands today."""
    arose = [action for action in recorded if action.meeting_id == meeting.pk]
    # Of the diary no more is asked than the days that these actions wait for.
    days = sorted({action.next_day for action in arose if action.next_day})
    diary = Diary(timezone.localdate(), None, None, {meeting.type_id: days})
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
