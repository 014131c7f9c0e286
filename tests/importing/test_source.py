"""What people choose by mistake is refused in a sentence."""

import io
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importing.layout import read_notes
from importing.source import LIMIT, Unreadable, decode, open_source

WORDS = "The PCC’s notes – café"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_usual_encodings_are_read(encoding):
    assert decode(WORDS.encode(encoding)) == WORDS


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b" \r\n\t ", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04....", "Word"),
        (b"\x89PNG\r\n", "picture"),
        (bytes(range(256)) * 8, "not text"),
        ("no mark".encode("utf-16-le"), "not text"),
        (b"caf\x81 \x8d", "UTF-8"),
        ("’ – café".encode() * 20 + b"\xff", "UTF-8"),
        (b"a" * (LIMIT + 1), "5 MB"),
    ],
)
def test_what_is_no_text_is_refused_in_a_sentence(content, words):
    with pytest.raises(Unreadable, match=words):
        decode(content)


def test_a_file_of_fifty_megabytes_is_refused_before_it_is_read():
    class Huge(io.RawIOBase):
        read_so_far = 0

        def read(self, size=-1):
            Huge.read_so_far += size
            return b"a" * size

    with pytest.raises(Unreadable, match="5 MB"):
        open_source(Huge())
    assert Huge.read_so_far <= LIMIT + 1
    with pytest.raises(Unreadable, match="5 MB"):
        open_source(Huge(), size=50 * 1024 * 1024)


@pytest.mark.parametrize(
    "text",
    [
        "Dear Sir,\n\nThank you for your letter of 3 May.\n\nYours faithfully",
        "1. Mix the flour.\n2. Add the eggs.\n",
        "lorem ipsum " * 500,
        "name,role\nA,B\n",
    ],
)
def test_what_is_no_record_of_a_meeting_is_refused(text):
    with pytest.raises(Unreadable, match="does not look like the notes of a meeting"):
        read_notes(text, office="The office", force="The force")


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_refused(content):
    with suppress(Unreadable):
        assert decode(content).strip()
