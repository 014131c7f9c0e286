"""The wording of an action, which two people may change at once."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from actions import services
from actions.forms import WordingForm
from actions.models import Action
from actions.views.minuting import ask_again, done, require_minuting, to_change
from meetings.texts import Conflict, MissingBase, TextRemoved
from meetings.views.together import (
    DAMAGED,
    NO_BASE,
    USED_BEFORE,
    Choice,
    both_versions,
    left_to_them,
    not_saved,
    sent,
)
from web import answers
from web.operations import OperationReused


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
