"""Giving evidence, taking it away and back, and sweeping what is no longer needed."""

import contextlib
import datetime as dt
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.models import Body, User
from actions import permissions
from actions.evidence import shelf
from actions.models import Action, ActionEvent, Evidence
from actions.services import NotPossible
from meetings.services import save_as

# How long removed evidence can be brought back; after that its bytes are swept and its row stays.
KEPT_AFTER_REMOVAL = dt.timedelta(days=30)


@dataclass(frozen=True)
class Given:
    """A file that was looked at and accepted, and is not stored yet."""

    name: str
    kind: str
    size: int
    sha256: str
    file: BinaryIO

    @classmethod
    def of(cls, name: str, kind: str, content: bytes) -> "Given":
        """A file of our own making, which needs no looking at."""
        file = io.BytesIO(content)
        return cls(name, kind, len(content), shelf.sha256_of(file), file)


@dataclass(frozen=True)
class Put:
    """A file that lies on the shelf, and has no row yet."""

    given: Given
    stored_as: str


@contextlib.contextmanager
def putting(files: Iterable[Given]) -> Iterator[list[Put]]:
    """Put files on the shelf before the transaction that lists them; what is not listed in the end is taken away."""
    put: list[Put] = []
    try:
        for given in files:
            put.append(Put(given, shelf.put(given.file)))
        yield put
    finally:
        names = {one.stored_as for one in put}
        listed = Evidence.with_removed.filter(stored_as__in=names).values_list("stored_as", flat=True)
        for name in names - set(listed if names else ()):
            shelf.take_away(name)


@transaction.atomic
def add(
    action: Action,
    files: Iterable[Put],
    *,
    by: User | None,
    event: ActionEvent | None = None,
    at: dt.datetime | None = None,
) -> list[Evidence]:
    """List files that lie on the shelf as evidence with an action, or with an update on it."""
    if by is not None and not permissions.can_give_evidence(by, action):
        raise PermissionDenied("This action is not yours to add evidence to.")
    if action.reference is None:
        raise NotPossible("A new action gets its reference first. Evidence can be added from then on.")
    if event is None and not action.is_open and by is not None and not permissions.can_minute(by):
        raise NotPossible("This action is not open any more. Ask the office if you have something to add.")
    return [_list(action, one, event, by, at or timezone.now()) for one in files]


def _list(action: Action, put: Put, event: ActionEvent | None, by: User | None, at: dt.datetime) -> Evidence:
    given = put.given
    row = Evidence(
        action=action,
        event=event,
        name=given.name,
        kind=given.kind,
        size=given.size,
        sha256=given.sha256,
        stored_as=put.stored_as,
        body=by.body if by else Body.OFFICE,
        by=by,
        at=at,
    )
    save_as(row, by)
    return row


def give(
    action: Action,
    files: Iterable[Given],
    *,
    by: User | None,
    event: ActionEvent | None = None,
    at: dt.datetime | None = None,
) -> list[Evidence]:
    """Store files and list them, for whoever has no form to answer, like the sample."""
    with putting(files) as put:
        return add(action, put, by=by, event=event, at=at)


@transaction.atomic
def remove(evidence: Evidence, *, by: User, why: str, at: dt.datetime | None = None) -> None:
    """Take a file off the action, with the reason; for a while it can be brought back."""
    _require_keeping(by)
    if not why.strip():
        raise NotPossible("Enter why this file is removed", "why")
    row = Evidence.with_removed.select_for_update().get(pk=evidence.pk)
    if row.removed_at:
        return
    row.removed_at, row.removed_by, row.why_removed = at or timezone.now(), by, why.strip()
    save_as(row, by, fields=["removed_at", "removed_by", "why_removed"])


@transaction.atomic
def restore(evidence: Evidence, *, by: User) -> Evidence:
    """Undo a removal; a file that is back already is well too."""
    _require_keeping(by)
    row = Evidence.with_removed.select_for_update().get(pk=evidence.pk)
    if row.swept_at:
        raise NotPossible(f"“{row.name}” was removed too long ago, and is gone. Its giver can add it again.")
    row.removed_at, row.removed_by, row.why_removed = None, None, ""
    save_as(row, by, fields=["removed_at", "removed_by", "why_removed"])
    return row


def sweep(now: dt.datetime | None = None) -> int:
    """Delete the bytes of what was removed long ago, and what a failure left behind. Returns how many files.

    The row goes first: a crash in between leaves a file without a reader, never a reader without a file.
    """
    now = now or timezone.now()
    old = list(Evidence.with_removed.filter(removed_at__lt=now - KEPT_AFTER_REMOVAL, swept_at=None))
    for row in old:
        _sweep_row(row, now)
    needed = set(Evidence.with_removed.filter(swept_at=None).values_list("stored_as", flat=True))
    left = list(shelf.left_behind(needed, now))
    for path in left:
        path.unlink(missing_ok=True)
    return len(old) + len(left)


def faults() -> list[str]:
    """A sentence for each file that is listed and is not on the disk as it was given."""
    listed = Evidence.with_removed.filter(swept_at=None).select_related("action").order_by("pk")
    return [
        f"“{row.name}” of {row.action.called} is not on the disk as it was given ({row.stored_as})."
        for row in listed.iterator()
        if not _is_whole(row)
    ]


def _is_whole(row: Evidence) -> bool:
    file = shelf.open_unchanged(row.stored_as, row.sha256)
    if file:
        file.close()
    return file is not None


def _sweep_row(row: Evidence, now: dt.datetime) -> None:
    with transaction.atomic():
        current = Evidence.with_removed.select_for_update().get(pk=row.pk)
        if current.removed_at is None:
            return
        current.swept_at = now
        save_as(current, None, fields=["swept_at"])
    shelf.take_away(row.stored_as)


def _require_keeping(by: User):
    if not permissions.can_remove_evidence(by):
        raise PermissionDenied("Only a policy officer removes evidence, and brings it back.")
