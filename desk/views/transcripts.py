"""Transcripts beside a meeting: laid there, read and searched, taken away, a passage taken over."""

from io import BytesIO
from uuid import uuid4

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desk import transcripts as beside
from desk.transcript_forms import NOBODY, ReadingForm, TakeOverForm, TranscriptForm
from desk.views.common import meeting_for, not_saved, part_of, require_editor
from meetings import permissions, services
from meetings.models import Meeting, Transcript
from meetings.outline import Outline, outline_of
from meetings.reading.transcripts import NotATranscript
from publications.search import LONGEST_QUESTION, words_in
from web import banners
from web.operations import OperationReused

KEPT = ("item", "q", "page")  # what an address of a transcript says besides


@require_http_methods(["GET", "HEAD", "POST"])
def transcripts(request: HttpRequest, pk: int) -> HttpResponse:
    """What lies beside a meeting; POST lays one more there. With an item and one transcript alone, that one."""
    meeting = meeting_for(request, pk)
    if request.method == "POST":
        require_editor(request, meeting)
        return _add(request, meeting)
    found = list(meeting.transcripts.defer("content", "passages").select_related("by"))
    if len(found) == 1 and request.GET.get("item"):
        return redirect(_address(found[0], request.GET))
    return _list(request, meeting, TranscriptForm())


@require_safe
def transcript(request: HttpRequest, pk: int, transcript_pk: int) -> HttpResponse:
    """Read a transcript, or what was found in it."""
    meeting = meeting_for(request, pk)
    found = part_of(meeting, Transcript, transcript_pk)
    outline = outline_of(meeting)
    question = request.GET.get("q", "")[:LONGEST_QUESTION].strip()
    words = words_in(question)
    page = Paginator(beside.shown(found, outline, words), beside.A_PAGE).get_page(request.GET.get("page"))
    form = ReadingForm({"q": question, "item": request.GET.get("item", "")}, outline=outline)
    item = form.cleaned_data.get("item", "") if form.is_valid() else ""
    context = {
        "meeting": meeting,
        "transcript": found,
        "form": form,
        "question": question,
        "words": words,
        "page": page,
        "item": item,
        "into": dict(form.fields["item"].choices).get(item, ""),
        "kept": _kept(request.GET),
        "op_id": uuid4(),
        "may_edit": permissions.can_edit_record(request.user, meeting),
    }
    return render(request, "desk/transcript.html", context)


