"""The editions of the action log: what was published of all actions between the notes of two meetings."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from publications.frame import StoredArticle, size_in_words
from publications.models import Edition, Rendition
from publications.site import public_page
from publications.views.meetings import file


@public_page
def editions(request: HttpRequest) -> HttpResponse:
    """Every edition in each format, the newest first."""
    found = Edition.objects.of_log().select_related("register_entry").prefetch_related("renditions")
    return render(request, "publications/log_editions.html", {"editions": found.defer("notes", "line")})


@public_page
def edition(request: HttpRequest, number: int) -> HttpResponse:
    """One edition, as it was published."""
    newest = Edition.objects.of_log().only("number", "date", "meeting").first()
    found = found_edition(number)
    renditions = {rendition.format: rendition for rendition in found.renditions.all()}
    if Rendition.Format.ARTICLE not in renditions:
        raise Http404
    article = StoredArticle(bytes(renditions[Rendition.Format.ARTICLE].content).decode())
    paper = renditions.get(Rendition.Format.PDF)
    context = {
        "edition": found,
        "newest": newest,
        "is_current": newest.number == found.number,
        "article": article,
        "paper": paper,
        "paper_size": size_in_words(paper.size) if paper else "",
        "data_size": size_in_words(len(found.notes)),
        "url": settings.SITE_URL + found.get_absolute_url(),
    }
    return render(request, "publications/log_edition.html", context)


@login_not_required
@require_safe
def edition_pdf(request: HttpRequest, number: int) -> HttpResponse:
    """The log on paper; never made here, only handed out."""
    found = found_edition(number)
    paper = get_object_or_404(Rendition, edition=found, format=Rendition.Format.PDF)
    return file(request, found, bytes(paper.content), paper.sha256, "application/pdf", "pdf")


@login_not_required
@require_safe
def edition_json(request: HttpRequest, number: int) -> HttpResponse:
    """The document: the very bytes that were approved."""
    found = found_edition(number)
    return file(request, found, bytes(found.notes), found.sha256, "application/json", "json")


def found_edition(number: int) -> Edition:
    return get_object_or_404(Edition.objects.of_log().select_related("register_entry"), number=number)
