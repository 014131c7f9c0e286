"""Due dates in people's own calendars: the address, and what stands at it."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from actions import calendars, permissions
from actions.models import CalendarAddress
from web import banners


@login_not_required
@require_safe
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The due dates, for a program that knows the address."""
    user = calendars.reader_of(token)
    if user is None:
        raise Http404
    response = HttpResponse(calendars.calendar_of(user), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="actions.ics"'
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def address(request: HttpRequest) -> HttpResponse:
    """One's own address: made and reset here, and shown once, in the answer to that."""
    if not permissions.can_read(request.user):
        raise Http404
    url = ""
    if request.method == "POST":
        token = calendars.make_address(request.user)
        url = settings.SITE_URL + reverse("actions:calendar", args=[token])
    kept = CalendarAddress.objects.filter(user=request.user).first()
    return render(request, "actions/calendar.html", {"url": url, "kept": kept})


@require_POST
def stop(request: HttpRequest) -> HttpResponse:
    """Take one's address away."""
    if not permissions.can_read(request.user):
        raise Http404
    calendars.stop(request.user)
    banners.success(request, "The calendar address opens nothing any more")
    return redirect("actions:calendar_address")
