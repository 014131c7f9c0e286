"""One earlier action under matters arising: what was reported, what was agreed."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_http_methods

from actions.services import NotPossible
from desk import answers, earlier
from desk.record import Record, Section, record_of
from desk.views.common import meeting_for, not_saved, part_of, require_editor
from meetings import services
from meetings.models import AgendaItem, Meeting
from web import banners
from web.operations import OperationReused

USED_BEFORE = "This was sent before with other words. What was sent first is in the record."


@require_http_methods(["GET", "HEAD", "POST"])
def told(request: HttpRequest, pk: int, item_pk: int, action_pk: int) -> HttpResponse:
    """Record what was reported on an earlier action and what was agreed about it."""
    meeting = meeting_for(request, pk)
    item = part_of(meeting, AgendaItem, item_pk)
    record = record_of(meeting, is_whole=False)
    section = record.section_of(item_pk)
    row = next((one for one in section.carried if one.action.pk == action_pk), None)
    if row is None:
        raise Http404("no such action is spoken of here")
    require_editor(request, meeting)
    form = earlier.EarlierForm(request.POST if request.method == "POST" else None, row=row, meeting=meeting)
    if form.is_valid():
        try:
            entry = earlier.save(form, item, record.outline.attendances, by=request.user)
        except OperationReused:
            return not_saved(request, 422, USED_BEFORE, back=item.get_absolute_url())
        except (services.Refused, NotPossible) as refused:
            return not_saved(request, 409, refused.sentence, back=item.get_absolute_url())
        return _saved(request, meeting, item, action_pk, entry)
    if form.is_bound and answers.wants_json(request):
        return answers.mistakes(form)
    context = {"meeting": meeting, "item": item, "row": row, "form": form}
    return render(request, "desk/earlier.html", context)


def _saved(request: HttpRequest, meeting: Meeting, item: AgendaItem, action_pk: int, entry) -> HttpResponse:
    record = record_of(meeting, is_whole=False)
    section = record.section_of(item.pk)
    row = next(one for one in section.carried if one.action.pk == action_pk)
    sentence = f"{row.action.name} saved: {row.told.get_outcome_display().lower()}"
    if not answers.wants_json(request):
        banners.success(request, sentence)
        return redirect(f"{item.get_absolute_url()}#action-{action_pk}")
    return answers.saved(sentence, html=_fresh(request, record, section, row, entry))


def _fresh(request: HttpRequest, record: Record, section: Section, row, entry) -> dict[str, str]:
    """What changed on the page: how the action stands, how many are left, and the entry that tells of it."""
    context = {"row": row, "section": section, "item": section.item, "meeting": record.outline.meeting}
    html = {
        f"action-{row.action.pk}-outcome": render_to_string("desk/_outcome.html", context, request),
        "not-reached": render_to_string("desk/_not_reached.html", {**context, "may_edit": True}, request),
    }
    entries = answers.entries_html(request, record, section, [entry.pk]) if entry else {}
    return {**html, **entries}
