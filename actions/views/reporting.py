"""Reporting: what an owner says about an action, or asks for, and the files that show it."""

from collections.abc import Callable

from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.models import User
from actions import evidence, permissions, services
from actions.evidence.giving import Put
from actions.models import Action, EventKind
from actions.owed import who_was_first
from actions.reporting import EvidenceForm, ReportForm, WithFiles
from actions.timing import Diary
from actions.views.reading import find
from web import answers, banners, forms, uploads
from web.operations import OperationReused, digest_of, once

REUSED = "reused"


def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Add an update, ask to close it or for another date: the owner's own words, or as an officer received them."""
    action = find(request.user, pk)
    if not permissions.can_report(request.user, action):
        raise PermissionDenied("This action is not yours to report on.")
    today = timezone.localdate()
    form = ReportForm(
        *sent(request),
        is_own=not permissions.can_minute(request.user),
        since=today,
        next_day=Diary.read(today).next_day(action.source.type_id, today),
    )
    form.kept_as = f"action-{pk}-report"
    if (
        form.is_bound
        and is_well(request, form)
        and save(form, request.user, lambda: tell(action, form, request.user))
    ):
        return done(request, f"Update on {action.called} saved", action)
    return ask_again(request, form, "actions/report.html", action)


def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Add files that show what was done, without an update."""
    action = find(request.user, pk)
    if not permissions.can_give_evidence(request.user, action):
        raise PermissionDenied("This action is not yours to add evidence to.")
    form = EvidenceForm(*sent(request))
    if (
        form.is_bound
        and is_well(request, form)
        and save(form, request.user, lambda: give(action, form, request.user))
    ):
        return done(request, f"Evidence added to {action.called}", action)
    return ask_again(request, form, "actions/evidence_add.html", action)


def sent(request: HttpRequest) -> tuple:
    """What was posted, as the first arguments of a form."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def is_well(request: HttpRequest, form: WithFiles) -> bool:
    """Whether everything that was sent can be taken; a file that broke off on its way says so."""
    is_valid = form.is_valid()
    if uploads.was_cut_off(request):
        form.add_error("files", "A file was cut off on its way, so nothing was saved. Choose the files again")
    return is_valid and not form.errors


def tell(action: Action, form: ReportForm, by: User) -> int:
    """Add the event that the form asks for, with its files, once."""
    asked = form.cleaned_data | {"files": [file.sha256 for file in form.cleaned_data["files"]]}
    due = form.agreed() if asked["kind"] == EventKind.DATE_PROPOSED else {}
    digest = digest_of(action=action.pk, by=by.pk, **{name: asked[name] for name in asked if name != "op_id"})

    def store(files: list[Put]) -> int:
        service = SERVICES[asked["kind"]]
        event = service(action, asked["text"], by=by, on=asked.get("on"), **due)
        evidence.add(action, files, by=by, event=event, at=event.at)
        return event.pk

    with evidence.putting(form.cleaned_data["files"]) as files:
        return once(asked["op_id"], digest, lambda: store(files))


SERVICES = {
    EventKind.UPDATE: services.record_update,
    EventKind.PROPOSED: services.propose_completion,
    EventKind.DATE_PROPOSED: services.propose_date,
}


def give(action: Action, form: EvidenceForm, by: User) -> list[int]:
    """Add the files, once."""
    chosen = form.cleaned_data["files"]
    digest = digest_of(action=action.pk, by=by.pk, files=[file.sha256 for file in chosen])
    with evidence.putting(chosen) as files:
        return once(
            form.cleaned_data["op_id"],
            digest,
            lambda: [row.pk for row in evidence.add(action, files, by=by)],
        )


def save(form: forms.Form, by: User, service: Callable):
    """What the service made; None when it was refused, with the reason beside its question."""
    try:
        return service()
    except services.Overtaken as late:
        form.add_error(None, who_was_first(by, late))
    except services.NotPossible as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
    except OperationReused as reused:
        form.add_error(None, ValidationError(str(reused), code=REUSED))
    return None


def done(request: HttpRequest, words: str, action: Action) -> HttpResponse:
    """Say that it is saved, and show the action."""
    banners.success(request, words)
    go = action.get_absolute_url()
    if answers.wants_json(request):
        return answers.saved(words, go=go)
    return redirect(go)


def ask_again(request: HttpRequest, form, template: str, action: Action) -> HttpResponse:
    """The page with the form, also when it has to be put right; 422 where it was sent before with other words."""
    was_reused = form.is_bound and form.has_error(NON_FIELD_ERRORS, REUSED)
    form.ask_for_files_again()
    if form.is_bound and answers.wants_json(request):
        return answers.used_before(form.non_field_errors()[0]) if was_reused else answers.mistakes(form)
    return render(request, template, {"form": form, "action": action}, status=422 if was_reused else 200)
