"""The page that shows every component, and the answer to a form whose token has gone."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from web.samples import components_context

# What a form carries besides the words that somebody typed.
CARRIED = {"csrfmiddlewaretoken", "base_version", "op_id"}


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Show what was typed, to copy, with the way back: nobody loses a text to an old page."""
    typed = [(name, value) for name, value in request.POST.items() if value.strip() and not is_carried(name)]
    return render(request, "web/csrf_failure.html", {"typed": typed}, status=403)


def is_carried(name: str) -> bool:
    """Whether a value is the form's own or secret, and so not to be shown again."""
    return name in CARRIED or "password" in name


@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """Everything that pages are made of, each drawn by its real template."""
    return render(request, "web/components.html", components_context())
