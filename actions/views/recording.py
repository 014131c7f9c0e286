"""Recording what was promised, and taking back what is still provisional."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.models import User
from actions import services
from actions.beginning import initial_from
from actions.forms import ActionForm, EarlierActionForm
from actions.models import Action
from actions.views.minuting import (
    ask_again,
    done,
    due_words,
    item_to_minute,
    require_minuting,
    save,
    to_change,
)
from actions.views.reading import show
from meetings.models import AgendaItem, Contribution, Exchange, Meeting
from meetings.services.commitments import answer_commitment
from web import banners


def add(request: HttpRequest, meeting_pk: int, item_pk: int) -> HttpResponse:
    """Record a promise under the item in which it was made.

    It stands after the exchange named by `?after=`, or after that of the contribution
    named by `?words=`, whose words then fill the form.
    """
    item = item_to_minute(request.user, meeting_pk, item_pk)
    words = words_named(item, request.GET.get("words"))
    after = words.exchange if words else exchange_named(item, request.GET.get("after"))
    form = ActionForm(
        request.POST if request.method == "POST" else None,
        **due_words(item.meeting),
        initial=initial_from(words, item.meeting) if words else {"text": request.GET.get("text", "")},
    )
    form.kept_as = f"item-{item_pk}-action{f'-{words.pk}' if words else ''}"
    # Whoever comes from the record types at once; where something is wrong, the summary has the focus.
    form.fields["text"].widget.attrs["autofocus"] = not form.is_bound
    if request.method == "POST" and form.is_valid():
        place = {"meeting": item.meeting, "item": item, "after": after}
        action = save(
            form, lambda: services.add_action(**place, **promised(form, item.meeting, request.user))
        )
        if action:
            if words:
                answer_commitment(words, "action", by=request.user)
            banners.success(request, f"{action.name} added")
            return redirect(f"{item.get_absolute_url()}#box")
    return render(
        request, "actions/add.html", {"form": form, "item": item, "meeting": item.meeting, "after": after}
    )


def add_earlier(request: HttpRequest, meeting_pk: int, item_pk: int) -> HttpResponse:
    """Record a promise of a meeting that is not here, where this meeting speaks of it."""
    item = item_to_minute(request.user, meeting_pk, item_pk)
    form = EarlierActionForm(request.POST if request.method == "POST" else None, **due_words(item.meeting))
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        origin = {"origin_text": asked["origin_text"], "origin_date": asked["origin_date"]}
        place = {"recorded_in": item.meeting, "item": item, "reference": asked["reference"] or None, **origin}
        action = save(
            form, lambda: services.add_earlier_action(**place, **promised(form, None, request.user))
        )
        if action:
            return done(request, f"{action.name} added", item.get_absolute_url())
    form.kept_as = f"item-{item_pk}-earlier-action"
    context = {"form": form, "item": item, "meeting": item.meeting}
    return ask_again(request, form, "actions/add_earlier.html", context)


def exchange_named(item: AgendaItem, pk: str | None) -> Exchange | None:
    return get_object_or_404(item.exchanges, pk=pk) if pk and pk.isdecimal() else None


def words_named(item: AgendaItem, pk: str | None) -> Contribution | None:
    """What somebody said under this item, and is made an action."""
    if not pk:
        return None
    said = Contribution.objects.filter(exchange__item=item, exchange__removed_at=None)
    pk = int(pk) if pk.isascii() and pk.isdigit() and len(pk) < 19 else None
    return get_object_or_404(said.select_related("exchange__item__meeting"), pk=pk)


def promised(form: ActionForm, meeting: Meeting | None, by: User) -> dict:
    """What was answered, in the service's words; refuses a due date before the meeting, if it arose in one of ours."""
    asked = form.cleaned_data
    due = form.agreed()
    if meeting and (sentence := services.problem_with_due(meeting, due["due_on"])):
        raise services.NotPossible(sentence, "due_on")
    return {name: asked[name] for name in ("text", "owner", "supporting", "op_id")} | due | {"by": by}


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take away an action that is still provisional."""
    action = to_change(request, pk)
    try:
        services.remove_action(action, by=request.user)
    except services.NotPossible as refused:
        return show(request, action, problem=refused.sentence, status=409)
    banners.success(request, f"{action.name} removed", undo=reverse("actions:restore", args=[action.pk]))
    return redirect(action.item or action.source)


@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo a removal."""
    action = get_object_or_404(Action.with_removed.visible_to(request.user), pk=pk)
    require_minuting(request.user)
    action = services.restore_action(action, by=request.user)
    banners.success(request, f"{action.name} is back")
    return redirect(action.item or action)
