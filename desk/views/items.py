"""One item: its record so far, the next entry, and what the office prepared for it."""

from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from desk import answers
from desk.flags import flags_of
from desk.forms import BoxForm, EntryForm
from desk.read_as import Saved, read_as
from desk.record import Record, Section, record_of
from desk.standing import standing_of
from desk.transcripts import Reading, beside, kept_open
from desk.typed import Kept, once_typed
from desk.views import box
from desk.views.common import meeting_for, not_saved, part_of, require_editor
from desk.views.kept import drawn
from desk.writing_up import is_rough_here, remember
from meetings import permissions, services
from meetings.models import AgendaItem, Attendance, Meeting
from meetings.outline import Entry, last_entry
from web import banners
from web.operations import OperationReused


@require_http_methods(["GET", "HEAD", "POST"])
def item(request: HttpRequest, pk: int, item_pk: int) -> HttpResponse:
    """Show an item's record; POST adds the next entry to it."""
    meeting = meeting_for(request, pk)
    if request.method == "POST":
        return _post(request, meeting, part_of(meeting, AgendaItem, item_pk, removed=True))
    record = record_of(meeting, is_whole=False, page_of=item_pk)
    record.kept_open = kept_open(request.GET)
    section = record.section_of(item_pk)
    if answers.wants_json(request):
        if reading := beside(section.item, record.outline, request.GET):
            return answers.fragment({"transcript": _beside_html(request, meeting, section, reading)})
        asked_for = _entry_asked_for(request)
        return answers.fragment(answers.entries_html(request, record, section, asked_for, with_beside=False))
    return render(request, "desk/item.html", _context(request, meeting, record, section))


def _entry_asked_for(request: HttpRequest) -> list[int]:
    """The one entry that a script asks for, as the page draws it: closed, or with what More opens."""
    pk = request.GET.get("entry", "")
    return [int(pk)] if pk.isascii() and pk.isdigit() and len(pk) < 19 else []


@require_POST
def none(request: HttpRequest, pk: int, item_pk: int) -> HttpResponse:
    """Minute an item as None, or take that back."""
    meeting = meeting_for(request, pk)
    found = part_of(meeting, AgendaItem, item_pk)
    is_none = request.POST.get("none") == "1"
    try:
        services.record_none(found, is_none, request.user)
    except services.Refused as refused:
        return not_saved(request, 409, refused.sentence, back=found.get_absolute_url())
    if is_none:
        undo = reverse("desk:none", args=[pk, item_pk])
        banners.success(request, f"“{found.title}” is minuted as None", undo=undo)
    else:
        banners.success(request, f"“{found.title}” is no longer minuted as None")
    return redirect(found)


def _post(request: HttpRequest, meeting: Meeting, found: AgendaItem) -> HttpResponse:
    """Keep what was typed: in the one box, or in the form with speaker and kind."""
    require_editor(request, meeting)
    if found.removed_at:
        return _gone(request, meeting)
    if "lines" in request.POST:
        return box.add(request, meeting, found, _page)
    return _add(request, meeting, found)


def _page(request: HttpRequest, meeting: Meeting, record: Record, section: Section, **more) -> HttpResponse:
    return render(request, "desk/item.html", _context(request, meeting, record, section) | more)


def _add(request: HttpRequest, meeting: Meeting, found: AgendaItem) -> HttpResponse:
    """Store what was typed as the next entry, or as more of the last one."""
    found.meeting = meeting
    attendances = list(meeting.attendances.all())
    form = _form(request, meeting, attendances, last_entry(found, attendances), request.POST)
    if not form.is_valid():
        return (
            answers.mistakes(form) if answers.wants_json(request) else _asked_again(request, meeting, found)
        )
    remember(request, meeting, is_rough=form.cleaned_data["rough"])
    try:
        entry_pk, is_new = _store(request, found, form)
    except OperationReused:
        sentence = "This entry was sent before with other words. What was sent first is in the record."
        return not_saved(request, 422, sentence, back=found.get_absolute_url())
    except services.Refused as refused:
        return not_saved(request, 409, refused.sentence, back=found.get_absolute_url())
    if answers.wants_json(request):
        told = {"attendances": attendances, "before": form.before, "is_new": is_new}
        return drawn(request, meeting, found, Kept([entry_pk]), **told)
    query = f"saved={entry_pk}&by=speaker&{kept_open(request.GET)}".rstrip("&")
    return redirect(f"{found.get_absolute_url()}?{query}#id_speaker")


