"""What a person may decide about an action now, as the form that asks it."""

from django.utils import timezone

from accounts.models import User
from actions import permissions
from actions.another_date import DateAskedForm, date_asked_for
from actions.forms import DecisionForm, ReopenForm
from actions.models import Action, ActionEvent
from actions.timing import Diary
from web import forms


def question_for(user: User, action: Action, events: list[ActionEvent]) -> forms.Form | None:
    """What this person can decide about an action now, as a form; None when that is nothing."""
    if not permissions.can_decide(user) or action.reference is None:
        return None
    initial = {"seen": max((event.pk for event in events), default=0)}
    return decision_form(action, initial=initial) if action.is_open else ReopenForm(initial=initial)


def decision_form(action: Action, data=None, **kwargs) -> DecisionForm:
    today = timezone.localdate()
    upcoming = Diary.read(today).next_day(action.source.type_id, today)
    if asked := date_asked_for(action):
        return DateAskedForm(data, since=today, next_day=upcoming, asked=asked, **kwargs)
    return DecisionForm(data, since=today, next_day=upcoming, **kwargs)
