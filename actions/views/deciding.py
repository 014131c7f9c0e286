"""Deciding: an approver closes, keeps, returns, withdraws, opens again, or agrees another date."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.models import User
from actions import permissions, services
from actions.forms import ReopenForm
from actions.models import Action, EventKind
from actions.views.questions import decision_form
from actions.views.reading import find, show
from actions.walking import after_deciding, keeping_place
from web import banners, forms

DONE = {
    EventKind.CLOSED: "closed",
    EventKind.RETAINED: "kept open",
    EventKind.DUE_MOVED: "has a new due date",
    EventKind.DATE_KEPT: "stays due when it was",
    EventKind.RETURNED: "returned for more information",
    EventKind.WITHDRAWN: "withdrawn",
    EventKind.REOPENED: "opened again",
}
# What is undone at one press: it is opened again, and says so in its history.
CAN_BE_UNDONE = {EventKind.CLOSED, EventKind.WITHDRAWN}


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide on an open action."""
    action = require_deciding(request.user, pk)
    form = decision_form(action, request.POST)
    if not form.is_valid():
        return show(request, action, form=form)
    kind, details = form.decision()
    return carry_out(request, action, form, kind, **details)


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


def carry_out(
    request: HttpRequest, action: Action, form: forms.Form, kind: EventKind, **details
) -> HttpResponse:
    """Do what was decided and say so; what is refused shows beside the question, with what was typed."""
    asked = form.cleaned_data
    # Asked before: once it is decided, it may not be in that list any more.
    after = after_deciding(request.GET, request.user, action)
    try:
        event = services.decide(
            action, kind, by=request.user, reason=asked["text"], seen=asked["seen"], **details
        )
    except services.Overtaken as late:
        return show(request, find(request.user, action.pk), problem=late.sentence, status=409)
    except services.NotPossible as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
        return show(request, action, form=form)
    back = keeping_place(reverse("actions:undo", args=[action.pk, event.pk]), request.GET)
    banners.success(request, f"{action.name} {DONE[kind]}", undo=back if kind in CAN_BE_UNDONE else "")
    return redirect(after)


def require_deciding(user: User, pk: int) -> Action:
    action = find(user, pk)
    if not permissions.can_decide(user):
        raise PermissionDenied("Only an approver decides on an action.")
    return action
