"""Reading the notes back before they are published: the draft on paper, and what changed since they were sent."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from meetings.models import Meeting
from meetings.numbering import numbers_of
from publications.notes import read
from review.comparison import Difference, Group, counted
from review.comparison import compare as compared
from review.compilation import compile_notes
from review.draft import draft_paper, file_name
from review.models import Snapshot
from review.services import last_sent


def find(request: HttpRequest, pk: int) -> Meeting:
    """The meeting, if this person may read its unpublished record; otherwise it is not there."""
    return get_object_or_404(Meeting.objects.visible_to(request.user).select_related("type"), pk=pk)


@require_safe
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """The record as it is now, on paper; it is made anew each time and kept nowhere."""
    meeting = find(request, pk)
    # A form or a link that only asks whether it is there need not wait for it.
    content = b"" if request.method == "HEAD" else draft_paper(meeting)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{file_name(meeting)}"'
    response["Cache-Control"] = "no-store, private"
    return response


@require_safe
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft beside the version that was last sent to anybody."""
    meeting = find(request, pk)
    sent = last_sent(meeting)
    groups = []
    if sent:
        groups = compared(read(bytes(sent.notes)), compile_notes(meeting, Snapshot.Audience.OFFICE))
    context = {
        "meeting": meeting,
        "sent": sent,
        "groups": placed(groups, meeting),
        "counted": counted(groups),
    }
    return render(request, "review/compare.html", context)


def placed(groups: list[Group], meeting: Meeting) -> list[tuple[str, list[tuple[Difference, int | None]]]]:
    """Each group's heading, and its differences with the entry to which one leads that is still there."""
    entries = {number: pk for pk, number in numbers_of(meeting).exchanges.items()}
    return [
        (
            group.heading,
            [(one, entries.get(one.after.name) if one.after else None) for one in group.differences],
        )
        for group in groups
    ]
