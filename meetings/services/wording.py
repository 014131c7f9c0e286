"""Saving again what was said, upon the version that its writer saw; also an earlier version of it."""

import datetime as dt
from dataclasses import replace
from functools import partial
from uuid import UUID

from accounts.models import User
from meetings import permissions, texts
from meetings.models import Attendance, Contribution, Meeting, Revision
from meetings.services.beside import beside
from meetings.services.spoken import Spoken, require_of_meeting
from publications.notes import ContributionKind


def save_contribution(
    contribution: Contribution,
    spoken: Spoken,
    *,
    base_version: int | None,
    op_id: UUID,
    by: User | None,
    at: dt.datetime | None = None,
    autosaved: bool = False,
    came_from: dict | None = None,
) -> Revision:
    """Save what was said upon the version that its writer saw; raises what `texts.save` raises.

    Somebody who only marked these very words meanwhile, or said who spoke them, is no conflict: both stand.
    `autosaved` says in the history that the writer had not finished, `came_from` from where words were taken in.
    """
    meeting = contribution.exchange.item.meeting
    permissions.require_editing(by, meeting)
    require_of_meeting(meeting.pk, [spoken])
    details = spoken.details() | _how_it_came(autosaved, came_from)
    save = partial(_save, contribution, op_id=op_id, by=by, at=at)
    try:
        return save(spoken, details, base_version)
    except texts.TextRemoved:
        raise
    except texts.Conflict as late:
        if (kept := beside(spoken.text, details, late)) is None:
            raise
        both = _with(spoken, kept, meeting)
        return save(both, details | both.details(), late.theirs.version, sent=details)


def restore_version(
    contribution: Contribution, revision: Revision, *, base_version: int | None, op_id: UUID, by: User | None
) -> Revision:
    """Save an earlier version once more, as the newest one."""
    spoken = _spoken_then(revision, contribution.exchange.item.meeting)
    return save_contribution(contribution, spoken, base_version=base_version, op_id=op_id, by=by)


def _how_it_came(autosaved: bool, came_from: dict | None) -> dict:
    """What the history says of a version besides what is in it."""
    return ({"autosaved": True} if autosaved else {}) | ({"came_from": came_from} if came_from else {})


def _save(
    contribution: Contribution, spoken: Spoken, details: dict, base_version: int | None, **operation
) -> Revision:
    return texts.save(
        contribution,
        text=spoken.text,
        base_version=base_version,
        details=details,
        changes=spoken.fields(),
        **operation,
    )


def _with(spoken: Spoken, kept: dict, meeting: Meeting) -> Spoken:
    """The same words, with what the history keeps beside them."""
    return replace(spoken, **kept | {"speaker": _attending(meeting, kept["speaker"])})


def _spoken_then(revision: Revision, meeting: Meeting) -> Spoken:
    """What a version said; one from before a field was there says nothing of it."""
    then = revision.details
    return Spoken(
        then.get("kind", ContributionKind.NARRATIVE),
        revision.text,
        _attending(meeting, then.get("speaker")),
        then.get("nobody_named", False),
        then.get("lead", ""),
        then.get("paragraph", True),
        then.get("to_check", ""),
        rough=then.get("rough", ""),
        to_write_up=then.get("to_write_up", False),
    )


def _attending(meeting: Meeting, pk: int | None) -> Attendance | None:
    return meeting.attendances.filter(pk=pk).first()
