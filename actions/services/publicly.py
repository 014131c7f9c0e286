"""Telling the public why: an approver's own words, apart from the reason that stays in the office."""

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from actions import permissions
from actions.models import DECISIONS, ActionEvent, PublicReason
from actions.services.gate import NotPossible


@transaction.atomic
def say_publicly(event: ActionEvent, text: str, *, by: User, at: dt.datetime | None = None) -> PublicReason:
    """Keep what the public is told of why this was decided. Nothing is published by that."""
    if not permissions.can_decide(by):
        raise PermissionDenied("Only an approver writes what the public is told.")
    if event.kind not in DECISIONS:
        raise NotPossible("Only a decision has a reason for the public")
    reason, _ = PublicReason.objects.update_or_create(
        event=event, defaults={"text": text.strip(), "by": by, "at": at or timezone.now()}
    )
    return reason
