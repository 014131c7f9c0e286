"""Rearranging the record: what was said is split, joined, moved elsewhere or said by somebody else, and undone."""

from collections.abc import Callable
from uuid import UUID, uuid4

from django import forms as plain_forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desk import arranging
from desk.arranging_forms import MoveEntryForm, MoveWordsForm, SpeakersForm, SplitForm
from desk.versions import Version
from desk.views.common import meeting_for, not_saved, op_id_from, part_of, require_editor, seen_at
from desk.views.entries import number_of, place_of
from meetings import services, texts
from meetings.models import Contribution, Exchange, Meeting
from meetings.outline import Entry, Outline, outline_of
from web import banners
from web.dates import moment
from web.operations import OperationReused

WITHOUT_BASE = "This form does not say which version it started from, so nothing was changed."
DAMAGED = "This form was damaged on its way, so nothing was changed."
USED_BEFORE = "This was sent before with other answers. What was sent first is done."


@require_safe
def arrange(request: HttpRequest, pk: int, entry_pk: int) -> HttpResponse:
    """Everything that can be done with the parts of an entry."""
    meeting = meeting_for(request, pk)
    exchange = part_of(meeting, Exchange, entry_pk)
    require_editor(request, meeting)
    outline = outline_of(meeting)
    entry = entry_of(outline, entry_pk)
    siblings = beside(outline, entry)
    place = siblings.index(entry)
    context = {
        "entry": entry,
        "parts": [(one, place) for place, one in enumerate(entry.contributions)],
        "place": place,
        "before": siblings[place - 1] if place else None,
    }
    return render(request, "desk/arrange.html", _context(meeting, exchange, entry.number) | context)


