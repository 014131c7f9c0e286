"""Who is at a meeting."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from meetings import services
from meetings.forms.attendance import AttendeeForm, InviteForm, PresenceForm
from meetings.models import Attendance, Meeting
from meetings.permissions import can_edit_record
from meetings.services import Refused, invitations
from meetings.views.asking import asks, done, editable_meeting, filled, get_meeting, tried
from web.history import changes


@asks
def attendance(request: HttpRequest, pk: int) -> HttpResponse:
    """The list of people; whoever may not change it reads it."""
    reads_only = request.method in {"GET", "HEAD"}
    meeting = get_meeting(request, pk) if reads_only else editable_meeting(request, pk)
    attendances = list(meeting.attendances.all())
    form = filled(request, PresenceForm, attendances=attendances)
    if form.is_bound and form.is_valid():
        save_presence(form, request.user)
        messages.success(request, "Attendance saved")
        return redirect("meetings:attendance", pk)
    context = {
        "form": form,
        "meeting": meeting,
        "attendances": attendances,
        "missing": usual_people_missing(meeting, attendances),
        "may_change": can_edit_record(request.user, meeting),
    }
    return render(request, "meetings/attendance.html", context)


@transaction.atomic
def save_presence(form: PresenceForm, by) -> None:
    for one, facts in form.changed():
        services.change_attendee(one, **facts, by=by)


def usual_people_missing(meeting: Meeting, attendances: list[Attendance]) -> int:
    """How many of the usual posts have nobody on the list."""
    roles = {one.role_id for one in attendances}
    return sum(usual.role_id not in roles for usual in meeting.type.usual_people.all())


@require_POST
def invite_usual_people(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = editable_meeting(request, pk)
    try:
        added = invitations.invite_usual_people(meeting, by=request.user)
    except Refused as refusal:
        messages.warning(request, refusal.sentence)
    else:
        names = ", ".join(one.name for one in added)
        words = f"Added: {names}" if added else "Nobody was added: nobody else holds a usual role that day"
        messages.success(request, words)
    return redirect("meetings:attendance", pk)


@asks
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = editable_meeting(request, pk)
    form = filled(request, InviteForm)
    if added := done(form, lambda: invitations.invite(meeting, **form.facts(), by=request.user)):
        messages.success(request, f"{added.name} added")
        return redirect("meetings:attendance", pk)
    return render(request, "meetings/invite.html", {"form": form, "meeting": meeting})


@asks
def attendee(request: HttpRequest, pk: int, attendance_pk: int) -> HttpResponse:
    meeting = editable_meeting(request, pk)
    shown = get_object_or_404(meeting.attendances, pk=attendance_pk)
    form = filled(request, AttendeeForm, instance=get_object_or_404(meeting.attendances, pk=attendance_pk))
    if done(form, lambda: services.change_attendee(shown, **form.cleaned_data, by=request.user)):
        messages.success(request, f"{shown.name} saved")
        return redirect("meetings:attendance", pk)
    history = changes(Attendance.history.filter(id=attendance_pk), silent={"meeting", "person"})
    context = {"form": form, "meeting": meeting, "attendee": shown, "changes": history}
    return render(request, "meetings/attendee.html", context)


@require_POST
def remove_attendee(request: HttpRequest, pk: int, attendance_pk: int) -> HttpResponse:
    meeting = editable_meeting(request, pk)
    gone = get_object_or_404(meeting.attendances, pk=attendance_pk)
    undo = reverse("meetings:bring_back_attendee", args=[pk, attendance_pk])
    back = reverse("meetings:attendance", args=[pk])
    words = f"{gone.name} removed from the list"
    return tried(request, lambda: services.remove_attendee(gone, request.user), words, to=back, undo=undo)


@require_POST
def bring_back_attendee(request: HttpRequest, pk: int, attendance_pk: int) -> HttpResponse:
    meeting = editable_meeting(request, pk)
    gone = get_object_or_404(Attendance.with_removed, meeting=meeting, pk=attendance_pk)
    back = reverse("meetings:attendance", args=[pk])
    return tried(
        request, lambda: services.restore(gone, request.user), f"{gone.name} is back on the list", to=back
    )
