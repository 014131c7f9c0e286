"""Who is at a meeting."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from meetings import services
from meetings.forms.attendance import AttendeeForm, InviteForm, PresenceForm
from meetings.models import Attendance, Meeting
from meetings.permissions import can_edit_record
from meetings.services import Refused, invitations
from meetings.views.asking import asks, done, editable_meeting, filled, get_meeting, tried
from meetings.views.together import Saving, saved_together, sent
from web import banners
from web.history import changes


@asks
def attendance(request: HttpRequest, pk: int) -> HttpResponse:
    """The list of people; whoever may not change it reads it."""
    reads_only = request.method in {"GET", "HEAD"}
    meeting = get_meeting(request, pk) if reads_only else editable_meeting(request, pk)
    attendances = list(meeting.attendances.all())
    data = sent(request)
    form = PresenceForm(data, attendances=shown_to(data, attendances), shown=presences(meeting))
    if form.is_bound:
        page = reverse("meetings:attendance", args=[pk])
        saving = Saving(
            form,
            meeting,
            "who was there",
            presences,
            lambda row, facts: save_presence(row, facts, request.user),
            done="Attendance saved",
            go=page,
            back=page,
            problem=lambda refused: form.refuse(refused.sentence),
            history=Attendance.history.filter(meeting=meeting.pk),
        )
        if answer := saved_together(request, saving):
            return answer
    context = {
        "form": form,
        "meeting": meeting,
        "attendances": attendances,
        "missing": usual_people_missing(meeting, attendances),
        "may_change": can_edit_record(request.user, meeting),
    }
    return render(request, "meetings/attendance.html", context)


def shown_to(data: QueryDict | None, attendances: list[Attendance]) -> list[Attendance]:
    """Those about whom a form asked: nobody who was added to the list while it was open."""
    if data is None or not data.get("base_version"):
        return attendances
    return [one for one in attendances if f"presence_{one.pk}:" in data["base_version"]]


def presences(meeting: Meeting) -> dict[str, str]:
    """Who was there, as it is stored, by the names of the form's fields."""
    facts = {}
    for one in meeting.attendances.all():
        facts |= {f"presence_{one.pk}": one.presence, f"present_for_{one.pk}": one.present_for}
    return facts


def save_presence(meeting: Meeting, facts: dict[str, str], by) -> None:
    """Write what changed of each person."""
    for one in meeting.attendances.all():
        of_one = {
            name: facts[f"{name}_{one.pk}"]
            for name in ("presence", "present_for")
            if f"{name}_{one.pk}" in facts
        }
        if of_one:
            services.change_attendee(one, **of_one, by=by)


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
        banners.success(request, words)
    return redirect("meetings:attendance", pk)


@asks
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = editable_meeting(request, pk)
    form = filled(request, InviteForm)
    if added := done(form, lambda: invitations.invite(meeting, **form.facts(), by=request.user)):
        banners.success(request, f"{added.name} added")
        return redirect("meetings:attendance", pk)
    return render(request, "meetings/invite.html", {"form": form, "meeting": meeting})


@asks
def attendee(request: HttpRequest, pk: int, attendance_pk: int) -> HttpResponse:
    meeting = editable_meeting(request, pk)
    found = Attendance.with_removed if request.method == "POST" else Attendance.objects
    shown = get_object_or_404(found, meeting=meeting, pk=attendance_pk)
    form = AttendeeForm(
        sent(request),
        instance=get_object_or_404(found, meeting=meeting, pk=attendance_pk),
        shown=facts_of(shown),
        kept_as=f"attendee-{attendance_pk}",
    )
    if form.is_bound:
        page = reverse("meetings:attendance", args=[pk])
        saving = Saving(
            form,
            shown,
            f"how {shown.name} attended",
            facts_of,
            lambda row, facts: services.change_attendee(row, **facts, by=request.user),
            done=f"{form['name'].value()} saved",
            go=page,
            back=page,
            problem=lambda refused: form.refuse(refused.sentence),
            undo=reverse("meetings:bring_back_attendee", args=[pk, attendance_pk]),
            undo_words="Bring them back",
        )
        if answer := saved_together(request, saving):
            return answer
    history = changes(Attendance.history.filter(id=attendance_pk), silent={"meeting", "person"})
    context = {"form": form, "meeting": meeting, "attendee": shown, "changes": history}
    return render(request, "meetings/attendee.html", context)


def facts_of(attendance: Attendance) -> dict:
    """What the form about an attendee asks, as it is stored."""
    return {name: getattr(attendance, name) for name in AttendeeForm.Meta.fields}


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
