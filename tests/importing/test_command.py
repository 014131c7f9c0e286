"""Bringing old notes in by a command."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from importing.models import Source
from meetings.models import Meeting
from tests.review.records import the_office

pytestmark = pytest.mark.django_db
NOTES = """Monthly Assurance Meeting March 2024 – Meeting Notes
Date:
Chair:
Venue

Tuesday 12th March 2024, 10 am
Ottilie Brand
Marl Hall

Attendance:

Name:
Ottilie Brand
Rufus Marlowe

Capacity:
Police and Crime Commissioner (PCC)
Chief Constable (CC)

1.

Holding to account - Custody
The PCC asked how long people wait. The CC said that the median was
nineteen minutes.
Action arising
The CC will send the figures for nights.

2.

AOB
None
"""


@pytest.fixture(autouse=True)
def office(db):
    the_office()


@pytest.fixture
def notes(tmp_path) -> Path:
    path = tmp_path / "march.txt"
    path.write_text(NOTES)
    return path


def import_notes(*args) -> tuple[str, str]:
    """What the command says, and what it complains of."""
    out, complaints = StringIO(), StringIO()
    try:
        call_command("import_notes", *map(str, args), stdout=out, stderr=complaints)
    except CommandError as error:
        complaints.write(str(error))
    return out.getvalue(), complaints.getvalue()


def test_a_file_becomes_a_draft_with_its_source_kept(notes):
    out, complaints = import_notes(notes)
    source = Source.objects.get()
    assert (source.name, bytes(source.content)) == ("march.txt", NOTES.encode())
    assert f"/office/meetings/{source.meeting.pk}/" in out
    assert complaints == ""


def test_a_dry_run_tells_and_stores_nothing(notes):
    out, _ = import_notes("--dry-run", notes)
    assert "12 March 2024" in out
    assert not Meeting.objects.exists()


def test_json_is_one_document_on_one_line_for_each_file(notes, tmp_path):
    other = tmp_path / "april.txt"
    other.write_text(NOTES.replace("12th March", "16th April").replace("March", "April"))
    out, _ = import_notes("--json", "--dry-run", notes, other)
    documents = [json.loads(line) for line in out.splitlines()]
    assert [one["notes"]["meeting"]["date"] for one in documents] == ["2024-03-12", "2024-04-16"]
    assert all(set(one) == {"notes", "findings"} for one in documents)


def test_each_finding_says_how_grave_where_and_what(notes):
    notes.write_text(NOTES.replace("Tuesday 12th", "Friday 12th"))
    out, _ = import_notes("--json", "--dry-run", notes)
    finding = json.loads(out)["findings"][0]
    assert set(finding) == {"severity", "where", "sentence"}
    assert "12 March 2024 was a Tuesday" in finding["sentence"]


def test_one_bad_file_does_not_stop_the_others(notes, tmp_path):
    bad = tmp_path / "bad.txt"
    bad.write_bytes(b"\x00\x01\x02")
    _, complaints = import_notes(bad, tmp_path / "missing.txt", notes)
    assert Meeting.objects.count() == 1
    assert f"{bad}: The file is not text" in complaints
    assert "2 of 3 files could not be imported." in complaints


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty"),
        (b"  \n\n", "The file is empty"),
        (b"%PDF-1.7 \x00\xff", "The file is a PDF file, not text"),
        (bytes(range(256)) * 9, "The file is not text"),
        (b"\xff\xfe\x00\xd8\x00", "characters cannot be read"),
        (b"Dear all, lunch is at noon. See you there.", "does not look like the notes of a meeting"),
        (b"a" * (50 * 1024 * 1024), "larger than 5 MB"),
    ],
    ids=["empty", "blank", "pdf", "binary", "encoding", "letter", "50 MB"],
)
def test_what_cannot_be_read_is_said_and_nothing_is_stored(tmp_path, content, sentence):
    path = tmp_path / "notes.txt"
    path.write_bytes(content)
    _, complaints = import_notes(path)
    assert sentence in complaints
    assert not Meeting.objects.exists()


def test_the_same_file_is_not_imported_twice(notes):
    import_notes(notes)
    _, complaints = import_notes(notes)
    assert "These notes are here already" in complaints
    assert Meeting.objects.count() == 1


def test_notes_that_were_published_elsewhere_are_marked_so(notes):
    import_notes("--published-elsewhere", "2024-04-02", notes)
    meeting = Meeting.objects.get()
    assert meeting.published_elsewhere
    assert meeting.originally_published.isoformat() == "2024-04-02"


def test_a_date_that_is_none_is_refused_before_anything_is_read(notes):
    _, complaints = import_notes("--published-elsewhere", "April", notes)
    assert "is not a date like 2020-10-12" in complaints


def test_a_text_that_is_too_long_for_the_record_is_said_and_nothing_is_stored(notes):
    notes.write_text(NOTES.replace("Marl Hall", "Marl Hall " * 40))
    _, complaints = import_notes(notes)
    assert "no more than 300 can be kept" in complaints
    assert not Meeting.objects.exists()