def _asked_again(request: HttpRequest, meeting: Meeting, found: AgendaItem) -> HttpResponse:
    """The page with what was typed, and what is wrong with it."""
    record = record_of(meeting, is_whole=False, page_of=found.pk)
    section = record.section_of(found.pk)
    form = _form(request, meeting, record.outline.attendances, _last(section), request.POST)
    return render(request, "desk/item.html", _context(request, meeting, record, section, form))


def _store(request: HttpRequest, item: AgendaItem, form: EntryForm) -> tuple[int, bool]:
    """Save what was read, once; returns the entry's id, and whether it was not there before."""
    by, stored = request.user, []

    def store(op_id: UUID) -> int:
        stored.append(op_id)
        if form.continues:
            services.add_contributions(form.before.exchange, form.spoken, by=by)
            return form.before.exchange.pk
        return services.add_exchange(item, form.spoken, by=by).pk

    return once_typed(form, store, by=by, item=item.pk), bool(stored)


def _last(section: Section) -> Entry | None:
    return section.branch.entries[-1] if section.branch.entries else None


def _form(
    request: HttpRequest, meeting: Meeting, attendances: list[Attendance], before: Entry | None, data=None
) -> EntryForm:
    return EntryForm(
        data,
        attendances=attendances,
        before=before,
        by=request.user,
        is_rough=is_rough_here(request, meeting),
    )


def _context(
    request: HttpRequest, meeting: Meeting, record: Record, section: Section, form: EntryForm | None = None
) -> dict:
    place = record.sections.index(section)
    saved = Saved.of(request.GET) if form is None else Saved()
    by_speaker = form is not None or request.GET.get("by") == "speaker"
    form = form or _form(request, meeting, record.outline.attendances, _last(section))
    box_form = BoxForm(is_rough=is_rough_here(request, meeting))
    if saved.pairs:
        # Whoever has just saved goes on typing, where they did.
        box_form.fields["text"].widget.attrs["autofocus"] = not by_speaker
    return {
        "meeting": meeting,
        "standing": standing_of(meeting, meeting.stage),
        "record": record,
        "section": section,
        "item": section.item,
        "place": place + 1,
        "count": len(record.sections),
        "previous": record.sections[place - 1] if place else None,
        "next": record.sections[place + 1] if place + 1 < len(record.sections) else None,
        "form": form,
        "by_speaker": by_speaker,
        "box": box_form,
        **read_as(section, saved),
        "questions": section.item.prepared_questions.all() if section.item.has_questions else [],
        "flags": flags_of(record.outline),
        "may_edit": permissions.can_edit_record(request.user, meeting),
        "more": request.GET.get("more", ""),
        "kept_open": kept_open(request.GET),
        **_reading(beside(section.item, record.outline, request.GET)),
    }


def _beside_html(request: HttpRequest, meeting: Meeting, section: Section, reading: Reading) -> str:
    """What lies open beside an item, as its page draws it."""
    context = {"meeting": meeting, "item": section.item, **_reading(reading)}
    context["may_edit"] = permissions.can_edit_record(request.user, meeting)
    return render_to_string("desk/_beside.html", context, request)


def _reading(reading: Reading | None) -> dict:
    """What the transcript beside an item needs, if one lies open."""
    if reading is None:
        return {}
    kept = {"beside": 1, "item": reading.into, "q": reading.question, "page": reading.page.number}
    return {"reading": reading, "page": reading.page, "kept": kept.items(), "op_id": uuid4()}


def _gone(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    sentence = "This item was removed from the agenda while you were writing."
    if answers.wants_json(request):
        html = {"conflict": render_to_string("desk/_gone_item.html", {}, request)}
        return answers.gone(f"{sentence} Your text is still here.", html=html)
    return not_saved(request, 409, sentence, back=meeting.get_absolute_url(), place_in=meeting)
