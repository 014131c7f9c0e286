"""What is accepted as evidence: five kinds of files, each whole, with a name that agrees, and nothing hidden in them."""

import io
import time

import pikepdf
import pytest

from actions.evidence.kinds import NotAccepted, kind_of
from tests.actions import files

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("Report.pdf", files.pdf(), "pdf"),
        ("REPORT.PDF", files.pdf() + b"\r\n\0", "pdf"),
        ("paper.docx", files.docx(), "docx"),
        ("paper.docx", files.docx(parts=files.links("hyperlink", "https://force.example/")), "docx"),
        ("paper.docx", files.docx(parts=files.links("attachedTemplate", "file:///C:/Normal.dotm")), "docx"),
        ("old.doc", files.doc("WordDocument", "1Table", "Data", "ObjectPool"), "doc"),
        ("chart.png", files.png(), "png"),
        ("photo.jpg", files.jpeg(), "jpeg"),
        ("photo.jpeg", files.jpeg(b"taken on a Monday"), "jpeg"),
    ],
)
def test_what_is_whole_and_called_what_it_is_is_accepted(name, content, kind):
    assert kind_of(io.BytesIO(content), name) == kind


REFUSED = {
    "another kind": [
        ("page.html", b"<!DOCTYPE html><html><script>alert(1)</script>", "is not a PDF, a Word document"),
        ("page.pdf", b"<!DOCTYPE html><html>", "kind “html”"),
        ("drawing.svg", SVG, "is not a PDF"),
        ("drawing.png", SVG, "is not a PDF"),
        ("tune.gif", b"GIF89a" + bytes(50), "kind “gif”"),
        ("program.exe", b"MZ\x90\0" + bytes(100), "is not a PDF"),
        ("words.txt", b"It is done, honestly", "is not a PDF"),
        ("sheet.docx", files.docx(types="application/sheet.main+xml"), "a file of another program"),
        ("things.docx", b"PK\x05\x06" + bytes(18), "is not a PDF"),
        ("sheet.doc", files.doc("Workbook"), "of another office program"),
    ],
    "a name that says something else": [
        ("report.docx", files.pdf(), "is a PDF, but its name says something else"),
        ("photo.png", files.jpeg(), "is a JPEG image"),
        ("report", files.pdf(), "must have a name that ends in .pdf"),
        ("report.pdf.exe", files.pdf(), "must have a name that ends in .pdf"),
        ("paper.docm", files.docx(), "must have a name that ends in .docx"),
    ],
    "cut off or damaged": [
        ("report.pdf", files.pdf()[:-20], "cut off on its way"),
        ("report.pdf", b"%PDF-1.7\n%%EOF", "cut off on its way"),
        ("paper.docx", files.docx()[:-30], "cut off on its way"),
        ("old.doc", files.doc()[:-512], "cut off on its way"),
        ("old.doc", files.doc()[:600], "cut off on its way"),
        ("chart.png", files.png()[:-4], "cut off on its way"),
        ("chart.png", files.png().replace(b"IDAT", b"IDAX"), "cut off on its way"),
        ("photo.jpg", files.jpeg()[:-2], "cut off on its way"),
        ("photo.jpg", b"\xff\xd8\xff\xe0\xff\xd9", "cut off on its way"),
    ],
    "two files in one": [
        ("report.pdf", files.pdf() + files.docx(), "something else hidden"),
        ("report.pdf", files.pdf() + files.docx() + b"%%EOF", "something else hidden"),
        ("chart.png", files.png(files.docx()), "something else"),
        ("chart.png", files.png(b"<html>"), "something else"),
        ("photo.jpg", files.jpeg(b"%PDF-1.4 "), "something else hidden"),
        ("photo.jpg", files.jpeg(b"<script>alert(1)</script>"), "something else hidden"),
        ("paper.docx", files.docx(comment=b"more"), "something else after the document"),
    ],
    "macros and scripts": [
        ("paper.docx", files.docx(parts={"word/vbaProject.bin": "x"}), "has macros"),
        (
            "paper.docx",
            files.docx(types="application/vnd.ms-word.document.macroEnabled.main+xml"),
            "has macros",
        ),
        ("old.doc", files.doc("WordDocument", "Macros"), "has macros"),
        ("report.pdf", files.pdf(OpenAction=files.script()), "has a script"),
        ("report.pdf", files.pdf(AA=pikepdf.Dictionary(WC=files.script())), "has a script"),
        (
            "report.pdf",
            files.pdf(Names=pikepdf.Dictionary(EmbeddedFiles=pikepdf.Dictionary())),
            "has other files inside it",
        ),
    ],
    "locked": [
        (
            "report.pdf",
            files.pdf(encryption=pikepdf.Encryption(owner="otters", user="quiet")),
            "locked with a password",
        ),
        ("paper.doc", files.doc("EncryptedPackage", "EncryptionInfo"), "locked with a password"),
    ],
    "a Word document that fetches or hides": [
        (
            "paper.docx",
            files.docx(parts=files.links("attachedTemplate", "https://elsewhere.example/a.dotm")),
            "loads something from the internet",
        ),
        (
            "paper.docx",
            files.docx(parts=files.links("oleObject", "http://elsewhere.example/")),
            "loads something",
        ),
        (
            "paper.docx",
            files.docx(parts={"word/_rels/a.rels": "<!DOCTYPE r [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"}),
            "parts that no Word document has",
        ),
        ("paper.docx", files.docx(parts={"../../etc/cron.d/x": "x"}), "names that no Word document has"),
        (
            "paper.docx",
            files.bomb(),
            "unpacks to far more",
        ),
    ],
}


@pytest.mark.parametrize(("name", "content", "why"), [case for cases in REFUSED.values() for case in cases])
def test_everything_else_is_refused_and_told_why(name, content, why):
    started = time.monotonic()
    with pytest.raises(NotAccepted) as refused:
        kind_of(io.BytesIO(content), name)
    assert why in str(refused.value)
    assert time.monotonic() - started < 5
