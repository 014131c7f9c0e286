"""Recording: what was promised, what is said about it, what a meeting did with it."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.views.decorators.http import require_POST

from accounts.models import User
from actions import permissions, services
from actions.carried import outcome_form
from actions.forms import (
    ActionForm,
    DueForm,
    EarlierActionForm,
    OwnersForm,
    ReportForm,
    WordingForm,
    chosen_due,
)
from actions.models import Action, CarriedAction, EventKind
from actions.timing import Diary
from actions.views.reading import find, show
from meetings.models import AgendaItem, Exchange, Meeting
from meetings.numbering import numbers_of
from meetings.texts import Conflict, MissingBase
from web import banners, forms
from web.operations import OperationReused, digest_of, once


def item_to_minute(user: User, meeting_pk: int, pk: int) -> AgendaItem:
    """An item of this meeting that this person minutes; 404 when they may not see it."""
    meeting = get_object_or_404(Meeting.objects.visible_to(user), pk=meeting_pk)
    item = get_object_or_404(AgendaItem.objects.select_related("meeting__type"), pk=pk, meeting=meeting)
    require_minuting(user)
    return item


def require_minuting(user: User) -> None:
    if not permissions.can_minute(user):
        raise PermissionDenied("Only a policy officer records actions and changes them.")


def add(request: HttpRequest, meeting_pk: int, item_pk: int) -> HttpResponse:
    """Record a promise under the item in which it was made, after the exchange named by `?after=`."""
    item = item_to_minute(request.user, meeting_pk, item_pk)
    after = exchange_named(item, request.GET.get("after"))
    form = ActionForm(
        request.POST if request.method == "POST" else None,
        **due_words(item.meeting),
        initial={"text": request.GET.get("text", "")},
    )
    if request.method == "POST" and form.is_valid():
        place = {"meeting": item.meeting, "item": item, "after": after}
        action = save(
            form, lambda: services.add_action(**place, **promised(form, item.meeting, request.user))
        )
        if action:
            banners.success(request, f"{action.name} added")
            return redirect(item)
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
            form, lambda: services.add_earlier_action(**place, **promised(form, item.meeting, request.user))
        )
        if action:
            banners.success(request, f"{action.name} added")
            return redirect(item)
    return render(request, "actions/add_earlier.html", {"form": form, "item": item, "meeting": item.meeting})


def exchange_named(item: AgendaItem, pk: str | None) -> Exchange | None:
    return get_object_or_404(item.exchanges, pk=pk) if pk and pk.isdecimal() else None


def due_words(meeting: Meeting) -> dict:
    """The days that the answers to "When is it due?" name."""
    since = meeting.date or timezone.localdate()
    return {"since": since, "next_day": Diary.read().next_day(meeting.type_id, since) or meeting.next_date}


def promised(form: ActionForm, meeting: Meeting, by: User) -> dict:
    """What was answered, in the service's words; refuses a due date before the meeting."""
    asked = form.cleaned_data
    due = form.agreed()
    if sentence := services.problem_with_due(meeting, due["due_on"]):
        raise services.NotPossible(sentence, "due_on")
    return {name: asked[name] for name in ("text", "owner", "supporting", "op_id")} | due | {"by": by}


def save(form: forms.Form, service: Callable):
    """What the service made; None when it was refused, with the reason beside its question."""
    try:
        return service()
    except services.NotPossible as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
    except OperationReused as reused:
        form.add_error(None, str(reused))
    return None


def to_change(request: HttpRequest, pk: int) -> Action:
    """An action that this person may put right; a liaison who sees it may not, and is told so."""
    action = find(request.user, pk)
    require_minuting(request.user)
    return action


def change_owner(request: HttpRequest, pk: int) -> HttpResponse:
    """Say who owes it, and who helps."""
    action = to_change(request, pk)
    initial = {"owner": action.owner, "supporting": action.supporting.all()}
    form = OwnersForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        services.assign(action, **form.cleaned_data, by=request.user)
        banners.success(request, f"Owner of {action.called} saved")
        return redirect(action)
    return render(
        request, "actions/change.html", {"form": form, "action": action, "heading": "Change the owner"}
    )


def change_due(request: HttpRequest, pk: int) -> HttpResponse:
    """Give it its first due date, or put a provisional one right; moving it later is a decision."""
    action = to_change(request, pk)
    meeting = action.source
    form = DueForm(
        request.POST if request.method == "POST" else None,
        **due_words(meeting),
        initial=chosen_due(action.due_on, action.due_next),
    )
    if (
        request.method == "POST"
        and form.is_valid()
        and save(form, lambda: set_due(action, form, request.user))
    ):
        banners.success(request, f"Due date of {action.called} saved")
        return redirect(action)
    return render(
        request, "actions/change.html", {"form": form, "action": action, "heading": "Set the due date"}
    )


