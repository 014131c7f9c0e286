"""Correcting with one press how words were read: who spoke, what they did, a short form that was written out."""

from dataclasses import replace
from functools import partial
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from actions.models import Action
from actions.services import reword
from desk import answers
from desk.read_as import KINDS, NOBODY, Saved, read_as_html
from desk.record import record_of
from desk.views.common import meeting_for, not_saved, op_id_from, part_of, require_editor
from meetings import services, texts
from meetings.models import AgendaItem, Contribution, Meeting
from meetings.services import Spoken
from meetings.services.shortforms import put_back as put_short_form_back
from meetings.services.shortforms import without
from publications.notes import ContributionKind
from web.operations import OperationReused

CHANGED = "Somebody changed this text meanwhile, so nothing was saved. Look at it first."


@require_POST
def correct(request: HttpRequest, pk: int, words_pk: int) -> HttpResponse:
    """Say who really spoke, or what they really did."""

    def save(words: Contribution, base: int, op_id: UUID) -> None:
        spoken = corrected(words, request.POST)
        services.save_contribution(
            words,
            replace(spoken, short_forms=_kept_forms(words, spoken)),
            base_version=base,
            op_id=op_id,
            by=request.user,
        )

    return _carry_out(request, pk, words_pk, save)


@require_POST
def put_back(request: HttpRequest, pk: int, words_pk: int) -> HttpResponse:
    """Put a short form back as it was typed."""

    def save(words: Contribution, base: int, op_id: UUID) -> None:
        put_short_form_back(words, _place(request), base_version=base, op_id=op_id, by=request.user)

    return _carry_out(request, pk, words_pk, save)


@require_POST
def put_back_in_action(request: HttpRequest, pk: int, action_pk: int) -> HttpResponse:
    """Put a short form back as it was typed, in the wording of an action."""
    meeting = meeting_for(request, pk)
    recorded = Action.objects.recorded_with(meeting).select_related("item").exclude(item=None)
    action = get_object_or_404(recorded, pk=action_pk)
    require_editor(request, meeting)
    made = Saved.of(request.POST)
    made = made if action.pk in made.actions else Saved(actions=[action.pk])

    def save(base: int, op_id: UUID) -> None:
        text, rest = without(action, _place(request), base)
        reword(action, text, short_forms=rest, base_version=base, op_id=op_id, by=request.user)

    return _upon_version(request, save, action.item, made, action.after_id)


def _place(request: HttpRequest) -> int:
    """Which of the short forms of a text is meant."""
    place = request.POST.get("place", "")
    if not (place.isascii() and place.isdigit() and len(place) < 5):
        raise Http404("no such short form")
    return int(place)


def corrected(words: Contribution, asked) -> Spoken:
    """The words as they stand, with the speaker or the kind that was pressed."""
    now = Spoken.of(words)
    if kind := asked.get("kind"):
        return _of_kind(now, kind)
    return _by_speaker(now, asked.get("speaker", ""), words.exchange.item.meeting)


def _of_kind(now: Spoken, kind: str) -> Spoken:
    """A note has no speaker: what was printed before it becomes part of its words."""
    if kind not in {str(one) for one, _ in KINDS}:
        raise Http404("no such kind")
    if kind == ContributionKind.NARRATIVE:
        unnamed = replace(now, kind=kind, speaker=None, nobody_named=False, lead="")
        if not now.text:
            return replace(unnamed, rough=f"{now.lead} {now.rough}".strip())
        return replace(unnamed, text=f"{now.lead} {now.text}".strip())
    is_unnamed = kind == ContributionKind.ANSWER and now.speaker is None
    return replace(now, kind=kind, nobody_named=is_unnamed)


def _by_speaker(now: Spoken, chosen: str, meeting: Meeting) -> Spoken:
    if chosen == NOBODY:
        return replace(now, kind=str(ContributionKind.ANSWER), speaker=None, nobody_named=True, lead="")
    person = (
        meeting.attendances.filter(pk=chosen).first() if chosen.isdecimal() and len(chosen) < 18 else None
    )
    if person is None:
        raise Http404("no such speaker")
    kind = ContributionKind.COMMENT if now.kind == ContributionKind.NARRATIVE else now.kind
    # Words that begin with a capital are a sentence of their own, and name whoever is meant.
    words = now.text or now.rough
    has_lead = bool(now.lead) or words[:1].islower()
    lead = person.printed if has_lead and not words.startswith(("and ", "but ")) else ""
    return replace(now, kind=str(kind), speaker=person, nobody_named=False, lead=lead)


def _kept_forms(words: Contribution, spoken: Spoken) -> tuple:
    """The short forms of the newest version, as long as the words stand where they stood."""
    newest = words.revisions().first()
    stand = (spoken.text, spoken.rough) == (words.text, words.rough)
    return tuple(newest.details.get("short_forms", [])) if newest and stand else ()


def _carry_out(request: HttpRequest, pk: int, words_pk: int, save) -> HttpResponse:
    meeting = meeting_for(request, pk)
    words = part_of(meeting, Contribution, words_pk)
    require_editor(request, meeting)
    made = Saved.of(request.POST)
    made = made if words.exchange_id in made.entries else Saved([words.exchange_id])
    return _upon_version(request, partial(save, words), words.exchange.item, made, words.exchange_id)


def _upon_version(
    request: HttpRequest, save, item: AgendaItem, made: Saved, entry_pk: int | None
) -> HttpResponse:
    """Save upon the version that the form names, and show again all that was made together with it."""
    back = f"{item.get_absolute_url()}?{made.query}#box"
    base, op_id = request.POST.get("base_version", ""), op_id_from(request)
    if not base:
        sentence = "This form does not say which version it started from, so nothing was saved."
        return not_saved(request, 428, sentence, back=back)
    if not (base.isascii() and base.isdigit() and len(base) < 10) or op_id is None:
        return not_saved(request, 400, "This form was damaged on its way, so nothing was saved.", back=back)
    try:
        save(int(base), op_id)
    except texts.Conflict:
        return not_saved(request, 409, CHANGED, back=back)
    except services.Refused as refused:
        return not_saved(request, 409, refused.sentence, back=back)
    except OperationReused:
        return not_saved(request, 422, "This was sent before with another answer.", back=back)
    return _corrected(request, item, made, entry_pk) if answers.wants_json(request) else redirect(back)


def _corrected(request: HttpRequest, item: AgendaItem, made: Saved, entry_pk: int | None) -> HttpResponse:
    record = record_of(item.meeting, is_whole=False)
    section = record.section_of(item.pk)
    html = answers.entries_html(request, record, section, [entry_pk] if entry_pk else [])
    html |= answers.beside_html(request, record, section)
    html["read-as"] = read_as_html(request, section, made)
    what = f"Entry {record.outline.number_of(entry_pk)}" if entry_pk else "The action"
    return answers.saved(f"{what} corrected", html=html)
