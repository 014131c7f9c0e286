"""What is going on in a meeting's record just now, asked by pages that are open."""

import re

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from desk import presence
from desk.answers import entries_html
from desk.record import Record, record_of
from desk.views.common import meeting_for
from meetings.models import Meeting

MARK = re.compile(r"([0-9]{1,18}):([0-9a-f]{12})")


@require_POST
def now(request: HttpRequest, pk: int) -> HttpResponse:
    """Note who is here and what they write in; tell them of the others, and of entries that changed.

    The page says by `marks` which state of each entry of its `item` it shows.
    """
    meeting = meeting_for(request, pk)
    if request.POST.get("leaving"):
        presence.leave(meeting, request.user)
        return JsonResponse({"state": "left"})
    presence.note(meeting, request.user, request.POST.get("editing", ""))
    record = record_of(meeting, is_whole=False)
    others = presence.others_at(meeting, request.user)
    return JsonResponse(
        {
            "state": "now",
            "sentence": presence.sentence(others, record.outline),
            **_changes(request, record, meeting),
        }
    )


def _changes(request: HttpRequest, record: Record, meeting: Meeting) -> dict:
    """Fresh markup for the entries that the page shows otherwise or not at all, and those that are gone."""
    section = next((one for one in record.sections if str(one.item.pk) == request.POST.get("item")), None)
    if section is None:
        return {"html": {}, "marks": "", "order": []}
    shown = {int(pk): mark for pk, mark in MARK.findall(request.POST.get("marks", ""))}
    marks = presence.marks_of(section)
    changed = [pk for pk in {**shown, **marks} if shown.get(pk) != marks.get(pk)]
    return {
        "html": entries_html(request, record, section, changed),
        "marks": presence.written(marks),
        "order": [f"entry-{pk}" for pk in marks],
    }
