"""The reference of an action: given once, in the order of the record, and never used again."""

import datetime as dt
import re

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from actions.models import EVENTS, Action, ActionEvent, EventKind, ReferenceCount
from actions.services.carrying import store_carried
from meetings.models import Meeting
from meetings.services import save_as

# How a reference is written: the year in which the action arose, and a number that counts up in that year.
PATTERN = "{year}/{number}"


@transaction.atomic
def give_reference(action: Action, *, by: User | None = None, at: dt.datetime | None = None) -> str:
    """Give an action its reference for ever; one that has a reference keeps it. From now on every change is an event."""
    at = at or timezone.now()
    row = Action.objects.select_for_update().get(pk=action.pk)
    if not row.events.exists():
        if row.reference is None:
            row.reference = _next_reference(_year_of(row))
            row.ours = row.source.published_elsewhere
            save_as(row, by, fields=["reference", "ours"])
        ActionEvent.objects.create(
            action=row,
            kind=EventKind.AGREED,
            on=_agreed_on(row) or timezone.localdate(at),
            meeting=row.meeting,
            to_state=EVENTS[EventKind.AGREED][1],
            to_owner=row.owner,
            to_due_on=row.due_on,
            to_due_next=row.due_next,
            by=by,
            at=at,
        )
    action.reference, action.ours = row.reference, row.ours
    return row.reference


@transaction.atomic
def give_references(
    meeting: Meeting, at: dt.datetime | None = None, *, by: User | None = None
) -> list[Action]:
    """Give references to all actions of a meeting's record, and store which actions were carried into it.

    Called when the numbers of the meeting are stored; calling it again adds only what is new.
    """
    actions = list(Action.objects.recorded_with(meeting).in_reading_order())
    for action in actions:
        give_reference(action, by=by, at=at)
    store_carried(meeting, by=by, at=at)
    return actions


def _next_reference(year: int) -> str:
    ReferenceCount.objects.get_or_create(year=year)
    count = ReferenceCount.objects.select_for_update().get(year=year)
    reference = None
    # Old notes bring references of their own, which may be written just like ours.
    while reference is None or Action.with_removed.filter(reference=reference).exists():
        count.last += 1
        reference = PATTERN.format(year=year, number=count.last)
    count.save()
    return reference


def _agreed_on(action: Action) -> dt.date | None:
    """The day on which it was agreed, where that is known."""
    return action.meeting.date if action.meeting else action.origin_date or action.recorded_in.date


def _year_of(action: Action) -> int:
    """The year in which it arose; for an earlier action without a date, the year that its origin's words name."""
    if (
        not action.meeting
        and not action.origin_date
        and (written := re.search(r"\b(19|20)\d\d\b", action.origin_text))
    ):
        return int(written[0])
    return (_agreed_on(action) or timezone.localdate()).year
