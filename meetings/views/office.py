"""How the office is set up: where to find what, and who it is from which day on."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.permissions import can_manage_users
from meetings import permissions
from meetings.forms.office import ChangeIdentityForm, IdentityForm
from meetings.models import MeetingType, Person, Plan, Role, Theme
from meetings.services import settings as services
from meetings.views.asking import ask, asks, change, done, filled, for_settings, readers
from publications.models import Identity
from web import banners
from web.history import changes


@require_safe
@readers
def settings(request: HttpRequest) -> HttpResponse:
    """Everything that is looked after between meetings, with how much there is of it."""
    context = {
        "people": Person.objects.count(),
        "roles": Role.objects.count(),
        "plans": Plan.objects.count(),
        "themes": Theme.objects.count(),
        "types": MeetingType.objects.count(),
        "may_manage_users": can_manage_users(request.user),
    }
    return render(request, "meetings/settings.html", context)


@require_safe
@readers
def identity(request: HttpRequest) -> HttpResponse:
    """Who the office is today, and who it was and will be."""
    today = timezone.localdate()
    current = Identity.current(today)
    context = {
        "current": current,
        "others": Identity.objects.exclude(pk=current.pk) if current else [],
        "today": today,
        "may_change": permissions.can_manage_settings(request.user),
        "changes": changes(Identity.history.all()),
    }
    return render(request, "meetings/identity.html", context)


@asks
@for_settings
def add_identity(request: HttpRequest) -> HttpResponse:
    """A change of names or titles from a day on: it starts from what holds today."""
    current = Identity.current(timezone.localdate())
    start = (
        {name: getattr(current, name) for name in IdentityForm.Meta.fields if name != "starts"}
        if current
        else {}
    )
    form = filled(request, IdentityForm, initial=start)
    form.heading = "Change the office from a day on" if current else "Say who the office is"
    if done(form, lambda: services.add(Identity(**form.cleaned_data), by=request.user)):
        banners.success(request, "The office is saved")
        return redirect("meetings:identity")
    return ask(request, form, back=reverse("meetings:identity"), back_words="the office")


@asks
@for_settings
def change_identity(request: HttpRequest, pk: int) -> HttpResponse:
    """Put right what is said of the office for the time that a row stands for."""
    shown = get_object_or_404(Identity, pk=pk)
    return change(
        request,
        ChangeIdentityForm,
        shown,
        services.change,
        go=reverse("meetings:identity"),
        back_words="the office",
    )
