"""Recording: what was promised, what is said about it, what a meeting did with it."""

from collections.abc import Callable
from functools import partial

from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.views.decorators.http import require_POST

from accounts.models import User
from actions import permissions, services
from actions.beginning import initial_from
from actions.carried import answers_about
from actions.forms import (
    ActionForm,
    DueForm,
    EarlierActionForm,
    OutcomeForm,
    OwnersForm,
    WordingForm,
    chosen_due,
)
from actions.models import Action, CarriedAction, Outcome
from actions.timing import Diary
from actions.views.reading import find, show
from meetings.models import AgendaItem, Contribution, Exchange, Meeting
from meetings.numbering import numbers_of
from meetings.services import Refused
from meetings.services.commitments import answer_commitment
from meetings.texts import Conflict, MissingBase, TextRemoved
from meetings.views.together import (
    DAMAGED,
    NO_BASE,
    USED_BEFORE,
    Choice,
    Saving,
    both_versions,
    left_to_them,
    not_saved,
    saved_together,
    sent,
)
from web import answers, banners, forms
from web.dates import day
from web.operations import OperationReused

REUSED = "reused"


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


def due_words(meeting: Meeting) -> dict:
    """The days that the answers to "When is it due?" name."""
    since = meeting.date or timezone.localdate()
    return {"since": since, "next_day": Diary.read().next_day(meeting.type_id, since) or meeting.next_date}


def promised(form: ActionForm, meeting: Meeting | None, by: User) -> dict:
    """What was answered, in the service's words; refuses a due date before the meeting, if it arose in one of ours."""
    asked = form.cleaned_data
    due = form.agreed()
    if meeting and (sentence := services.problem_with_due(meeting, due["due_on"])):
        raise services.NotPossible(sentence, "due_on")
    return {name: asked[name] for name in ("text", "owner", "supporting", "op_id")} | due | {"by": by}


def save(form: forms.Form, service: Callable):
    """What the service made; None when it was refused, with the reason beside its question."""
    try:
        return service()
    except services.NotPossible as refused:
        say_why_not(form, refused)
    except OperationReused as reused:
        form.add_error(None, ValidationError(str(reused), code=REUSED))
    return None


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


def to_change(request: HttpRequest, pk: int) -> Action:
    """An action that this person may put right; a liaison who sees it may not, and is told so."""
    action = find(request.user, pk)
    require_minuting(request.user)
    return action


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


def changing(action: Action, form: forms.Form, **further) -> Saving:
    """A change of an action that two people may make at once."""
    page = action.get_absolute_url()
    further = {"go": page} | further
    return Saving(form, action, back=page, problem=partial(say_why_not, form), **further)


def say_why_not(form: forms.Form, refused: Refused) -> None:
    """Put a refusal beside the question that it is about."""
    field = getattr(refused, "field", None)
    form.add_error(field if field in form.fields else None, refused.sentence)


def asked_together(request: HttpRequest, saving: Saving, heading: str) -> HttpResponse:
    """The answer to a form that was sent, or its page."""
    if saving.form.is_bound and (answer := saved_together(request, saving)):
        return answer
    context = {"form": saving.form, "action": saving.row, "heading": heading}
    return render(request, "actions/change.html", context)


def set_due(action: Action, form: DueForm, by: User) -> None:
    services.set_due(action, **form.agreed(), by=by)


def change_wording(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the wording right. Who saved meanwhile keeps their words: both are shown, nothing is overwritten."""
    if request.method == "POST" and (removed := removed_meanwhile(request, pk)):
        return removed
    action = to_change(request, pk)
    data = sent(request)
    shown = {"text": action.text, "base_version": action.version}
    form = WordingForm(data, initial=shown, is_numbered=bool(action.reference))
    if data is None:
        return render(request, "actions/wording.html", {"form": form, "action": action})
    if "text" in left_to_them(request):
        return done(request, f"The wording of {action.called} is as it was", action.get_absolute_url())
    if not form.is_valid():
        if form.errors.keys() & {"base_version", "op_id"}:
            return not_saved(request, 400, DAMAGED, back=reverse("actions:wording", args=[pk]))
        return ask_again(request, form, "actions/wording.html", {"form": form, "action": action})
    return save_wording(request, action, form)


def save_wording(request: HttpRequest, action: Action, form: WordingForm) -> HttpResponse:
    """Save the wording upon the version that was seen, or say why not, with what was typed."""
    back = reverse("actions:wording", args=[action.pk])
    while_typing = request.POST.get("autosave") == "1"
    try:
        saved = services.reword(action, **form.cleaned_data, by=request.user, autosaved=while_typing)
    except TextRemoved:
        return removed_meanwhile(request, action.pk)
    except Conflict as late:
        return two_wordings(request, action, form, late)
    except services.NotPossible as refused:
        return not_saved(request, 409, f"{refused.sentence}.", back=back)
    except MissingBase:
        return not_saved(request, 428, NO_BASE, back=back)
    except OperationReused:
        return not_saved(request, 422, USED_BEFORE, back=back)
    if while_typing and answers.wants_json(request):
        return answers.saved("Saved", version=saved.version)
    return done(request, f"Wording of {action.called} saved", action.get_absolute_url())


def two_wordings(request: HttpRequest, action: Action, form: WordingForm, late: Conflict) -> HttpResponse:
    """Show both wordings and what each started from, and let the later one choose."""
    mine, theirs = form.cleaned_data["text"], late.theirs.text
    choice = Choice(
        name="text",
        label="Wording",
        mine=mine,
        theirs=theirs,
        base=late.base.text if late.base else "",
        is_text=True,
        both=f"{theirs}\n\n{mine}",
    )
    return both_versions(
        request,
        called=f"the wording of {action.called}",
        back=action.get_absolute_url(),
        who=late.theirs.by.name if late.theirs.by else "Somebody",
        at=late.theirs.at,
        choices=[choice],
        base_version=late.theirs.version,
        data=form.data,
    )


def removed_meanwhile(request: HttpRequest, pk: int) -> HttpResponse | None:
    """The answer to a text about an action that somebody removed while it was typed; None while it is there."""
    gone = Action.with_removed.visible_to(request.user).exclude(removed_at=None).filter(pk=pk).first()
    if gone is None:
        return None
    require_minuting(request.user)
    return not_saved(
        request,
        409,
        f"{gone.removed_by} removed this action while you were writing.",
        back=(gone.item or gone.source).get_absolute_url(),
        undo=reverse("actions:restore", args=[pk]),
        undo_words="Bring the action back",
    )


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
