"""Sending a meeting's actions to their owners: all that can go, in one press, usually the same evening."""

import datetime as dt
import hashlib
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from actions import permissions
from actions.models import Action, EventKind
from actions.services.gate import NotPossible, happen, hold
from actions.services.promising import problem_with_due
from actions.services.references import give_reference
from meetings.models import Meeting
from web.dates import day


@dataclass(frozen=True)
class ToSend:
    """An action that its owner does not have yet, and what is missing before it can go."""

    action: Action
    missing: list[str]

    @property
    def can_go(self) -> bool:
        return not self.missing


def to_send(meeting: Meeting) -> list[ToSend]:
    """The actions of a meeting's record that were not sent, in reading order; what ended meanwhile needs no sending."""
    waiting = Action.objects.open().recorded_with(meeting).filter(sent_at=None).in_reading_order()
    found = waiting.select_related("owner", "meeting", "recorded_in").prefetch_related("supporting")
    return [ToSend(action, _missing(action, meeting)) for action in found]


def why_not_yet(meeting: Meeting, today: dt.date | None = None) -> str | None:
    """Why nothing of this meeting can be sent today, in a sentence; None when it can."""
    if meeting.status == Meeting.Status.CANCELLED:
        return "This meeting was cancelled, so it has no actions to send"
    if meeting.date is None:
        return "Enter the date of the meeting first: the references follow from it"
    if meeting.date > (today or timezone.localdate()):
        return f"The meeting is on {day(meeting.date)}. Its actions can be sent on that day or later"
    return None


def digest_of_sending(waiting: list[ToSend]) -> str:
    """What a person saw before they pressed: another wording, owner or date makes it another one."""
    seen = [_as_seen(one.action) for one in waiting]
    return hashlib.sha256(repr(seen).encode()).hexdigest()[:32]


@transaction.atomic
def send_actions(
    meeting: Meeting, by: User | None, at: dt.datetime | None = None, *, seen: str | None = None
) -> list[Action]:
    """Send what can go to its owners: wording fixed, reference given, `sent_at` set. Returns what was sent.

    `seen` is the digest of what the person looked at: when that changed meanwhile, nothing is
    sent. What lacks an owner stays behind. Raises `NotPossible` and `PermissionDenied`.
    """
    if by is not None and not permissions.can_minute(by):
        raise PermissionDenied("Only a policy officer sends actions to their owners.")
    at = at or timezone.now()
    if sentence := why_not_yet(meeting, timezone.localdate(at)):
        raise NotPossible(sentence)
    # One after the other, so that the references follow the order of the record.
    Meeting.objects.select_for_update().get(pk=meeting.pk)
    waiting = to_send(meeting)
    if seen is not None and seen != digest_of_sending(waiting):
        raise NotPossible(
            "These actions were changed after you opened this page. Look at them again, then send"
        )
    sent = [one.action for one in waiting if one.can_go]
    hold(sent)
    for action in sent:
        give_reference(action, by=by, at=at)
        happen(action, EventKind.SENT, by=by, at=at, sent_at=at)
    return sent


def _as_seen(action: Action) -> tuple:
    helpers = sorted(role.pk for role in action.supporting.all())
    return (action.pk, action.version, action.owner_id, *helpers, action.due_on, action.due_next)


def _missing(action: Action, meeting: Meeting) -> list[str]:
    missing = []
    if action.owner_id is None:
        missing.append("Nobody owns it yet")
    if not action.text.strip():
        missing.append("It has no wording")
    if action.meeting_id and (problem := problem_with_due(meeting, action.due_on)):
        missing.append(problem)
    return missing
