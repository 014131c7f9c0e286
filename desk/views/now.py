"""What is going on in a meeting's record just now, asked by pages that are open."""

import re

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from desk import presence
from desk.answers import entries_html
from desk.record import record_of
from desk.views.common import meeting_for
from meetings.models import Meeting

MARK = re.compile(r"([0-9]{1,18}):([0-9a-f]{12})")


@require_POST
def now(request: HttpRequest, pk: int) -> HttpResponse:
    """Note who is here and what they write in; tell them of the others, and of entries that changed.

    The page says by `stamp` which state of the record it knows, and by `marks` which state of each
    entry of its `item` it shows.
    """
    meeting = meeting_for(request, pk)
    if request.POST.get("leaving"):
        presence.leave(meeting, request.user)
        return JsonResponse({"state": "left"})
    presence.note(meeting, request.user, request.POST.get("editing", ""))
    others = presence.others_at(meeting, request.user)
    told = {"state": "now", "sentence": presence.sentence(others, meeting)}
    stamp = presence.stamp_of(meeting)
    if request.POST.get("stamp") == stamp:
        return JsonResponse(told)
    return JsonResponse({**told, "stamp": stamp, **_changes(request, meeting)})


def _changes(request: HttpRequest, meeting: Meeting) -> dict:
    """Fresh markup for the entries that the page shows otherwise or not at all, and those that are gone."""
    record = record_of(meeting, is_whole=False)
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
