"""What one speaker said: changed, moved, deleted, and its history."""

import datetime as dt
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from desk import answers, writing_up
from desk.forms import ContributionForm
from desk.record import record_of
from desk.transcripts import kept_open
from desk.versions import Version
from desk.views.common import (
    direction_from,
    meeting_for,
    not_saved,
    op_id_from,
    part_of,
    require_editor,
    seen_at,
)
from desk.views.entries import deleted, number_of, place_of
from meetings import services, texts
from meetings.models import Contribution, Exchange, Meeting
from web import banners
from web.dates import clock, local
from web.dates import moment as written
from web.operations import OperationReused


@require_http_methods(["GET", "HEAD", "POST"])
def words(request: HttpRequest, pk: int, words_pk: int) -> HttpResponse:
    """Change what somebody said, upon the version that the form shows."""
    meeting = meeting_for(request, pk)
    contribution = part_of(meeting, Contribution, words_pk, removed=request.method == "POST")
    require_editor(request, meeting)
    if request.method != "POST":
        return _shown(request, meeting, contribution)
    form = _form(meeting, contribution, writing_up.asked_of(request, contribution))
    if refusal := _without_protocol(request, contribution):
        return refusal
    if not form.is_valid():
        if answers.wants_json(request):
            return answers.mistakes(form)
        return _page(request, meeting, contribution, form)
    return _save(request, meeting, contribution, form)


@require_POST
def restore_version(request: HttpRequest, pk: int, words_pk: int, version: int) -> HttpResponse:
    """Save an earlier version once more, as the newest one."""
    meeting = meeting_for(request, pk)
    contribution = part_of(meeting, Contribution, words_pk, removed=True)
    require_editor(request, meeting)
    if refusal := _without_protocol(request, contribution):
        return refusal
    earlier = texts.revision(contribution, version)
    back = reverse("desk:history", args=[pk, words_pk])
    if earlier is None:
        return not_saved(request, 404, "There is no such version.", back=back)
    try:
        services.restore_version(
            contribution,
            earlier,
            base_version=int(request.POST["base_version"]),
            op_id=op_id_from(request),
            by=request.user,
        )
    except texts.TextRemoved:
        return _was_deleted(request, meeting, contribution)
    except texts.Conflict:
        sentence = "Somebody changed this text meanwhile. Look at the newest version first."
        return not_saved(request, 409, sentence, back=back)
    except OperationReused:
        return not_saved(request, 422, "This was sent before with another version.", back=back)
    banners.success(request, f"Version {version} is the newest again")
    return redirect(place_of(contribution.exchange))


@require_POST
def move(request: HttpRequest, pk: int, words_pk: int) -> HttpResponse:
    """Move what somebody said one place up or down in its entry. Pressed twice, it is moved once."""
    meeting = meeting_for(request, pk)
    contribution = part_of(meeting, Contribution, words_pk, removed=True)
    direction, back = direction_from(request), place_of(contribution.exchange)
    seen = {"seen_at": seen_at(request), "op_id": op_id_from(request)}
    try:
        moved = services.move_contribution(contribution, direction, request.user, **seen)
    except services.Refused as refused:
        return not_saved(request, 409, refused.sentence, back=back)
    except OperationReused:
        return not_saved(request, 422, "This was pressed before. Look at its new place.", back=back)
    if moved:
        banners.success(request, f"Moved {direction} in entry {number_of(contribution.exchange)}")
    return redirect(place_of(contribution.exchange))


@require_POST
def remove(request: HttpRequest, pk: int, words_pk: int) -> HttpResponse:
    """Delete what somebody said; the last words of an entry take it along. Pressed twice, it is deleted once."""
    meeting = meeting_for(request, pk)
    contribution = part_of(meeting, Contribution, words_pk, removed=True)
    exchange = contribution.exchange
    number = number_of(exchange)
    try:
        gone = services.remove_contribution(contribution, request.user)
    except services.Refused as refused:
        return not_saved(request, 409, refused.sentence, back=place_of(exchange))
    if isinstance(gone, Exchange):
        undo = reverse("desk:restore_entry", args=[pk, exchange.pk])
        banners.success(request, deleted(number), undo=undo)
        return redirect(f"{exchange.item.get_absolute_url()}?{kept_open(request.GET)}".rstrip("?"))
    undo = reverse("desk:restore_words", args=[pk, words_pk])
    banners.success(request, f"One contribution to entry {number} deleted", undo=undo)
    return redirect(place_of(exchange, kept_open(request.GET)))


