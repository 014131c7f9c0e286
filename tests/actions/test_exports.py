"""The list to take away: the spreadsheet, CSV and paper of exactly what is filtered."""

import csv
import datetime as dt
import io
import subprocess
import zipfile

import page as checker
import pikepdf
import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from actions import exports, services
from actions.models import EventKind, Outcome
from tests.actions.conftest import OCTOBER, SEPTEMBER, promise

DANGEROUS = ["=1+1", "+44 20", "-2", "@SUM(A1)", "\t=1+1", "\r=1+1", "=cmd|'/c calc'!A1"]
FORMATS = ["workbook", "csv", "paper"]


@pytest.fixture
def listed(office, september, officer, approver):
    """2026/1 with a date and an update, 2026/2 without a date, 2026/3 closed lately."""
    dated = promise(september, office.cc, due_on=OCTOBER, supporting=[office.acc])
    open_ended, closed = promise(september, office.acc, text="look into it"), promise(september, office.cc)
    services.give_references(september)
    services.record_update(dated, "Half of it is done", by=officer)
    services.close(closed, by=approver, reason="Report received")
    return [dated, open_ended, closed]


def sheet_of(client, **asked):
    content = client.get(reverse("actions:workbook"), asked).content
    return load_workbook(io.BytesIO(content))["Actions"]


def rows_of(sheet) -> list[dict]:
    header, *rows = list(sheet.iter_rows(min_row=2, values_only=True))
    return [dict(zip(header, row, strict=True)) for row in rows]


def csv_of(client, **asked) -> list[dict]:
    content = client.get(reverse("actions:csv"), asked).content
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def test_a_spreadsheet_has_dates_numbers_and_words_of_their_own_types(approver_client, listed):
    first, second, third = rows_of(sheet_of(approver_client))
    assert (first["Reference"], first["Owner"], first["Helped by"]) == (
        "2026/1",
        "Chief Constable",
        "Assistant Chief Constable",
    )
    assert first["Due"] == dt.datetime.combine(OCTOBER, dt.time())
    assert first["Agreed on"] == dt.datetime.combine(SEPTEMBER, dt.time())
    assert (first["Times moved"], first["Last update"]) == (0, "Half of it is done")
    assert (second["Due"], second["Timing"]) == (None, "No due date")
    assert (third["Status"], third["Reason"]) == ("Closed", "Report received")


def test_the_header_is_frozen_and_nothing_is_hidden(approver_client, listed):
    sheet = sheet_of(approver_client)
    book = sheet.parent
    assert sheet.freeze_panes == "B3"
    assert [one.sheet_state for one in book] == ["visible"]
    assert not list(book.defined_names)
    assert not sheet.auto_filter.ref
    assert not any(one.hidden for one in sheet.column_dimensions.values())
    assert not any(one.hidden for one in sheet.row_dimensions.values())
    assert all(one.width >= 9 for one in sheet.column_dimensions.values())
    assert sheet["H3"].number_format == "d mmm yyyy"


def test_the_sheet_says_what_was_asked_for(approver_client, listed, office):
    heading = sheet_of(approver_client, owner=office.acc.pk)["A1"].value
    assert heading.startswith("Outstanding actions as on ")
    assert "2 actions. Filter: Owner: Assistant Chief Constable." in heading
    assert "No filter." in sheet_of(approver_client)["A1"].value


@pytest.mark.parametrize("words", DANGEROUS)
def test_what_people_wrote_is_never_a_formula(approver_client, office, september, words):
    action = promise(september, office.cc)
    type(action).objects.update(text=words)
    sheet = sheet_of(approver_client)
    cell = sheet["B3"]
    assert cell.data_type == "s"
    assert cell.quotePrefix
    assert cell.value.lstrip() == words.strip()
    (row,) = csv_of(approver_client)
    assert row["Action"] == f"'{words}"


ANY_TEXT = st.builds(str.__add__, st.sampled_from(["", " ", *"=+-@\t\r\n"]), st.text(max_size=12))


@settings(max_examples=60, deadline=None)
@given(st.lists(ANY_TEXT, min_size=30, max_size=40))
def test_no_text_at_all_is_a_formula(texts):
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for text in texts:
        sheet.append([exports.cell(sheet, text)])
    made = io.BytesIO()
    book.save(made)
    with zipfile.ZipFile(made) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")


