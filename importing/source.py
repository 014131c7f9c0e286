"""The bytes of a source become text, or a sentence that says why they cannot."""

import codecs
from typing import BinaryIO

LIMIT = 5 * 1024 * 1024  # bytes; a year of notes is a tenth of it

# UTF-32 first: its mark for little-endian begins with the one of UTF-16.
MARKED_ENCODINGS = [
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
]

# What people pick by mistake, by its first bytes.
OTHER_KINDS = [
    (b"%PDF", "a PDF file"),
    (b"PK\x03\x04", "a Word file or another compressed file"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel file"),
    (b"{\\rtf", "a rich text file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
]

SAVE_AS_TEXT = "Save the notes as plain text (.txt) and choose that file"


class Unreadable(ValueError):
    """A source that cannot be read as notes; the message is for the person who chose it."""

    def __init__(self, sentence: str):
        super().__init__(sentence)
        self.sentence = sentence


def open_source(file: BinaryIO, *, size: int | None = None) -> bytes:
    """The bytes of an open file, never more than the limit of them in memory."""
    if size is not None and size > LIMIT:
        raise _too_large()
    content = file.read(LIMIT + 1)
    if len(content) > LIMIT:
        raise _too_large()
    return content


def decode(content: bytes) -> str:
    """The text of a source in UTF-8, UTF-16 with its mark, or Windows-1252.

    Raises `Unreadable` with a sentence for anything else.
    """
    if len(content) > LIMIT:
        raise _too_large()
    if not content.strip(b"\0 \t\r\n\f" + codecs.BOM_UTF8):
        raise Unreadable("The file is empty. Choose a file that holds the text of the notes")
    for beginning, kind in OTHER_KINDS:
        if content.startswith(beginning):
            raise Unreadable(f"The file is {kind}, not text. {SAVE_AS_TEXT}")
    text = _decoded(content)
    if _looks_binary(text):
        raise Unreadable(f"The file is not text. {SAVE_AS_TEXT}")
    if not text.strip():
        raise Unreadable("The file is empty. Choose a file that holds the text of the notes")
    return text


def _too_large() -> Unreadable:
    return Unreadable(f"The file is larger than {LIMIT // 1024 // 1024} MB. Notes are text and much smaller")


def _decoded(content: bytes) -> str:
    for mark, encoding in MARKED_ENCODINGS:
        if content.startswith(mark):
            return _decode_as(content, encoding)
    if b"\0" in content[:4096]:
        raise Unreadable(f"The file is not text. {SAVE_AS_TEXT}")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_as(content, "windows-1252" if not _is_damaged_utf8(content) else "utf-8")


def _is_damaged_utf8(content: bytes) -> bool:
    """Whether most that is not plain would be right in UTF-8: as Windows-1252 it would be nonsense."""
    text = content.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    return sum(1 for character in text if ord(character) > 127) - broken > broken


def _decode_as(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise Unreadable(
            "The file's characters cannot be read. Save it as plain text with the encoding UTF-8"
        ) from None


def _looks_binary(text: str) -> bool:
    """More than a stray control character, or any NUL: this was never typed."""
    strange = sum(1 for character in text if ord(character) < 32 and character not in "\t\n\r\f\v")
    return "\0" in text or strange > max(3, len(text) // 1000)
