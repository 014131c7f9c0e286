"""The meetings: the list, one meeting at a glance, and its whole record on one page."""

from dataclasses import dataclass
from io import BytesIO

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from desk.forms import MeetingFilter
from desk.overview import overview_of
from desk.reading_back import whole_of
from desk.record import record_of
from desk.standing import Standing, stages_of, standing_of
from desk.views.common import meeting_for
from importing.models import Source
from meetings import permissions, services
from meetings.models import Meeting
from web import banners

A_PAGE = 25


@dataclass(frozen=True)
class Row:
    """A meeting of the list with where its notes stand."""

    meeting: Meeting
    standing: Standing


@require_safe
def meetings(request: HttpRequest) -> HttpResponse:
    """Upcoming meetings, the soonest first, and below them the past ones, the latest first."""
    if not permissions.can_read_record(request.user):
        raise PermissionDenied("Only policy officers and approvers read meetings that are not published.")
    every = Meeting.objects.visible_to(request.user).select_related("type")
    years = [day.year for day in every.dates("date", "year", order="DESC")]
    form = MeetingFilter(request.GET or None, years=years)
    chosen = {name: value for name, value in form.cleaned_data.items() if value} if form.is_valid() else {}
    found = _filtered(every, chosen)
    today = timezone.localdate()
    upcoming = found.upcoming(today)
    past = found.exclude(pk__in=upcoming.values("pk"))
    page = Paginator(past, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "chosen": [
            {"label": form.fields[name].label, "value": value, "address": _without(request, name)}
            for name, value in chosen.items()
        ],
        "upcoming": _rows(upcoming),
        "past": _rows(page.object_list),
        "page": page,
        "total": found.count(),
        "may_plan": permissions.can_plan(request.user),
        "is_empty": not chosen and not years,
    }
    return render(request, "desk/meetings.html", context)


@require_safe
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """One meeting at a glance: what is done, what is left, who is there."""
    found = meeting_for(request, pk)
    return render(request, "desk/meeting.html", {"meeting": found, **overview_of(found, request.user)})


@require_safe
def whole(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole record on one page, as it will be read, with what is still to be checked."""
    found = meeting_for(request, pk)
    record = record_of(found, is_whole=True)
    context = {
        "meeting": found,
        "record": record,
        "whole": whole_of(record),
        "standing": standing_of(found, stages_of([found]).get(found.pk)),
        "may_edit": permissions.can_edit_record(request.user, found),
    }
    return render(request, "desk/whole.html", context)


@require_safe
def source(request: HttpRequest, pk: int) -> HttpResponse:
    """The file or text that a record was brought in from, as it came, to keep and not to open here."""
    found = get_object_or_404(Source, meeting=meeting_for(request, pk))
    return FileResponse(
        BytesIO(found.content),
        as_attachment=True,
        filename=found.name or "notes.txt",
        content_type="application/octet-stream",
    )


@require_POST
def hold(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that the meeting was held."""
    found = meeting_for(request, pk)
    try:
        services.hold(found, request.user)
    except services.Refused as refused:
        messages.error(request, refused.sentence)
    else:
        banners.success(request, "Marked as held. Its record can be written and approved")
    return redirect(found)


def _filtered(every, chosen: dict):
    """The meetings that the filter asks for, by named questions only."""
    if "type" in chosen:
        every = every.filter(type=chosen["type"])
    if "year" in chosen:
        every = every.filter(date__year=chosen["year"])
    for word in chosen.get("q", "").split():
        in_words = Q(title__icontains=word) | Q(type__name__icontains=word) | Q(venue__icontains=word)
        in_items = Meeting.objects.filter(
            Q(items__title__icontains=word) | Q(items__themes__name__icontains=word), items__removed_at=None
        )
        every = every.filter(in_words | Q(pk__in=in_items.values("pk")))
    return every


def _without(request: HttpRequest, name: str) -> str:
    """The address of this list without one of its filters."""
    left = request.GET.copy()
    left.pop(name, None)
    left.pop("page", None)
    return f"{request.path}?{left.urlencode()}" if left else request.path


def _rows(meetings) -> list[Row]:
    meetings = list(meetings)
    stages = stages_of(meetings)
    return [Row(one, standing_of(one, stages.get(one.pk))) for one in meetings]
