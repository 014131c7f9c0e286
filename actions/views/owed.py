"""The force's side: one list, theirs, and each action of it. Reached through the addresses of the office's own pages."""

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.models import User
from actions import permissions
from actions.evidence.shown import can_give, evidence_of
from actions.history import BY_REPLY
from actions.models import ASKED, ASKS, DECISIONS, REPORTS, Action, ActionEvent
from actions.owed import history_for, may_read_words, owed_by
from actions.timing import Diary
from meetings.models import Appointment
from meetings.services import holder_on

ALL = "all"


def mine(request: HttpRequest) -> HttpResponse:
    """What waits for them first, then what waits for the office, then what is not due yet and what ended lately."""
    also_long_ago = request.GET.get("ended") == ALL
    context = {"owed": owed_by(request.user, Diary.read(), also_long_ago=also_long_ago)}
    return render(request, "actions/owed.html", context)


def show(request: HttpRequest, action: Action, *, problem: str = "", status: int = 200) -> HttpResponse:
    """One action as its owner reads it: what is asked, what they said, what was decided and why."""
    user, today = request.user, timezone.localdate()
    events = list(
        action.events.select_related(
            "by", "meeting__type", "from_owner", "to_owner", "other", *BY_REPLY
        ).order_by("-pk")
    )
    last = next((event for event in events if event.kind in DECISIONS), None)
    asked = next((event for event in events if event.kind in ASKS), None) if action.state in ASKED else None
    context = {
        "action": action,
        "due": Diary.read(today).due(action),
        "holder": own_holder(action, user, today),
        "supporting": list(action.supporting.all()),
        "last": last,
        "asked": asked,
        "is_theirs": asked is not None and may_read_words(asked, user),
        "said": [event for event in events if is_own_report(event, user, last)],
        "evidence": evidence_of(action, user, events),
        "can_give": can_give(user, action),
        "can_report": action.is_open and permissions.can_report(user, action),
        "history": history_for(action, user, events),
        "problems": [problem] if problem else [],
    }
    return render(request, "actions/owed_action.html", context, status=status)


def own_holder(action: Action, user: User, today: dt.date) -> Appointment | None:
    """Who holds the post, where it is one of the reader's own body."""
    if action.owner is None or action.owner.body != user.body:
        return None
    return holder_on(action.owner, today)


def is_own_report(event: ActionEvent, user: User, last: ActionEvent | None) -> bool:
    """What the reader's body said since the last decision, or the office wrote down of it."""
    is_since = last is None or event.pk > last.pk
    return event.kind in REPORTS and is_since and may_read_words(event, user)
