"""What is not there: with what was typed for it, since its place may have gone while somebody was writing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.defaults import page_not_found

from desk.views.common import CHOSEN
from web import answers
from web.views import typed_in

SENTENCE = "This is no longer there, or has moved. Nothing was saved."
PRESSED = {"answer", "autosave", "before_version", "direction", "item", "lines", "look", "looked", "seen_at"}


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Show what was typed into a form of the office, to copy; for all else there is no such page."""
    is_form = request.method == "POST" and request.resolver_match and request.path.startswith("/office/")
    typed = typed_in(request, chosen=CHOSEN | PRESSED) if is_form else []
    if not typed:
        return page_not_found(request, exception)
    if answers.wants_json(request):
        return answers.by_status(404, SENTENCE)
    context = {"sentence": SENTENCE, "typed": typed, "back": "/office/"}
    return render(request, "desk/not_saved.html", context, status=404)
