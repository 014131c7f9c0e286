"""Writing up what was typed rough: the list, one after the other, and taking it back."""

from uuid import uuid4, uuid5

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from desk import writing_up
from desk.forms import ContributionForm
from desk.transcripts import source_of
from desk.views.common import meeting_for, not_saved, part_of, require_editor
from desk.views.entries import place_of
from meetings import permissions, services, texts
from meetings.models import Contribution, Meeting
from meetings.outline import Outline, outline_of

CHANGED = "Somebody changed this text meanwhile, so nothing was undone. Look at it first."


@require_safe
def to_write_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything that is still to be written up in a meeting."""
    meeting = meeting_for(request, pk)
    outline = outline_of(meeting)
    context = {
        "meeting": meeting,
        "rough_lines": writing_up.rough_lines(outline),
        "done": writing_up.just_done(request, outline),
        "may_edit": permissions.can_edit_record(request.user, meeting),
    }
    return render(request, "desk/to_write_up.html", context)


@require_safe
def write_up(request: HttpRequest, pk: int, words_pk: int) -> HttpResponse:
    """One rough line with the text to be written from it; saving leads to the next."""
    meeting = meeting_for(request, pk)
    contribution = part_of(meeting, Contribution, words_pk, removed=True)
    require_editor(request, meeting)
    if contribution.removed_at or not contribution.to_write_up:
        return redirect("desk:to_write_up", pk)
    outline = outline_of(meeting)
    line = next((one for one in writing_up.rough_lines(outline) if one.words.pk == words_pk), None)
    if line is None:
        # Somebody else wrote it up just now.
        return redirect("desk:to_write_up", pk)
    return render(request, "desk/write_up.html", _context(request, meeting, outline, line))


@require_POST
def undo(request: HttpRequest, pk: int, words_pk: int, version: int) -> HttpResponse:
    """Take back the version by which a rough line was written up: it is on the list again."""
    meeting = meeting_for(request, pk)
    contribution = part_of(meeting, Contribution, words_pk, removed=True)
    require_editor(request, meeting)
    rough = texts.revision(contribution, version - 1)
    if rough is None or not rough.details.get("to_write_up"):
        return not_saved(request, 409, "There is nothing to undo here.", back=place_of(contribution.exchange))
    try:
        services.restore_version(
            contribution,
            rough,
            base_version=version,
            op_id=uuid5(contribution.uid, f"not written up {version}"),
            by=request.user,
        )
    except texts.Conflict:
        return not_saved(request, 409, CHANGED, back=place_of(contribution.exchange))
    return redirect("desk:write_up", pk, words_pk)


def _context(request: HttpRequest, meeting: Meeting, outline: Outline, line: writing_up.RoughLine) -> dict:
    contribution, lines = line.words, writing_up.rough_lines(outline)
    form = ContributionForm(attendances=outline.attendances, contribution=contribution)
    form.fields["text"].widget.attrs |= {"rows": 5, "autofocus": True, "aria-describedby": "rough-line"}
    said = line.entry.contributions
    here = said.index(line.words)
    return {
        "meeting": meeting,
        "before": said[:here],
        "after": said[here + 1 :],
        "contribution": contribution,
        "form": form,
        "line": line,
        "item": line.item,
        "place": lines.index(line) + 1,
        "rough_lines": lines,
        "next": writing_up.following(outline, contribution.pk),
        "done": writing_up.just_done(request, outline),
        "passage": source_of(texts.revision(contribution, 1).details),
        "op_id": uuid4(),
    }
