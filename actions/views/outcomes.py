"""What a meeting did with an action that was carried into it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import Truncator
from django.views.decorators.http import require_POST

from accounts.models import User
from actions import services
from actions.carried import answers_about
from actions.forms import OutcomeForm
from actions.models import Action, CarriedAction, Outcome
from actions.views.minuting import changing, item_to_minute
from meetings.models import AgendaItem, Exchange
from meetings.numbering import numbers_of
from meetings.views.together import saved_together, sent
from web import banners
from web.dates import day


def outcome(request: HttpRequest, meeting_pk: int, item_pk: int, pk: int) -> HttpResponse:
    """Record what a meeting did with an action that was carried into it, and which paragraphs tell of it."""
    item = item_to_minute(request.user, meeting_pk, item_pk)
    action = get_object_or_404(services.carried_into(item.meeting), pk=pk)
    shown = answers_about(action, item.meeting)
    form = OutcomeForm(
        sent(request),
        paragraphs=paragraphs_of(item),
        initial=shown,
        shown=shown,
        kept_as=f"action-{pk}-outcome-{meeting_pk}",
    )
    saving = changing(
        action,
        form,
        called=f"what the meeting did with {action.called}",
        current=lambda row: answers_about(row, item.meeting),
        write=lambda row, facts: keep_outcome(row, item, facts, request.user),
        done=f"Outcome of {action.called} saved",
        go=f"{item.get_absolute_url()}#action-{pk}",
        history=CarriedAction.objects.filter(action=action, meeting=item.meeting),
    )
    if form.is_bound and (answer := saved_together(request, saving)):
        return answer
    context = {"form": form, "action": action, "item": item, "meeting": item.meeting}
    return render(request, "actions/outcome.html", context)


def keep_outcome(action: Action, item: AgendaItem, changed: dict, by: User) -> CarriedAction:
    """What was answered, in the service's words; a new date is after the meeting that agreed it."""
    meeting = item.meeting
    asked = answers_about(action, meeting) | changed
    due_on = asked["due_on"] if asked["outcome"] == Outcome.NEW_DATE else None
    if due_on and meeting.date and due_on <= meeting.date:
        raise services.NotPossible(
            f"New due date must be after {day(meeting.date)} when the meeting was held", "due_on"
        )
    return services.record_outcome(
        action,
        meeting,
        asked["outcome"],
        exchanges=item.exchanges.filter(pk__in=asked["exchanges"]),
        reason=asked["reason"],
        due_on=due_on,
        by=by,
    )


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