@require_POST
def restore(request: HttpRequest, pk: int, words_pk: int) -> HttpResponse:
    """Bring back what somebody said."""
    meeting = meeting_for(request, pk)
    contribution = part_of(meeting, Contribution, words_pk, removed=True)
    try:
        services.restore(contribution, request.user)
    except services.Refused as refused:
        return not_saved(request, 409, refused.sentence, back=meeting.get_absolute_url())
    sentence = f"Back in entry {number_of(contribution.exchange)}"
    if answers.wants_json(request):
        return answers.saved(sentence, version=contribution.version)
    banners.success(request, sentence)
    return redirect(place_of(contribution.exchange))


def _form(meeting: Meeting, contribution: Contribution, data=None) -> ContributionForm:
    return ContributionForm(
        data,
        attendances=list(meeting.attendances.all()),
        contribution=contribution,
        # Where it opens inside its entry, other forms stand on the same page.
        auto_id=f"id_words_{contribution.pk}_%s",
    )


def _shown(request: HttpRequest, meeting: Meeting, contribution: Contribution) -> HttpResponse:
    """The form on a page of its own, or for the page that opens it inside its entry."""
    form = _form(meeting, contribution)
    if not answers.wants_json(request):
        return _page(request, meeting, contribution, form)
    # Inside its entry it takes no more room than it has to.
    form.fields["text"].widget.attrs["rows"] = 4
    context = _form_context(request, meeting, contribution, form)
    markup = render_to_string("desk/_words_form.html", context, request)
    return answers.fragment({"form": markup}, version=contribution.version)


def _form_context(
    request: HttpRequest, meeting: Meeting, contribution: Contribution, form: ContributionForm
) -> dict:
    return {
        "meeting": meeting,
        "contribution": contribution,
        "form": form,
        # What was posted stays, so that a form with a mistake still knows what it started from.
        "base_version": request.POST.get("base_version", contribution.version),
        "op_id": request.POST.get("op_id") or uuid4(),
        "back": place_of(contribution.exchange, kept_open(request.GET)),
        "kept_open": kept_open(request.GET),
    }


def _page(
    request: HttpRequest, meeting: Meeting, contribution: Contribution, form: ContributionForm
) -> HttpResponse:
    exchange = contribution.exchange
    siblings = list(exchange.contributions.all())
    place = siblings.index(contribution) if contribution in siblings else 0
    context = {
        **_form_context(request, meeting, contribution, form),
        "exchange": exchange,
        "item": exchange.item,
        "number": number_of(exchange),
        "place": place,
        "is_first": place == 0,
        "is_last": place == len(siblings) - 1,
    }
    return render(request, "desk/words.html", context)


def _without_protocol(request: HttpRequest, contribution: Contribution) -> HttpResponse | None:
    """The answer to a save that does not say what it started from, or which operation it is."""
    base, back = request.POST.get("base_version", ""), place_of(contribution.exchange)
    if not base:
        sentence = "This form does not say which version it started from, so nothing was saved."
        return not_saved(request, 428, sentence, back=back)
    is_version = base.isascii() and base.isdigit() and len(base) < 10
    if not is_version or op_id_from(request) is None:
        return not_saved(request, 400, "This form was damaged on its way, so nothing was saved.", back=back)
    return None


def _save(
    request: HttpRequest, meeting: Meeting, contribution: Contribution, form: ContributionForm
) -> HttpResponse:
    base_version = int(request.POST["base_version"])
    if _says_nothing_new(contribution, form.spoken, base_version):
        return _saved(
            request, meeting, contribution, contribution.version, services.Spoken.of(contribution).details()
        )
    try:
        revision = services.save_contribution(
            contribution,
            form.spoken,
            base_version=base_version,
            op_id=op_id_from(request),
            by=request.user,
            autosaved=_is_autosave(request),
        )
    except texts.TextRemoved:
        return _was_deleted(request, meeting, contribution)
    except texts.Conflict as conflict:
        return _conflict(request, meeting, contribution, conflict, form)
    except OperationReused:
        sentence = "This was sent before with other words. What was sent first is in the record."
        return not_saved(request, 422, sentence, back=place_of(contribution.exchange))
    return _saved(request, meeting, contribution, revision.version, revision.details)


def _says_nothing_new(contribution: Contribution, spoken: services.Spoken, base_version: int) -> bool:
    """Whether this very text stands in the record already, whoever put it there: no version is made of that."""
    fields = spoken.fields() | {"text": spoken.text, "removed_at": None}
    is_known = base_version <= contribution.version
    return is_known and all(getattr(contribution, name) == value for name, value in fields.items())


def _is_autosave(request: HttpRequest) -> bool:
    """Whether the writer is still writing."""
    return request.POST.get("autosave") == "1"


