"""What a file is, by what is in it: a PDF, a Word document or an image, and nothing else besides.

Whatever is not exactly one of these, from its first byte to its last, is refused: a file that
two programs could read as two things, one with a script or a macro, one that was cut off.
"""

import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from typing import BinaryIO

import puremagic

from actions.evidence import inside_pdf
from actions.evidence.word import MACROS_BEFORE_2007, names_at_root
from actions.models import FileKind

# What a name must end with; the rest of a name says nothing.
ENDINGS = {
    ".pdf": FileKind.PDF,
    ".docx": FileKind.DOCX,
    ".doc": FileKind.DOC,
    ".png": FileKind.PNG,
    ".jpg": FileKind.JPEG,
    ".jpeg": FileKind.JPEG,
}
BEGINNINGS = {
    FileKind.PDF: b"%PDF-",
    FileKind.DOCX: b"PK\x03\x04",
    FileKind.DOC: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    FileKind.PNG: b"\x89PNG\r\n\x1a\n",
    FileKind.JPEG: b"\xff\xd8\xff",
}
MIME = {
    FileKind.PDF: "application/pdf",
    FileKind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileKind.DOC: "application/msword",
    FileKind.PNG: "image/png",
    FileKind.JPEG: "image/jpeg",
}
ACCEPTED = "a PDF, a Word document (.docx, .doc) or an image (.png, .jpeg)"
CUT_OFF = "is damaged, or was cut off on its way. Open it on your computer, save it again and choose it again"
IN_A_PDF = {
    inside_pdf.BROKEN: CUT_OFF,
    inside_pdf.LOCKED: "is locked with a password. Save it without one",
    inside_pdf.ACTS: "has a script in it. Print it to a new PDF, which leaves the script out",
    inside_pdf.HOLDS: "has other files inside it. Take them out and choose each by itself",
}
# Where programs look for the beginning of a page or of a PDF, wherever it stands.
SNIFFED = 1024
MARKUP = re.compile(rb"<\s*(?:!doctype\s+html|html|head|body|script|iframe|svg|\?php)\b", re.IGNORECASE)
LARGEST_UNPACKED, MOST_PARTS, LARGEST_LIST = 300 * 1024 * 1024, 5000, 4 * 1024 * 1024


class NotAccepted(Exception):
    """The file is refused; `str()` goes on after its name: is empty, has macros …"""


def kind_of(file: BinaryIO, name: str) -> FileKind:
    """What the file is. Raises `NotAccepted` when it is nothing that we take, or not what its name says."""
    kind = _kind_by_beginning(file)
    if kind is None:
        raise NotAccepted(f"is not {ACCEPTED}{_but_what(file)}")
    _refuse_second_reading(file, kind)
    CHECKS[kind](file)
    named = ENDINGS.get(_ending(name))
    if named is None:
        raise NotAccepted(f"must have a name that ends in {_ending_for(kind)}, because that is what it is")
    if named != kind:
        raise NotAccepted(
            f"is {_called(kind)}, but its name says something else. Rename it, or save it again"
        )
    return kind


def _ending(name: str) -> str:
    return f".{name.rsplit('.', 1)[-1].lower()}" if "." in name else ""


def _ending_for(kind: FileKind) -> str:
    return " or ".join(ending for ending, one in ENDINGS.items() if one == kind)


def _called(kind: FileKind) -> str:
    return {FileKind.PDF: "a PDF", FileKind.DOCX: "a Word document (.docx)"}.get(
        kind, "an old Word document (.doc)" if kind == FileKind.DOC else f"a {kind.upper()} image"
    )


def _head(file: BinaryIO, length: int = SNIFFED) -> bytes:
    file.seek(0)
    return file.read(length)


def _tail(file: BinaryIO, length: int) -> bytes:
    size = file.seek(0, 2)
    file.seek(max(0, size - length))
    return file.read()


def _kind_by_beginning(file: BinaryIO) -> FileKind | None:
    head = _head(file)
    return next((kind for kind, first in BEGINNINGS.items() if head.startswith(first)), None)


def _but_what(file: BinaryIO) -> str:
    """What it seems to be, where that is known: it helps whoever chose the wrong file."""
    try:
        (found, *_) = puremagic.magic_string(_head(file, 8192))
    except (puremagic.PureError, ValueError):
        return ""
    return f". It seems to be a file of the kind “{found.extension.lstrip('.')}”" if found.extension else ""


def _refuse_second_reading(file: BinaryIO, kind: FileKind) -> None:
    """A file that another program would take for something else is two files in one."""
    head = _head(file)
    is_also_pdf = kind != FileKind.PDF and b"%PDF-" in head
    is_also_zip = kind != FileKind.DOCX and zipfile.is_zipfile(file)
    is_also_page = kind in {FileKind.PDF, FileKind.PNG, FileKind.JPEG} and MARKUP.search(head)
    if is_also_pdf or is_also_zip or is_also_page:
        raise NotAccepted("has something else hidden in it. Save it again from the program that made it")


def check_pdf(file: BinaryIO) -> None:
    """It ends where a PDF ends, opens without a password, and does nothing by itself when it is opened."""
    if not _tail(file, SNIFFED).rstrip(b"\0\t\n\f\r ").endswith(b"%%EOF"):
        raise NotAccepted(CUT_OFF)
    file.seek(0)
    if refusal := IN_A_PDF.get(inside_pdf.look(file.read())):
        raise NotAccepted(refusal)


