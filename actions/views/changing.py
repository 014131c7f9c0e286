"""Putting an action right: who owns it, and when it is first due."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.models import User
from actions import services
from actions.forms import DueForm, OwnersForm, chosen_due
from actions.models import Action
from actions.views.minuting import changing, due_words, to_change
from meetings.views.together import Saving, saved_together, sent


def change_owner(request: HttpRequest, pk: int) -> HttpResponse:
    """Say who owes it, and who helps."""
    action = to_change(request, pk)
    shown = owners_of(action)
    form = OwnersForm(sent(request), initial=shown, shown=shown, kept_as=f"action-{pk}-owner")
    saving = changing(
        action,
        form,
        called=f"who owns {action.called}",
        current=owners_of,
        write=lambda row, facts: services.assign(row, **owners_of(row) | facts, by=request.user),
        done=f"Owner of {action.called} saved",
    )
    return asked_together(request, saving, "Change the owner")


def owners_of(action: Action) -> dict:
    """What the form about its owner asks, as it is stored."""
    return {"owner": action.owner, "supporting": list(action.supporting.all()), "why": ""}


def change_due(request: HttpRequest, pk: int) -> HttpResponse:
    """Give it its first due date, or put a provisional one right; moving it later is a decision."""
    action = to_change(request, pk)
    shown = due_of(action)
    kept_as = f"action-{pk}-due"
    form = DueForm(sent(request), **due_words(action.source), initial=shown, shown=shown, kept_as=kept_as)
    saving = changing(
        action,
        form,
        called=f"when {action.called} is due",
        current=due_of,
        write=lambda row, facts: set_due(row, form, request.user),
        done=f"Due date of {action.called} saved",
    )
    return asked_together(request, saving, "Set the due date")


def due_of(action: Action) -> dict:
    """What the form about its due date asks, as it is stored."""
    return chosen_due(action.due_on, action.due_next)


def set_due(action: Action, form: DueForm, by: User) -> None:
    services.set_due(action, **form.agreed(), by=by)


def asked_together(request: HttpRequest, saving: Saving, heading: str) -> HttpResponse:
    """The answer to a form that was sent, or its page."""
    if saving.form.is_bound and (answer := saved_together(request, saving)):
        return answer
    context = {"form": saving.form, "action": saving.row, "heading": heading}
    return render(request, "actions/change.html", context)