@require_safe
def original(request: HttpRequest, pk: int, transcript_pk: int) -> HttpResponse:
    """The transcript as it came, to keep and not to open here."""
    found = part_of(meeting_for(request, pk), Transcript, transcript_pk)
    return FileResponse(
        BytesIO(found.content),
        as_attachment=True,
        filename=found.name or "transcript.txt",
        content_type="application/octet-stream",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def passage(request: HttpRequest, pk: int, transcript_pk: int, number: int) -> HttpResponse:
    """Take a passage over into an item. Who spoke is asked where the attendance list does not say."""
    meeting = meeting_for(request, pk)
    found = part_of(meeting, Transcript, transcript_pk)
    require_editor(request, meeting)
    passages = found.read()
    if not 0 < number <= len(passages):
        raise Http404("no such passage")
    outline = outline_of(meeting)
    answered = _answered(request, found, outline, number)
    form = TakeOverForm(answered if request.method == "POST" else None, initial=answered, outline=outline)
    if form.is_valid():
        return _take_over(request, found, number, outline, form)
    if "text" not in request.POST:
        # One press beside the passage was not enough; what it left open is asked, and is no mistake.
        form = TakeOverForm(initial=answered, outline=outline)
    context = {
        "meeting": meeting,
        "transcript": found,
        "passage": passages[number - 1],
        "number": number,
        "form": form,
        "kept": _kept(request.POST or request.GET),
        "back": f"{_address(found, request.POST or request.GET)}#passage-{number}",
    }
    return render(request, "desk/take_over.html", context)


@require_POST
def remove(request: HttpRequest, pk: int, transcript_pk: int) -> HttpResponse:
    """Take a transcript away."""
    meeting = meeting_for(request, pk)
    found = part_of(meeting, Transcript, transcript_pk, removed=True)
    services.remove_transcript(found, by=request.user)
    undo = reverse("desk:restore_transcript", args=[pk, transcript_pk])
    banners.success(request, f"“{found}” is no longer beside the record", undo=undo)
    return redirect("desk:transcripts", pk)


@require_POST
def restore(request: HttpRequest, pk: int, transcript_pk: int) -> HttpResponse:
    """Bring a transcript back."""
    meeting = meeting_for(request, pk)
    found = part_of(meeting, Transcript, transcript_pk, removed=True)
    services.restore(found, request.user)
    banners.success(request, f"“{found}” is back")
    return redirect("desk:transcripts", pk)


def _add(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    form = TranscriptForm(request.POST, request.FILES)
    if not form.is_valid():
        return _list(request, meeting, form, status=422)
    op_id = form.cleaned_data["op_id"]
    try:
        added = services.add_transcript(meeting, form.content, name=form.name, by=request.user, op_id=op_id)
    except NotATranscript as error:
        form.add_error("file" if form.name else "text", error.sentence)
        return _list(request, meeting, form, status=422)
    except OperationReused:
        sentence = (
            "This form was sent before with another transcript. Open the list again, then add this one."
        )
        return not_saved(request, 422, sentence, back=reverse("desk:transcripts", args=[meeting.pk]))
    banners.success(request, f"“{added}” lies beside the record")
    return redirect("desk:transcript", meeting.pk, added.pk)


def _list(request: HttpRequest, meeting: Meeting, form: TranscriptForm, *, status: int = 200) -> HttpResponse:
    context = {
        "meeting": meeting,
        "transcripts": meeting.transcripts.defer("content", "passages").select_related("by"),
        "form": form,
        "item": request.GET.get("item", ""),
        "may_edit": permissions.can_edit_record(request.user, meeting),
    }
    return render(request, "desk/transcripts.html", context, status=status)


def _answered(request: HttpRequest, transcript: Transcript, outline: Outline, number: int) -> dict:
    """What was said or is known of a passage: the words and the speaker as they are, unless they were changed."""
    passage = transcript.read()[number - 1]
    known = beside.speakers_of(transcript, outline.attendances)
    speaker = ""
    if passage.speaker in known:
        who = known[passage.speaker]
        speaker = str(who.pk) if who else NOBODY
    given = request.POST or request.GET
    return {
        "item": given.get("item", ""),
        "speaker": given.get("speaker", speaker),
        "text": given.get("text", passage.text),
        "op_id": request.POST.get("op_id", uuid4()),
    }


def _take_over(
    request: HttpRequest, transcript: Transcript, number: int, outline: Outline, form: TakeOverForm
) -> HttpResponse:
    asked = form.cleaned_data
    back = f"{_address(transcript, request.POST)}#passage-{number}"
    try:
        words = beside.take_over(
            transcript,
            number,
            item=asked["item"],
            outline=outline,
            speaker=asked["speaker"],
            text=asked["text"],
            by=request.user,
            op_id=asked["op_id"],
        )
    except services.Refused as refused:
        return not_saved(request, 409, refused.sentence, back=back)
    except OperationReused:
        return not_saved(
            request, 422, "This was sent before with other words. Open the passage again.", back=back
        )
    entry = outline_of(transcript.meeting).number_of(words.exchange_id)
    undo = reverse("desk:remove_words", args=[transcript.meeting_id, words.pk])
    banners.success(request, f"Taken over into entry {entry} as a rough line", undo=undo)
    return redirect(back)


def _kept(given: QueryDict) -> list[tuple[str, str]]:
    return [(name, given[name]) for name in KEPT if given.get(name)]


def _address(transcript: Transcript, given: QueryDict) -> str:
    """The page of a transcript as it was left: searched, and with the item that was chosen."""
    query = QueryDict(mutable=True)
    query.update(_kept(given))
    address = reverse("desk:transcript", args=[transcript.meeting_id, transcript.pk])
    return f"{address}?{query.urlencode()}" if query else address
