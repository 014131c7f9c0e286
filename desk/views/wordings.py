"""The versions of an action's wording: all of them, any two beside each other, an earlier one brought back."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from actions import permissions, services
from actions.models import Action
from desk.views.versions import Looking
from meetings import texts
from meetings.views.together import DAMAGED, NO_BASE, not_saved
from web import banners
from web.operations import OperationReused, op_id_of

CHANGED = "Somebody changed this wording meanwhile. Look at the newest version first."


def action_for(user: User, pk: int) -> Action:
    """The action, also a removed one, for the office alone: nobody else reads what its wording was before."""
    if not user.is_office:
        raise Http404("no such action")
    return get_object_or_404(Action.with_removed.visible_to(user), pk=pk)


def of_wording(request: HttpRequest, pk: int) -> Looking:
    action = action_for(request.user, pk)
    is_there = not action.removed_at
    return Looking(
        action,
        called="the wording",
        caption=action.name,
        history=reverse("desk:wording_history", args=[pk]),
        back=action.get_absolute_url() if is_there else action.source.get_absolute_url(),
        back_words=action.called if is_there else "the meeting",
        may_edit=permissions.can_minute(request.user) and is_there,
    )


@require_safe
def history(request: HttpRequest, pk: int) -> HttpResponse:
    return of_wording(request, pk).page(request)


@require_safe
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    return of_wording(request, pk).comparison(request)


@require_POST
def restore_version(request: HttpRequest, pk: int, version: int) -> HttpResponse:
    """Save an earlier wording once more, as the newest one."""
    action = action_for(request.user, pk)
    if not permissions.can_minute(request.user):
        raise PermissionDenied("Only a policy officer records actions and changes them.")
    earlier, base = texts.revision(action, version), request.POST.get("base_version", "")
    if problem := problem_with(request, base, earlier):
        return not_saved(request, *problem, back=reverse("desk:wording_history", args=[pk]))
    try:
        services.reword(
            action,
            earlier.text,
            base_version=int(base),
            op_id=op_id_of(request),
            by=request.user,
            why=f"Version {version} brought back",
        )
    except texts.Conflict:
        return not_saved(request, 409, CHANGED, back=reverse("desk:wording_history", args=[pk]))
    except OperationReused:
        sentence = "This was sent before with another version."
        return not_saved(request, 422, sentence, back=reverse("desk:wording_history", args=[pk]))
    banners.success(request, f"Version {version} of the wording is the newest again")
    return redirect(action)


def problem_with(request: HttpRequest, base: str, earlier: texts.Revision | None) -> tuple[int, str] | None:
    """Why nothing can be brought back, with the status that says so."""
    if not base:
        return 428, NO_BASE
    if not (base.isascii() and base.isdigit() and len(base) < 10) or op_id_of(request) is None:
        return 400, DAMAGED
    if earlier is None:
        return 404, "There is no such version."
    return None
