"""The answer to "This sounds like a commitment": that it is no action. That it is one, the form of actions tells."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from desk import answers
from desk.record import record_of
from desk.views.common import meeting_for, part_of, require_editor
from meetings.models import Contribution
from meetings.services.commitments import answer_commitment
from web import banners


@require_POST
def commitment(request: HttpRequest, pk: int, words_pk: int) -> HttpResponse:
    """Remember that what was said is no action; sent without that answer, it is asked about again."""
    meeting = meeting_for(request, pk)
    contribution = part_of(meeting, Contribution, words_pk)
    require_editor(request, meeting)
    answer = "none" if request.POST.get("answer") == "none" else ""
    answer_commitment(contribution, answer, by=request.user)
    exchange = contribution.exchange
    sentence = "Noted that this is not an action" if answer else "You are asked about this again"
    if answers.wants_json(request):
        record = record_of(meeting, is_whole=False)
        section = record.section_of(exchange.item_id)
        return answers.saved(sentence, html=answers.entries_html(request, record, section, [exchange.pk]))
    undo = reverse("desk:commitment", args=[pk, words_pk]) if answer else ""
    banners.success(request, sentence, undo=undo)
    return redirect(f"{exchange.item.get_absolute_url()}#entry-{exchange.pk}")
