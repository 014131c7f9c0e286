"""What staff change about what goes out: its words, whether and when it goes, and to whom."""

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from actions import permissions
from actions.messages import wording
from actions.messages.addressing import row_of
from actions.messages.plan import Letter
from actions.models import Delivery, Message, MessageRules, RoleMessages
from actions.services import NotPossible
from meetings.models import Role
from meetings.services import save_as

GONE = "This e-mail is on its way already. Nothing was changed"


def require_officer(by: User | None) -> None:
    """Raise `PermissionDenied` for whoever does not look after what goes out."""
    if by is not None and not permissions.can_minute(by):
        raise PermissionDenied("Only a policy officer changes what goes out.")


def stored_row(letter: Letter) -> Message:
    """The row of this letter, made now if nobody changed it before."""
    named = {
        "action": letter.action,
        "kind": letter.kind,
        "day": letter.day,
        "role": letter.role,
        "event": letter.event,
    }
    if letter.row is None:
        Message.objects.bulk_create([row_of(letter)], ignore_conflicts=True)
    return letter.row or Message.objects.get(**named)


def words_of(row: Message | None, facts: dict[str, Any]) -> dict[str, Any]:
    """What a letter will say, in staff's words or the usual ones, and from when it may go."""
    return {
        "subject": (row and row.subject) or wording.default_subject(facts),
        "words": (row and row.words) or wording.default_words(facts),
        "held_until": row.held_until if row else None,
    }


def change_words(row: Message, asked: dict[str, Any], *, by: User | None) -> None:
    """Store what staff wrote. Raises `NotPossible` once the letter is on its way."""
    require_officer(by)
    if row.state == Message.State.GOING:
        raise NotPossible(GONE)
    for name, value in asked.items():
        setattr(row, name, value)
    save_as(row, by, fields=list(asked))


@transaction.atomic
def skip(letter: Letter, *, by: User | None) -> None:
    """Let a letter not go at all; `bring_back` undoes it. Raises `NotPossible` once it is on its way."""
    _settle(letter, Message.State.SKIPPED, by)


@transaction.atomic
def bring_back(letter: Letter, *, by: User | None) -> None:
    """Let a letter go after all."""
    _settle(letter, Message.State.PLANNED, by)


def _settle(letter: Letter, state: str, by: User | None) -> None:
    require_officer(by)
    row = Message.objects.select_for_update().get(pk=stored_row(letter).pk)
    if row.state == Message.State.GOING:
        raise NotPossible(GONE)
    row.state = state
    # What it would have told is settled with it, and told again once it is brought back.
    is_skipped = state == Message.State.SKIPPED and letter.is_to_owner
    row.told_until = letter.events[-1].pk if letter.events and is_skipped else None
    save_as(row, by, fields=["state", "told_until"])


def rules_row() -> MessageRules:
    """The office's rules as a row that can be changed."""
    return MessageRules.objects.get_or_create(pk=1)[0]


def role_row(role: Role) -> RoleMessages:
    """What is special about a role, as a row that can be changed."""
    return RoleMessages.objects.get_or_create(role=role)[0]


def change_rules(row: MessageRules | RoleMessages, asked: dict[str, Any], *, by: User | None) -> None:
    """Store how the office, or one role, is written to."""
    require_officer(by)
    for name, value in asked.items():
        setattr(row, name, value)
    save_as(row, by, fields=list(asked))


def try_again(delivery: Delivery, *, by: User | None, now: dt.datetime | None = None) -> None:
    """Let a delivery that failed go with the next run. Raises `NotPossible` where there is nothing to try."""
    require_officer(by)
    tried = Delivery.objects.filter(
        pk=delivery.pk, state__in=[Delivery.State.FAILED, Delivery.State.WAITING], attempts__gt=0
    )
    if not tried.update(state=Delivery.State.WAITING, attempts=0, try_at=now or timezone.now()):
        raise NotPossible("This e-mail is not waiting to be tried again")