def _saved(
    request: HttpRequest, meeting: Meeting, contribution: Contribution, version: int, details: dict
) -> HttpResponse:
    exchange = contribution.exchange
    go = place_of(exchange, kept_open(request.GET))
    if writing_up.goes_on(request):
        go = writing_up.next_address(meeting, contribution)
    if answers.wants_json(request):
        stands = {"version": version, "fields": _chosen_in(details)}
        if _is_autosave(request):
            return answers.saved("Saved", **stands)
        sentence, html = _sentence_and_entry(request, meeting, exchange)
        return answers.saved(sentence, **stands, go=go, html=html)
    if not writing_up.goes_on(request):
        banners.success(request, f"Entry {number_of(exchange)} saved")
    return redirect(go)


def _chosen_in(details: dict) -> dict[str, list[str]]:
    """What is saved beside the words, as their form would send it; of a box without a tick nothing is sent."""
    ticked = {name: ["on"] if details[name] else [] for name in ("nobody_named", "paragraph")}
    return ticked | {name: [str(details[name] or "")] for name in ("speaker", "kind", "lead", "to_check")}


def _sentence_and_entry(request: HttpRequest, meeting: Meeting, exchange: Exchange) -> tuple[str, dict]:
    """What to say of a saved entry, and the entry as it is drawn now."""
    record = record_of(meeting, is_whole=False)
    section = record.section_of(exchange.item_id)
    number = record.outline.number_of(exchange.pk)
    return f"Entry {number} saved", answers.entries_html(request, record, section, [exchange.pk])


def _was_deleted(request: HttpRequest, meeting: Meeting, contribution: Contribution) -> HttpResponse:
    exchange = contribution.exchange
    contribution.refresh_from_db(fields=["removed_at", "removed_by"])
    sentence = f"{contribution.removed_by or 'Somebody'} deleted this while you were writing."
    name, row = ("restore_entry", exchange) if exchange.removed_at else ("restore_words", contribution)
    undo = reverse(f"desk:{name}", args=[meeting.pk, row.pk])
    if answers.wants_json(request):
        context = {"sentence": sentence, "undo": undo, "item": exchange.item}
        markup = render_to_string("desk/_gone.html", context, request)
        return answers.gone(f"{sentence} Your text is still here.", html={"conflict": markup})
    return not_saved(
        request,
        409,
        sentence,
        back=exchange.item.get_absolute_url(),
        undo=undo,
        undo_words="Bring it back",
        place_in=meeting,
    )


def _conflict(
    request: HttpRequest,
    meeting: Meeting,
    contribution: Contribution,
    conflict: texts.Conflict,
    form: ContributionForm,
) -> HttpResponse:
    """Show both texts and what each started from, and let the loser choose."""
    spoken = form.spoken
    context = {
        "meeting": meeting,
        "contribution": contribution,
        "item": contribution.exchange.item,
        "number": number_of(contribution.exchange),
        "theirs": Version.of(conflict.theirs),
        "base": Version.of(conflict.base) if conflict.base else None,
        "mine": Version(conflict.theirs.version, spoken.text, spoken.details()),
        "kept": [(name, request.POST[name]) for name in FIELDS_OF_MINE if request.POST.get(name)],
        "both": f"{conflict.theirs.text} {spoken.text}",
        "op_ids": [uuid4(), uuid4()],
        "back": place_of(contribution.exchange),
    }
    if answers.wants_json(request):
        return _conflict_on_the_page(request, meeting, contribution.exchange, context)
    return render(request, "desk/conflict.html", context, status=409)


def _conflict_on_the_page(
    request: HttpRequest, meeting: Meeting, exchange: Exchange, context: dict
) -> HttpResponse:
    """The same choice below the words that are being typed; their entry is there for when it is closed."""
    theirs = context["theirs"]
    _, html = _sentence_and_entry(request, meeting, exchange)
    html["conflict"] = render_to_string("desk/_conflict.html", context, request)
    who = "You" if theirs.who == str(request.user) else theirs.who[:1].upper() + theirs.who[1:]
    where = " in another window" if who == "You" else ""
    sentence = f"{who} changed entry {context['number']} {since(theirs.at)}{where}. Your text is still here."
    return answers.changed(sentence, version=theirs.number, html=html)


def since(moment: dt.datetime) -> str:
    """When something was done, as briefly as it can be said: "at 10:41am", with its day where that is not today."""
    if local(moment).date() == timezone.localdate():
        return f"at {clock(moment)}"
    return f"on {written(moment)}"


FIELDS_OF_MINE = [
    "speaker",
    "kind",
    "nobody_named",
    "lead",
    "paragraph",
    "to_check",
    "then",
]
