"""The agenda of a meeting, and what the office means to ask under its items."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from meetings import services
from meetings.forms.agenda import ItemForm, NewItemForm
from meetings.models import AgendaItem, Meeting
from meetings.numbering import numbers_of
from meetings.permissions import can_edit_record
from meetings.services import Refused
from meetings.views.asking import asks, done, editable_meeting, filled, get_meeting, tried
from meetings.views.together import Saving, saved_together, sent
from web import banners
from web.history import changes


@dataclass
class Line:
    """An item on the page, and which buttons it has."""

    item: AgendaItem
    number: str
    may_go_up: bool
    may_go_down: bool
    may_nest: bool


@asks
def agenda(request: HttpRequest, pk: int) -> HttpResponse:
    """The items in order, and a form that adds one; whoever may not change them reads them."""
    reads_only = request.method in {"GET", "HEAD"}
    meeting = get_meeting(request, pk) if reads_only else editable_meeting(request, pk)
    mains = AgendaItem.objects.filter(meeting=meeting, parent=None)
    form = filled(request, NewItemForm, mains=mains)
    if added := done(form, lambda: services.add_item(meeting, **form.cleaned_data, by=request.user)):
        banners.success(request, f"“{added.title}” added")
        return redirect(f"{reverse('meetings:agenda', args=[pk])}#item-{added.pk}")
    context = {
        "form": form,
        "meeting": meeting,
        "lines": lines_of(meeting),
        "may_change": can_edit_record(request.user, meeting),
    }
    return render(request, "meetings/agenda.html", context)


def lines_of(meeting: Meeting) -> list[Line]:
    """The agenda in reading order."""
    items = list(meeting.items.prefetch_related("themes"))
    numbers = numbers_of(meeting, items=items, exchanges=()).items
    children = {item.pk: [sub for sub in items if sub.parent_id == item.pk] for item in items}
    mains = [item for item in items if item.parent_id is None]
    lines = []
    for main in mains:
        lines.append(line(main, numbers, mains, may_nest=main != mains[0] and not children[main.pk]))
        lines += [line(sub, numbers, children[main.pk]) for sub in children[main.pk]]
    return lines


def line(
    item: AgendaItem, numbers: dict[int, str], siblings: list[AgendaItem], *, may_nest: bool = False
) -> Line:
    """An item that has left the office with its number keeps its place."""
    free = not item.number
    return Line(
        item=item,
        number=numbers[item.pk],
        may_go_up=free and item != siblings[0],
        may_go_down=free and item != siblings[-1],
        may_nest=free and may_nest,
    )


@asks
def item_details(request: HttpRequest, pk: int, item_pk: int) -> HttpResponse:
    """What an item is called and is about, its themes, and the questions that are prepared for it."""
    meeting = editable_meeting(request, pk)
    found = AgendaItem.with_removed if request.method == "POST" else AgendaItem.objects
    item = get_item(meeting, item_pk, among=found)
    form = ItemForm(
        sent(request),
        instance=get_item(meeting, item_pk, among=found),
        shown=answers_about(item),
        kept_as=f"item-{item_pk}-details",
    )
    if form.is_bound and (answer := saved_together(request, saving_of(request, form, item))):
        return answer
    context = {
        "form": form,
        "meeting": meeting,
        "item": item,
        "number": numbers_of(meeting, exchanges=()).items[item.pk],
        "questions": item.prepared_questions.all(),
        "changes": changes(AgendaItem.history.filter(id=item.pk), silent={"meeting"}),
    }
    return render(request, "meetings/item_details.html", context)


def saving_of(request: HttpRequest, form: ItemForm, item: AgendaItem) -> Saving:
    """A change of an item that two people may make at once."""
    agenda_page = reverse("meetings:agenda", args=[item.meeting_id])
    own_page = reverse("meetings:item_details", args=[item.meeting_id, item.pk])
    return Saving(
        form,
        item,
        f"“{item.title}”",
        answers_about,
        lambda row, facts: services.change_item(row, **facts, by=request.user),
        done=f"“{form['title'].value()}” saved",
        go=f"{agenda_page}#item-{item.pk}",
        back=agenda_page if item.removed_at else own_page,
        problem=lambda refused: form.refuse(refused.sentence),
        undo=reverse("meetings:bring_back_item", args=[item.meeting_id, item.pk]),
        undo_words="Bring the item back",
    )


@require_POST
def move_item(request: HttpRequest, pk: int, item_pk: int, direction: str) -> HttpResponse:
    """Move an item; the page comes back with the same button in focus, or the other one at the end of the list."""
    meeting = editable_meeting(request, pk)
    item = get_item(meeting, item_pk)
    try:
        services.move_item(item, direction, request.user)
    except Refused as refusal:
        messages.warning(request, refusal.sentence)
    else:
        messages.info(request, f"“{item.title}” moved {direction}. {place(meeting, item)}")
    now = next(line for line in lines_of(meeting) if line.item == item)
    stays = now.may_go_up if direction == "up" else now.may_go_down
    button = direction if stays else {"up": "down", "down": "up"}[direction]
    return redirect(f"{reverse('meetings:agenda', args=[pk])}#{button}-{item_pk}")


@require_POST
def nest_item(request: HttpRequest, pk: int, item_pk: int) -> HttpResponse:
    meeting = editable_meeting(request, pk)
    item = get_item(meeting, item_pk)
    try:
        services.nest_item(item, request.user)
    except Refused as refusal:
        messages.warning(request, refusal.sentence)
    else:
        messages.info(request, f"“{item.title}” is a sub-item now. {place(meeting, item)}")
    return redirect(f"{reverse('meetings:agenda', args=[pk])}#unnest-{item_pk}")


@require_POST
def unnest_item(request: HttpRequest, pk: int, item_pk: int) -> HttpResponse:
    meeting = editable_meeting(request, pk)
    item = get_item(meeting, item_pk)
    try:
        services.unnest_item(item, request.user)
    except Refused as refusal:
        messages.warning(request, refusal.sentence)
    else:
        messages.info(request, f"“{item.title}” is a main item now. {place(meeting, item)}")
    return redirect(f"{reverse('meetings:agenda', args=[pk])}#nest-{item_pk}")


def place(meeting: Meeting, item: AgendaItem) -> str:
    """Where an item stands now."""
    return f"It is now item {numbers_of(meeting, exchanges=()).items[item.pk]}"


@require_POST
def remove_item(request: HttpRequest, pk: int, item_pk: int) -> HttpResponse:
    meeting = editable_meeting(request, pk)
    item = get_item(meeting, item_pk)
    undo = reverse("meetings:bring_back_item", args=[pk, item_pk])
    back = reverse("meetings:agenda", args=[pk])
    words = f"“{item.title}” removed"
    return tried(request, lambda: services.remove_item(item, request.user), words, to=back, undo=undo)


@require_POST
def bring_back_item(request: HttpRequest, pk: int, item_pk: int) -> HttpResponse:
    meeting = editable_meeting(request, pk)
    item = get_object_or_404(AgendaItem.with_removed, meeting=meeting, pk=item_pk)
    back = f"{reverse('meetings:agenda', args=[pk])}#item-{item_pk}"
    return tried(request, lambda: services.restore(item, request.user), f"“{item.title}” is back", to=back)


def get_item(meeting: Meeting, item_pk: int, *, among=AgendaItem.objects) -> AgendaItem:
    return get_object_or_404(
        among.select_related("parent", "meeting__type", "removed_by"), meeting=meeting, pk=item_pk
    )


def answers_about(item: AgendaItem) -> dict:
    """What the form about an item asks, as it is stored."""
    facts = {name: getattr(item, name) for name in ItemForm.Meta.fields}
    return facts | {"themes": list(item.themes.all())}
