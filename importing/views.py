"""Bringing old notes in: a source is read, looked over beside what was understood, and made a record."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from importing import permissions
from importing.forms import ELSEWHERE, KeptForm, LookOverForm, SourceForm, packed, unpacked
from importing.intake import Intake, already_here, read_source
from importing.looking_over import bring_in as store
from importing.source import Unreadable, open_source
from meetings.services import Refused
from publications.layout import printed
from web import banners
from web.dates import day
from web.operations import op_id_of


@require_http_methods(["GET", "HEAD", "POST"])
def bring_in(request: HttpRequest) -> HttpResponse:
    """Take a text or a file, and show what was understood of it."""
    require_importing(request.user)
    if request.method != "POST":
        return ask(request, SourceForm())
    form = SourceForm(request.POST, request.FILES)
    if not form.is_valid():
        return ask(request, form, status=422)
    chosen = form.cleaned_data
    if bool(chosen["text"]) == bool(chosen["file"]):
        form.add_error(
            "text", "Either paste the text or select a file, not both" if chosen["text"] else NOTHING
        )
        return ask(request, form, status=422)
    try:
        intake = read_chosen(chosen)
    except Unreadable as error:
        form.add_error("file" if chosen["file"] else "text", error.sentence)
        return ask(request, form, status=422)
    kept = KeptForm(
        initial={
            "kept": packed(intake.content),
            "name": intake.name,
            "elsewhere": chosen["elsewhere"],
            "published_on": chosen["published_on"],
            "pasted": op_id_of(request),
        }
    )
    return look_over(request, intake, kept, LookOverForm(intake, elsewhere=chosen["elsewhere"] == ELSEWHERE))


NOTHING = "Paste the text of the notes, or select a file"


def read_chosen(chosen: dict) -> Intake:
    """Read the file or the text that somebody chose."""
    if file := chosen["file"]:
        return read_source(open_source(file, size=file.size), name=file.name)
    return read_source(chosen["text"].encode())


@require_POST
def make(request: HttpRequest) -> HttpResponse:
    """Make the record of a source that was looked over."""
    require_importing(request.user)
    kept = KeptForm(request.POST)
    if not kept.is_valid():
        return ask(request, SourceForm(), problems=[LOST], status=422)
    chosen = kept.cleaned_data
    is_elsewhere = chosen["elsewhere"] == ELSEWHERE
    try:
        intake = read_source(unpacked(chosen["kept"]), name=chosen["name"])
    except Unreadable as error:
        return ask(request, SourceForm(), problems=[error.sentence], status=422)
    form = LookOverForm(intake, request.POST, elsewhere=is_elsewhere)
    if not form.is_valid():
        return look_over(request, intake, kept, form, status=422)
    if already_here(intake):
        return look_over(request, intake, kept, form, status=409)
    try:
        meeting = store(
            intake,
            corrections=form.corrections(),
            settlements=form.settlements(),
            elsewhere=is_elsewhere,
            published_on=chosen["published_on"],
            by=request.user,
        )
    except Refused as refused:
        return look_over(request, intake, kept, form, problems=[refused.sentence], status=422)
    on = f", {day(meeting.date)}," if meeting.date else ""
    banners.success(request, f"{meeting.name}{on} is a draft now", also_done=chosen["pasted"])
    return redirect(meeting)


LOST = "The text did not arrive. Paste it, or select the file, again"


def ask(
    request: HttpRequest, form: SourceForm, *, problems: list[str] = (), status: int = 200
) -> HttpResponse:
    return render(request, "importing/import.html", {"form": form, "problems": problems}, status=status)


def look_over(
    request: HttpRequest,
    intake: Intake,
    kept: KeptForm,
    form: LookOverForm,
    *,
    problems: list[str] = (),
    status: int = 200,
) -> HttpResponse:
    context = {
        "intake": intake,
        "kept": kept,
        "form": form,
        "problems": problems,
        "earlier": already_here(intake),
        "printed": printed(intake.notes),
        "remarks": [one for one in intake.findings if one not in form.asked],
        "is_elsewhere": kept["elsewhere"].value() == ELSEWHERE,
    }
    return render(request, "importing/look_over.html", context, status=status)


def require_importing(user: User) -> None:
    if not permissions.can_import(user):
        raise PermissionDenied("Only a policy officer brings old notes in.")
