"""The real notes of the shared folder, from their text to a record and back."""

from pathlib import Path

import pytest

from importing.layout import read_notes
from importing.services import make_record
from review.compilation import compile_notes
from tests.review.records import the_office

SAMPLE = Path(__file__).parents[3] / "shared" / "notes" / "monthly-assurance-meeting-2020-09.txt"
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not SAMPLE.exists(), reason=f"the real notes are not here: {SAMPLE}"),
]


def test_the_record_made_of_the_real_notes_compiles_to_what_was_read():
    identity = the_office()
    content = SAMPLE.read_bytes()
    read = read_notes(content.decode(), office=identity.office_name, force=identity.force_name)
    meeting = make_record(
        read.notes, source_name=SAMPLE.name, source_bytes=content, findings=read.findings, by=None
    )
    assert compile_notes(meeting, "office") == read.notes
