"""What these pages have in common: who may open them, and how a form is asked, refused and answered."""

from collections.abc import Callable
from copy import copy
from functools import partial, wraps
from uuid import UUID, uuid4

from django.apps import apps
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.forms import CharField, HiddenInput
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from accounts.models import User
from meetings import permissions
from meetings.facts import Values
from meetings.models import Meeting, Priority
from meetings.services import Refused, settings
from meetings.views.together import Saving, saved_together, sent
from web import banners, forms
from web.operations import OperationReused, digest_of, once, op_id_of

asks = require_http_methods(["GET", "HEAD", "POST"])


def only(allowed: Callable[[User], bool], words: str):
    """Open a page to those who are allowed; everybody else reads `words`."""

    def guard(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if not allowed(request.user):
                raise PermissionDenied(words)
            return view(request, *args, **kwargs)

        return guarded

    return guard


readers = only(
    permissions.can_read_settings, "How the office is set up is for those who work in the office to see."
)
for_settings = only(
    permissions.can_manage_settings,
    "Only an administrator looks after roles, themes, meeting types and the office.",
)
for_people = only(
    permissions.can_manage_people, "Only an administrator or a policy officer looks after people and plans."
)
planners = only(permissions.can_plan, "Only a policy officer plans meetings.")


def get_meeting(request: HttpRequest, pk: int) -> Meeting:
    """The meeting, for whoever may read it; else 404."""
    meetings = Meeting.objects.visible_to(request.user).select_related("type")
    return get_object_or_404(meetings, pk=pk)


def editable_meeting(request: HttpRequest, pk: int) -> Meeting:
    """The meeting, for whoever may change it: 404 for those who may not read it, 403 for those who only may."""
    meeting = get_meeting(request, pk)
    if not permissions.can_edit_record(request.user, meeting):
        raise PermissionDenied("You may read this meeting. Only a policy officer changes it.")
    return meeting


def filled(request: HttpRequest, form_class: type, **kwargs):
    """The form with what was sent, if anything was; what is typed into it is kept on the device."""
    form = form_class(request.POST if request.method == "POST" else None, **kwargs)
    form.fields["op_id"] = CharField(widget=HiddenInput, required=False, initial=uuid4)
    form.op_id, form.kept_as = op_id_of(request), request.path
    return form


def done(form, do: Callable[[], models.Model]) -> models.Model | None:
    """What `do` makes, once however often the form is sent; None if the form is wrong or the service refuses.

    A refusal is put on the form.
    """
    if not (form.is_bound and form.is_valid()):
        return None
    form.cleaned_data.pop("op_id", None)  # no answer of anybody's
    try:
        return made_once(form.op_id, form.data, do) if form.op_id else do()
    except Refused as refusal:
        form.refuse(refusal.sentence)
    except OperationReused:
        form.refuse(
            "This was sent before with other words, and those are kept. Open the page again to add more"
        )
    return None


def made_once(op_id: UUID, sent: QueryDict, do: Callable[[], models.Model]) -> models.Model:
    """What `do` makes, or made when this form was sent before. Raises what `do` raises, or `OperationReused`."""

    def make() -> list:
        made = do()
        return [made._meta.label, made.pk]

    typed = {name: words for name, words in sent.lists() if name != "csrfmiddlewaretoken"}
    label, pk = once(op_id, digest_of(**typed), make)
    return apps.get_model(label)._base_manager.get(pk=pk)


def ask(request: HttpRequest, form, *, back: str, back_words: str, caption: str = "") -> HttpResponse:
    """A page that asks one question: the form under its own heading, with the way back."""
    context = {"form": form, "back": back, "back_words": back_words, "caption": caption}
    return render(request, "meetings/ask.html", context)


def to_change(request: HttpRequest, model: type[models.Model], **which) -> models.Model:
    """What is to be changed; who sends a form about what was removed meanwhile is told so, and keeps what they typed."""
    rows = model.with_removed if request.method == "POST" else model.objects
    return get_object_or_404(rows, **which)


def facts_of(row: models.Model, names: list[str]) -> Values:
    """What a form asks about a row, as it is stored; of what was chosen from other tables, the rows."""
    facts = {name: getattr(row, name) for name in names}
    return {name: list(one.all()) if hasattr(one, "all") else one for name, one in facts.items()}


def change(
    request: HttpRequest,
    form_class: type,
    row: models.Model,
    write: Callable[..., object],
    *,
    go: str,
    back_words: str,
    current: Callable[[models.Model], Values] | None = None,
    caption: str = "",
    undo: str = "",
    **asked,
) -> HttpResponse:
    """Ask about something that two people may change at once: each keeps what only they changed, the rest they choose.

    `current` reads what the form asks, where that is not the row's own fields; `write` is the service that takes
    all of it. `undo` brings back what was removed meanwhile.
    """
    current = current or partial(facts_of, names=form_class.Meta.fields)
    if issubclass(form_class, forms.ModelForm):
        asked["instance"] = copy(row)  # the form fills in its own; the row stays as it was found
    kept_as = f"{row._meta.model_name}-{row.pk}"
    form = form_class(sent(request), shown=current(row), kept_as=kept_as, **asked)
    saving = Saving(
        form,
        row,
        f"“{row}”",
        current,
        lambda held, facts: write(held, **current(held) | facts, by=request.user),
        done=f"{row} saved",
        go=go,
        back=go,
        problem=lambda refused: form.refuse(refused.sentence),
        undo=undo,
        undo_words="Bring it back",
    )
    if form.is_bound and (answer := saved_together(request, saving)):
        return answer
    return ask(request, form, back=go, back_words=back_words, caption=caption)


def removed(request: HttpRequest, row, *, to, undo: str) -> HttpResponse:
    """Remove something from the settings, with a way back; or stay on its page with the reason why not."""
    try:
        settings.remove(row, by=request.user)
    except Refused as refusal:
        messages.warning(request, refusal.sentence)
        return redirect(row if hasattr(row, "get_absolute_url") else to)
    banners.success(request, f"{row} removed", undo=undo)
    return redirect(to)


def brought_back(request: HttpRequest, row, *, to=None, back=None) -> HttpResponse:
    """Undo a removal from the settings and show what is back; `back` is where to go if that is refused."""
    try:
        settings.bring_back(row, by=request.user)
    except Refused as refusal:
        messages.warning(request, refusal.sentence)
        return redirect(back or to)
    banners.success(request, f"{row} is back")
    return redirect(to or row)


def moved(request: HttpRequest, row, direction: str) -> HttpResponse:
    """Move something up or down its list; the page comes back with the same button in focus."""
    owner = row.plan if isinstance(row, Priority) else row.type
    settings.move(row, direction, by=request.user)
    messages.info(request, f"“{row}” moved {direction}")
    return redirect(f"{owner.get_absolute_url()}#{direction}-{row._meta.model_name}-{row.pk}")


def tried(request: HttpRequest, do: Callable[[], object], words: str, *, to, undo: str = "") -> HttpResponse:
    """Do something that a button asks for, say so and go back; or go back with the reason why not."""
    try:
        do()
    except Refused as refusal:
        messages.warning(request, refusal.sentence)
    else:
        banners.success(request, words, undo=undo)
    return redirect(to)
