"""Planning a meeting, its details, and the next meeting."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from meetings import services
from meetings.forms.planning import DetailsForm, NextMeetingForm, PlanForm
from meetings.models import Meeting, MeetingType
from meetings.services import Refused
from meetings.views.asking import asks, done, editable_meeting, filled, planners
from web.dates import weekday_day
from web.history import changes


@asks
@planners
def plan_meeting(request: HttpRequest) -> HttpResponse:
    form = filled(request, PlanForm)
    if meeting := done(form, lambda: services.plan_meeting(**form.facts(), by=request.user)):
        messages.success(request, f"{meeting} planned for {weekday_day(meeting.date)}")
        return redirect(meeting)
    types = MeetingType.objects.prefetch_related("usual_items", "usual_people__role")
    return render(request, "meetings/plan_meeting.html", {"form": form, "types": types})


@asks
def details(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = editable_meeting(request, pk)
    form = filled(request, DetailsForm, instance=editable_meeting(request, pk))
    if form.is_bound and form.is_valid():
        try:
            save_details(meeting, form.cleaned_data, request.user)
        except Refused as refusal:
            form.refuse(refusal.sentence, "status" if "held" in refusal.sentence else None)
        else:
            messages.success(request, "Details saved")
            return redirect(meeting)
    history = changes(Meeting.history.filter(id=pk))
    return render(request, "meetings/details.html", {"form": form, "meeting": meeting, "changes": history})


@transaction.atomic
def save_details(meeting: Meeting, facts: dict, by) -> None:
    """Write the facts; where the meeting stands changes by its own services, which know when it may."""
    facts = dict(facts)
    status = facts.pop("status")
    was = meeting.status
    services.change_meeting(meeting, **facts, by=by)
    if status == was:
        return
    own = {Meeting.Status.HELD: services.hold, Meeting.Status.CANCELLED: services.cancel}
    if status in own:
        own[status](meeting, by)
    else:
        services.change_meeting(meeting, status=status, by=by)


@asks
def next_meeting(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = editable_meeting(request, pk)
    planned = next_planned(meeting)
    asked = request.GET.get("as") == "planned" and planned
    form = filled(
        request,
        NextMeetingForm,
        instance=editable_meeting(request, pk),
        initial=facts_of(planned) if asked else None,
    )
    if done(form, lambda: services.change_meeting(meeting, **form.cleaned_data, by=request.user)):
        messages.success(request, "Next meeting saved")
        return redirect(meeting)
    context = {"form": form, "meeting": meeting, "planned": planned}
    return render(request, "meetings/next.html", context)


def next_planned(meeting: Meeting) -> Meeting | None:
    """The first meeting that is planned after this one."""
    after = meeting.date or timezone.localdate()
    planned = Meeting.objects.filter(status=Meeting.Status.PLANNED, date__gt=after).exclude(pk=meeting.pk)
    return planned.select_related("type").order_by("date", "start", "pk").first()


def facts_of(planned: Meeting) -> dict:
    """What the notes say of a planned meeting."""
    return {
        "next_type": planned.type.name,
        "next_subject": planned.title,
        "next_date": planned.date,
        "next_start": planned.start,
        "next_venue": planned.venue,
    }
