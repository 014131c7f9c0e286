"""Small files of every kind that is accepted, and of many that are not, made here byte by byte."""

import io
import struct
import zipfile
import zlib

import pikepdf

MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
TYPES = '<Types><Override PartName="/word/document.xml" ContentType="{}"/></Types>'
RELS = (
    '<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/{}" Target="{}"{}/></Relationships>'
)
EXTERNAL = ' TargetMode="External"'


def pdf(pages: int = 1, encryption=None, **root) -> bytes:
    """A PDF with empty pages; `root` are further entries of its catalogue."""
    made, written = pikepdf.new(), io.BytesIO()
    for _ in range(pages):
        made.add_blank_page()
    for name, value in root.items():
        made.Root[f"/{name}"] = value
    made.save(written, encryption=encryption or False)
    return written.getvalue()


def script() -> pikepdf.Dictionary:
    return pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def docx(types: str = MAIN, parts: dict[str, str] | None = None, comment: bytes = b"") -> bytes:
    """A Word document with one paragraph; `parts` are further parts of the package, or others instead."""
    content = {
        "[Content_Types].xml": TYPES.format(types),
        "_rels/.rels": RELS.format("officeDocument", "word/document.xml", ""),
        "word/document.xml": "<w:document><w:body><w:p><w:r><w:t>Done</w:t></w:r></w:p></w:body></w:document>",
    }
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in (content | (parts or {})).items():
            package.writestr(name, text)
        package.comment = comment
    return written.getvalue()


def bomb() -> bytes:
    """A Word document one part of which says that it unpacks to two gigabytes."""
    said = 1_234_567
    content = docx(parts={"word/media/image1.bin": "0" * said})
    return content.replace(struct.pack("<I", said), struct.pack("<I", 2**31))


def links(kind: str, target: str) -> dict[str, str]:
    """A part that names something outside the document."""
    return {"word/_rels/document.xml.rels": RELS.format(kind, target, EXTERNAL)}


def doc(*streams: str, text: bytes = b"Done") -> bytes:
    """A compound file ([MS-CFB]) with these streams at its root, each of one sector."""
    streams = streams or ("WordDocument",)
    nothing, end = 0xFFFFFFFF, 0xFFFFFFFE
    directory = -(-(len(streams) + 1) // 4)
    chain = [0xFFFFFFFD, *range(2, directory + 1), end, *[end] * len(streams)]
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    header += bytes(6) + struct.pack("<IIIII", 0, 1, 1, 0, 0) + struct.pack("<IIIII", end, 0, end, 0, 0)[:16]
    header = header.ljust(76, b"\0") + struct.pack("<109I", 0, *[nothing] * 108)
    table = struct.pack("<128I", *chain, *[nothing] * (128 - len(chain)))
    entries = _entry("Root Entry", 5, child=1)
    for place, name in enumerate(streams, 1):
        right = place + 1 if place < len(streams) else nothing
        entries += _entry(name, 2, right=right, start=directory + place, size=512)
    body = b"".join(text.ljust(512, b"\0") for _ in streams)
    return header + table + entries.ljust(512 * directory, b"\0") + body


def _entry(name: str, kind: int, right=0xFFFFFFFF, child=0xFFFFFFFF, start=0, size=0) -> bytes:
    written = f"{name}\0".encode("utf-16-le")
    entry = written.ljust(64, b"\0") + struct.pack("<HBB", len(written), kind, 1)
    entry += struct.pack("<III", 0xFFFFFFFF, right, child) + bytes(36) + struct.pack("<II", start, size)
    return entry.ljust(128, b"\0")


def png(after: bytes = b"") -> bytes:
    """One grey point."""
    pieces = [
        (b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(b"\0\x80")),
        (b"IEND", b""),
    ]
    content = b"\x89PNG\r\n\x1a\n"
    for name, data in pieces:
        content += struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
    return content + after


def jpeg(comment: bytes = b"") -> bytes:
    """The frame of a picture: what is between its marks is not looked at."""
    said = struct.pack(">H", len(comment) + 2) + comment
    return (
        b"\xff\xd8\xff\xe0\x00\x10JFIF"
        + bytes(10)
        + b"\xff\xfe"
        + said
        + b"\xff\xda\x00\x02"
        + b"\x12\x34\xff\xd9"
    )
