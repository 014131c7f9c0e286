"""The reference of an action: given once, in the order of the record, and never used again."""

import datetime as dt
import re

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from actions.models import EVENTS, Action, ActionEvent, EventKind, ReferencePattern, ReferenceSeries
from actions.services.carrying import store_carried
from actions.services.gate import hold
from actions.services.patterns import series_of, written
from meetings.models import Meeting
from meetings.services import save_as
from publications.addresses import action_slug


@transaction.atomic
def give_reference(action: Action, *, by: User | None = None, at: dt.datetime | None = None) -> str:
    """Give an action its reference for ever; one that has a reference keeps it. From now on every change is an event."""
    at = at or timezone.now()
    row = Action.objects.select_for_update().get(pk=action.pk)
    if not row.events.exists():
        if row.reference is None:
            row.reference = _next_reference(row)
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
    hold(actions)
    for action in actions:
        give_reference(action, by=by, at=at)
    store_carried(meeting, by=by, at=at)
    return actions


def is_taken(reference: str) -> bool:
    """Whether an action has this reference, or one that would be found at the same address."""
    numbers = re.findall(r"\d+", reference)
    alike = Action.with_removed.exclude(reference=None)
    for number in numbers:
        alike = alike.filter(reference__contains=number)
    slug = action_slug(reference)
    return any(action_slug(one) == slug for one in alike.values_list("reference", flat=True))


def _next_reference(action: Action) -> str:
    pattern = ReferencePattern.current()
    series = series_of(
        pattern.pattern,
        year=_year_of(action),
        day=_agreed_on(action) or timezone.localdate(),
        type_name=action.source.type.name,
    )
    ReferenceSeries.objects.get_or_create(series=series)
    count = ReferenceSeries.objects.select_for_update().get(series=series)
    reference = None
    # Old notes bring references of their own, which may be written just like ours; and so may an earlier pattern.
    while reference is None or is_taken(reference):
        count.last += 1
        reference = written(series, count.last, pattern.digits)
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
        and (named := re.search(r"\b(19|20)\d\d\b", action.origin_text))
    ):
        return int(named[0])
    return (_agreed_on(action) or timezone.localdate()).year
