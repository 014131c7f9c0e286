"""The PDF: accessible, archivable, the same whenever it is made, with nothing hidden and nothing fetched."""

import datetime as dt
import io
import itertools
import zlib

import page
import pikepdf
import pytest

from publications import pdf
from publications.line import PublicationLine
from tests.factories_notes import first_published_elsewhere, some_notes
from tests.publications.test_article import HOSTILE, hostile

LINE = PublicationLine(
    edition=1,
    published_at=dt.datetime(2024, 10, 7, 9, 30, tzinfo=dt.UTC),
    office="Police and Crime Commissioner for Marlshire",
    address="https://notes.office.example/meetings/2024-09-19-monthly-assurance-meeting/",
    commissioner="Police and Crime Commissioner",
    force="Marlshire Police",
    email="office@office.example",
    checkpoint="12:" + "ab" * 32,
)


def paper_of(notes) -> bytes:
    return pdf.pdf(notes, LINE, notes.to_bytes())


@pytest.fixture(scope="module")
def notes():
    return some_notes(id="5f0f2d36-7f5b-4f0e-9a43-0d8f3d3f7a10")


@pytest.fixture(scope="module")
def paper(notes) -> bytes:
    return paper_of(notes)


@pytest.fixture
def document(paper):
    with pikepdf.open(io.BytesIO(paper)) as opened:
        yield opened


def failures(paper: bytes, profile) -> list:
    return page.validate_pdf_bytes(paper, profile=profile).failures


@pytest.mark.parametrize("profile", [page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_3A])
def test_it_is_accessible_and_archivable(paper, profile):
    assert failures(paper, profile) == []


@pytest.mark.parametrize("last", [b"\n", b"\r"])
def test_a_page_whose_last_byte_ends_a_line_is_archivable_too(document, last):
    contents = document.pages[0].Contents
    packed = (zlib.compress(contents.read_bytes() + b"\n" * more) for more in itertools.count())
    contents.write(next(one for one in packed if one.endswith(last)), filter=pikepdf.Name.FlateDecode)
    assert failures(pdf.written(document), page.ValidationProfile.PDF_A_3A) == []


def test_it_is_the_same_whenever_it_is_made(notes, paper):
    assert paper_of(notes) == paper


def test_it_says_what_it_is(document):
    assert str(document.docinfo["/Title"]) == "Monthly Assurance Meeting, 19 September 2024"
    assert str(document.Root.Lang) == "en-GB"
    assert document.Root.ViewerPreferences.DisplayDocTitle


def test_bookmarks_lead_to_every_item(document):
    with document.open_outline() as outline:
        titles = [child.title for item in outline.root for child in (item, *item.children)]
    assert any("Holding to account: rural crime" in title for title in titles)


def headings(element, found: list[str]) -> list[str]:
    kinds = element.get("/K", [])
    if "/S" in element and str(element.S) in {"/H1", "/H2", "/H3", "/H4"}:
        found.append(str(element.S))
    for kid in kinds if isinstance(kinds, pikepdf.Array) else [kinds]:
        if isinstance(kid, pikepdf.Dictionary):
            headings(kid, found)
    return found


def test_its_structure_has_one_title_and_skips_no_level(document):
    found = headings(document.Root.StructTreeRoot, [])
    levels = [int(name[2]) for name in found]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_the_data_is_attached_and_nothing_else(notes, document):
    assert list(document.attachments) == ["notes.json"]
    assert document.attachments["notes.json"].get_file().read_bytes() == notes.to_bytes()


def test_nothing_is_hidden_in_it(paper, document):
    assert paper.count(b"%%EOF") == 1
    assert "/JavaScript" not in document.Root.get("/Names", {})
    assert "/OpenAction" not in document.Root
    assert not any("/AA" in one for one in [document.Root, *(page.obj for page in document.pages)])


def words_on(paper: bytes, tmp_path) -> str:
    import subprocess

    file = tmp_path / "notes.pdf"
    file.write_bytes(paper)
    return subprocess.run(
        ["pdftotext", "-layout", file, "-"], capture_output=True, text=True, check=True
    ).stdout


def test_each_page_counts_itself_and_repeats_the_meeting(paper, document, tmp_path):
    text = words_on(paper, tmp_path)
    count = len(document.pages)
    assert all(f"Page {number} of {count}" in text for number in range(1, count + 1))
    assert text.count("Monthly Assurance Meeting, 19 September 2024") >= count - 1


def test_it_has_the_same_paragraph_numbers_as_the_page(notes, paper, tmp_path):
    text = words_on(paper, tmp_path)
    numbers = [exchange.number for item in notes.every_item() for exchange in item.exchanges]
    assert all(number in text for number in numbers)


def test_old_notes_are_as_accessible(tmp_path):
    assert failures(paper_of(first_published_elsewhere()), page.ValidationProfile.PDF_UA_1) == []


ADDRESSES = [
    '<img src="file:///etc/passwd">',
    '<link rel="attachment" href="file:///etc/passwd"><link rel=stylesheet href="http://127.0.0.1:9/x.css">',
    '<style>@import url("http://127.0.0.1:9/x.css"); body { background: url(file:///etc/passwd) }</style>',
    '<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>',
    "url(http://127.0.0.1:9/x.png)",
]


@pytest.mark.parametrize("text", [" ".join(ADDRESSES), " ".join(HOSTILE)], ids=["addresses", "markup"])
def test_no_text_makes_it_fetch_anything(text, monkeypatch):
    fetched = []
    real = pdf.URLFetcher.fetch

    def fetch(self, url, headers=None):
        if not url.startswith("data:font/ttf;base64,"):
            fetched.append(url)
        return real(self, url, headers)

    monkeypatch.setattr(pdf.URLFetcher, "fetch", fetch)
    notes = hostile(text)
    with pikepdf.open(io.BytesIO(paper_of(notes))) as made:
        assert list(made.attachments) == ["notes.json"]
    assert fetched == []


def test_the_fetcher_refuses_every_other_address():
    fetcher = pdf.only_data()
    for address in ("http://127.0.0.1:9/", "https://127.0.0.1:9/", "file:///etc/passwd", "ftp://127.0.0.1/x"):
        with pytest.raises(BaseException, match="disallowed"):
            fetcher.fetch(address)


def test_a_publication_makes_it_once_and_counts_its_pages(db, settings):
    from tests.factories_notes import published

    settings.RENDITIONS = ["article", "pdf"]
    rendition = published().renditions.get(format="pdf")
    with pikepdf.open(io.BytesIO(bytes(rendition.content))) as stored:
        assert len(stored.pages) == rendition.pages
    assert rendition.size == len(rendition.content)
