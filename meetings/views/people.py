"""Roles, people, and who holds which role from when to when."""

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Body
from meetings import permissions, services
from meetings.forms.people import (
    AppointmentForm,
    ChangeAppointmentForm,
    ChangePersonForm,
    ChangeRoleForm,
    PersonForm,
    RoleForm,
)
from meetings.models import Appointment, Person, Role, RoleContact
from meetings.services import settings
from meetings.views.asking import (
    ask,
    asks,
    brought_back,
    change,
    done,
    facts_of,
    filled,
    for_people,
    for_settings,
    readers,
    removed,
    to_change,
)
from web import banners
from web.history import changes


@require_safe
@readers
def roles(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    held_today = Prefetch(
        "appointments", Appointment.objects.on(today).select_related("person", "role"), to_attr="held_today"
    )
    every = Role.objects.prefetch_related(held_today, "contacts")
    by_body = [(label, [role for role in every if role.body == body]) for body, label in Body.choices]
    context = {"by_body": by_body, "may_change": permissions.can_manage_settings(request.user)}
    return render(request, "meetings/roles.html", context)


@require_safe
@readers
def role(request: HttpRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(Role.objects.prefetch_related("contacts"), pk=pk)
    context = {
        "role": shown,
        "appointments": shown.appointments.select_related("person", "role"),
        "today": timezone.localdate(),
        "changes": changes(
            Role.history.filter(id=pk), Appointment.history.filter(role_id=pk), silent={"role"}
        ),
        "may_change": permissions.can_manage_settings(request.user),
        "may_appoint": permissions.can_manage_people(request.user),
    }
    return render(request, "meetings/role.html", context)


@asks
@for_settings
def add_role(request: HttpRequest) -> HttpResponse:
    form = filled(request, RoleForm)
    if new := done(form, lambda: settings.add_role(**form.cleaned_data, by=request.user)):
        banners.success(request, f"{new} added")
        return redirect(new)
    return ask(request, form, back=reverse("meetings:roles"), back_words="roles")


@asks
@for_settings
def change_role(request: HttpRequest, pk: int) -> HttpResponse:
    shown = to_change(request, Role, pk=pk)
    return change(
        request,
        ChangeRoleForm,
        shown,
        settings.change_role,
        current=facts_of_role,
        go=shown.get_absolute_url(),
        back_words="the role",
        caption=str(shown),
        undo=reverse("meetings:bring_back_role", args=[pk]),
    )


def facts_of_role(shown: Role) -> dict:
    """What the form about a role asks, as it is stored, with the addresses of its letters."""
    lines = {line.value: [] for line in RoleContact.Line}
    for one in shown.contacts.all():
        lines[one.line].append(one.email)
    return facts_of(shown, RoleForm.Meta.fields) | lines


@require_POST
@for_settings
def remove_role(request: HttpRequest, pk: int) -> HttpResponse:
    gone = get_object_or_404(Role, pk=pk)
    return removed(request, gone, to="meetings:roles", undo=reverse("meetings:bring_back_role", args=[pk]))


@require_POST
@for_settings
def bring_back_role(request: HttpRequest, pk: int) -> HttpResponse:
    return brought_back(request, get_object_or_404(Role.with_removed, pk=pk), back="meetings:roles")


@asks
@for_people
def appoint(request: HttpRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(Role, pk=pk)
    form = filled(request, AppointmentForm)
    if done(form, lambda: services.appoint(shown, **form.cleaned_data, by=request.user)):
        holder = form.cleaned_data["person"]
        banners.success(request, f"{holder} is appointed" if holder else f"{shown} is vacant from that day")
        return redirect(shown)
    return ask(request, form, back=shown.get_absolute_url(), back_words="the role", caption=str(shown))


@asks
@for_people
def change_appointment(request: HttpRequest, pk: int, appointment_pk: int) -> HttpResponse:
    shown = get_object_or_404(Role, pk=pk)
    return change(
        request,
        ChangeAppointmentForm,
        to_change(request, Appointment, role=shown, pk=appointment_pk),
        settings.change_appointment,
        go=shown.get_absolute_url(),
        back_words="the role",
        caption=str(shown),
        undo=reverse("meetings:bring_back_appointment", args=[pk, appointment_pk]),
    )


@require_POST
@for_people
def remove_appointment(request: HttpRequest, pk: int, appointment_pk: int) -> HttpResponse:
    gone = get_object_or_404(
        Appointment.objects.select_related("role", "person"), role__pk=pk, pk=appointment_pk
    )
    undo = reverse("meetings:bring_back_appointment", args=[pk, appointment_pk])
    return removed(request, gone, to=gone.role, undo=undo)


@require_POST
@for_people
def bring_back_appointment(request: HttpRequest, pk: int, appointment_pk: int) -> HttpResponse:
    gone = get_object_or_404(Appointment.with_removed, role__pk=pk, pk=appointment_pk)
    return brought_back(request, gone, to=gone.role)


@require_safe
@readers
def people(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    in_force = Appointment.objects.on(today).filter(role__removed_at=None).select_related("role")
    every = Person.objects.select_related("user").prefetch_related(
        Prefetch("appointments", in_force, to_attr="posts_today")
    )
    context = {"people": every, "may_change": permissions.can_manage_people(request.user)}
    return render(request, "meetings/people.html", context)


@require_safe
@readers
def person(request: HttpRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(Person.objects.select_related("user"), pk=pk)
    context = {
        "person": shown,
        "appointments": shown.appointments.filter(role__removed_at=None).select_related("role", "person"),
        "today": timezone.localdate(),
        "changes": changes(
            Person.history.filter(id=pk), Appointment.history.filter(person_id=pk), silent={"person"}
        ),
        "may_change": permissions.can_manage_people(request.user),
    }
    return render(request, "meetings/person.html", context)


@asks
@for_people
def add_person(request: HttpRequest) -> HttpResponse:
    form = filled(request, PersonForm)
    if new := done(form, lambda: settings.add_person(**form.cleaned_data, by=request.user)):
        banners.success(request, f"{new} added")
        return redirect(new)
    return ask(request, form, back=reverse("meetings:people"), back_words="people")


@asks
@for_people
def change_person(request: HttpRequest, pk: int) -> HttpResponse:
    shown = to_change(request, Person, pk=pk)
    return change(
        request,
        ChangePersonForm,
        shown,
        settings.change,
        go=shown.get_absolute_url(),
        back_words="the person",
        caption=str(shown),
        undo=reverse("meetings:bring_back_person", args=[pk]),
    )


@require_POST
@for_people
def remove_person(request: HttpRequest, pk: int) -> HttpResponse:
    gone = get_object_or_404(Person, pk=pk)
    return removed(request, gone, to="meetings:people", undo=reverse("meetings:bring_back_person", args=[pk]))


@require_POST
@for_people
def bring_back_person(request: HttpRequest, pk: int) -> HttpResponse:
    return brought_back(request, get_object_or_404(Person.with_removed, pk=pk), back="meetings:people")
