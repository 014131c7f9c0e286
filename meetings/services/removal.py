"""Removing what is in the office, and bringing it back."""

import datetime as dt

from django.db import IntegrityError, models, transaction

from accounts.models import User
from meetings import permissions
from meetings.models import (
    AgendaItem,
    Attendance,
    Contribution,
    Exchange,
    Meeting,
    PreparedQuestion,
    Transcript,
)
from meetings.services.saving import Refused, now_or, save_as, wait_for_turn

WORDS_ELSEWHERE = "What was said in this entry stands in another one now, so the entry was not brought back."


def remove_together(rows: list[models.Model], *, by: User, at: dt.datetime | None = None) -> None:
    """Mark rows as removed at one moment, by which `restore` finds them again."""
    moment = now_or(at)
    for row in rows:
        row.removed_at, row.removed_by = moment, by
        save_as(row, by, fields=["removed_at", "removed_by"])


@transaction.atomic
def restore(removed: models.Model, by: User | None):
    """Undo a removal, and what was removed along with it. Returns what is back; back already is well too.

    Raises `Refused` when something else has taken its place meanwhile.
    """
    permissions.require_editing(by, meeting_of(removed))
    wait_for_turn(meeting_of(removed).pk)
    current = type(removed)._base_manager.select_for_update().get(pk=removed.pk)
    if current.removed_at is None:
        return current
    if (whole := _whole_of(current)) and whole.removed_at:
        raise Refused("What this was part of has been removed too. Bring that back first.")
    along = _removed_along(current)
    if isinstance(current, Exchange) and not along:
        raise Refused(WORDS_ELSEWHERE)
    try:
        with transaction.atomic():
            for row in [current, *along]:
                row.removed_at = row.removed_by = None
                save_as(row, by, fields=["removed_at", "removed_by"])
    except IntegrityError as error:
        raise Refused(
            "This cannot come back, because something of the same name has taken its place."
        ) from error
    return current


def meeting_of(row: models.Model) -> Meeting:
    """The meeting that a part of a record belongs to."""
    match row:
        case Meeting():
            return row
        case AgendaItem() | Attendance() | Transcript():
            return row.meeting
        case Exchange() | PreparedQuestion():
            return row.item.meeting
        case Contribution():
            return row.exchange.item.meeting
    raise TypeError(f"{type(row).__name__} is not part of a meeting's record")


def what_hangs_on(row: models.Model) -> list[str]:
    """What refers to a row and would be left without it: "action", "exchange".

    Read from the relations themselves, so that it holds for the floors above, which
    this one does not know.
    """
    return [
        str(relation.related_model._meta.verbose_name)
        for relation in row._meta.related_objects
        if relation.on_delete is models.PROTECT
        and relation.related_model._default_manager.filter(**{relation.field.name: row}).exists()
    ]


def _whole_of(row: models.Model) -> models.Model | None:
    """What a row is a part of and would come back into."""
    match row:
        case AgendaItem():
            return row.parent
        case Exchange() | PreparedQuestion():
            return row.item
        case Contribution():
            return row.exchange
    return None


def _removed_along(row: models.Model) -> list[models.Model]:
    """The parts of a removed row that were removed at the same moment."""
    match row:
        case AgendaItem():
            return list(AgendaItem.with_removed.filter(parent=row, removed_at=row.removed_at))
        case Exchange():
            return list(Contribution.with_removed.filter(exchange=row, removed_at=row.removed_at))
    return []
