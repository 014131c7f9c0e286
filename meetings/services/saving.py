"""What every service of the record has in common: who saved it, and how it refuses."""

import datetime as dt

from django.db import models
from django.utils import timezone

from accounts.models import User
from meetings.models import Meeting


class Refused(Exception):
    """Something that the record does not allow now; `sentence` says why, and what to do instead."""

    def __init__(self, sentence: str):
        super().__init__(sentence)
        self.sentence = sentence


def save_as(instance: models.Model, by: User | None, *, fields: list[str] | None = None) -> None:
    """Save so that the history says who did it, also where there is no request."""
    instance._history_user = by
    instance.save(update_fields=fields)


def wait_for_turn(meeting_pk: int) -> None:
    """Let those who rearrange one meeting's record come one after the other, until the transaction ends.

    Called before anything is read that the change depends on. Saving a text needs no turn:
    its version decides.
    """
    list(Meeting.with_removed.select_for_update(no_key=True).filter(pk=meeting_pk).values_list("pk"))


def put_last(siblings: models.QuerySet) -> int:
    """The order of a new row that comes after these."""
    highest = siblings.aggregate(highest=models.Max("order"))["highest"]
    return 0 if highest is None else highest + 1


def put_in_order(rows: list[models.Model]) -> None:
    """Number rows by their place in the list; writes only those whose place changed."""
    moved = []
    for place, row in enumerate(rows):
        if row.order != place:
            row.order = place
            moved.append(row)
    if moved:
        type(moved[0])._base_manager.bulk_update(moved, ["order"])


def swap(row: models.Model, siblings: list[models.Model], direction: str) -> bool:
    """Move a row one place up or down among its siblings; False when it is at that end already."""
    place = siblings.index(row)
    other = place + (-1 if direction == "up" else 1)
    if not 0 <= other < len(siblings):
        return False
    siblings[place], siblings[other] = siblings[other], siblings[place]
    put_in_order(siblings)
    row.order = other
    return True


def now_or(at: dt.datetime | None) -> dt.datetime:
    return at or timezone.now()
