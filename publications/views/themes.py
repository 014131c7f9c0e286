"""Themes: everything that was asked on one, over the years."""

from django.core.paginator import Paginator
from django.db.models import Count, Max, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from publications.exports import Entry, Listing, exported
from publications.models import PublishedExchange, PublishedTheme
from publications.site import public_page

PAGE = 20


def every_theme() -> QuerySet[PublishedTheme]:
    return PublishedTheme.objects.annotate(
        meetings=Count("editions", distinct=True),
        questions=Count("exchanges", filter=Q(exchanges__asks=True), distinct=True),
        latest=Max("editions__date"),
    )


def exchanges_on(theme: PublishedTheme) -> QuerySet[PublishedExchange]:
    """What was said on a theme, the newest meeting first, in reading order within each."""
    exchanges = theme.exchanges.select_related("edition__meeting").defer("edition__notes", "edition__line")
    return exchanges.order_by("-edition__date", "edition_id", "position")


@public_page
def index(request: HttpRequest) -> HttpResponse:
    return render(request, "publications/themes.html", {"themes": every_theme()})


@public_page
def export(request: HttpRequest, format: str) -> HttpResponse:
    entries = [
        Entry(
            fields={
                "theme": theme.name,
                "questions": theme.questions,
                "meetings": theme.meetings,
                "latest": theme.latest,
            },
            title=theme.name,
            address=theme.get_absolute_url(),
            updated=theme.updated,
        )
        for theme in every_theme().annotate(updated=Max("editions__published_at"))
    ]
    columns = ["theme", "questions", "meetings", "latest"]
    return exported(request, Listing("themes", "Themes", "/themes/", columns, entries), format)


@public_page
def theme(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(every_theme(), slug=slug)
    page = Paginator(exchanges_on(found), PAGE).get_page(request.GET.get("page"))
    return render(request, "publications/theme.html", {"theme": found, "page": page})


@public_page
def export_theme(request: HttpRequest, slug: str, format: str) -> HttpResponse:
    found = get_object_or_404(PublishedTheme, slug=slug)
    exchanges = exchanges_on(found)
    if format == "atom":
        exchanges = exchanges[:50]
    entries = [entry_of(exchange) for exchange in exchanges]
    return exported(
        request, Listing(slug, f"Theme: {found.name}", found.get_absolute_url(), COLUMNS, entries), format
    )


COLUMNS = ["date", "meeting", "item", "paragraph", "text"]


def entry_of(exchange: PublishedExchange) -> Entry:
    edition = exchange.edition
    return Entry(
        fields={
            "date": edition.date,
            "meeting": edition.title,
            "item": exchange.item_title,
            "paragraph": exchange.number,
            "text": exchange.text,
        },
        title=f"{edition.title}, paragraph {exchange.number}",
        address=exchange.get_absolute_url(),
        updated=edition.published_at,
        summary=exchange.text,
    )
