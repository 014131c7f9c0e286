"""The home page, and what tells people and machines that something is new."""

from django.conf import settings
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from publications.exports import Entry, Listing, exported
from publications.models import Edition, PublishedAction, PublishedDate, PublishedTheme
from publications.site import public_page
from publications.views.actions import OPEN, OVERDUE, every_action
from publications.views.meetings import current_notes
from publications.views.themes import every_theme
from web.dates import day


@public_page
def home(request: HttpRequest) -> HttpResponse:
    """The latest notes, the next meeting, what is open, and where to look."""
    today = timezone.localdate()
    counts = PublishedAction.objects.aggregate(
        open=Count("pk", filter=OPEN), overdue=Count("pk", filter=OVERDUE)
    )
    return render(
        request,
        "publications/home.html",
        {
            "latest": current_notes().prefetch_related("themes")[:4],
            "coming": PublishedDate.objects.filter(announced=True, date__gte=today).first(),
            "counts": counts,
            "actions": every_action().filter(OPEN)[:5],
            "themes": every_theme().order_by("-latest", "name")[:12],
        },
    )


@public_page
def feed(request: HttpRequest) -> HttpResponse:
    """The newest publications, corrections among them."""
    editions = Edition.objects.select_related("meeting").defer("notes", "line")
    entries = [
        Entry(
            fields={},
            title=title_of(edition),
            address=edition.get_absolute_url(),
            updated=edition.published_at,
            summary=edition.change or "First published",
        )
        for edition in editions.order_by("-register_entry__seq")[:50]
    ]
    return exported(request, Listing("feed", "New notes and action logs", "/", [], entries), "atom")


def title_of(edition: Edition) -> str:
    """What it is, with its number where it corrects another one; each action log is of its own day."""
    if edition.meeting is None:
        return f"{edition.title}, {day(edition.date)}"
    return f"{edition.title}, edition {edition.number}" if edition.number > 1 else edition.title


PLAIN_PAGES = [
    "home",
    "meetings",
    "actions",
    "log_editions",
    "themes",
    "search",
    "register",
    "about",
    "accessibility",
    "privacy",
    "cookies",
]


@public_page
def sitemap(request: HttpRequest) -> HttpResponse:
    pages = [reverse(f"publications:{name}") for name in PLAIN_PAGES]
    pages += [edition.meeting.get_absolute_url() for edition in current_notes()]
    pages += [
        edition.get_absolute_url() for edition in Edition.objects.of_log().only("number", "meeting")[:1]
    ]
    pages += [theme.get_absolute_url() for theme in PublishedTheme.objects.all()]
    pages += [action.get_absolute_url() for action in PublishedAction.objects.only("slug")]
    return render(
        request,
        "publications/sitemap.xml",
        {"pages": pages, "site": settings.SITE_URL},
        content_type="application/xml; charset=utf-8",
    )


@public_page
def robots(request: HttpRequest) -> HttpResponse:
    return render(request, "publications/robots.txt", {"site": settings.SITE_URL}, content_type="text/plain")
