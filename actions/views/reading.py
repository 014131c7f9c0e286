"""Reading one action."""

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import User
from actions import permissions, services
from actions.evidence.shown import can_give, evidence_of
from actions.history import BY_REPLY, history_of
from actions.models import DECISIONS, REPORTS, Action, ActionEvent, EventKind
from actions.timing import Diary
from actions.views import owed
from actions.views.questions import question_for
from actions.walking import Walk
from meetings.models import Appointment
from meetings.services import holder_on


@require_safe
def action(request: HttpRequest, pk: int) -> HttpResponse:
    """One action: its facts, what its owner says, the decision, its history."""
    return show(request, find(request.user, pk))


def find(user: User, pk: int) -> Action:
    """The action, if this person may see it; otherwise it is a 404, like one that does not exist."""
    related = Action.objects.select_related(
        "owner", "meeting__type", "recorded_in__type", "item", "after", "superseded_by"
    )
    return get_object_or_404(related.visible_to(user), pk=pk)


def show(
    request: HttpRequest, action: Action, *, form=None, problem: str = "", status: int = 200
) -> HttpResponse:
    """The page of an action; `form` is one that was refused, `problem` why."""
    user = request.user
    if permissions.owes(user):
        return owed.show(request, action, problem=problem, status=status)
    is_office = user.is_office
    events = list(action.events.select_related("by", "meeting__type", "to_owner", *BY_REPLY))
    today = timezone.localdate()
    walk = Walk.read(request.GET, user)
    context = {
        "action": action,
        "walk": walk,
        "place": walk.place_of(action) if walk else None,
        "due": Diary.read(today).due(action),
        "holder": holder_on(action.owner, today) if action.owner else None,
        "agreed_with": holder_then(action, events, today),
        "takes_place_of": list(action.takes_place_of.order_by("pk")),
        "supporting": list(action.supporting.all()),
        "themes": list(action.item.themes.all()) if action.item and is_office else [],
        "reports": reports_to_judge(events),
        "spoken": services.waiting_to_be_confirmed()
        .filter(action=action)
        .select_related("meeting__type")
        .first(),
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


def holder_then(action: Action, events: list[ActionEvent], today: dt.date) -> Appointment | None:
    """Who owed it when it was agreed, where that was somebody else than now."""
    agreed = next((event for event in events if event.kind == EventKind.AGREED), None)
    if agreed is None or agreed.to_owner is None:
        return None
    then = holder_on(agreed.to_owner, agreed.on)
    now = holder_on(action.owner, today) if action.owner else None
    is_same = then and now and then.person_id == now.person_id
    return then if then and then.person and not is_same else None


def reports_to_judge(events: list) -> list:
    """What the owner said since the last decision, the newest first."""
    last = max((event.pk for event in events if event.kind in DECISIONS), default=0)
    return sorted(
        (event for event in events if event.kind in REPORTS and event.pk > last),
        key=lambda event: event.pk,
        reverse=True,
    )
