"""Plans with their priorities, and the themes that serve them."""

from django.db.models import Count, Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from meetings import permissions
from meetings.forms.plans import (
    ChangePlanForm,
    ChangePriorityForm,
    ChangeThemeForm,
    PlanForm,
    PriorityForm,
    ThemeForm,
)
from meetings.models import Plan, Priority, Theme
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
    moved,
    readers,
    removed,
    to_change,
)
from web import banners
from web.history import changes


@require_safe
@readers
def plans(request: HttpRequest) -> HttpResponse:
    every = Plan.objects.prefetch_related("priorities")
    context = {
        "plans": every,
        "today": timezone.localdate(),
        "may_change": permissions.can_manage_people(request.user),
    }
    return render(request, "meetings/plans.html", context)


@require_safe
@readers
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    return show_plan(request, get_object_or_404(Plan, pk=pk), PriorityForm())


def show_plan(request: HttpRequest, shown: Plan, form: PriorityForm) -> HttpResponse:
    """A plan with its priorities, and the form that adds one."""
    form.submit = "Add priority"
    form.action = reverse("meetings:add_priority", args=[shown.pk])
    context = {
        "plan": shown,
        "priorities": shown.priorities.prefetch_related("themes"),
        "form": form,
        "changes": changes(
            Plan.history.filter(id=shown.pk), Priority.history.filter(plan_id=shown.pk), silent={"plan"}
        ),
        "may_change": permissions.can_manage_people(request.user),
    }
    return render(request, "meetings/plan.html", context)


@asks
@for_people
def add_plan(request: HttpRequest) -> HttpResponse:
    form = filled(request, PlanForm)
    if new := done(form, lambda: settings.add_plan(**form.cleaned_data, by=request.user)):
        banners.success(request, f"{new} added")
        return redirect(new)
    return ask(request, form, back=reverse("meetings:plans"), back_words="plans")


@asks
@for_people
def change_plan(request: HttpRequest, pk: int) -> HttpResponse:
    shown = to_change(request, Plan, pk=pk)
    return change(
        request,
        ChangePlanForm,
        shown,
        settings.change,
        go=shown.get_absolute_url(),
        back_words="the plan",
        caption=str(shown),
        undo=reverse("meetings:bring_back_plan", args=[pk]),
    )


@require_POST
@for_people
def remove_plan(request: HttpRequest, pk: int) -> HttpResponse:
    gone = get_object_or_404(Plan, pk=pk)
    return removed(request, gone, to="meetings:plans", undo=reverse("meetings:bring_back_plan", args=[pk]))


@require_POST
@for_people
def bring_back_plan(request: HttpRequest, pk: int) -> HttpResponse:
    return brought_back(request, get_object_or_404(Plan.with_removed, pk=pk), back="meetings:plans")


@require_POST
@for_people
def add_priority(request: HttpRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(Plan, pk=pk)
    form = filled(request, PriorityForm)
    if new := done(form, lambda: settings.add_priority(shown, form.cleaned_data["title"], by=request.user)):
        banners.success(request, f"Priority “{new}” added")
        return redirect(shown)
    return show_plan(request, shown, form)


@asks
@for_people
def change_priority(request: HttpRequest, pk: int, priority_pk: int) -> HttpResponse:
    priority = to_change(request, Priority, plan__pk=pk, pk=priority_pk)
    return change(
        request,
        ChangePriorityForm,
        priority,
        settings.change,
        current=lambda row: facts_of(row, ["title"]),
        go=priority.plan.get_absolute_url(),
        back_words="the plan",
        caption=str(priority.plan),
        undo=reverse("meetings:bring_back_priority", args=[pk, priority_pk]),
        initial={"title": priority.title},
    )


@require_POST
@for_people
def move_priority(request: HttpRequest, pk: int, priority_pk: int, direction: str) -> HttpResponse:
    return moved(request, get_object_or_404(Priority, plan__pk=pk, pk=priority_pk), direction)


@require_POST
@for_people
def remove_priority(request: HttpRequest, pk: int, priority_pk: int) -> HttpResponse:
    gone = get_object_or_404(Priority, plan__pk=pk, pk=priority_pk)
    undo = reverse("meetings:bring_back_priority", args=[pk, priority_pk])
    return removed(request, gone, to=gone.plan, undo=undo)


@require_POST
@for_people
def bring_back_priority(request: HttpRequest, pk: int, priority_pk: int) -> HttpResponse:
    gone = get_object_or_404(Priority.with_removed, plan__pk=pk, pk=priority_pk)
    return brought_back(request, gone, to=gone.plan)


@require_safe
@readers
def themes(request: HttpRequest) -> HttpResponse:
    every = Theme.objects.prefetch_related(serving()).annotate(uses=Count("items", distinct=True))
    context = {"themes": every, "may_change": permissions.can_manage_settings(request.user)}
    return render(request, "meetings/themes.html", context)


@require_safe
@readers
def theme(request: HttpRequest, pk: int) -> HttpResponse:
    context = {
        "theme": get_object_or_404(Theme.objects.prefetch_related(serving()), pk=pk),
        "changes": changes(Theme.history.filter(id=pk)),
        "may_change": permissions.can_manage_settings(request.user),
    }
    return render(request, "meetings/theme.html", context)


def serving() -> Prefetch:
    """The priorities that a theme serves, each with its plan."""
    return Prefetch("priorities", Priority.objects.filter(plan__removed_at=None).select_related("plan"))


@asks
@for_settings
def add_theme(request: HttpRequest) -> HttpResponse:
    form = filled(request, ThemeForm)
    if new := done(form, lambda: settings.add_theme(**form.cleaned_data, by=request.user)):
        banners.success(request, f"{new} added")
        return redirect(new)
    return ask(request, form, back=reverse("meetings:themes"), back_words="themes")


@asks
@for_settings
def change_theme(request: HttpRequest, pk: int) -> HttpResponse:
    shown = to_change(request, Theme, pk=pk)
    return change(
        request,
        ChangeThemeForm,
        shown,
        settings.change_theme,
        current=lambda row: facts_of(row, ["name", "priorities"]),
        go=shown.get_absolute_url(),
        back_words="the theme",
        caption=str(shown),
        undo=reverse("meetings:bring_back_theme", args=[pk]),
    )


@require_POST
@for_settings
def remove_theme(request: HttpRequest, pk: int) -> HttpResponse:
    gone = get_object_or_404(Theme, pk=pk)
    return removed(request, gone, to="meetings:themes", undo=reverse("meetings:bring_back_theme", args=[pk]))


@require_POST
@for_settings
def bring_back_theme(request: HttpRequest, pk: int) -> HttpResponse:
    return brought_back(request, get_object_or_404(Theme.with_removed, pk=pk), back="meetings:themes")
