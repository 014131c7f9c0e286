"""A transcript lies beside a meeting: kept as it came, taken away with undo, never part of the record."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from meetings import services
from meetings.models import Transcript
from meetings.reading.transcripts import NotATranscript

TALK = b"Imogen Vale: we have trained forty\nRowan Ashdown: why so few?"


@pytest.fixture
def transcript(meeting, officer):
    return services.add_transcript(meeting, TALK, name="talk.txt", by=officer, op_id=uuid4())


def test_it_is_kept_as_it_came_with_who_and_when(transcript, officer):
    stored = Transcript.objects.get()
    assert (bytes(stored.content), stored.name, stored.by) == (TALK, "talk.txt", officer)
    assert [one.speaker for one in stored.read()] == ["Imogen Vale", "Rowan Ashdown"]


def test_sent_twice_it_is_there_once(meeting, officer):
    op_id = uuid4()
    first, second = (services.add_transcript(meeting, TALK, by=officer, op_id=op_id) for _ in range(2))
    assert first == second


def test_what_cannot_be_read_is_not_stored(meeting, officer):
    with pytest.raises(NotATranscript):
        services.add_transcript(meeting, b"", by=officer, op_id=uuid4())
    assert not Transcript.objects.exists()


def test_it_is_taken_away_and_comes_back(transcript, officer):
    services.remove_transcript(transcript, by=officer)
    assert not Transcript.objects.exists()
    services.restore(transcript, officer)
    assert Transcript.objects.get() == transcript


def test_only_who_minutes_lays_it_there(meeting, approver):
    with pytest.raises(PermissionDenied):
        services.add_transcript(meeting, TALK, by=approver, op_id=uuid4())


def test_whom_a_name_means_is_remembered(transcript, cc, pcc, officer):
    services.remember_speaker(transcript, "Speaker 1", cc, by=officer)
    services.remember_speaker(transcript, "Speaker 2", pcc, by=officer)
    assert Transcript.objects.get().speakers == {"Speaker 1": cc.pk, "Speaker 2": pcc.pk}
