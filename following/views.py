"""How the public follows the record, and how it tells of a mistake.

Nothing is received here yet: the pages lead to what there is.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from publications.models import PublishedTheme
from publications.site import public_page


@public_page
def follow(request: HttpRequest) -> HttpResponse:
    """The feeds and the calendar, and how to use them."""
    return render(request, "following/follow.html", {"themes": PublishedTheme.objects.all()})


@public_page
def tell(request: HttpRequest) -> HttpResponse:
    """Whom to tell of a mistake, and what helps to find it."""
    return render(request, "following/tell.html")
