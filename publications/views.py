"""What the public reads: stored editions in a frame, and lists of them."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from publications.models import Rendition


@login_not_required
@require_safe
def meeting(request: HttpRequest, slug: str) -> HttpResponse:
    """The current notes of a meeting."""
    article = get_object_or_404(
        Rendition.objects.order_by("-edition__number")[:1],
        edition__meeting__slug=slug,
        format=Rendition.Format.ARTICLE,
    )
    return HttpResponse(bytes(article.content))
