"""Reading one action."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import User
from actions import permissions
from actions.history import history_of
from actions.models import DECISIONS, REPORTS, Action, Evidence
from actions.timing import Diary
from actions.views.questions import question_for
from actions.walking import Walk
from meetings.services import holder_on


@require_safe
def action(request: HttpRequest, pk: int) -> HttpResponse:
    """One action: its facts, what its owner says, the decision, its history."""
    return show(request, find(request.user, pk))


def find(user: User, pk: int) -> Action:
    """The action, if this person may see it; otherwise it is a 404, like one that does not exist."""
    related = Action.objects.select_related("owner", "meeting__type", "recorded_in__type", "item", "after")
    return get_object_or_404(related.visible_to(user), pk=pk)


def show(
    request: HttpRequest, action: Action, *, form=None, problem: str = "", status: int = 200
) -> HttpResponse:
    """The page of an action; `form` is one that was refused, `problem` why."""
    user = request.user
    is_office = user.is_office
    events = list(action.events.select_related("by", "meeting__type"))
    today = timezone.localdate()
    walk = Walk.read(request.GET, user)
    context = {
        "action": action,
        "walk": walk,
        "place": walk.place_of(action) if walk else None,
        "due": Diary.read(today).due(action),
        "holder": holder_on(action.owner, today) if action.owner else None,
        "supporting": list(action.supporting.all()),
        "themes": list(action.item.themes.all()) if action.item and is_office else [],
        "reports": reports_to_judge(events),
        "evidence": evidence_of(action, user, events),
        "can_give": can_give(user, action),
        "can_remove": permissions.can_remove_evidence(user),
        "history": history_of(action, is_office=is_office),
        "form": form or question_for(user, action, events),
        "problems": [problem] if problem else [],
        "is_office": is_office,
        "can_minute": permissions.can_minute(user),
        "can_decide": permissions.can_decide(user),
        "can_report": action.reference and action.is_open and permissions.can_report(user, action),
    }
    return render(request, "actions/action.html", context, status=status)


def evidence_of(action: Action, user: User, events: list) -> list[Evidence]:
    """The files that this person may see; each event learns which were given with it."""
    rows = list(Evidence.objects.visible_to(user).filter(action=action).select_related("by"))
    for event in events:
        event.files = [row for row in rows if row.event_id == event.pk]
    return rows


def can_give(user: User, action: Action) -> bool:
    """Whether this page offers to add a file; with an action that has ended, only the office does."""
    is_possible = action.reference is not None and (action.is_open or permissions.can_minute(user))
    return is_possible and permissions.can_give_evidence(user, action)


def reports_to_judge(events: list) -> list:
    """What the owner said since the last decision, the newest first."""
    last = max((event.pk for event in events if event.kind in DECISIONS), default=0)
    return sorted(
        (event for event in events if event.kind in REPORTS and event.pk > last),
        key=lambda event: event.pk,
        reverse=True,
    )
