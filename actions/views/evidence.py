"""Evidence files: read by whom they are for, removed by the office, brought back."""

import logging
from typing import BinaryIO

from csp.decorators import csp_replace
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from actions import evidence, permissions, services
from actions.evidence import shelf
from actions.evidence.kinds import MIME
from actions.evidence.names import for_download
from actions.models import Evidence, FileKind
from actions.reporting import RemovalForm
from actions.views.reading import find as find_action
from web import banners

# A browser that shows a file in spite of everything runs nothing of it, and loads nothing for it.
NOTHING_RUNS = {
    "sandbox": True,
    **dict.fromkeys(["script-src", "style-src", "img-src", "font-src", "connect-src", "form-action"]),
}
log = logging.getLogger(__name__)


@require_safe
def read(request: HttpRequest, pk: int, evidence_pk: int) -> HttpResponse:
    """The file itself, as it was given."""
    row = find(request.user, pk, evidence_pk)
    file = shelf.open_unchanged(row.stored_as, row.sha256)
    if file is None:
        log.error("Evidence %s is not on the disk as it was given", row.pk)
        return render(request, "actions/evidence_gone.html", {"evidence": row}, status=500)
    return as_download(row, file)


@csp_replace(NOTHING_RUNS)
def as_download(row: Evidence, file: BinaryIO) -> FileResponse:
    """A file to be saved, never shown by the browser as a page of ours."""
    answer = FileResponse(
        file,
        as_attachment=True,
        filename=for_download(row.name, row.kind),
        content_type=MIME[FileKind(row.kind)],
    )
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer


def find(user: User, pk: int, evidence_pk: int, rows=Evidence.objects) -> Evidence:
    """The file of this action, if this person may see it; otherwise it is a 404, like one that does not exist."""
    action = find_action(user, pk)
    row = get_object_or_404(rows.visible_to(user).select_related("by"), pk=evidence_pk, action=action)
    row.action = action
    return row


def remove(request: HttpRequest, pk: int, evidence_pk: int) -> HttpResponse:
    """Take a file off the action, with the reason; the next page has the way back."""
    row = find(request.user, pk, evidence_pk)
    require_keeping(request.user)
    form = RemovalForm(request.POST if request.method == "POST" else None)
    form.kept_as = f"evidence-{evidence_pk}-remove"
    if form.is_bound and form.is_valid():
        evidence.remove(row, by=request.user, why=form.cleaned_data["why"])
        back = reverse("actions:restore_evidence", args=[pk, evidence_pk])
        banners.success(request, f"“{row.name}” removed", undo=back)
        return redirect(row.action)
    context = {"form": form, "action": row.action, "evidence": row}
    return render(request, "actions/evidence_remove.html", context)


@require_POST
def restore(request: HttpRequest, pk: int, evidence_pk: int) -> HttpResponse:
    """Undo a removal."""
    row = find(request.user, pk, evidence_pk, Evidence.with_removed)
    require_keeping(request.user)
    try:
        evidence.restore(row, by=request.user)
    except services.NotPossible as refused:
        messages.warning(request, refused.sentence)
        return redirect(row.action)
    banners.success(request, f"“{row.name}” is back")
    return redirect(row.action)


def require_keeping(user: User) -> None:
    if not permissions.can_remove_evidence(user):
        raise PermissionDenied("Only a policy officer removes evidence, and brings it back.")
