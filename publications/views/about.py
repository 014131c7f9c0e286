"""Pages about the site, and what programs ask of it."""

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from publications import action_log, notes
from publications.colours import ink_on
from publications.models import Identity, RegisterEntry
from publications.site import public_page, site_of


@public_page
def about(request: HttpRequest) -> HttpResponse:
    """What is published here, by whom, and how it can be used."""
    return render(request, "publications/about.html", {"first": RegisterEntry.objects.first()})


@public_page
def accessibility(request: HttpRequest) -> HttpResponse:
    """The statement that the Accessibility Regulations of 2018 ask for, in the set form."""
    return render(request, "publications/accessibility.html")


@public_page
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "publications/privacy.html")


@public_page
def cookies(request: HttpRequest) -> HttpResponse:
    return render(request, "publications/cookies.html")


@public_page
def schema(request: HttpRequest) -> HttpResponse:
    """The JSON Schema of the Notes document."""
    return as_schema(notes.json_schema())


@public_page
def actions_schema(request: HttpRequest) -> HttpResponse:
    """The JSON Schema of the action log."""
    return as_schema(action_log.json_schema())


def as_schema(schema: dict) -> JsonResponse:
    return JsonResponse(schema, json_dumps_params={"indent": 2}, content_type="application/schema+json")


@public_page
def identity_css(request: HttpRequest) -> HttpResponse:
    """The office's own colour, and what is readable on it."""
    identity = site_of(request).identity
    accent = identity.accent_colour if identity else Identity._meta.get_field("accent_colour").default
    return render(
        request,
        "publications/identity.css",
        {"accent": accent, "ink": ink_on(accent)},
        content_type="text/css; charset=utf-8",
    )


@login_not_required
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Whether the site can answer: 200, or 503 when the database cannot be asked."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse(
            "The database does not answer.\n", status=503, content_type="text/plain", headers=NOT_KEPT
        )
    return HttpResponse("Good.\n", content_type="text/plain", headers=NOT_KEPT)


NOT_KEPT = {"Cache-Control": "no-store"}
