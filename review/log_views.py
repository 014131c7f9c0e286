"""The page on which an approver reads the action log, words its reasons, and publishes it."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from actions.models import Action, ActionEvent, PublicReason
from actions.services.publicly import say_publicly
from meetings.views.together import Saving, saved_together, sent
from publications.frame import StoredArticle
from publications.render import article
from review import permissions
from review.action_log import TOLD, compile_log
from review.forms import ChosenForm, PublicReasonForm, PublishLogForm
from review.log_page import log_page
from review.publishing_log import publish_log
from review.services import NotReady, digest_of
from web import banners
from web.dates import day

MOST = PublicReasonForm.base_fields["text"].max_length


def require_office(user: User) -> None:
    """The page is not there for anybody else."""
    if not permissions.can_publish(user):
        raise Http404


def chosen_in(request: HttpRequest) -> list[int]:
    """The new actions that the log is to tell of; what is none of them is passed over."""
    form = ChosenForm(request.GET)
    return [action.pk for action in form.cleaned_data["tell"]] if form.is_valid() else []


@require_safe
def check(request: HttpRequest) -> HttpResponse:
    """What would change for the public, what stays in the office and why, and the button."""
    require_office(request.user)
    return show(request, chosen_in(request))


def show(
    request: HttpRequest,
    chosen: list[int],
    *,
    form: PublishLogForm | None = None,
    problems: list[str] = (),
    status: int = 200,
) -> HttpResponse:
    page = log_page(request.user, timezone.localdate(), chosen)
    if form is None:
        form = PublishLogForm(initial={"seen": page.seen, "tell": chosen})
    context = {"page": page, "form": form, "problems": problems}
    return render(request, "review/log.html", context, status=status)


@require_POST
def publish(request: HttpRequest) -> HttpResponse:
    """Publish what was read on the page, in one press."""
    require_office(request.user)
    if not permissions.can_approve(request.user):
        raise PermissionDenied("Only an approver publishes the action log.")
    form = PublishLogForm(request.POST)
    if not form.is_valid():
        return show(request, [], form=again(form, []), problems=[*form.errors.get("seen", [])], status=422)
    asked = form.cleaned_data
    chosen = [action.pk for action in asked["tell"]]
    try:
        edition = publish_log(by=request.user, seen=asked["seen"], chosen=chosen, change=asked["change"])
    except NotReady as error:
        return show(request, chosen, form=again(form, chosen), problems=error.sentences, status=409)
    banners.success(request, f"Action log published: edition {edition.number}, as at {day(edition.date)}")
    return redirect("review:log")


def again(form: PublishLogForm, chosen: list[int]) -> PublishLogForm:
    """The form with what was typed, about the log as it is now: whoever presses has it before them."""
    now = compile_log(timezone.localdate(), chosen).log
    typed = {"change": form.data.get("change", ""), "seen": digest_of(now), "tell": chosen}
    return PublishLogForm(initial=typed)


@require_safe
def preview(request: HttpRequest) -> HttpResponse:
    """The whole log as the public would read it."""
    require_office(request.user)
    chosen = chosen_in(request)
    log = compile_log(timezone.localdate(), chosen).log
    shown = StoredArticle(article(log).decode())
    return render(request, "review/log_preview.html", {"article": shown, "log": log, "chosen": chosen})


def reason(request: HttpRequest, pk: int) -> HttpResponse:
    """The words for the public on one decision: offered from its reason, and kept once somebody saves them."""
    event = find_decision(request.user, pk)
    if not permissions.can_approve(request.user):
        raise PermissionDenied("Only an approver writes what the public is told.")
    stored = current(event)
    is_written = hasattr(event, "public_reason")
    offered = stored["text"] if is_written else event.text[:MOST]
    form = PublicReasonForm(
        sent(request), initial={"text": offered}, shown=stored, kept_as=f"public-reason-{pk}"
    )
    back = reverse("review:log")
    saving = Saving(
        form,
        event,
        called="the public reason",
        current=current,
        write=lambda row, words: say_publicly(row, words["text"], by=request.user),
        done="Public reason saved. It is published with the action log",
        go=back,
        back=back,
        problem=lambda refused: form.add_error(None, refused.sentence),
        history=PublicReason.history.filter(event=event),
    )
    if form.is_bound and (answer := saved_together(request, saving)):
        return answer
    context = {"form": form, "event": event, "is_written": is_written}
    return render(request, "review/public_reason.html", context)


def find_decision(user: User, pk: int) -> ActionEvent:
    """A decision of which the public is told, on an action that this person may read."""
    require_office(user)
    events = ActionEvent.objects.filter(kind__in=TOLD, action__in=Action.objects.visible_to(user))
    return get_object_or_404(events.select_related("action", "public_reason"), pk=pk)


def current(event: ActionEvent) -> dict[str, str]:
    """What the form asks, as it is stored."""
    stored = PublicReason.objects.filter(event=event).first()
    return {"text": stored.text if stored else ""}
