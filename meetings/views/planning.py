"""Planning a meeting, its details, and the next meeting."""

from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from meetings import services
from meetings.forms.planning import DetailsForm, NextMeetingForm, PlanForm
from meetings.models import Meeting, MeetingType
from meetings.views.asking import asks, done, editable_meeting, filled, planners
from meetings.views.together import Saving, saved_together, sent
from web import banners
from web.dates import weekday_day
from web.history import changes


@asks
@planners
def plan_meeting(request: HttpRequest) -> HttpResponse:
    form = filled(request, PlanForm)
    if meeting := done(form, lambda: services.plan_meeting(**form.facts(), by=request.user)):
        banners.success(request, f"{meeting} planned for {weekday_day(meeting.date)}")
        return redirect(meeting)
    types = MeetingType.objects.prefetch_related("usual_items", "usual_people__role")
    return render(request, "meetings/plan_meeting.html", {"form": form, "types": types})


@asks
def details(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = editable_meeting(request, pk)
    current = facts_named(DetailsForm.Meta.fields)
    form = DetailsForm(
        sent(request),
        instance=editable_meeting(request, pk),
        shown=current(meeting),
        kept_as=f"details-{pk}",
    )
    if form.is_bound:
        saving = Saving(
            form,
            meeting,
            "the details of this meeting",
            current,
            lambda row, facts: save_details(row, facts, request.user),
            done="Details saved",
            go=meeting.get_absolute_url(),
            back=reverse("meetings:details", args=[pk]),
            problem=lambda refused: form.refuse(
                refused.sentence, "status" if "held" in refused.sentence else None
            ),
        )
        if answer := saved_together(request, saving):
            return answer
    history = changes(Meeting.history.filter(id=pk))
    return render(request, "meetings/details.html", {"form": form, "meeting": meeting, "changes": history})


def facts_named(names: list[str]) -> Callable[[Meeting], dict]:
    """Reads these facts of a meeting."""
    return lambda meeting: {name: getattr(meeting, name) for name in names}


@transaction.atomic
def save_details(meeting: Meeting, facts: dict, by) -> None:
    """Write some facts; where the meeting stands changes by its own services, which know when it may."""
    facts = dict(facts)
    status = facts.pop("status", meeting.status)
    if facts:
        services.change_meeting(meeting, **facts, by=by)
    if status == meeting.status:
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
    current = facts_named(NextMeetingForm.Meta.fields)
    form = NextMeetingForm(
        sent(request),
        instance=editable_meeting(request, pk),
        initial=facts_of(planned) if asked else None,
        shown=current(meeting),
        kept_as=f"next-{pk}",
    )
    if form.is_bound:
        saving = Saving(
            form,
            meeting,
            "what is said of the next meeting",
            current,
            lambda row, facts: services.change_meeting(row, **facts, by=request.user),
            done="Next meeting saved",
            go=meeting.get_absolute_url(),
            back=reverse("meetings:next", args=[pk]),
            problem=lambda refused: form.refuse(refused.sentence),
        )
        if answer := saved_together(request, saving):
            return answer
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
