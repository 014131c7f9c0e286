"""The log to take away: a spreadsheet, CSV and paper of exactly what is asked for.

Named fields alone, the same that the page shows: evidence, drafts and what was discussed never leave the office
this way. What people wrote stays text, whatever it begins with.
"""

import csv
import datetime as dt
import io
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.template.loader import render_to_string
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from actions.filters import Asked
from actions.log import SORTS, Log, Row, tell
from publications.exports import safe_cell
from publications.line import PublicationLine
from publications.models import Identity
from web.dates import day

# What fits on paper that somebody reads; a spreadsheet takes any number.
MOST_ON_PAPER = 300
STYLE = settings.BASE_DIR / "static" / "actions" / "paper.css"
WIDTHS = {
    "Reference": 13,
    "Action": 60,
    "Owner": 26,
    "Helped by": 22,
    "From": 30,
    "Agreed on": 14,
    "Themes": 24,
    "Due": 14,
    "First due": 14,
    "Times moved": 9,
    "Timing": 22,
    "Status": 24,
    "Waits for a decision": 12,
    "Last update on": 14,
    "Last update": 60,
    "Ended on": 14,
    "Reason": 50,
}


@dataclass(frozen=True)
class Listing:
    """What was asked for, read once, for whatever it is made into."""

    asked: Asked
    log: Log
    rows: list[Row]

    @classmethod
    def of(cls, asked: Asked) -> "Listing":
        log = asked.log()
        rows = tell(log.rows)
        prefetch_related_objects([row.action for row in rows], "supporting", "item__themes")
        return cls(asked, log, rows)

    @property
    def columns(self) -> list[str]:
        return list(WIDTHS)

    @property
    def name(self) -> str:
        return f"outstanding-actions-{self.log.diary.today.isoformat()}"

    @property
    def heading(self) -> str:
        """What the sheet holds: the day, how many, which filter."""
        count = len(self.rows)
        counted = f"{count} action{'' if count == 1 else 's'}"
        asked = f"Filter: {self.asked.in_words}" if self.asked.chosen else "No filter"
        return f"Outstanding actions as on {day(self.log.diary.today)}. {counted}. {asked}. Sorted by {SORTS[self.asked.sort]}."

    def cells(self) -> Iterator[list[str | int | dt.date | None]]:
        """The rows in the order of the page, with dates as dates."""
        for row in self.rows:
            fields = fields_of(row)
            yield [fields[name] for name in self.columns]


def fields_of(row: Row) -> dict[str, str | int | dt.date | None]:
    action, ended = row.action, None if row.facts.is_open else row.newest
    return {
        "Reference": action.label,
        "Action": action.text,
        "Owner": action.owner.title if action.owner else "Nobody yet",
        "Helped by": ", ".join(role.title for role in action.supporting.all()),
        "From": action.meeting.name if action.meeting else action.origin_text,
        "Agreed on": action.meeting.date if action.meeting else action.origin_date,
        "Themes": ", ".join(theme.name for theme in action.item.themes.all()) if action.item else "",
        "Due": row.due.day,
        "First due": action.first_due_on,
        "Times moved": action.times_moved,
        "Timing": row.due.words,
        "Status": action.standing if action.reference else "New, not sent yet",
        "Waits for a decision": "Yes" if row.waits else "No",
        "Last update on": row.report.on if row.report else None,
        "Last update": row.report.text if row.report else "",
        "Ended on": ended.on if ended else None,
        "Reason": ended.text if ended else "",
    }


def as_csv(listing: Listing) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(listing.columns)
    writer.writerows([safe_cell(value) for value in cells] for cells in listing.cells())
    # Excel takes a file for UTF-8 only when it begins with this mark.
    return text.getvalue().encode("utf-8-sig")


def as_workbook(listing: Listing) -> bytes:
    """One sheet: what it holds, the frozen header, the rows."""
    book = Workbook(write_only=True)
    book.properties.creator, book.properties.title = "Assurance", listing.heading[:250]
    sheet = book.create_sheet("Actions")
    sheet.freeze_panes = "B3"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", Worksheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage = 0, True
    for place, name in enumerate(listing.columns, 1):
        sheet.column_dimensions[get_column_letter(place)].width = WIDTHS[name]
    sheet.append([cell(sheet, listing.heading, bold=True, wrap=False)])
    sheet.append([cell(sheet, name, bold=True) for name in listing.columns])
    for cells in listing.cells():
        sheet.append([cell(sheet, value) for value in cells])
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def cell(sheet, value: str | int | dt.date | None, *, bold: bool = False, wrap: bool = True) -> WriteOnlyCell:
    """A cell of the value's own type; what people wrote is text for every spreadsheet, for ever."""
    made = WriteOnlyCell(sheet)
    if isinstance(value, str):
        made.value = ILLEGAL_CHARACTERS_RE.sub(" ", value)
        made.data_type = "s"
        # Stays text also when somebody edits the cell.
        made.quotePrefix = True
    else:
        made.value = value
    if isinstance(value, dt.date):
        made.number_format = "d mmm yyyy"
    made.alignment = Alignment(wrap_text=wrap, vertical="top")
    if bold:
        made.font = Font(bold=True)
    return made


def as_paper(listing: Listing) -> bytes:
    """The page on paper: up to twelve actions on one side of A4, across."""
    from publications import pdf  # WeasyPrint takes two seconds to load, and no other page here needs it

    identity = Identity.current(listing.log.diary.today)
    accent = identity.accent_colour if identity else PublicationLine.accent
    context = {
        "log": listing.log,
        "groups": listing.log.groups(listing.rows),
        "asked": listing.asked,
        "sort_words": SORTS[listing.asked.sort],
        "identity": identity,
        "paper": True,
    }
    style = pdf.font_faces() + STYLE.read_text().replace("$accent", accent)
    return pdf.laid_out(render_to_string("actions/paper.html", context), style)
