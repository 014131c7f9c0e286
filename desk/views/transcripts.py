"""Transcripts beside a meeting: laid there, read and searched, taken away, a passage taken over."""

from io import BytesIO
from uuid import uuid4

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desk import answers
from desk import transcripts as beside
from desk.record import record_of
from desk.transcript_forms import NOBODY, ReadingForm, TakeOverForm, TranscriptForm
from desk.views.common import meeting_for, not_saved, part_of, require_editor
from meetings import permissions, services
from meetings.models import AgendaItem, Contribution, Meeting, Transcript
from meetings.outline import Outline, outline_of
from meetings.reading.transcripts import NotATranscript
from web import banners
from web.operations import OperationReused

KEPT = ("item", "q", "page", "beside")  # what an address of a transcript says besides


@require_http_methods(["GET", "HEAD", "POST"])
def transcripts(request: HttpRequest, pk: int) -> HttpResponse:
    """What lies beside a meeting; POST lays one more there. With an item and one transcript alone, that one opens."""
    meeting = meeting_for(request, pk)
    if request.method == "POST":
        require_editor(request, meeting)
        return _add(request, meeting)
    found = list(meeting.transcripts.only("pk"))
    if len(found) == 1 and (item := _item_of(request, meeting)):
        return redirect(f"{item.get_absolute_url()}?transcript={found[0].pk}#transcript")
    return _list(request, meeting, TranscriptForm())


@require_safe
def transcript(request: HttpRequest, pk: int, transcript_pk: int) -> HttpResponse:
    """Read a transcript, or what was found in it."""
    meeting = meeting_for(request, pk)
    found = part_of(meeting, Transcript, transcript_pk)
    outline = outline_of(meeting)
    form = ReadingForm({"q": request.GET.get("q", ""), "item": request.GET.get("item", "")}, outline=outline)
    into = form.cleaned_data.get("item", "") if form.is_valid() else ""
    whole = f"{request.path}?{f'item={into}&' if into else ''}"
    reading = beside.reading_of(found, outline, request.GET, whole=whole, into=into)
    context = {
        "meeting": meeting,
        "form": form,
        "reading": reading,
        "page": reading.page,
        "goes_into": dict(form.fields["item"].choices)[into],
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
    if answers.wants_json(request):
        return answers.mistakes(form)
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
        "item": _item_of(request, meeting),
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
    if answers.wants_json(request):
        return _taken_in_place(request, transcript, number, words)
    entry = outline_of(transcript.meeting).number_of(words.exchange_id)
    undo = reverse("desk:remove_words", args=[transcript.meeting_id, words.pk])
    banners.success(request, f"Taken over into entry {entry} as a rough line", undo=undo)
    return redirect(back)


def _taken_in_place(
    request: HttpRequest, transcript: Transcript, number: int, words: Contribution
) -> HttpResponse:
    """The entry with its new rough line and the passage, for the page on which both are open."""
    record = record_of(transcript.meeting, is_whole=False)
    section = record.section_of(words.exchange.item_id)
    html = answers.entries_html(request, record, section, [words.exchange_id])
    html["nothing-yet"] = render_to_string(
        "desk/_nothing_yet.html", {"section": section, "item": section.item}
    )
    given = QueryDict(mutable=True)
    given.update({"transcript": str(transcript.pk), "q": request.POST.get("q", "")})
    reading = beside.beside(section.item, record.outline, given)
    context = {"meeting": transcript.meeting, "reading": reading, "is_beside": True, "may_edit": True}
    if one := reading.passage(number):
        html[f"passage-{number}"] = render_to_string("desk/_passage.html", {**context, "one": one}, request)
    html["take-over-id"] = render_to_string("desk/_take_over_id.html", {"op_id": uuid4()})
    sentence = f"Taken over into entry {record.outline.number_of(words.exchange_id)} as a rough line"
    undo = f"{reverse('desk:remove_words', args=[transcript.meeting_id, words.pk])}?{beside.kept_open(given)}"
    told = {"sentence": sentence, "undo": undo}
    html["read-as"] = render_to_string("desk/_taken_over.html", told, request)
    return answers.saved(sentence, html=html)


def _item_of(request: HttpRequest, meeting: Meeting) -> AgendaItem | None:
    """The item of this meeting from which somebody came."""
    pk = request.GET.get("item", "")
    is_number = pk.isascii() and pk.isdigit() and len(pk) < 19
    return meeting.items.filter(pk=pk).first() if is_number else None


def _kept(given: QueryDict) -> list[tuple[str, str]]:
    return [(name, given[name]) for name in KEPT if given.get(name)]


def _address(transcript: Transcript, given: QueryDict) -> str:
    """Where a transcript was read, as it was left: beside an item, or on its own page; searched, and at its page."""
    query = QueryDict(mutable=True)
    query.update(_kept(given))
    item = given.get("item", "")
    if given.get("beside") and item.isascii() and item.isdigit() and len(item) < 19:
        query["transcript"] = transcript.pk
        address = reverse("desk:item", args=[transcript.meeting_id, item])
        return f"{address}?{beside.kept_open(query)}"
    address = reverse("desk:transcript", args=[transcript.meeting_id, transcript.pk])
    return f"{address}?{query.urlencode()}" if query else address
