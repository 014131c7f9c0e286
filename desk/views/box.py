"""The one box of an item: what was typed is read, asked about where it is unclear, looked over, and kept."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string

from actions.services import NotPossible
from desk import answers, typed, writing_up
from desk.forms import BoxForm
from desk.read_as import Saved, read_as_html
from desk.record import Record, Section, record_of
from desk.transcripts import kept_open
from desk.views.common import not_saved
from meetings import services
from meetings.models import AgendaItem, Meeting
from meetings.reading.lines import NOBODY, WORDS, Line, UnclearLine
from meetings.texts import Conflict
from web import banners
from web.operations import OperationReused, digest_of


@dataclass(frozen=True)
class Question:
    """One thing that is asked about a line before it is kept, with its possible answers."""

    line: UnclearLine
    choices: list[tuple[str, str]]
    chosen: str

    @property
    def name(self) -> str:
        return f"{BoxForm.ANSWER}{self.line.question}"


def add(request: HttpRequest, meeting: Meeting, item: AgendaItem, page) -> HttpResponse:
    """Keep what was typed in the box. `page(request, meeting, record, section, **more)` draws the item's page."""
    record = record_of(meeting, is_whole=False, page_of=item.pk)
    section = record.section_of(item.pk)
    form = BoxForm(request.POST)
    if not form.is_valid():
        return _ask(request, meeting, record, section, form, page)
    setting = setting_of(request, record, section, form)
    writing_up.remember(request, meeting, is_rough=setting.is_rough)
    text, op_id = form.cleaned_data["text"], form.cleaned_data["op_id"]
    try:
        kept = typed.kept_already(text, setting, by=request.user, op_id=op_id)
        if kept is None:
            lines = typed.read(text, setting)
            if asked := _what_to_ask(request, lines, setting, form):
                return _ask(request, meeting, record, section, form, page, **asked)
            kept = typed.keep(text, lines, setting, by=request.user, op_id=op_id)
    except OperationReused:
        sentence = "This entry was sent before with other words. What was sent first is in the record."
        return not_saved(request, 422, sentence, back=item.get_absolute_url())
    except (services.Refused, NotPossible) as refused:
        return not_saved(request, 409, refused.sentence, back=item.get_absolute_url())
    except Conflict:
        sentence = "Somebody changed the entry above meanwhile, so nothing was saved. Look at it first."
        return not_saved(request, 409, sentence, back=item.get_absolute_url())
    return _kept(request, meeting, item, kept)


def setting_of(request: HttpRequest, record: Record, section: Section, form: BoxForm) -> typed.Setting:
    entries = section.branch.entries
    before = entries[-1] if entries else None
    is_rough = form.cleaned_data["rough"]
    return typed.setting_of(section.item, record.outline, before, request.user, form.given, is_rough=is_rough)


def _what_to_ask(request: HttpRequest, lines: list[Line], setting: typed.Setting, form: BoxForm) -> dict:
    """What has to be asked or looked over before these lines are kept; nothing when they are clear."""
    if questions := typed.unclear(lines):
        for line in questions:
            form.add_error("text", line.asks)
        return {"asked": [_question(line, setting) for line in questions]}
    looked = digest_of(text=form.cleaned_data["text"], given=form.given)
    is_seen = request.POST.get("looked") == looked
    if is_seen or not ("look" in request.POST or typed.wants_a_look(lines)):
        return {}
    return {"preview": typed.preview(lines, setting), "looked": looked}


def _question(line: UnclearLine, setting: typed.Setting) -> Question:
    called = setting.choices
    choices = [(key, called[key]) for key in line.candidates if key in called]
    if line.may_be_words:
        if line.asks.startswith("Select who “") or "Nobody here" in line.asks:
            choices.append((NOBODY, "A note without a speaker"))
        choices.append((WORDS, "Part of the line above"))
    return Question(line, choices, setting.room.answers.get(line.question, ""))


def _ask(
    request: HttpRequest, meeting: Meeting, record: Record, section: Section, form: BoxForm, page, **asked
) -> HttpResponse:
    """Nothing is saved yet: the page as it was, with what was typed, and what has to be answered."""
    if not answers.wants_json(request):
        return page(request, meeting, record, section, box=form, **asked)
    html = {"unclear": render_to_string("desk/_unclear.html", asked, request)}
    if form.errors:
        return answers.mistakes(form, html=html)
    return answers.look_over(html)


def _kept(request: HttpRequest, meeting: Meeting, item: AgendaItem, kept: typed.Kept) -> HttpResponse:
    made = Saved(kept.entries, kept.actions)
    if not answers.wants_json(request):
        if kept.done:
            banners.success(request, ". ".join(kept.done))
        query = f"{made.query}&{kept_open(request.GET)}".strip("&")
        return redirect(f"{item.get_absolute_url()}?{query}#box")
    record = record_of(meeting, is_whole=False)
    section = record.section_of(item.pk)
    shown = {*kept.entries, *(one.pk for one in _with_actions(section, kept))}
    places = _places(section)
    in_order = sorted(shown, key=lambda pk: places.get(pk, len(places)))
    html = answers.entries_html(request, record, section, in_order)
    html |= _beside_html(request, meeting, section, kept)
    html["unclear"] = ""
    html["nothing-yet"] = render_to_string(
        "desk/_nothing_yet.html", {"section": section, "item": section.item}
    )
    html["read-as"] = read_as_html(request, section, made, kept.done)
    return answers.saved(_sentence(record, kept), html=html)


def _beside_html(
    request: HttpRequest, meeting: Meeting, section: Section, kept: typed.Kept
) -> dict[str, str]:
    """What stands beside the record and changed with it: prepared questions, what became of earlier actions."""
    context = {"meeting": meeting, "item": section.item, "section": section, "may_edit": True}
    html = {}
    if kept.outcomes:
        html = {
            f"action-{row.action.pk}-outcome": render_to_string("desk/_outcome.html", {**context, "row": row})
            for row in section.carried
            if row.action.pk in kept.outcomes
        }
        html["not-reached"] = render_to_string("desk/_not_reached.html", context, request)
    if questions := list(section.item.prepared_questions.all()):
        html["questions"] = render_to_string(
            "desk/_prepared.html", {**context, "questions": questions}, request
        )
    return html


def _with_actions(section: Section, kept: typed.Kept) -> list:
    """The entries behind which new actions stand."""
    return [
        one.entry.exchange
        for one in section.shown
        if any(promise.action.pk in kept.actions for promise in one.promises)
    ]


def _places(section: Section) -> dict[int, int]:
    return {one.entry.exchange.pk: place for place, one in enumerate(section.shown)}


def _sentence(record: Record, kept: typed.Kept) -> str:
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
