"""Who minutes actions, and how a form about one is answered."""

from collections.abc import Callable
from functools import partial

from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.models import User
from actions import permissions, services
from actions.models import Action
from actions.timing import Diary
from actions.views.reading import find
from meetings.models import AgendaItem, Meeting
from meetings.services import Refused
from meetings.views.together import Saving
from web import answers, banners, forms
from web.operations import OperationReused

REUSED = "reused"


def item_to_minute(user: User, meeting_pk: int, pk: int) -> AgendaItem:
    """An item of this meeting that this person minutes; 404 when they may not see it."""
    meeting = get_object_or_404(Meeting.objects.visible_to(user), pk=meeting_pk)
    item = get_object_or_404(AgendaItem.objects.select_related("meeting__type"), pk=pk, meeting=meeting)
    require_minuting(user)
    return item


def to_change(request: HttpRequest, pk: int) -> Action:
    """An action that this person may put right; a liaison who sees it may not, and is told so."""
    action = find(request.user, pk)
    require_minuting(request.user)
    return action


def require_minuting(user: User) -> None:
    if not permissions.can_minute(user):
        raise PermissionDenied("Only a policy officer records actions and changes them.")


def due_words(meeting: Meeting) -> dict:
    """The days that the answers to "When is it due?" name."""
    since = meeting.date or timezone.localdate()
    return {"since": since, "next_day": Diary.read().next_day(meeting.type_id, since) or meeting.next_date}


def save(form: forms.Form, service: Callable):
    """What the service made; None when it was refused, with the reason beside its question."""
    try:
        return service()
    except services.NotPossible as refused:
        say_why_not(form, refused)
    except OperationReused as reused:
        form.add_error(None, ValidationError(str(reused), code=REUSED))
    return None


def say_why_not(form: forms.Form, refused: Refused) -> None:
    """Put a refusal beside the question that it is about."""
    field = getattr(refused, "field", None)
    form.add_error(field if field in form.fields else None, refused.sentence)


def changing(action: Action, form: forms.Form, **further) -> Saving:
    """A change of an action that two people may make at once."""
    page = action.get_absolute_url()
    further = {"go": page} | further
    return Saving(form, action, back=page, problem=partial(say_why_not, form), **further)


def done(request: HttpRequest, words: str, go: str) -> HttpResponse:
    """Say that it is saved, and go on."""
    banners.success(request, words)
    return answers.saved(words, go=go) if answers.wants_json(request) else redirect(go)


def ask_again(request: HttpRequest, form: forms.Form, template: str, context: dict) -> HttpResponse:
    """The page with the form, also when it has to be put right; 422 where it was sent before with other words."""
    was_reused = form.is_bound and form.has_error(NON_FIELD_ERRORS, REUSED)
    if form.is_bound and answers.wants_json(request):
        return answers.used_before(form.non_field_errors()[0]) if was_reused else answers.mistakes(form)
    return render(request, template, context, status=422 if was_reused else 200)
