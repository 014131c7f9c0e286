"""The log in pictures, for whoever would rather look than read."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from actions.models import Action
from actions.pictures import pictures
from actions.timing import Diary


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Opened and closed, time to close, who owes, what moved, what was late: the office's alone."""
    if not request.user.is_office:
        raise Http404
    diary = Diary.read()
    context = {"pictures": pictures(Action.objects.visible_to(request.user), diary), "diary": diary}
    return render(request, "actions/pictures.html", context)
