"""Who is here, told without leaving the item: late, gone, apologies, and who joined."""

from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_http_methods, require_POST

from desk import answers, attending
from desk.forms import NO_SPEAKER, speakers
from desk.views.common import meeting_for, not_saved, part_of, require_editor
from meetings import services
from meetings.models import AgendaItem, Attendance, Meeting
from meetings.numbering import numbers_of
from meetings.services import invitations
from meetings.views.together import DAMAGED, NO_BASE, Choice, both_versions, left_to_them
from web import banners
from web.operations import OperationReused, digest_of, once, op_id_of


@require_POST
def attend(request: HttpRequest, pk: int, attendance_pk: int) -> HttpResponse:
    """Record that somebody came, left or sent apologies while this item was spoken of."""
    meeting = meeting_for(request, pk)
    attendance = get_object_or_404(Attendance.with_removed, meeting=meeting, pk=attendance_pk)
    require_editor(request, meeting)
    item = item_named(meeting, request.POST.get("item", ""))
    base = request.POST.get("base_version", "")
    seen = attending.Seen.read(base)
    asked = asked_from(request, seen, meeting, item) if seen else None
    # A press needs no id of its own; one that cannot be read came from a form that was damaged.
    is_damaged = bool(request.POST.get("op_id")) and op_id_of(request) is None
    if problem := problem_with(attendance, base, seen, asked, is_damaged=is_damaged):
        return not_saved(request, *problem, back=place_of(meeting, item))
    is_theirs = "answer" in left_to_them(request)
    if not is_theirs and not attending.attend(attendance, asked, seen=seen, by=request.user):
        return two_answers(request, attendance, seen, asked, back=place_of(meeting, item))
    sentence = attending.told(attendance.name, attending.Seen.of(attendance))
    return told(request, meeting, item, sentence)


def asked_from(
    request: HttpRequest, seen: attending.Seen, meeting: Meeting, item: AgendaItem | None
) -> attending.Seen | None:
    """How somebody attended, as the pressed button says; None where none was pressed."""
    typed = " ".join(request.POST.get("present_for", "").replace("\x00", "").split())
    number = numbers_of(meeting).items[item.pk] if item else ""
    return attending.asked_by(request.POST.get("answer", ""), seen, number, typed)


def problem_with(
    attendance: Attendance,
    base: str,
    seen: attending.Seen | None,
    asked: attending.Seen | None,
    *,
    is_damaged: bool,
) -> tuple[int, str] | None:
    """Why nothing can be recorded of somebody, with the status that says so."""
    if not base:
        return 428, NO_BASE
    if seen is None or is_damaged:
        return 400, DAMAGED
    if attendance.removed_at:
        return 409, f"{attendance.name} was removed from the list meanwhile, so nothing was saved."
    if asked is None:
        return 400, f"Select whether {attendance.name} came in, left or sent apologies."
    if len(asked.present_for) > attending.LONGEST:
        most = f"{attending.LONGEST} characters or less"
        return 400, f"What {attendance.name} was present for must be {most}."
    return None


def two_answers(
    request: HttpRequest, attendance: Attendance, seen: attending.Seen, asked: attending.Seen, *, back: str
) -> HttpResponse:
    """Show what somebody else recorded meanwhile beside what was pressed; the later one chooses."""
    now, latest = attending.Seen.of(attendance), attendance.history.select_related("history_user").first()
    mine, theirs, base = (attending.told(attendance.name, one) for one in (asked, now, seen))
    data = request.POST.copy()
    data["answer"], data["present_for"] = asked.presence, asked.present_for
    return both_versions(
        request,
        called=f"how {attendance.name} attended",
        back=back,
        who=latest.history_user.name if latest and latest.history_user else "Somebody",
        at=latest and latest.history_date,
        choices=[Choice("answer", attendance.name, mine, theirs, base, is_text=False)],
        base_version=str(now),
        data=data,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a person who is not on the list, and go on with the item."""
    meeting = meeting_for(request, pk)
    require_editor(request, meeting)
    item = item_named(meeting, request.POST.get("item", "") or request.GET.get("item", ""))
    form = attending.JoinForm(
        request.POST if request.method == "POST" else None,
        initial={"item": item and item.pk, "op_id": uuid4()},
    )
    form.kept_as = f"join-{pk}"
    if form.is_valid() and added(form, meeting, request):
        sentence = f"{form.cleaned_data['name']} added"
        if item and answers.wants_json(request):
            return told(request, meeting, item, sentence)
        banners.success(request, sentence)
        return redirect(place_of(meeting, item, "#box"))
    if form.errors and answers.wants_json(request):
        return answers.mistakes(form)
    return render(
        request, "desk/join.html", {"meeting": meeting, "back": place_of(meeting, item), "form": form}
    )


def added(form: attending.JoinForm, meeting: Meeting, request: HttpRequest) -> bool:
    """Put the person on the list, once; False when that is refused, with the reason on the form."""
    asked = form.cleaned_data
    digest = digest_of(
        meeting=meeting.pk,
        by=request.user.pk,
        **{name: asked[name] for name in ("name", "role", "abbreviation")},
    )
    try:
        once(
            asked["op_id"] or uuid4(),
            digest,
            lambda: invitations.invite(meeting, **form.facts(), by=request.user).pk,
        )
    except services.Refused as refused:
        form.add_error(
            "abbreviation" if "Tell the two apart" in refused.sentence else "name", refused.sentence
        )
    except OperationReused as reused:
        form.add_error(None, str(reused))
    return not form.errors


def item_named(meeting: Meeting, pk: str) -> AgendaItem | None:
    """The item from which somebody asks, and to which they go back; 404 for one of another meeting."""
    if not pk:
        return None
    if not (pk.isascii() and pk.isdigit() and len(pk) < 10):
        raise Http404("no such item")
    return part_of(meeting, AgendaItem, int(pk))


def place_of(meeting: Meeting, item: AgendaItem | None, part: str = "") -> str:
    """Where somebody goes on."""
    return f"{item.get_absolute_url()}{part}" if item else meeting.get_absolute_url()


def told(request: HttpRequest, meeting: Meeting, item: AgendaItem | None, sentence: str) -> HttpResponse:
    """Show who is here now: in its place on the page, or by the page itself."""
    if not answers.wants_json(request):
        banners.success(request, sentence)
        return redirect(place_of(meeting, item, "#here"))
    people = list(meeting.attendances.all())
    context = {"meeting": meeting, "item": item, "may_edit": True, "people": people}
    context["speakers"] = [("", NO_SPEAKER), *speakers(people)]
    html = {
        "here": render_to_string("desk/_here.html", context, request),
        "id_speaker": render_to_string("desk/_speakers.html", context, request),
    }
    return answers.saved(sentence, html=html)
