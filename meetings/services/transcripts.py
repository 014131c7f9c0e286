"""Transcripts beside a record: laid there, taken away, and whom their names mean."""

import datetime as dt
import hashlib
from dataclasses import astuple
from uuid import UUID

from django.db import transaction

from accounts.models import User
from meetings import permissions
from meetings.models import Attendance, Meeting, Transcript
from meetings.reading.transcripts import read_transcript
from meetings.services.removal import remove_together
from meetings.services.saving import now_or, wait_for_turn
from web.operations import digest_of, once


def add_transcript(
    meeting: Meeting,
    content: bytes,
    *,
    name: str = "",
    by: User | None,
    op_id: UUID,
    at: dt.datetime | None = None,
) -> Transcript:
    """Lay a transcript beside a meeting, as it came. The same `op_id` again returns the first.

    Raises `NotATranscript`; then nothing is stored.
    """
    permissions.require_editing(by, meeting)
    # Before the transaction: a long one takes seconds to read, and others save meanwhile.
    passages = [astuple(one) for one in read_transcript(content)]

    def add() -> int:
        return Transcript.objects.create(
            meeting=meeting, name=name, content=content, passages=passages, by=by, at=now_or(at)
        ).pk

    sha256 = hashlib.sha256(content).hexdigest()
    digest = digest_of(what="transcript", meeting=meeting.pk, name=name, sha256=sha256, by=by and by.pk)
    return Transcript.with_removed.get(pk=once(op_id, digest, add))


@transaction.atomic
def remove_transcript(transcript: Transcript, *, by: User) -> None:
    """Take a transcript away; what was taken over from it stays in the record."""
    permissions.require_editing(by, transcript.meeting)
    wait_for_turn(transcript.meeting_id)
    if transcript.removed_at is None:
        remove_together([transcript], by=by)


@transaction.atomic
def remember_speaker(transcript: Transcript, name: str, speaker: Attendance | None, *, by: User) -> None:
    """Remember whom a name in this transcript means, so that it is asked once."""
    permissions.require_editing(by, transcript.meeting)
    current = Transcript.objects.select_for_update().defer("content", "passages").get(pk=transcript.pk)
    transcript.speakers = current.speakers | {name: speaker.pk if speaker else None}
    Transcript.objects.filter(pk=transcript.pk).update(speakers=transcript.speakers)
