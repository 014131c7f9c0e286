"""What the desk's views share: finding what may be seen, and never losing what was typed."""

from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from desk import answers
from desk.standing import with_stage
from meetings import permissions
from meetings.models import AgendaItem, Contribution, Exchange, Meeting, PreparedQuestion, Transcript
from meetings.numbering import numbers_of
from web.operations import op_id_of as op_id_from
from web.views import typed_in

# What the forms of the desk call what people choose; these are no words to copy.
CHOSEN = {"speaker", "kind", "nobody_named", "place", "paragraph"}
# What the one box carries.
BOX = {"text", "lines", "look", "looked"}


def meeting_for(request: HttpRequest, pk: int) -> Meeting:
    """The meeting, for whoever may see it; for everybody else there is none."""
    meetings = with_stage(Meeting.objects.visible_to(request.user).select_related("type"))
    return get_object_or_404(meetings, pk=pk)


def require_editor(request: HttpRequest, meeting: Meeting) -> None:
    """Refuse those who read and do not write before they have typed anything."""
    if not permissions.can_edit_record(request.user, meeting):
        raise PermissionDenied("Only a policy officer changes the record of a meeting.")


PATHS_TO_MEETING = {
    AgendaItem: "meeting",
    Exchange: "item__meeting",
    Contribution: "exchange__item__meeting",
    PreparedQuestion: "item__meeting",
    Transcript: "meeting",
}


def part_of(meeting: Meeting, model: type[models.Model], pk: int, *, removed: bool = False) -> models.Model:
    """A part of this meeting's record; that of another meeting is not found. With `removed`, one that was removed too."""
    rows = model.with_removed if removed else model.objects
    path = PATHS_TO_MEETING[model]
    related = [path] if path == "meeting" else [path.rsplit("__", 1)[0], path]
    return get_object_or_404(rows.select_related(*related), pk=pk, **{path: meeting})


def not_saved(
    request: HttpRequest,
    status: int,
    sentence: str,
    *,
    back: str,
    undo: str = "",
    undo_words: str = "",
    place_in: Meeting | None = None,
) -> HttpResponse:
    """Say that nothing was saved and why, with what was typed, to copy, and the way back.

    With `place_in`, what was said can be put in the box of any item of that meeting.
    """
    if answers.wants_json(request):
        return answers.by_status(status, sentence)
    typed = typed_in(request, chosen=CHOSEN)
    context = {"sentence": sentence, "typed": typed, "back": back, "undo": undo, "undo_words": undo_words}
    if place_in and request.POST.get("text", "").strip():
        context |= placing(request, place_in)
        context["typed"] = [(name, text) for name, text in typed if name not in BOX]
    return render(request, "desk/not_saved.html", context, status=status)


def placing(request: HttpRequest, meeting: Meeting) -> dict:
    """What was said, as the box reads it, and the items to whose boxes it can go."""
    text, speaker = request.POST["text"].strip(), request.POST.get("speaker", "")
    who = (
        meeting.attendances.filter(pk=speaker).first() if speaker.isdecimal() and len(speaker) < 19 else None
    )
    numbers = numbers_of(meeting).items
    return {
        "text": f"{who.abbreviation} {text}" if who and who.abbreviation else text,
        "items": [(numbers[item.pk], item) for item in in_reading_order(meeting)],
        # The same operation still: when it is done there, the browser may forget what it kept here.
        "op_id": op_id_from(request) or uuid4(),
    }


def in_reading_order(meeting: Meeting) -> list[AgendaItem]:
    """The items of a meeting, each main item before its sub-items."""
    items = list(meeting.items.all())
    mains = [item for item in items if item.parent_id is None]
    return [one for main in mains for one in [main, *(item for item in items if item.parent_id == main.pk)]]


def seen_at(request: HttpRequest) -> int | None:
    """The place at which the mover saw what they move; 404 for what is no place."""
    place = request.POST.get("seen_at", "")
    if not place:
        return None
    if not (place.isascii() and place.isdigit() and len(place) < 9):
        raise Http404("no such place")
    return int(place)


def direction_from(request: HttpRequest) -> str:
    """Up or down, as the pressed button says."""
    direction = request.POST.get("direction", "")
    if direction not in {"up", "down"}:
        raise Http404("no such direction")
    return direction
