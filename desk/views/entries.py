"""An entry of the record: more of it, its place, its note, its removal."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from desk.forms import EntryForm, PublicNoteForm
from desk.typed import once_typed
from desk.views.common import (
    direction_from,
    meeting_for,
    not_saved,
    op_id_from,
    part_of,
    require_editor,
    seen_at,
)
from desk.writing_up import is_rough_here, remember
from meetings import services
from meetings.models import Exchange, Meeting
from meetings.outline import Entry, outline_of
from meetings.views.together import Saving, saved_together, sent
from web import banners
from web.operations import OperationReused


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, pk: int, entry_pk: int) -> HttpResponse:
    """Add to an entry what somebody else said."""
    meeting = meeting_for(request, pk)
    exchange = part_of(meeting, Exchange, entry_pk, removed=request.method == "POST")
    require_editor(request, meeting)
    back = place_of(exchange)
    outline = outline_of(meeting)
    entry = next((one for one in outline.every_entry() if one.exchange.pk == entry_pk), None)
    is_gone = entry is None
    entry = entry or Entry(exchange, "", [])
    form = EntryForm(
        request.POST or None,
        attendances=outline.attendances,
        before=entry,
        may_start=False,
        by=request.user,
        is_rough=is_rough_here(request, meeting),
    )
    form.fields["speaker"].widget.attrs["autofocus"] = not form.is_bound
    if request.method == "POST" and form.is_valid():
        remember(request, meeting, is_rough=form.cleaned_data["rough"])
        try:
            once_typed(
                form, partial(_store_more, exchange, form, request.user), by=request.user, entry=entry_pk
            )
        except OperationReused:
            sentence = "This was sent before with other words. What was sent first is in the record."
            return not_saved(request, 422, sentence, back=back)
        except services.Refused as refused:
            return _was_deleted(request, meeting, exchange, refused.sentence)
        if is_gone:
            # It was added before, and the entry has been joined to another or deleted since.
            banners.success(request, "What you wrote was added before")
            return redirect(exchange.item)
        banners.success(request, f"Added to entry {entry.number}")
        # Behind the last entry one goes on typing; elsewhere one looks at what was added.
        return redirect(back if _may_move(exchange, "down") else f"{exchange.item.get_absolute_url()}#box")
    if is_gone:
        sentence = "This entry was deleted while you were writing."
        return _was_deleted(request, meeting, exchange, sentence)
    context = {"meeting": meeting, "entry": entry, "item": entry.exchange.item, "form": form, "back": back}
    return render(request, "desk/add_to_entry.html", context)


def _store_more(exchange: Exchange, form: EntryForm, by: User, op_id: UUID) -> int:
    services.add_contributions(exchange, form.spoken, by=by, op_id=op_id)
    return exchange.pk


@require_http_methods(["GET", "HEAD", "POST"])
def note(request: HttpRequest, pk: int, entry_pk: int) -> HttpResponse:
    """Change the office's note below an entry."""
    meeting = meeting_for(request, pk)
    exchange = part_of(meeting, Exchange, entry_pk, removed=request.method == "POST")
    require_editor(request, meeting)
    number = number_of(exchange)
    shown = note_below(exchange)
    form = PublicNoteForm(sent(request), initial=shown, shown=shown)
    if form.is_bound:
        saving = Saving(
            form,
            exchange,
            f"the note below entry {number}",
            note_below,
            lambda row, facts: services.change_public_note(row, facts["public_note"], request.user),
            done=f"Note below entry {number} saved",
            go=place_of(exchange),
            back=place_of(exchange),
            problem=lambda refused: form.add_error("public_note", refused.sentence),
            **undo_of(meeting, exchange),
        )
        if answer := saved_together(request, saving):
            return answer
    context = {
        "meeting": meeting,
        "item": exchange.item,
        "exchange": exchange,
        "number": number,
        "form": form,
        "back": place_of(exchange),
    }
    return render(request, "desk/note.html", context)


def note_below(exchange: Exchange) -> dict[str, str]:
    """What the form about an entry's note asks, as it is stored."""
    return {"public_note": exchange.public_note}


