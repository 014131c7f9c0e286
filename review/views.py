"""The gate's pages: check, preview as the public, approve, publish, and what happens next."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from actions.agreed import Agreed, agreed_list, ticked
from meetings.models import Meeting
from publications.frame import StoredArticle
from publications.line import line_for
from publications.models import Edition, Rendition
from publications.notes import Notes
from publications.render import article
from publications.services import path_of
from review import services
from review.compilation import compile_notes
from review.forms import SeenForm, SettleForm
from review.models import Preparation, Snapshot, Stage
from review.page import page_of
from web import banners


def find(user: User, pk: int) -> Meeting:
    """The meeting, if this person may read its unpublished record; otherwise it is not there."""
    return get_object_or_404(Meeting.objects.visible_to(user).select_related("type"), pk=pk)


def show(
    request: HttpRequest,
    meeting: Meeting,
    *,
    problems: list[str] = (),
    refused: SettleForm | None = None,
    agreed: list[Agreed] | None = None,
    status: int = 200,
) -> HttpResponse:
    page = page_of(meeting, request.user, refused=refused, agreed=agreed)
    context = {
        "page": page,
        "meeting": meeting,
        "problems": problems,
        "refused": refused,
        "agreed_forms": [row.form for row in page.agreed],
    }
    return render(request, "review/check.html", context, status=status)


@require_safe
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything to read before the notes are approved or published."""
    return show(request, find(request.user, pk))


@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave something in an old record as in the original, in doubt."""
    meeting = find(request.user, pk)
    form = SettleForm(request.POST)
    if not form.is_valid():
        return show(request, meeting, refused=form, status=422)
    try:
        doubt = services.settle(meeting, by=request.user, **form.cleaned_data)
    except services.NotReady as error:
        return show(request, meeting, problems=error.sentences, status=409)
    undo = reverse("review:unsettle", args=[meeting.pk, doubt.pk])
    banners.success(request, "Left as in the original, in doubt", undo=undo)
    return redirect("review:check", pk)


@require_POST
def unsettle(request: HttpRequest, pk: int, doubt: int) -> HttpResponse:
    """Take a settlement back."""
    meeting = find(request.user, pk)
    services.unsettle(get_object_or_404(meeting.settled_doubts, pk=doubt), by=request.user)
    messages.success(request, "The question is open again")
    return redirect("review:check", pk)


@require_POST
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand the notes to the approver."""
    return step(request, pk, services.send_for_approval, "Sent for approval")


@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the notes back to draft."""
    return step(request, pk, services.reopen_draft, "The notes are a draft again")


def step(request: HttpRequest, pk: int, verb, done: str) -> HttpResponse:
    meeting = find(request.user, pk)
    try:
        verb(meeting, by=request.user)
    except services.NotReady as error:
        return show(request, meeting, problems=error.sentences, status=409)
    messages.success(request, done)
    return redirect("review:check", pk)


@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve the version that the approver read, and decide what they ticked of what it proposes."""
    meeting = find(request.user, pk)
    form = SeenForm(request.POST)
    if not form.is_valid():
        return show(request, meeting, problems=form.errors["seen"], status=422)
    agreed = agreed_list(meeting, request.POST)
    chosen = ticked(agreed)
    if not all(one.is_valid() for one in chosen):
        return show(request, meeting, agreed=agreed, status=422)
    decide = [one.confirmation for one in chosen]
    try:
        services.approve(meeting, by=request.user, seen=form.cleaned_data["seen"], decide=decide)
    except services.NotReady as error:
        typed = agreed_list(meeting, request.POST)
        return show(request, meeting, problems=error.sentences, agreed=typed, status=409)
    banners.success(request, "Approved. These notes can be published now")
    return redirect("review:check", pk)


@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish exactly what is approved."""
    meeting = find(request.user, pk)
    form = SeenForm(request.POST)
    if not form.is_valid():
        return show(request, meeting, problems=form.errors["seen"], status=422)
    try:
        services.publish(meeting, by=request.user, seen=form.cleaned_data["seen"])
    except services.NotReady as error:
        return show(request, meeting, problems=error.sentences, status=409)
    return redirect("review:published", pk)


@require_safe
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The article as the public would read it: the approved one once there is one, else the record as it is."""
    meeting = find(request.user, pk)
    preparation = services.preparation_of(meeting)
    notes = services.approved_notes(preparation) or compile_notes(meeting, Snapshot.Audience.PUBLIC)
    shown = StoredArticle(_article_of(preparation, notes).decode())
    context = {"meeting": meeting, "preparation": preparation, "article": shown, "notes": notes}
    return render(request, "review/preview.html", context)


def _article_of(preparation: Preparation, notes: Notes) -> bytes:
    """The stored article of what is out; before that, the one that would be published now."""
    stored = Rendition.objects.filter(edition=preparation.edition_id, format=Rendition.Format.ARTICLE).first()
    if stored:
        return bytes(stored.content)
    # A draft without a date has no address yet, and so no line.
    line = line_for(notes, 1, timezone.now(), path_of(notes, 1)) if notes.meeting.date else None
    return article(notes, line)


@require_safe
def published(request: HttpRequest, pk: int) -> HttpResponse:
    """What was published, and what happens next; it can be bookmarked."""
    meeting = find(request.user, pk)
    preparation = services.preparation_of(meeting)
    if preparation.stage != Stage.PUBLISHED:
        return redirect("review:check", pk)
    edition = Edition.objects.select_related("meeting", "register_entry").get(pk=preparation.edition_id)
    has_paper = edition.renditions.filter(format=Rendition.Format.PDF).exists()
    context = {"meeting": meeting, "edition": edition, "has_paper": has_paper, "site": settings.SITE_URL}
    return render(request, "review/published.html", context)
