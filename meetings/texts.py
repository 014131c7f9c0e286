"""Saving a text: the one protocol by which every text that people type is written.

A text is saved upon the version that its writer saw. One UPDATE that names that version
decides who wins; the others get `Conflict`, with both texts and what each started from.
The same operation sent again gets its first answer. Every version is kept as a
`Revision`, written in the same transaction.
"""

import datetime as dt
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from meetings.models import Revision, SavedText
from web.operations import OperationReused

# In a revision's details: what was sent, where more was kept beside it.
SENT = "sent"


class MissingBase(Exception):
    """The save does not say which version it started from: answered with 428, never assumed to be current."""


class Conflict(Exception):
    """Somebody saved another version meanwhile: answered with 409 and both texts."""

    def __init__(self, theirs: Revision, base: Revision | None):
        super().__init__("Somebody else changed this text meanwhile.")
        self.theirs = theirs
        self.base = base


class TextRemoved(Conflict):
    """Somebody removed what was being edited; its last version is `theirs`."""


def begin(
    row: SavedText, *, op_id: UUID, by: User | None, at: dt.datetime | None = None, details: dict
) -> Revision:
    """Write the first version of a row that was just made. Making it only once is the caller's matter."""
    return Revision.objects.create(
        subject=row.uid,
        version=row.version,
        text=row.text,
        details=details,
        by=by,
        at=at or timezone.now(),
        op_id=op_id,
    )


@transaction.atomic
def save(
    row: SavedText,
    *,
    text: str,
    base_version: int | None,
    op_id: UUID,
    by: User | None,
    at: dt.datetime | None = None,
    details: dict,
    changes: dict | None = None,
    sent: dict | None = None,
) -> Revision:
    """Save `text`, and the other fields in `changes`, as the version after `base_version`.

    `details` is what the history keeps beside the text; `sent` what was sent, where that is something else,
    so that the same sent again is known. Returns the revision, also when
    this very operation was already done; `row` then holds what was saved. Raises
    `MissingBase`, `Conflict`, `TextRemoved`, or `OperationReused`.
    """
    details = details | ({SENT: sent} if sent else {})
    asked = {"text": text, "details": _as_sent(details), "by": by}
    if earlier := _earlier_answer(row, op_id, asked):
        return earlier
    if base_version is None:
        raise MissingBase("This save does not say which version it started from.")
    changes = {**(changes or {}), "text": text, "version": base_version + 1}
    if not _all(row).filter(pk=row.pk, version=base_version, removed_at=None).update(**changes):
        # A twin of this request may have been first; then this is its answer too.
        if earlier := _earlier_answer(row, op_id, asked):
            return earlier
        raise _conflict(row, base_version)
    for name, value in changes.items():
        setattr(row, name, value)
    try:
        return begin(row, op_id=op_id, by=by, at=at, details=details)
    except IntegrityError as error:
        # Only a request that used this id for another text at the very same moment.
        raise OperationReused("This was sent before with other words.") from error


def revision(row: SavedText, version: int) -> Revision | None:
    """One version of a row's text, if there is such a version."""
    return row.revisions().filter(version=version).first()


def _all(row: SavedText):
    return type(row)._base_manager


def _earlier_answer(row: SavedText, op_id: UUID, asked: dict) -> Revision | None:
    """What this operation's first request made; None when it is new."""
    earlier = Revision.objects.select_related("by").filter(op_id=op_id).first()
    if earlier is None:
        return None
    same = {"text": earlier.text, "details": _as_sent(earlier.details), "by": earlier.by}
    if earlier.subject != row.uid or same != asked:
        raise OperationReused("This was sent before with other words.")
    return earlier


def _as_sent(details: dict) -> dict:
    return details.get(SENT, details)


def _conflict(row: SavedText, base_version: int) -> Conflict:
    current = _all(row).get(pk=row.pk)
    kind = Conflict if current.removed_at is None else TextRemoved
    return kind(theirs=revision(row, current.version), base=revision(row, base_version))
