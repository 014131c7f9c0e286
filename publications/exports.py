"""Lists to take away: CSV, JSON and Atom, made from published rows through named fields."""

import csv
import datetime as dt
import io
from dataclasses import dataclass, field

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string

from publications.site import site_of

# A cell that begins with one of these would be run as a formula by a spreadsheet.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@dataclass(frozen=True)
class Entry:
    """One row of a list: its named fields, and what a feed says of it."""

    fields: dict[str, object]
    title: str
    address: str
    updated: dt.datetime
    summary: str = ""
    id: str = ""

    @property
    def url(self) -> str:
        return settings.SITE_URL + self.address


@dataclass(frozen=True)
class Listing:
    """A list with its name, the address of its page, and its rows."""

    name: str
    title: str
    address: str
    columns: list[str]
    entries: list[Entry] = field(default_factory=list)

    @property
    def url(self) -> str:
        return settings.SITE_URL + self.address


def exported(request: HttpRequest, listing: Listing, format: str) -> HttpResponse:
    """The list in one of the formats of the `export` converter."""
    return {"csv": as_csv, "json": as_json, "atom": as_atom}[format](request, listing)


def safe_cell(value: object) -> str:
    """The value as a cell that no spreadsheet takes for a formula."""
    text = plain(value)
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) else text


def plain(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return "; ".join(map(str, value))
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def as_csv(request: HttpRequest, listing: Listing) -> HttpResponse:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(listing.columns)
    writer.writerows([safe_cell(entry.fields[name]) for name in listing.columns] for entry in listing.entries)
    # Excel takes a file for UTF-8 only when it begins with this mark.
    response = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{listing.name}.csv"'
    return response


def as_json(request: HttpRequest, listing: Listing) -> HttpResponse:
    return JsonResponse(
        {
            "title": listing.title,
            "page": listing.url,
            "checkpoint": site_of(request).checkpoint,
            "items": [entry.fields | {"url": entry.url} for entry in listing.entries],
        },
        json_dumps_params={"ensure_ascii": False},
    )


def as_atom(request: HttpRequest, listing: Listing) -> HttpResponse:
    site = site_of(request)
    text = render_to_string(
        "publications/feed.xml",
        {
            "listing": listing,
            "self": settings.SITE_URL + request.path,
            "identity": site.identity,
            "checkpoint": site.checkpoint,
            "updated": max((entry.updated for entry in listing.entries), default=site.changed_at),
        },
    )
    return HttpResponse(text, content_type="application/atom+xml; charset=utf-8")
