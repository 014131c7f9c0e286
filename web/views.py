"""The page that shows every component, and the answer to a form whose token has gone."""

from collections.abc import Collection

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from web.answers import form_expired, wants_json
from web.samples import components_context

# What a form carries besides the words that somebody typed.
CARRIED = {"csrfmiddlewaretoken", "base_version", "op_id"}


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Show what was typed, to copy, with the way back: nobody loses a text to an old page."""
    if wants_json(request):
        return form_expired()
    return render(request, "web/csrf_failure.html", {"typed": typed_in(request)}, status=403)


def typed_in(request: HttpRequest, *, chosen: Collection[str] = ()) -> list[tuple[str, str]]:
    """What somebody typed into a form that was not saved, by the names of its fields, for `web/_typed.html`.

    Without passwords and what the form carries itself; `chosen` are the fields in which
    people choose, and which leave nothing to copy.
    """
    typed = [
        (name, value)
        for name, value in request.POST.items()
        if value.strip() and name not in CARRIED and name not in chosen and "password" not in name
    ]
    return [*typed, *_files_in(request)]


def _files_in(request: HttpRequest) -> list[tuple[str, str]]:
    """The names of files that were sent along: no page can keep them, so they have to be chosen again."""
    names = [file.name for _, files in request.FILES.lists() for file in files]
    return [("Files to choose again", "\n".join(names))] if names else []


@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """Everything that pages are made of, each drawn by its real template."""
    return render(request, "web/components.html", components_context())
