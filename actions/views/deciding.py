"""Deciding: an approver closes, keeps, returns, withdraws, opens again, or agrees another date."""

from collections.abc import Callable
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from actions import permissions, services
from actions.forms import EndForm, ReopenForm
from actions.models import ENDED, EVENTS, Action, EventKind
from actions.services.publicly import say_publicly
from actions.views.questions import decision_form
from actions.views.reading import find, show
from actions.walking import after_deciding, keeping_place
from web import banners, forms
from web.operations import OperationReused, digest_of, once

DONE = {
    EventKind.CLOSED: "closed",
    EventKind.RETAINED: "kept open",
    EventKind.DUE_MOVED: "has a new due date",
    EventKind.DATE_KEPT: "stays due when it was",
    EventKind.RETURNED: "returned for more information",
    EventKind.WITHDRAWN: "withdrawn",
    EventKind.SUPERSEDED: "superseded",
    EventKind.NOT_USED: "marked as not used",
    EventKind.TRANSFERRED: "transferred",
    EventKind.REOPENED: "opened again",
}
# What is undone at one press: it is opened again, and says so in its history.
CAN_BE_UNDONE = {kind for kind in DONE if EVENTS[kind][1] in ENDED}


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide on an open action."""
    action = require_deciding(request.user, pk)
    form = decision_form(action, request.POST)
    if not form.is_valid():
        return show(request, action, form=form)
    kind, details = form.decision()
    return carry_out(request, action, form, kind, **details)


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End an action in another way than by accepting it: withdrawn, superseded, not used, transferred."""
    action = require_deciding(request.user, pk)
    if not action.is_open or action.reference is None:
        status = 409 if request.method == "POST" else 200
        return show(request, action, problem="Only an open action with a reference is ended", status=status)
    newest = action.events.order_by("-pk").values_list("pk", flat=True).first()
    data = request.POST if request.method == "POST" else None
    form = EndForm(data, action=action, initial={"seen": newest or 0})
    if not form.is_valid():
        return show_ending(request, action, form)
    kind, details = form.ending()
    return carry_out(request, action, form, kind, again=show_ending, **details)


def show_ending(request: HttpRequest, action: Action, form: forms.Form) -> HttpResponse:
    form.kept_as = f"action-{action.pk}-end"
    return render(request, "actions/end.html", {"action": action, "form": form})


@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Open again what was closed or withdrawn."""
    action = require_deciding(request.user, pk)
    form = ReopenForm(request.POST)
    if not form.is_valid():
        return show(request, action, form=form)
    return carry_out(request, action, form, EventKind.REOPENED)


@require_POST
def undo(request: HttpRequest, pk: int, event_pk: int) -> HttpResponse:
    """Take back a closing, at once: nothing else may have happened since."""
    action = require_deciding(request.user, pk)
    try:
        services.reopen(action, by=request.user, reason="Undone at once", seen=event_pk)
    except services.NotPossible as refused:
        return show(request, action, problem=refused.sentence, status=409)
    banners.success(request, f"{action.name} opened again")
    return redirect(keeping_place(action.get_absolute_url(), request.GET))


def show_deciding(request: HttpRequest, action: Action, form: forms.Form) -> HttpResponse:
    return show(request, action, form=form)


def carry_out(
    request: HttpRequest,
    action: Action,
    form: forms.Form,
    kind: EventKind,
    *,
    again: Callable[[HttpRequest, Action, forms.Form], HttpResponse] = show_deciding,
    **details,
) -> HttpResponse:
    """Do what was decided and say so; what is refused shows beside the question `again`, with what was typed."""
    asked = form.cleaned_data
    # Asked before: once it is decided, it may not be in that list any more.
    after = after_deciding(request.GET, request.user, action)
    try:
        event_pk = decided(request.user, action, kind, asked, details)
    except services.Overtaken as late:
        return show(request, find(request.user, action.pk), problem=late.sentence, status=409)
    except services.NotPossible as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
        return again(request, action, form)
    back = keeping_place(reverse("actions:undo", args=[action.pk, event_pk]), request.GET)
    banners.success(request, f"{action.name} {DONE[kind]}", undo=back if kind in CAN_BE_UNDONE else "")
    return redirect(after)


def decided(by: User, action: Action, kind: EventKind, asked: dict, details: dict) -> int:
    """The event of this decision; pressed twice, that of the first press."""
    reason, public_text = asked["text"], asked.get("public_text", "")

    @transaction.atomic
    def decide_now() -> int:
        event = services.decide(action, kind, by=by, reason=reason, seen=asked["seen"], **details)
        if public_text:
            say_publicly(event, public_text, by=by)
        return event.pk

    digest = digest_of(action=action.pk, kind=kind, by=by.pk, words=[reason, public_text], details=details)
    try:
        return once(asked["op_id"] or uuid4(), digest, decide_now)
    except OperationReused:
        # Somebody went back in their browser and decided otherwise.
        return decide_now()


def require_deciding(user: User, pk: int) -> Action:
    action = find(user, pk)
    if not permissions.can_decide(user):
        raise PermissionDenied("Only an approver decides on an action.")
    return action