def check_png(file: BinaryIO) -> None:
    """Its pieces follow each other, each with the right checksum, and nothing follows the last."""
    file.seek(8)
    first = True
    while len(beginning := file.read(8)) == 8:
        length, name = struct.unpack(">I4s", beginning)
        data, checksum = file.read(length), file.read(4)
        is_whole = len(data) == length and checksum == struct.pack(">I", zlib.crc32(name + data))
        if not is_whole or (first and name != b"IHDR"):
            raise NotAccepted(CUT_OFF)
        first = False
        if name == b"IEND":
            if file.read(1):
                raise NotAccepted("has something else after the image. Save it again from a picture program")
            return
    raise NotAccepted(CUT_OFF)


def check_jpeg(file: BinaryIO) -> None:
    """Its segments lead to a picture, and it ends where a picture ends."""
    if not _tail(file, SNIFFED).rstrip(b"\0").endswith(b"\xff\xd9"):
        raise NotAccepted(CUT_OFF)
    file.seek(2)
    while len(marker := file.read(4)) == 4 and marker[0] == 0xFF:
        if marker[1] == 0xDA:  # from here on, the picture itself
            return
        length = struct.unpack(">H", marker[2:])[0]
        if length < 2:
            break
        file.seek(length - 2, 1)
    raise NotAccepted(CUT_OFF)


def check_doc(file: BinaryIO) -> None:
    """A compound file with a Word document at its root, and no macros."""
    try:
        names = names_at_root(file)
    except (ValueError, struct.error) as broken:
        raise NotAccepted(CUT_OFF) from broken
    if "EncryptedPackage" in names:
        raise NotAccepted("is locked with a password. Save it without one")
    if "WordDocument" not in names:
        raise NotAccepted(f"is not {ACCEPTED}. It is a document of another office program")
    if names & MACROS_BEFORE_2007:
        raise NotAccepted("has macros in it. Save it as a PDF, or as a Word document without macros")


def check_docx(file: BinaryIO) -> None:
    """A zip with the parts of a Word document and nothing after them; no macros, no bomb, nothing fetched."""
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as package:
            _check_package(package)
            listed = _read_part(package, "[Content_Types].xml")
            links = [_read_part(package, name) for name in package.namelist() if name.endswith(".rels")]
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, KeyError, EOFError, OSError) as broken:
        raise NotAccepted(CUT_OFF) from broken
    if b"macroenabled" in listed.lower() or b"vbaproject" in listed.lower():
        raise NotAccepted("has macros in it. Save it as a Word document without macros (.docx)")
    if b"wordprocessingml.document.main+xml" not in listed:
        raise NotAccepted(f"is not {ACCEPTED}. It is a file of another program")
    if any(map(_fetches, links)):
        raise NotAccepted("loads something from the internet when it is opened. Save it as a PDF")
    if _tail(file, 22)[:4] != b"PK\x05\x06":
        raise NotAccepted("has something else after the document. Save it again from Word")


def _check_package(package: zipfile.ZipFile) -> None:
    parts = package.infolist()
    names = {part.filename for part in parts}
    if not {"[Content_Types].xml", "_rels/.rels", "word/document.xml"} <= names:
        raise NotAccepted(f"is not {ACCEPTED}. It is a zip file, or of another program")
    if any(part.flag_bits & 1 for part in parts):
        raise NotAccepted("is locked with a password. Save it without one")
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise NotAccepted("unpacks to far more than a document holds. Save it as a PDF")
    if len(names) != len(parts) or any(_leads_out(name) for name in names):
        raise NotAccepted("has parts with names that no Word document has. Save it again from Word")
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise NotAccepted("has macros in it. Save it as a Word document without macros (.docx)")


def _leads_out(name: str) -> bool:
    return name.startswith("/") or "\\" in name or ".." in name.split("/")


def _read_part(package: zipfile.ZipFile, name: str) -> bytes:
    """A list of a package, which is short; one that says otherwise is not read to its end."""
    with package.open(name) as part:
        content = part.read(LARGEST_LIST + 1)
    if len(content) > LARGEST_LIST:
        raise NotAccepted("unpacks to far more than a document holds. Save it as a PDF")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise NotAccepted("has parts that no Word document has. Save it again from Word")
    return content


LINK = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>", re.IGNORECASE)
ELSEWHERE = re.compile(rb"""TargetMode\s*=\s*["']External["']""", re.IGNORECASE)
FOLLOWED_BY_HAND = re.compile(rb"""/relationships/hyperlink["']""", re.IGNORECASE)
ON_THE_NETWORK = re.compile(rb"""Target\s*=\s*["']\s*(?:https?|ftp|mhtml|\w+script):""", re.IGNORECASE)


def _fetches(links: bytes) -> bool:
    """Whether a part of the document is loaded from the internet; a link that a reader follows is none."""
    return any(
        ELSEWHERE.search(link) and ON_THE_NETWORK.search(link) and not FOLLOWED_BY_HAND.search(link)
        for link in LINK.findall(links)
    )


CHECKS: dict[FileKind, Callable[[BinaryIO], None]] = {
    FileKind.PDF: check_pdf,
    FileKind.DOCX: check_docx,
    FileKind.DOC: check_doc,
    FileKind.PNG: check_png,
    FileKind.JPEG: check_jpeg,
}
