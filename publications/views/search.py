"""Search: whole exchanges, with the words that were found marked."""

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from publications.exports import Listing, exported
from publications.models import PublishedExchange
from publications.search import LONGEST_QUESTION, marked, search, words_in
from publications.site import public_page
from publications.views.themes import COLUMNS, entry_of

PAGE = 20
MOST_EXPORTED = 500


def asked(request: HttpRequest) -> tuple[str, list[str], QuerySet[PublishedExchange]]:
    """The question, its words, and what answers it: in one meeting's notes, where one is named."""
    question = request.GET.get("q", "")[:LONGEST_QUESTION].replace("\x00", "").strip()
    words = words_in(question)
    found = search(words)
    if meeting := request.GET.get("meeting", "").replace("\x00", ""):
        found = found.filter(edition__meeting__slug=meeting)
    return question, words, found


@public_page
def results(request: HttpRequest) -> HttpResponse:
    question, words, found = asked(request)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    for exchange in page:
        exchange.pieces = marked(exchange.text, words)
    return render(
        request,
        "publications/search.html",
        {"question": question, "words": words, "page": page, "meeting": request.GET.get("meeting", "")},
    )


@public_page
def export(request: HttpRequest, format: str) -> HttpResponse:
    question, _, found = asked(request)
    entries = [entry_of(exchange) for exchange in found[:MOST_EXPORTED]]
    return exported(request, Listing("search", f"Search: {question}", "/search/", COLUMNS, entries), format)
