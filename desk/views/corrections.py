"""Correcting with one press how words were read: who spoke, what they did, a short form that was written out."""

from dataclasses import replace
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from desk import answers
from desk.read_as import KINDS, NOBODY, read_as_html
from desk.record import record_of
from desk.views.common import meeting_for, not_saved, op_id_from, part_of, require_editor
from meetings import services, texts
from meetings.models import Contribution, Meeting
from meetings.services import Spoken
from meetings.services.shortforms import put_back as put_short_form_back
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
            text=spoken.text,
            **spoken.fields(),
            short_forms=_kept_forms(words, spoken),
            base_version=base,
            op_id=op_id,
            by=request.user,
        )

    return _carry_out(request, pk, words_pk, save)


@require_POST
def put_back(request: HttpRequest, pk: int, words_pk: int) -> HttpResponse:
    """Put a short form back as it was typed."""

    def save(words: Contribution, base: int, op_id: UUID) -> None:
        place = request.POST.get("place", "")
        if not (place.isascii() and place.isdigit() and len(place) < 5):
            raise Http404("no such short form")
        put_short_form_back(words, int(place), base_version=base, op_id=op_id, by=request.user)

    return _carry_out(request, pk, words_pk, save)


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


def _kept_forms(words: Contribution, spoken: Spoken) -> list:
    """The short forms of the newest version, as long as the words stand where they stood."""
    newest = words.revisions().first()
    return newest.details.get("short_forms", []) if newest and spoken.text == words.text else []


def _carry_out(request: HttpRequest, pk: int, words_pk: int, save) -> HttpResponse:
    meeting = meeting_for(request, pk)
    words = part_of(meeting, Contribution, words_pk)
    require_editor(request, meeting)
    back = f"{words.exchange.item.get_absolute_url()}?saved={words.exchange_id}#next-entry"
    base, op_id = request.POST.get("base_version", ""), op_id_from(request)
    if not base:
        sentence = "This form does not say which version it started from, so nothing was saved."
        return not_saved(request, 428, sentence, back=back)
    if not (base.isascii() and base.isdigit() and len(base) < 10) or op_id is None:
        return not_saved(request, 400, "This form was damaged on its way, so nothing was saved.", back=back)
    try:
        save(words, int(base), op_id)
    except texts.Conflict:
        return not_saved(request, 409, CHANGED, back=back)
    except services.Refused as refused:
        return not_saved(request, 409, refused.sentence, back=back)
    except OperationReused:
        return not_saved(request, 422, "This was sent before with another answer.", back=back)
    return _corrected(request, meeting, words) if answers.wants_json(request) else redirect(back)


def _corrected(request: HttpRequest, meeting: Meeting, words: Contribution) -> HttpResponse:
    exchange = words.exchange
    record = record_of(meeting, is_whole=False)
    section = record.section_of(exchange.item_id)
    html = answers.entries_html(request, record, section, [exchange.pk])
    html["read-as"] = read_as_html(request, section, [exchange.pk])
    return answers.saved(f"Entry {record.outline.number_of(exchange.pk)} corrected", html=html)
