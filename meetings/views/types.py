"""Meeting types: their default agenda, usual people, and what is usual for them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from meetings import permissions
from meetings.forms.types import (
    ChangeTypeForm,
    ChangeUsualItemForm,
    ChangeUsualPersonForm,
    TypeForm,
    UsualItemForm,
    UsualPersonForm,
)
from meetings.models import MeetingType, UsualItem, UsualPerson
from meetings.services import settings
from meetings.views.asking import (
    ask,
    asks,
    brought_back,
    change,
    done,
    filled,
    for_settings,
    moved,
    readers,
    removed,
    to_change,
    tried,
)
from web import banners
from web.history import changes


@require_safe
@readers
def types(request: HttpRequest) -> HttpResponse:
    every = MeetingType.objects.prefetch_related("usual_items", "usual_people")
    context = {"types": every, "may_change": permissions.can_manage_settings(request.user)}
    return render(request, "meetings/types.html", context)


@require_safe
@readers
def type(request: HttpRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(MeetingType, pk=pk)
    context = {
        "type": shown,
        "items": agenda_of(shown),
        "people": shown.usual_people.select_related("role"),
        "shares": shown.shares_actions_with.all(),
        "changes": changes(
            MeetingType.history.filter(id=pk),
            UsualItem.history.filter(type_id=pk),
            UsualPerson.history.filter(type_id=pk),
            silent={"type"},
        ),
        "may_change": permissions.can_manage_settings(request.user),
    }
    return render(request, "meetings/type.html", context)


def agenda_of(type: MeetingType) -> list[dict]:
    """The default agenda in reading order, each item with its number and what can be done with it."""
    items = list(type.usual_items.all())
    mains = [item for item in items if item.parent_id is None]
    lines = []
    for place, main in enumerate(mains):
        subs = [item for item in items if item.parent_id == main.pk]
        lines.append(line(main, f"{place + 1}", place, mains) | {"may_nest": place > 0 and not subs})
        lines += [line(sub, f"{place + 1}.{at + 1}", at, subs) for at, sub in enumerate(subs)]
    return lines


def line(item: UsualItem, number: str, place: int, siblings: list) -> dict:
    return {"item": item, "number": number, "is_first": place == 0, "is_last": place == len(siblings) - 1}


@asks
@for_settings
def add_type(request: HttpRequest) -> HttpResponse:
    form = filled(request, TypeForm)
    if new := done(form, lambda: settings.add_type(**form.cleaned_data, by=request.user)):
        banners.success(request, f"{new} added. Now say what is usually on its agenda, and who comes")
        return redirect(new)
    return ask(request, form, back=reverse("meetings:types"), back_words="meeting types")


@asks
@for_settings
def change_type(request: HttpRequest, pk: int) -> HttpResponse:
    shown = to_change(request, MeetingType, pk=pk)
    return change(
        request,
        ChangeTypeForm,
        shown,
        settings.change_type,
        go=shown.get_absolute_url(),
        back_words="the meeting type",
        caption=str(shown),
        undo=reverse("meetings:bring_back_type", args=[pk]),
    )


@require_POST
@for_settings
def remove_type(request: HttpRequest, pk: int) -> HttpResponse:
    gone = get_object_or_404(MeetingType, pk=pk)
    return removed(request, gone, to="meetings:types", undo=reverse("meetings:bring_back_type", args=[pk]))


@require_POST
@for_settings
def bring_back_type(request: HttpRequest, pk: int) -> HttpResponse:
    return brought_back(request, get_object_or_404(MeetingType.with_removed, pk=pk), back="meetings:types")


# --- The default agenda ------------------------------------------------------------------------------


@asks
@for_settings
def add_usual_item(request: HttpRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(MeetingType, pk=pk)
    form = filled(request, UsualItemForm, type=shown)
    if new := done(form, lambda: settings.add_usual_item(shown, **form.cleaned_data, by=request.user)):
        banners.success(request, f"“{new}” added to the default agenda")
        return redirect(shown)
    back = shown.get_absolute_url()
    return ask(request, form, back=back, back_words="the meeting type", caption=str(shown))


@asks
@for_settings
def change_usual_item(request: HttpRequest, pk: int, item_pk: int) -> HttpResponse:
    item = to_change(request, UsualItem, type__pk=pk, pk=item_pk)
    return change(
        request,
        ChangeUsualItemForm,
        item,
        settings.change,
        go=item.type.get_absolute_url(),
        back_words="the meeting type",
        caption=str(item.type),
        undo=reverse("meetings:bring_back_usual_item", args=[pk, item_pk]),
    )


@require_POST
@for_settings
def move_usual_item(request: HttpRequest, pk: int, item_pk: int, direction: str) -> HttpResponse:
    return moved(request, get_usual_item(pk, item_pk), direction)


@require_POST
@for_settings
def nest_usual_item(request: HttpRequest, pk: int, item_pk: int) -> HttpResponse:
    item = get_usual_item(pk, item_pk)
    words = f"“{item}” is a sub-item now"
    return tried(request, lambda: settings.nest_usual_item(item, by=request.user), words, to=item.type)


@require_POST
@for_settings
def unnest_usual_item(request: HttpRequest, pk: int, item_pk: int) -> HttpResponse:
    item = get_usual_item(pk, item_pk)
    words = f"“{item}” is a main item now"
    return tried(request, lambda: settings.unnest_usual_item(item, by=request.user), words, to=item.type)


@require_POST
@for_settings
def remove_usual_item(request: HttpRequest, pk: int, item_pk: int) -> HttpResponse:
    gone = get_usual_item(pk, item_pk)
    undo = reverse("meetings:bring_back_usual_item", args=[pk, item_pk])
    return removed(request, gone, to=gone.type, undo=undo)


@require_POST
@for_settings
def bring_back_usual_item(request: HttpRequest, pk: int, item_pk: int) -> HttpResponse:
    gone = get_object_or_404(UsualItem.with_removed, type__pk=pk, pk=item_pk)
    return brought_back(request, gone, to=gone.type)


def get_usual_item(pk: int, item_pk: int) -> UsualItem:
    return get_object_or_404(UsualItem.objects.select_related("type", "parent"), type__pk=pk, pk=item_pk)


# --- The usual people --------------------------------------------------------------------------------


@asks
@for_settings
def add_usual_person(request: HttpRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(MeetingType, pk=pk)
    form = filled(request, UsualPersonForm)
    if new := done(form, lambda: settings.add_usual_person(shown, **form.cleaned_data, by=request.user)):
        banners.success(request, f"{new} added to the usual people")
        return redirect(shown)
    back = shown.get_absolute_url()
    return ask(request, form, back=back, back_words="the meeting type", caption=str(shown))


@asks
@for_settings
def change_usual_person(request: HttpRequest, pk: int, usual_pk: int) -> HttpResponse:
    usual = to_change(request, UsualPerson, type__pk=pk, pk=usual_pk)
    return change(
        request,
        ChangeUsualPersonForm,
        usual,
        settings.change,
        go=usual.type.get_absolute_url(),
        back_words="the meeting type",
        caption=str(usual),
        undo=reverse("meetings:bring_back_usual_person", args=[pk, usual_pk]),
    )


@require_POST
@for_settings
def move_usual_person(request: HttpRequest, pk: int, usual_pk: int, direction: str) -> HttpResponse:
    return moved(request, get_usual_person(pk, usual_pk), direction)


@require_POST
@for_settings
def remove_usual_person(request: HttpRequest, pk: int, usual_pk: int) -> HttpResponse:
    gone = get_usual_person(pk, usual_pk)
    undo = reverse("meetings:bring_back_usual_person", args=[pk, usual_pk])
    return removed(request, gone, to=gone.type, undo=undo)


@require_POST
@for_settings
def bring_back_usual_person(request: HttpRequest, pk: int, usual_pk: int) -> HttpResponse:
    gone = get_object_or_404(UsualPerson.with_removed.select_related("role"), type__pk=pk, pk=usual_pk)
    return brought_back(request, gone, to=gone.type)


def get_usual_person(pk: int, usual_pk: int) -> UsualPerson:
    return get_object_or_404(UsualPerson.objects.select_related("type", "role"), type__pk=pk, pk=usual_pk)
