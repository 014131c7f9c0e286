"""Everything that stands between a meeting's notes and the public, as sentences."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from pydantic import BaseModel

from actions import checks as of_actions
from actions.models import Action
from actions.services import REVIEWED_UNDER, carried_into
from meetings import checks as of_meetings
from meetings.checks import BLOCKER, Check, named_in, not_named
from meetings.models import Meeting
from meetings.outline import Outline
from publications.models import Identity
from review.compilation import compile_notes
from review.models import Snapshot
from web.dates import day
from web.wording import shortened

NEVER_SETTLED = of_meetings.NEVER_SETTLED | {"no_identity", "carried_too_early"}


def all_checks(meeting: Meeting, *, outline: Outline | None = None) -> list[Check]:
    """Every check of the floors below and of this one; what somebody settled is a doubt.

    `outline` is the meeting's record, where the caller has read it.
    """
    found = [
        *of_meetings.checks(meeting, outline=outline, also_minuted=items_with_actions(meeting)),
        *of_actions.checks(meeting),
        *_own_checks(meeting),
    ]
    return of_meetings.with_settled(meeting, found, never=NEVER_SETTLED)


def items_with_actions(meeting: Meeting) -> set[int]:
    """The items under which the notes print an action: where it arose, or where it came back."""
    items = set(Action.objects.recorded_with(meeting).values_list("item", flat=True))
    if carried_into(meeting).exists():
        items.update(meeting.items.filter(kind__in=REVIEWED_UNDER).values_list("pk", flat=True))
    return items


def blockers(meeting: Meeting) -> list[Check]:
    """What must be put right, or settled, before the notes can be approved."""
    return [check for check in all_checks(meeting) if check.is_blocker]


def can_be_settled(check: Check, meeting: Meeting) -> bool:
    """Whether "as in the original, in doubt" is an answer: only in records published elsewhere before."""
    return meeting.published_elsewhere and check.is_blocker and check.code not in NEVER_SETTLED


def _own_checks(meeting: Meeting) -> Iterator[Check]:
    """What only shows in the whole: who publishes, and whether a name gets out that should not."""
    if Identity.current(meeting.date or timezone.localdate()) is None:
        sentence = "Nobody has said who the office is. Enter its name and the force’s."
        yield Check("no_identity", BLOCKER, sentence, "office", reverse("meetings:settings"))
    yield from _actions_without_reference(meeting)
    yield from _names_that_get_out(meeting)


def _actions_without_reference(meeting: Meeting) -> Iterator[Check]:
    """An action of an earlier meeting has its reference once that meeting's own notes are approved."""
    carried = carried_into(meeting).filter(reference=None).exclude(recorded_in=meeting)
    for action in carried.select_related("meeting__type", "recorded_in__type"):
        origin = action.source
        on = f" of {day(origin.date)}" if origin.date else ""
        sentence = f"“{shortened(action.text, 80)}” has no reference yet. Approve the notes of {origin.name}{on} first."
        url = reverse("review:check", args=[origin.pk])
        yield Check("carried_too_early", BLOCKER, sentence, f"action of {origin.pk}-{action.pk}", url)


def _names_that_get_out(meeting: Meeting) -> Iterator[Check]:
    """Somebody who is not published by name, and is named in an action, a doubt or another's role.

    The texts of the record itself are read by `meetings.checks`.
    """
    hidden = not_named(meeting.attendances.all())
    if not hidden:
        return
    notes = compile_notes(meeting, Snapshot.Audience.PUBLIC)
    url = reverse("desk:whole", args=[meeting.pk])
    for text in _texts_of([notes.actions, notes.doubts, notes.people, notes.abbreviations]):
        for person in hidden:
            if severity := named_in(text, person):
                sentence = f"“{shortened(text, 80)}” names {person.name}, who is published without a name."
                yield Check("hidden_name", severity, sentence, "record", url)


def _texts_of(part: object) -> Iterator[str]:
    """Every text in a part of a Notes document."""
    match part:
        case str():
            yield part
        case BaseModel():
            for name in type(part).model_fields:
                yield from _texts_of(getattr(part, name))
        case list():
            for one in part:
                yield from _texts_of(one)
        case dict():
            yield from _texts_of([*part, *part.values()])