def test_everything_filtered_is_taken_away_and_nothing_else(approver_client, listed, monkeypatch):
    monkeypatch.setattr("actions.views.listing.ROWS_PER_PAGE", 1)
    for asked in ({}, {"q": "look into"}, {"status": "ended"}, {"sort": "owner"}, {"page": "2"}):
        log = approver_client.get(reverse("actions:list"), asked).context["log"]
        expected = [row.facts.reference for row in log.rows]
        assert [row["Reference"] for row in rows_of(sheet_of(approver_client, **asked))] == expected
        assert [row["Reference"] for row in csv_of(approver_client, **asked)] == expected


@pytest.mark.parametrize("name", FORMATS)
def test_the_force_has_its_list_and_takes_nothing_of_the_office_away(liaison_client, listed, name):
    assert liaison_client.get(reverse(f"actions:{name}")).status_code == 404


@pytest.mark.parametrize("name", FORMATS)
def test_whoever_reads_no_actions_takes_none_away(administrator_client, listed, name):
    assert administrator_client.get(reverse(f"actions:{name}")).status_code == 404


def test_taking_away_costs_the_same_for_ten_times_the_actions(
    approver_client, office, september, django_assert_max_num_queries
):
    def queries():
        with django_assert_max_num_queries(12) as counted:
            approver_client.get(reverse("actions:workbook"))
        return len(counted)

    for _ in range(2):
        promise(september, office.cc, supporting=[office.acc])
    few = queries()
    for _ in range(18):
        promise(september, office.cc, supporting=[office.acc])
    assert queries() == few


@pytest.fixture
def paper(approver_client, office, september, listed) -> bytes:
    """Twelve open actions, with an update each, and one that was closed."""
    for number in range(10):
        due = None if number > 7 else OCTOBER + dt.timedelta(days=number * 20)
        text = f"provide an update on the reasons for the number of people being detained in area {number}"
        promise(september, office.cc, text=text, due_on=due)
    services.give_references(september)
    response = approver_client.get(reverse("actions:paper"))
    assert response["Content-Type"] == "application/pdf"
    return response.content


def test_twelve_actions_are_one_accessible_side_of_paper(paper):
    for profile in (checker.ValidationProfile.PDF_UA_1, checker.ValidationProfile.PDF_A_3A):
        assert checker.validate_pdf_bytes(paper, profile=profile).failures == []
    with pikepdf.open(io.BytesIO(paper)) as document:
        (side,) = document.pages
        width, height = (float(edge) for edge in side.mediabox[2:])
        assert width > height
        assert str(document.docinfo["/Title"]).startswith("Outstanding actions, ")


def words_on(paper: bytes) -> str:
    """What somebody reads there, in one line."""
    told = subprocess.run(["pdftotext", "-", "-"], input=paper, capture_output=True, check=True)
    return " ".join(told.stdout.decode().split())


def test_on_paper_there_is_nothing_to_press_and_words_keep_apart(
    approver_client, approver, officer, listed, october
):
    dated, other, _ = listed
    services.record_outcome(dated, october, Outcome.CLOSED, by=officer)
    backwards = "Partnership \u202eof the county"
    services.decide(other, EventKind.TRANSFERRED, by=approver, reason="Theirs", to_body=backwards)
    paper = approver_client.get(reverse("actions:paper")).content
    words = words_on(paper)
    assert "Agreed to close at the meeting of 28 Oct 2026." in words
    assert "It waits" not in words
    assert "Confirm it" not in words
    with pikepdf.open(io.BytesIO(paper)) as document:
        assert all("/Annots" not in page for page in document.pages)
    assert f"{timezone.localdate().year} Transferred to" in words
    assert f"by {approver.name}" in words


def test_more_than_anybody_reads_on_paper_is_refused_with_a_way_on(approver_client, listed, monkeypatch):
    monkeypatch.setattr(exports, "MOST_ON_PAPER", 2)
    response = approver_client.get(reverse("actions:paper"), {"sort": "owner"})
    assert response.status_code == 400
    page = response.content.decode()
    assert "A PDF holds up to 2 actions, and 3 fit" in page
    assert f"{reverse('actions:workbook')}?sort=owner" in page
