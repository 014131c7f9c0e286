"""The first page after signing in: what each duty finds on the desk today."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import DutyKind
from desk.today import actions_of, desk_of
from meetings import permissions


@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """Today's desk, by duty; somebody with several duties finds what belongs to each.

    Whose only duty is the force's finds their list of actions, which is all that they come for.
    """
    user = request.user
    if user.duty_kinds == {DutyKind.LIAISON}:
        return redirect("actions:list")
    context = {
        "today": timezone.localdate(),
        "desk": desk_of(user) if user.is_office else None,
        "owned": actions_of(user) if user.is_liaison else None,
        "may_plan": permissions.can_plan(user),
    }
    return render(request, "desk/today.html", context)