@require_POST
def move(request: HttpRequest, pk: int, entry_pk: int) -> HttpResponse:
    """Move an entry one place up or down. Pressed twice, it is moved once."""
    meeting = meeting_for(request, pk)
    exchange = part_of(meeting, Exchange, entry_pk, removed=True)
    before, direction = number_of(exchange), direction_from(request)
    seen = {"seen_at": seen_at(request), "op_id": op_id_from(request)}
    try:
        moved = services.move_exchange(exchange, direction, request.user, **seen)
    except services.Refused as refused:
        return not_saved(request, 409, refused.sentence, back=place_of(exchange))
    except OperationReused:
        return not_saved(
            request, 422, "This was pressed before. Look at its new place.", back=place_of(exchange)
        )
    if moved:
        now = number_of(exchange)
        new_number = f". It is now entry {now}" if now != before else ""
        banners.success(request, f"Entry {before} moved {direction}{new_number}")
    if request.POST.get("more"):
        # Whoever moves an entry may want to move it further: the same button waits for the next press.
        again = f"{direction}-{exchange.pk}" if _may_move(exchange, direction) else f"entry-{exchange.pk}"
        return redirect(f"{exchange.item.get_absolute_url()}?more={exchange.pk}#{again}")
    return redirect(place_of(exchange))


def _may_move(exchange: Exchange, direction: str) -> bool:
    """Whether there is an entry of the same item before or after it."""
    siblings = list(exchange.item.exchanges.values_list("pk", flat=True))
    # Somebody may have moved the only one to another item meanwhile.
    return bool(siblings) and exchange.pk != siblings[0 if direction == "up" else -1]


@require_POST
def remove(request: HttpRequest, pk: int, entry_pk: int) -> HttpResponse:
    """Delete an entry; the banner undoes it. Pressed twice, it is deleted once."""
    meeting = meeting_for(request, pk)
    exchange = part_of(meeting, Exchange, entry_pk, removed=True)
    number = number_of(exchange)
    try:
        services.remove_exchange(exchange, request.user)
    except services.Refused as refused:
        return not_saved(request, 409, refused.sentence, back=place_of(exchange))
    undo = reverse("desk:restore_entry", args=[pk, entry_pk])
    banners.success(request, deleted(number), undo=undo)
    return redirect(exchange.item)


@require_POST
def restore(request: HttpRequest, pk: int, entry_pk: int) -> HttpResponse:
    """Bring a deleted entry back."""
    meeting = meeting_for(request, pk)
    exchange = part_of(meeting, Exchange, entry_pk, removed=True)
    try:
        services.restore(exchange, request.user)
    except services.Refused as refused:
        return not_saved(request, 409, refused.sentence, back=meeting.get_absolute_url())
    banners.success(request, f"Entry {number_of(exchange)} is back")
    return redirect(place_of(exchange))


def deleted(number: str) -> str:
    """What is said once an entry is deleted; it has no number any more when that was pressed before."""
    return f"Entry {number} deleted" if number else "The entry is deleted"


def number_of(exchange: Exchange) -> str:
    """The number that an entry has now."""
    return outline_of(exchange.item.meeting).number_of(exchange.pk)


def place_of(exchange: Exchange, kept_open: str = "") -> str:
    """The address of an entry on its item's page, with what lies open beside it."""
    return f"{exchange.item.get_absolute_url()}{f'?{kept_open}' if kept_open else ''}#entry-{exchange.pk}"


def undo_of(meeting: Meeting, exchange: Exchange) -> dict[str, str]:
    """The way to bring a deleted entry back, for the page that shows what was typed."""
    return {
        "undo": reverse("desk:restore_entry", args=[meeting.pk, exchange.pk]),
        "undo_words": "Bring the entry back",
    }


def _was_deleted(request: HttpRequest, meeting: Meeting, exchange: Exchange, sentence: str) -> HttpResponse:
    back = exchange.item.get_absolute_url()
    return not_saved(request, 409, sentence, back=back, **undo_of(meeting, exchange), place_in=meeting)
