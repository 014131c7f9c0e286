"""The register: every publication in order, so that anybody can check that none was changed."""

from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from publications.exports import Entry, Listing, exported
from publications.models import RegisterEntry, Rendition
from publications.site import public_page, site_of

PAGE = 50


@public_page
def index(request: HttpRequest) -> HttpResponse:
    entries = (
        RegisterEntry.objects.select_related("edition__meeting").defer("edition__notes").order_by("-seq")
    )
    page = Paginator(entries, PAGE).get_page(request.GET.get("page"))
    return render(
        request, "publications/register.html", {"page": page, "checkpoint": site_of(request).checkpoint}
    )


COLUMNS = ["seq", "leaf", "sha256", "salt", "notes", "article", "pdf"]


@public_page
def export(request: HttpRequest, format: str) -> HttpResponse:
    """All lines with what is needed to check them: leaf, hash, and the salt of its commitments."""
    rows = RegisterEntry.objects.select_related("edition__meeting").defer("edition__notes", "edition__line")
    hashes = Prefetch("edition__renditions", Rendition.objects.only("edition", "format", "sha256"))
    entries = [entry_of(row) for row in rows.prefetch_related(hashes)]
    return exported(
        request, Listing("register", "Register of publications", "/register/", COLUMNS, entries), format
    )


def entry_of(row: RegisterEntry) -> Entry:
    edition = row.edition
    hashes = {rendition.format: rendition.sha256 for rendition in edition.renditions.all()}
    return Entry(
        fields={
            "seq": row.seq,
            "leaf": bytes(row.leaf).decode(),
            "sha256": row.sha256,
            "salt": edition.salt,
            "notes": edition.sha256,
            "article": hashes.get("article"),
            "pdf": hashes.get("pdf"),
        },
        title=f"{row.seq}: {edition}",
        address=edition.get_absolute_url(),
        updated=edition.published_at,
    )
