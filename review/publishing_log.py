"""The action log on its way to the public: what an approver read is approved and published in one press."""

import datetime as dt
from collections.abc import Collection

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from publications import register
from publications.action_log import ActionLog
from publications.models import Edition
from publications.services import CannotPublish, PublishedMeanwhile, make, store
from review import permissions
from review.action_log import compile_log
from review.models import Snapshot
from review.services import NotReady, digest_of

CHANGED = "Something was changed after you opened this page. Read it again, then publish"


def publish_log(
    *, by: User, seen: str, chosen: Collection[int] = (), change: str = "", at: dt.datetime | None = None
) -> Edition:
    """Approve and publish the action log of the day, once: whoever comes second gets the first one's edition.

    `seen` is the hash of the log that the approver read; `chosen` are the actions that it tells of
    for the first time, `change` what the public is told that it puts right. Raises `NotReady`, and then
    nothing is published.
    """
    if not permissions.can_approve(by):
        raise PermissionDenied("Only an approver publishes the action log.")
    at = at or timezone.now()
    day = timezone.localdate(at)
    if edition := _published(seen):
        return edition
    log = _as_read(day, chosen, seen)
    try:
        # The PDF takes a second or more: it is made before the transaction, not inside it.
        made = make(log.to_bytes(), sha256=seen, change=change, at=at)
        with transaction.atomic():
            register.wait_for_turn()
            if edition := _published(seen):
                return edition
            _as_read(day, chosen, seen)
            Snapshot.objects.create(
                audience=Snapshot.Audience.PUBLIC,
                purpose=Snapshot.Purpose.APPROVAL,
                notes=made.content,
                sha256=made.sha256,
                by=by,
                at=at,
            )
            return store(made)
    except CannotPublish as error:
        raise NotReady(error.blockers) from error
    except PublishedMeanwhile as error:
        raise NotReady([f"{error} Look at it before you publish another one"]) from error


def _published(seen: str) -> Edition | None:
    """The current edition, when exactly this was published already."""
    current = Edition.objects.of_log().first()
    return current if current and current.sha256 == seen else None


def _as_read(day: dt.date, chosen: Collection[int], seen: str) -> ActionLog:
    """The log of the day, if it is what the approver read and nothing is in its way."""
    compiled = compile_log(day, chosen)
    if digest_of(compiled.log) != seen:
        raise NotReady([CHANGED])
    if compiled.blockers:
        raise NotReady([f"{held.action.name}: {held.sentence}" for held in compiled.blockers])
    return compiled.log
