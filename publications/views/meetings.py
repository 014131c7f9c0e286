"""Meetings: the list of them, and the notes of one in every format and edition."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from publications.exports import Entry, Listing, exported
from publications.filters import Choice, Filter
from publications.frame import StoredArticle, current_frame, frame_of_edition
from publications.models import Edition, PublishedDate, PublishedMeeting, PublishedTheme, Rendition
from publications.site import fresh, public_page

PAGE = 25


def current_notes() -> QuerySet[Edition]:
    """The current notes of every meeting, the newest meeting first."""
    notes = Edition.objects.current().filter(kind=Edition.Kind.NOTES)
    return notes.select_related("meeting").defer("notes", "line").order_by("-date", "-pk")


def filtered(request: HttpRequest) -> tuple[QuerySet[Edition], list[Filter]]:
    """The list as it was asked for, and the questions that it can be asked."""
    notes = current_notes()
    years = [str(day.year) for day in notes.order_by().dates("date", "year", order="DESC")]
    types = notes.order_by("type_name").values_list("type_name", flat=True).distinct()
    filters = [
        Filter("year", "Year", [Choice(year, year) for year in years]),
        Filter("type", "Type of meeting", [Choice(name, name) for name in types]),
        Filter("theme", "Theme", [Choice(theme.slug, theme.name) for theme in PublishedTheme.objects.all()]),
    ]
    year, type, theme = (one.read(request) for one in filters)
    if year:
        notes = notes.filter(date__year=int(year))
    if type:
        notes = notes.filter(type_name=type)
    if theme:
        notes = notes.filter(themes__slug=theme)
    return notes, filters


@public_page
def index(request: HttpRequest) -> HttpResponse:
    notes, filters = filtered(request)
    page = Paginator(notes.prefetch_related("themes"), PAGE).get_page(request.GET.get("page"))
    coming = PublishedDate.objects.filter(announced=True, date__gte=timezone.localdate()).first()
    return render(request, "publications/meetings.html", {"page": page, "filters": filters, "coming": coming})


COLUMNS = ["date", "title", "type", "themes", "edition", "published", "sha256"]


@public_page
def export(request: HttpRequest, format: str) -> HttpResponse:
    """The list with its filters, to take away."""
    notes, _ = filtered(request)
    entries = [
        Entry(
            fields={
                "date": edition.date,
                "title": edition.title,
                "type": edition.type_name,
                "themes": [theme.name for theme in edition.themes.all()],
                "edition": edition.number,
                "published": edition.published_at,
                "sha256": edition.sha256,
            },
            title=edition.title,
            address=edition.meeting.get_absolute_url(),
            updated=edition.published_at,
        )
        for edition in notes.prefetch_related("themes")
    ]
    return exported(request, Listing("meetings", "Notes of meetings", "/meetings/", COLUMNS, entries), format)


@public_page
def meeting(request: HttpRequest, slug: str) -> HttpResponse:
    """The current notes, and everything that goes with them."""
    return framed(request, current_frame(slug))


@public_page
def edition(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One edition, as it was published."""
    return framed(request, frame_of_edition(slug, number))


def framed(request: HttpRequest, found: tuple[dict, StoredArticle] | None) -> HttpResponse:
    if found is None:
        raise Http404
    frame, article = found
    url = settings.SITE_URL + frame["address"]
    return render(request, "publications/meeting.html", {"frame": frame, "article": article, "url": url})


@public_page
def editions(request: HttpRequest, slug: str) -> HttpResponse:
    """What changed and why, and every edition in each format."""
    found = Edition.objects.filter(meeting__slug=slug, kind=Edition.Kind.NOTES).order_by("-number")
    found = list(
        found.select_related("meeting", "register_entry").prefetch_related("renditions").defer("notes")
    )
    if not found:
        raise Http404
    return render(request, "publications/editions.html", {"editions": found, "edition": found[0]})


@public_page
def agenda(request: HttpRequest, slug: str) -> HttpResponse:
    """Agendas are not published yet: the page says so, and leads on."""
    known = get_object_or_404(PublishedMeeting, slug=slug)
    notes = get_object_or_404(current_notes(), meeting=known)
    return render(request, "publications/agenda.html", {"edition": notes})


@login_not_required
@require_safe
def notes_pdf(request: HttpRequest, slug: str, number: int | None = None) -> HttpResponse:
    """The notes on paper; never made here, only handed out."""
    edition = found_edition(slug, number)
    paper = get_object_or_404(Rendition, edition=edition, format=Rendition.Format.PDF)
    return file(request, edition, bytes(paper.content), paper.sha256, "application/pdf", "pdf")


@login_not_required
@require_safe
def notes_json(request: HttpRequest, slug: str, number: int | None = None) -> HttpResponse:
    """The Notes document: the very bytes that were approved."""
    edition = found_edition(slug, number)
    return file(request, edition, bytes(edition.notes), edition.sha256, "application/json", "json")


@public_page
def notes_xml(request: HttpRequest, slug: str) -> HttpResponse:
    """There is no Akoma Ntoso yet: the page says which formats there are."""
    return render(request, "publications/no_xml.html", {"edition": found_edition(slug)}, status=404)


def found_edition(slug: str, number: int | None = None) -> Edition:
    """The edition of a meeting's notes with this number, else the current one; 404 where there is none."""
    found = Edition.objects.filter(meeting__slug=slug, kind=Edition.Kind.NOTES).order_by("-number")
    if number:
        found = found.filter(number=number)
    return get_object_or_404(found.select_related("meeting", "register_entry")[:1])


def file(
    request: HttpRequest, edition: Edition, content: bytes, sha256: str, type: str, ending: str
) -> HttpResponse:
    """Stored bytes; their tag is their hash, so that it changes with the edition alone."""
    of = edition.meeting.slug if edition.meeting else "action-log"
    headers = {"Content-Disposition": f'inline; filename="{of}-edition-{edition.number}.{ending}"'}
    return fresh(
        request,
        f'"{sha256}"',
        edition.register_entry.stored_at,
        lambda: HttpResponse(content, content_type=type, headers=headers),
    )
