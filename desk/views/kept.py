"""What an open page is told when something was added at the end of an item."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from actions.models import Action
from actions.services import REVIEWED_UNDER
from desk import answers
from desk.read_as import Saved, read_as_html
from desk.record import Record, Section, excerpt_of, record_of
from desk.typed import Kept
from meetings import outline
from meetings.checks import about_entries
from meetings.models import AgendaItem, Attendance, Meeting
from meetings.outline import Entry


def drawn(
    request: HttpRequest,
    meeting: Meeting,
    item: AgendaItem,
    kept: Kept,
    *,
    attendances: list[Attendance],
    before: Entry | None,
    is_new: bool,
) -> HttpResponse:
    """The entries as they stand in the record now, and whatever else on the page they change.

    Plain words that follow an entry change nothing else, so then no more than they is read.
    `before` is the entry that stood last until now; what was sent before is no longer new.
    """
    if is_new and before and _could_be_plain(request, item, kept):
        record = excerpt_of(outline.excerpt_of(meeting, item, kept.entries, attendances))
        section = record.section_of(item.pk)
        if _is_plain(section, before):
            return _answer(request, record, section, kept, _only_entries)
    record = record_of(meeting, is_whole=False)
    return _answer(request, record, record.section_of(item.pk), kept, _all_that_changed)


def _could_be_plain(request: HttpRequest, item: AgendaItem, kept: Kept) -> bool:
    """Whether it was nothing but words, under an item that takes up no earlier action."""
    is_more = kept.actions or kept.outcomes or kept.done or request.GET.get("more")
    return not is_more and item.kind not in REVIEWED_UNDER


def _is_plain(section: Section, before: Entry) -> bool:
    """Whether nothing is open in these entries, and no action stands after the one that goes on."""
    contributions = [one for shown in section.shown for one in shown.entry.contributions]
    if any(one.to_write_up for one in contributions) or any(about_entries(section.record.outline)):
        return False
    goes_on = any(shown.entry.exchange.pk == before.exchange.pk for shown in section.shown)
    return not (goes_on and Action.objects.filter(after=before.exchange).exists())


Draw = Callable[[HttpRequest, Record, Section, Kept], dict[str, str]]


def _answer(request: HttpRequest, record: Record, section: Section, kept: Kept, draw: Draw) -> HttpResponse:
    html = draw(request, record, section, kept)
    if section.item.has_questions:
        html["questions"] = _questions_html(request, section)
    html["unclear"] = ""
    html["read-as"] = read_as_html(request, section, Saved(kept.entries, kept.actions), kept.done)
    return answers.saved(_sentence(record, kept), html=html)


def _only_entries(request: HttpRequest, record: Record, section: Section, kept: Kept) -> dict[str, str]:
    return answers.entries_html(request, record, section, kept.entries, with_beside=False)


def _all_that_changed(request: HttpRequest, record: Record, section: Section, kept: Kept) -> dict[str, str]:
    """The entries in their order, those behind which new actions stand too, and what stands beside them."""
    shown = {*kept.entries, *_with_actions(section, kept)}
    places = {one.entry.exchange.pk: place for place, one in enumerate(section.shown)}
    in_order = sorted(shown, key=lambda pk: places.get(pk, len(places)))
    html = answers.entries_html(request, record, section, in_order)
    html["nothing-yet"] = render_to_string(
        "desk/_nothing_yet.html", {"section": section, "item": section.item}
    )
    return html | (_outcomes_html(request, section, kept) if kept.outcomes else {})


def _with_actions(section: Section, kept: Kept) -> list[int]:
    """The entries behind which new actions stand."""
    return [
        one.entry.exchange.pk
        for one in section.shown
        if any(promise.action.pk in kept.actions for promise in one.promises)
    ]


def _outcomes_html(request: HttpRequest, section: Section, kept: Kept) -> dict[str, str]:
    """What became of earlier actions, each in its place."""
    context = _context(section)
    html = {
        f"action-{row.action.pk}-outcome": render_to_string("desk/_outcome.html", {**context, "row": row})
        for row in section.carried
        if row.action.pk in kept.outcomes
    }
    return html | {"not-reached": render_to_string("desk/_not_reached.html", context, request)}


def _questions_html(request: HttpRequest, section: Section) -> str:
    """The prepared questions, of which some may be asked now."""
    questions = list(section.item.prepared_questions.all())
    return render_to_string("desk/_prepared.html", {**_context(section), "questions": questions}, request)


def _context(section: Section) -> dict:
    meeting = section.record.outline.meeting
    return {"meeting": meeting, "item": section.item, "section": section, "may_edit": True}


def _sentence(record: Record, kept: Kept) -> str:
    """What was kept, in a few words: "Entry 2.1.3 saved"."""
    numbers = [record.outline.number_of(pk) for pk in kept.entries]
    parts = (
        [f"Entry {numbers[0]} saved" if len(numbers) == 1 else f"{len(numbers)} entries saved"]
        if numbers
        else []
    )
    count = len(kept.actions)
    parts += [("1 action added" if count == 1 else f"{count} actions added")] if count else []
    return ". ".join([*parts, *kept.done])