@require_http_methods(["GET", "HEAD", "POST"])
def move_entry(request: HttpRequest, pk: int, entry_pk: int) -> HttpResponse:
    """Move an entry to another item, with the actions that arose from it."""
    meeting = meeting_for(request, pk)
    exchange = part_of(meeting, Exchange, entry_pk)
    require_editor(request, meeting)
    outline = outline_of(meeting)
    number = outline.number_of(entry_pk)
    form = MoveEntryForm(_posted(request), outline=outline, exchange=exchange)
    if form.is_valid():
        return _arranged(
            request,
            exchange,
            lambda op_id: arranging.move_entry(
                exchange, form.chosen, first=form.is_first, by=request.user, op_id=op_id
            ),
            lambda moved: (
                f"Entry {number} moved to “{form.chosen.title}”. It is now entry {number_of(moved)}"
            ),
        )
    context = _context(meeting, exchange, number, request) | {"form": form, "what": f"entry {number}"}
    return render(request, "desk/move.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def move_words(request: HttpRequest, pk: int, words_pk: int) -> HttpResponse:
    """Move what somebody said to another entry."""
    meeting = meeting_for(request, pk)
    contribution = part_of(meeting, Contribution, words_pk)
    require_editor(request, meeting)
    exchange, outline = contribution.exchange, outline_of(meeting)
    number = outline.number_of(exchange.pk)
    form = MoveWordsForm(_posted(request), outline=outline, contribution=contribution)
    if form.is_valid():
        return _arranged(
            request,
            exchange,
            lambda op_id: services.move_contribution_to(
                contribution, form.chosen.exchange, first=form.is_first, by=request.user, op_id=op_id
            ),
            lambda moved: f"Moved from entry {number} to {_now(moved, form.chosen.number)}",
        )
    context = _context(meeting, exchange, number, request) | {
        "form": form,
        "what": f"part of entry {number}",
        "contribution": contribution,
    }
    return render(request, "desk/move.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def split_words(request: HttpRequest, pk: int, words_pk: int) -> HttpResponse:
    """Part what somebody said where an empty line stands."""
    meeting = meeting_for(request, pk)
    contribution = part_of(meeting, Contribution, words_pk, removed=request.method == "POST")
    require_editor(request, meeting)
    if contribution.removed_at:
        return _gone(request, contribution.exchange)
    if contribution.to_write_up and not contribution.text:
        messages.info(request, "Write this up first. Then it can be split")
        return redirect("desk:write_up", pk, words_pk)
    if request.method == "POST" and _base(request, "base_version") is None:
        return not_saved(request, 428, WITHOUT_BASE, back=place_of(contribution.exchange))
    outline = outline_of(meeting)
    entry = next((one for one in outline.every_entry() if contribution in one.contributions), None)
    if entry is None:
        return _gone(request, contribution.exchange)
    exchange = entry.exchange
    form = SplitForm(
        _posted(request),
        attendances=outline.attendances,
        contribution=contribution,
        before=_up_to(entry, contribution),
    )
    if form.is_valid():
        return _arranged(
            request,
            exchange,
            lambda op_id: services.split_contribution(
                contribution,
                form.first,
                form.rest,
                base_version=_base(request, "base_version"),
                by=request.user,
                op_id=op_id,
            ),
            lambda split: f"Split in entry {number_of(split)}",
        )
    number = outline.number_of(exchange.pk)
    context = _context(meeting, exchange, number, request) | {"form": form, "contribution": contribution}
    context["base_version"] = request.POST.get("base_version", contribution.version)
    return render(request, "desk/split.html", context)


@require_POST
def join_words(request: HttpRequest, pk: int, words_pk: int) -> HttpResponse:
    """Put what somebody said behind the words before it in the entry."""
    meeting = meeting_for(request, pk)
    second = part_of(meeting, Contribution, words_pk, removed=True)
    require_editor(request, meeting)
    exchange = second.exchange
    if second.removed_at:
        return _gone(request, exchange)
    said = list(exchange.contributions.all())
    if second not in said:
        return _gone(request, exchange)
    if said.index(second) == 0:
        return not_saved(request, 409, "There is nothing before it to join it with.", back=place_of(exchange))
    first = said[said.index(second) - 1]
    bases = (_base(request, "before_version"), _base(request, "base_version"))
    return _arranged(
        request,
        exchange,
        lambda op_id: services.join_contributions(
            first, second, base_versions=bases, by=request.user, op_id=op_id
        ),
        lambda joined: f"Joined with the words before it in entry {number_of(joined)}",
    )


@require_POST
def split_entry(request: HttpRequest, pk: int, words_pk: int) -> HttpResponse:
    """Begin a new entry with what somebody said."""
    meeting = meeting_for(request, pk)
    contribution = part_of(meeting, Contribution, words_pk)
    require_editor(request, meeting)
    number = number_of(contribution.exchange)
    return _arranged(
        request,
        contribution.exchange,
        lambda op_id: arranging.split_entry(contribution, by=request.user, op_id=op_id),
        lambda new: f"Entry {number} split. The second part is now entry {number_of(new)}",
    )


@require_POST
def join_entry(request: HttpRequest, pk: int, entry_pk: int) -> HttpResponse:
    """Put an entry behind the one before it."""
    meeting = meeting_for(request, pk)
    exchange = part_of(meeting, Exchange, entry_pk, removed=True)
    require_editor(request, meeting)
    if exchange.removed_at:
        return _gone(request, exchange)
    number = number_of(exchange)
    siblings = list(exchange.item.exchanges.all())
    if exchange not in siblings:
        return _gone(request, exchange)
    place = siblings.index(exchange)
    if place == 0 or seen_at(request) not in {None, place}:
        sentence = "Somebody else moved this meanwhile, so nothing was joined. Look at its new place first."
        return not_saved(request, 409, sentence, back=place_of(exchange))
    return _arranged(
        request,
        exchange,
        lambda op_id: arranging.join_entry(exchange, siblings[place - 1], by=request.user, op_id=op_id),
        lambda joined: f"Entry {number} joined with entry {number_of(joined)}",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def speakers(request: HttpRequest, pk: int, entry_pk: int) -> HttpResponse:
    """Let somebody else have said a run of contributions, of this entry or of others of its item."""
    meeting = meeting_for(request, pk)
    exchange = part_of(meeting, Exchange, entry_pk)
    require_editor(request, meeting)
    outline = outline_of(meeting)
    entries = beside(outline, entry_of(outline, entry_pk))
    form = SpeakersForm(_posted(request), entries=entries, attendances=outline.attendances)
    if form.is_valid():
        return _speakers_changed(request, exchange, form)
    number = outline.number_of(entry_pk)
    context = _context(meeting, exchange, number, request) | {"form": form, "rows": form.rows.values()}
    return render(request, "desk/speakers.html", context)


@require_POST
def undo(request: HttpRequest, pk: int, op_id: UUID) -> HttpResponse:
    """Put back what was rearranged."""
    meeting = meeting_for(request, pk)
    require_editor(request, meeting)
    try:
        memory = arranging.undo(meeting, op_id, by=request.user)
    except services.Refused as refused:
        return not_saved(request, 409, refused.sentence, back=meeting.get_absolute_url())
    exchanges = [int(key) for key in memory["before"]["exchanges"]]
    banners.success(request, "Undone. Everything is where it was")
    return redirect(place_of(Exchange.objects.select_related("item").get(pk=exchanges[-1])))


def entry_of(outline: Outline, exchange_pk: int) -> Entry:
    """The entry; 404 where it was deleted just now."""
    entry = next((one for one in outline.every_entry() if one.exchange.pk == exchange_pk), None)
    if entry is None:
        raise Http404("no such entry")
    return entry


def beside(outline: Outline, entry: Entry) -> list[Entry]:
    """All entries of the item under which an entry stands."""
    return next(one.entries for one in outline.every_branch() if entry in one.entries)


def _speakers_changed(request: HttpRequest, exchange: Exchange, form: SpeakersForm) -> HttpResponse:
    count = len(form.cleaned_data["words"])

    def change(op_id: UUID) -> Exchange:
        services.change_speakers(form.seen, form.chosen, by=request.user, op_id=op_id)
        return exchange

    who = form.chosen or "nobody named"
    parts = "1 part is" if count == 1 else f"{count} parts are"
    return _arranged(request, exchange, change, lambda _: f"{parts} now said by {who}")


def _arranged(
    request: HttpRequest,
    exchange: Exchange,
    do: Callable[[UUID], Exchange],
    sentence: Callable[[Exchange], str],
) -> HttpResponse:
    """Do it once, say in words what was done with a way back, and return to the entry; or say why not."""
    meeting, back, op_id = exchange.item.meeting, place_of(exchange), op_id_from(request)
    if op_id is None:
        return not_saved(request, 400, DAMAGED, back=back)
    try:
        shown = do(op_id)
    except services.Refused as refused:
        return not_saved(request, 409, refused.sentence, back=back)
    except texts.MissingBase:
        return not_saved(request, 428, WITHOUT_BASE, back=back)
    except texts.Conflict as conflict:
        return not_saved(request, 409, _changed(conflict), back=back)
    except OperationReused:
        return not_saved(request, 422, USED_BEFORE, back=back)
    return _done(request, meeting, op_id, shown, sentence(shown))


def _done(request: HttpRequest, meeting: Meeting, op_id: UUID, shown: Exchange, words: str) -> HttpResponse:
    banners.success(request, words, undo=reverse("desk:undo", args=[meeting.pk, op_id]))
    return redirect(place_of(shown))


def _gone(request: HttpRequest, exchange: Exchange) -> HttpResponse:
    """What was pressed is no longer there: because it was pressed twice, or because somebody deleted it."""
    meeting, op_id = exchange.item.meeting, op_id_from(request)
    if op_id and (memory := services.remembered_of(meeting, op_id)):
        shown = Exchange.with_removed.select_related("item").get(pk=memory["shown"])
        return _done(request, meeting, op_id, shown, f"Joined in entry {number_of(shown)}")
    sentence = "This was deleted meanwhile, so nothing was changed."
    return not_saved(request, 409, sentence, back=exchange.item.get_absolute_url(), place_in=meeting)


def _changed(conflict: texts.Conflict) -> str:
    theirs = Version.of(conflict.theirs)
    return (
        f"{theirs.who[:1].upper()}{theirs.who[1:]} changed this on {moment(theirs.at)}, "
        "after you had opened the page, so nothing was done. Look at the newest words first."
    )


def _context(meeting: Meeting, exchange: Exchange, number: str, request: HttpRequest | None = None) -> dict:
    return {
        "meeting": meeting,
        "exchange": exchange,
        "item": exchange.item,
        "number": number,
        "back": place_of(exchange),
        "op_id": (request and request.POST.get("op_id")) or uuid4(),
    }


def _posted(request: HttpRequest):
    return request.POST if request.method == "POST" else None


def _base(request: HttpRequest, name: str) -> int | None:
    field = plain_forms.IntegerField(required=False, min_value=0, max_value=10**9)
    try:
        return field.clean(request.POST.get(name, ""))
    except plain_forms.ValidationError:
        return None


def _up_to(entry: Entry, contribution: Contribution) -> Entry:
    place = entry.contributions.index(contribution)
    return Entry(entry.exchange, entry.number, entry.contributions[: place + 1])


def _now(exchange: Exchange, was: str) -> str:
    now = number_of(exchange)
    return f"entry {was}" if now == was else f"entry {was}, which is now entry {now}"