def set_due(action: Action, form: DueForm, by: User) -> bool:
    due = form.agreed()
    if sentence := services.problem_with_due(action.source, due["due_on"]):
        raise services.NotPossible(sentence, "due_on")
    services.set_due(action, **due, by=by)
    return True


def change_wording(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the wording right. Who saved meanwhile keeps their words: both are shown, nothing is overwritten."""
    action = to_change(request, pk)
    if request.method != "POST":
        form = WordingForm(initial={"text": action.text, "base_version": action.version})
        return render(request, "actions/wording.html", {"form": form, "action": action})
    form, status, conflict = WordingForm(request.POST), 200, None
    if form.is_valid():
        try:
            services.reword(action, **form.cleaned_data, by=request.user)
        except Conflict as late:
            conflict, status = late, 409
            form = WordingForm(initial={**form.cleaned_data, "base_version": late.theirs.version})
        except MissingBase:
            status = 428
            form = WordingForm(initial={**form.cleaned_data, "base_version": action.version})
        except OperationReused as reused:
            status = 422
            form.add_error(None, str(reused))
        else:
            banners.success(request, f"Wording of {action.called} saved")
            return redirect(action)
    context = {"form": form, "action": action, "conflict": conflict, "unknown_base": status == 428}
    return render(request, "actions/wording.html", context, status=status)


def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Add an update, or ask to close it: the owner's own words, or as an officer received them."""
    action = find(request.user, pk)
    if not permissions.can_report(request.user, action):
        raise PermissionDenied("This action is not yours to report on.")
    form = ReportForm(
        request.POST if request.method == "POST" else None, is_own=not permissions.can_minute(request.user)
    )
    if request.method == "POST" and form.is_valid() and save(form, lambda: tell(action, form, request.user)):
        banners.success(request, f"Update on {action.called} saved")
        return redirect(action)
    return render(request, "actions/report.html", {"form": form, "action": action})


def tell(action: Action, form: ReportForm, by: User) -> int:
    """Add the event that the form asks for, once."""
    asked = form.cleaned_data
    service = services.propose_completion if asked["kind"] == EventKind.PROPOSED else services.record_update
    digest = digest_of(action=action.pk, by=by.pk, **{name: asked[name] for name in asked if name != "op_id"})
    return once(asked["op_id"], digest, lambda: service(action, asked["text"], by=by, on=asked.get("on")).pk)


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


def outcome(request: HttpRequest, meeting_pk: int, item_pk: int, pk: int) -> HttpResponse:
    """Record what a meeting did with an action that was carried into it, and which paragraphs tell of it."""
    item = item_to_minute(request.user, meeting_pk, item_pk)
    action = get_object_or_404(services.carried_into(item.meeting), pk=pk)
    told = CarriedAction.objects.filter(action=action, meeting=item.meeting).first()
    form = outcome_form(action, told, paragraphs_of(item), request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        exchanges = item.exchanges.filter(pk__in=form.cleaned_data.get("exchanges", []))
        services.record_outcome(
            action, item.meeting, form.cleaned_data["outcome"], exchanges=exchanges, by=request.user
        )
        banners.success(request, f"Outcome of {action.called} saved")
        return redirect(f"{item.get_absolute_url()}#action-{action.pk}")
    context = {"form": form, "action": action, "item": item, "meeting": item.meeting}
    return render(request, "actions/outcome.html", context)


@require_POST
def not_reached(request: HttpRequest, meeting_pk: int, item_pk: int) -> HttpResponse:
    """Carry forward, in one step, every action to which the meeting did not come."""
    item = item_to_minute(request.user, meeting_pk, item_pk)
    count = services.record_rest_not_reached(item.meeting, by=request.user)
    were = "1 action is" if count == 1 else f"{count} actions are"
    banners.success(request, f"{were} recorded as not reached and carried forward")
    return redirect(item)


def paragraphs_of(item: AgendaItem) -> dict[int, str]:
    """The exchanges of an item by id, each with its number and how it begins."""
    numbers = numbers_of(item.meeting).exchanges
    exchanges = item.exchanges.prefetch_related("contributions")
    return {one.pk: f"{numbers[one.pk]} {beginning(one)}" for one in exchanges if one.pk in numbers}


def beginning(exchange: Exchange) -> str:
    first = next(iter(exchange.contributions.all()), None)
    return Truncator(str(first)).words(12) if first else ""
