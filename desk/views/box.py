"""The one box of an item: what was typed is read, asked about where it is unclear, looked over, and kept."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string

from actions.services import NotPossible
from desk import answers, typed, writing_up
from desk.forms import BoxForm
from desk.read_as import Saved
from desk.record import record_of
from desk.transcripts import kept_open
from desk.views.common import not_saved
from desk.views.kept import drawn
from meetings import services
from meetings.models import AgendaItem, Meeting
from meetings.outline import last_entry
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
    form = BoxForm(request.POST)
    if not form.is_valid():
        return _ask(request, meeting, item, form, page)
    setting = setting_of(request, meeting, item, form)
    writing_up.remember(request, meeting, is_rough=setting.is_rough)
    text, op_id = form.cleaned_data["text"], form.cleaned_data["op_id"]
    try:
        kept = typed.kept_already(text, setting, by=request.user, op_id=op_id)
        if is_new := kept is None:
            lines = typed.read(text, setting)
            if asked := _what_to_ask(request, lines, setting, form):
                return _ask(request, meeting, item, form, page, **asked)
            kept = typed.keep(text, lines, setting, by=request.user, op_id=op_id)
    except OperationReused:
        sentence = "This entry was sent before with other words. What was sent first is in the record."
        return not_saved(request, 422, sentence, back=item.get_absolute_url())
    except (services.Refused, NotPossible) as refused:
        return not_saved(request, 409, refused.sentence, back=item.get_absolute_url())
    except Conflict:
        sentence = "Somebody changed the entry above meanwhile, so nothing was saved. Look at it first."
        return not_saved(request, 409, sentence, back=item.get_absolute_url())
    told = {"attendances": setting.attendances, "before": setting.before, "is_new": is_new}
    return _kept(request, meeting, item, kept, **told)


def setting_of(request: HttpRequest, meeting: Meeting, item: AgendaItem, form: BoxForm) -> typed.Setting:
    """Where it is typed: nothing but the last entry and who is here has to be read for that."""
    item.meeting = meeting
    attendances = list(meeting.attendances.all())
    before = last_entry(item, attendances)
    is_rough = form.cleaned_data["rough"]
    return typed.setting_of(item, attendances, before, request.user, form.given, is_rough=is_rough)


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
    request: HttpRequest, meeting: Meeting, item: AgendaItem, form: BoxForm, page, **asked
) -> HttpResponse:
    """Nothing is saved yet: the page as it was, with what was typed, and what has to be answered."""
    if not answers.wants_json(request):
        record = record_of(meeting, is_whole=False, page_of=item.pk)
        return page(request, meeting, record, record.section_of(item.pk), box=form, **asked)
    html = {"unclear": render_to_string("desk/_unclear.html", asked, request)}
    if form.errors:
        return answers.mistakes(form, html=html)
    return answers.look_over(html)


def _kept(request: HttpRequest, meeting: Meeting, item: AgendaItem, kept: typed.Kept, **told) -> HttpResponse:
    if answers.wants_json(request):
        return drawn(request, meeting, item, kept, **told)
    if kept.done:
        banners.success(request, ". ".join(kept.done))
    query = f"{Saved(kept.entries, kept.actions).query}&{kept_open(request.GET)}".strip("&")
    return redirect(f"{item.get_absolute_url()}?{query}#box")
