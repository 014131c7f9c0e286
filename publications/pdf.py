"""Notes on paper: tagged PDF that is PDF/UA-1 and PDF/A-3a at once, the same bytes whenever it is made.

WeasyPrint writes PDF/A-3a with a structure tree; pikepdf adds the identifier of PDF/UA and
fixes the file's id. The fetcher refuses every address, so no text can make it read a file or
call a server; style and fonts are handed over as data.

The module takes seconds to load: import it where paper is made, never on a public request.
"""

import base64
import io
import re
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pikepdf
import weasyprint
from django.conf import settings
from django.template.loader import render_to_string
from fontTools.ttLib import TTFont
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from publications.action_log import ActionLog, Document
from publications.layout import printed
from publications.line import PublicationLine
from publications.notes import Notes
from publications.printed_log import printed_log
from web import dates

STATIC = settings.BASE_DIR / "static"
# One family for words, one for everything around them; the second file of each has ŵ, ŷ and their like.
FACES = [
    ("Source Serif 4", "source-serif-4-latin-400-normal", 400, "normal"),
    ("Source Serif 4", "source-serif-4-latin-400-italic", 400, "italic"),
    ("Source Serif 4", "source-serif-4-latin-600-normal", 600, "normal"),
    ("Source Serif 4 Ext", "source-serif-4-latin-ext-400-normal", 400, "normal"),
    ("Source Serif 4 Ext", "source-serif-4-latin-ext-600-normal", 600, "normal"),
    ("Source Sans 3", "source-sans-3-latin-400-normal", 400, "normal"),
    ("Source Sans 3", "source-sans-3-latin-400-italic", 400, "italic"),
    ("Source Sans 3", "source-sans-3-latin-600-normal", 600, "normal"),
    ("Source Sans 3 Ext", "source-sans-3-latin-ext-400-normal", 400, "normal"),
    ("Source Sans 3 Ext", "source-sans-3-latin-ext-600-normal", 600, "normal"),
]
# Separators that no font draws: on paper they are the space that a reader sees.
NO_GLYPH = {0x2028: " ", 0x2029: " "}
COLOUR = re.compile(r"#[0-9a-fA-F]{6}")

# The metadata has to be readable by programs that know nothing of PDF. A stream that happens to end with an end of line
# gets another one all the same: PDF/A counts its length up to the last.
AS_WRITTEN = {
    "empty": "",  # the document is handed over, not read from a file
    "deterministicId": "",
    "decodeLevel": "none",
    "compressStreams": "n",
    "newlineBeforeEndstream": "",
}

# What PDF/UA asks for in the metadata, with the description that PDF/A asks for of such additions.
PDF_UA = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"><pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema><pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI><pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category><pdfaProperty:description>The part of PDF/UA that this file follows</pdfaProperty:description></rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""


def pdf(document: Document, line: PublicationLine, content: bytes) -> bytes:
    """A document on paper, with its canonical JSON (`content`) attached."""
    if isinstance(document, ActionLog):
        text, data = (
            log_paper(document, line),
            attachment(line, content, "actions.json", "The same log as data"),
        )
    else:
        text, data = paper(document, line), attachment(line, content, "notes.json", "The same notes as data")
    return laid_out(text, style_sheet(line.accent), [data])


def laid_out(text: str, style: str, attachments: Sequence[weasyprint.Attachment] = ()) -> bytes:
    """A whole document as a file: the published paper, and whatever else is made from the same parts."""
    fonts = FontConfiguration()
    document = weasyprint.HTML(string=text.translate(NO_GLYPH), url_fetcher=only_data())
    made = document.write_pdf(
        pdf_variant="pdf/a-3a",
        stylesheets=[weasyprint.CSS(string=style, font_config=fonts, url_fetcher=only_data())],
        font_config=fonts,
        attachments=list(attachments),
    )
    return finished(made)


def paper(notes: Notes, line: PublicationLine) -> str:
    """The notes as they are laid out."""
    layout = printed(notes)
    numbers = [exchange.number for exchange in layout.every_exchange]
    return render_to_string(
        "publications/paper.html",
        {
            "printed": layout,
            "line": line,
            "day": dates.day(notes.meeting.date),
            "moment": moment_of(line),
            "first_number": numbers[0] if numbers else "",
            "paper": True,
        },
    )


def log_paper(log: ActionLog, line: PublicationLine) -> str:
    """The action log as it is laid out."""
    context = {"log": printed_log(log), "line": line, "moment": moment_of(line), "paper": True}
    return render_to_string("publications/log_paper.html", context)


def moment_of(line: PublicationLine) -> str:
    return line.published_at.astimezone().isoformat(timespec="seconds")


def only_data() -> URLFetcher:
    """Refuses every address but data that is written out in our own style sheet."""
    return URLFetcher(allowed_protocols=["data"], fail_on_errors=True)


@cache
def font_faces() -> str:
    """The fonts as rules of a style sheet, their files written out."""
    return "\n".join(
        f'@font-face {{ font-family: "{family}"; font-weight: {weight}; font-style: {slope};'
        f" src: url(data:font/ttf;base64,{base64.b64encode(unpacked(name)).decode()}) }}"
        for family, name, weight, slope in FACES
    )


def unpacked(name: str) -> bytes:
    """The font without its compression: WeasyPrint would undo it for every document, half of the time it takes."""
    file = io.BytesIO()
    with TTFont(STATIC / "web" / "fonts" / f"{name}.woff2", recalcTimestamp=False) as font:
        font.flavor = None
        font.save(file)
    return file.getvalue()


def style_sheet(accent: str) -> str:
    colour = accent if COLOUR.fullmatch(accent) else PublicationLine.accent
    rules = (STATIC / "publications" / "paper.css").read_text()
    return font_faces() + rules.replace("$accent", colour)


def attachment(line: PublicationLine, content: bytes, name: str, description: str) -> weasyprint.Attachment:
    return weasyprint.Attachment(
        string=content,
        name=name,
        description=description,
        created=line.published_at,
        modified=line.published_at,
        relationship="Source",
        url_fetcher=only_data(),
    )


def finished(made: bytes) -> bytes:
    """The file with PDF/UA's identifier in its metadata, and an id that follows from its content."""
    with pikepdf.open(io.BytesIO(made)) as document:
        metadata = document.Root.Metadata.read_bytes()
        document.Root.Metadata = document.make_stream(
            metadata.replace(b"</rdf:RDF>", PDF_UA + b"</rdf:RDF>", 1),
            Type=pikepdf.Name.Metadata,
            Subtype=pikepdf.Name.XML,
        )
        document.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
        return written(document)


def written(document: pikepdf.Pdf) -> bytes:
    """The file as PDF/A wants it written."""
    unpack_what_ends_in_a_return(document)
    with tempfile.TemporaryDirectory(prefix="assurance-paper-") as folder:
        file = Path(folder) / "paper.pdf"
        pikepdf.Job(AS_WRITTEN | {"outputFile": str(file)}).write_pdf(document)
        return file.read_bytes()


def unpack_what_ends_in_a_return(document: pikepdf.Pdf) -> None:
    """Leave a stream unpacked whose last packed byte, with the end of line after it, would be read as one end of line.

    It is one in 256 of them. That byte is a checksum of the content: packing it otherwise would not change it.
    """
    for stream in document.objects:
        if isinstance(stream, pikepdf.Stream) and stream.read_raw_bytes().endswith(b"\r"):
            stream.write(stream.read_bytes())


def pages_of(paper: bytes) -> int:
    with pikepdf.open(io.BytesIO(paper)) as document:
        return len(document.pages)
