"""Whatever stands in a text, the reader keeps its words and never falls over."""

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from importing.layout import read_notes
from importing.source import Unreadable

LINES = [
    line
    for path in sorted((Path(__file__).parent / "notes").glob("*.txt"))
    for line in path.read_text().split("\n")
]
ODD = [
    "1.",
    "2.",
    "2.1",
    "None",
    "Action arising",
    "ACTION –",
    "Name:",
    "Capacity:",
    "Date:",
    "\f",
    "",
    " ",
    "•",
    "AOB",
    "(",
    "()",
    "12",
]
MANY = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def reads_whole(text: str) -> None:
    try:
        reading = read_notes(text, office="The office", force="The force")
    except Unreadable:
        return
    assert not {"words-lost", "words-added"} & {finding.code for finding in reading.findings}
    reading.notes.to_bytes()


@MANY
@given(st.lists(st.sampled_from([*LINES, *ODD]) | st.text(max_size=60), min_size=5, max_size=60))
def test_lines_in_any_order_keep_their_words(lines):
    reads_whole("\n".join(["Date: 3 May 2020", "Chair: A Person", *lines]))


@MANY
@given(st.text(max_size=400))
def test_any_characters_are_read_or_refused(text):
    reads_whole(f"Date: 3 May 2020\nChair: A\nAttendance:\nA B – Chief Constable (CC)\n\n1.\n\nAOB\n{text}")
