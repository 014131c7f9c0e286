"""How the office writes its references."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from actions import services
from actions.forms import PatternForm
from actions.models import ReferencePattern
from actions.services.patterns import PARTS, example_of
from meetings.models import MeetingType
from meetings.permissions import can_manage_settings
from meetings.views.asking import asks, readers
from web import banners


@asks
@readers
def references(request: HttpRequest) -> HttpResponse:
    """The pattern by which the next references are written; what was given before keeps its form."""
    current = ReferencePattern.current()
    if request.method != "POST":
        shown = {"pattern": current.pattern, "digits": current.digits, "seen": current.pk}
        return show_references(request, current, PatternForm(initial=shown))
    if not can_manage_settings(request.user):
        raise PermissionDenied("Only an administrator changes how references are written.")
    data = request.POST.copy()
    form = PatternForm(data)
    if not form.is_valid():
        return show_references(request, current, form)
    asked = form.cleaned_data
    try:
        services.change_pattern(asked["pattern"], asked["digits"], seen=asked["seen"], by=request.user)
    except services.NotPossible as refused:
        form.add_error(refused.field, refused.sentence)
        # Whoever sends it again has read that somebody was first.
        data["seen"] = str(current.pk or "")
        return show_references(request, current, form, status=409)
    banners.success(request, f"The next references are written like {asked['pattern']}")
    return redirect("actions:references")


def show_references(
    request: HttpRequest, current: ReferencePattern, form: PatternForm, *, status: int = 200
) -> HttpResponse:
    kind = MeetingType.objects.first()
    example = example_of(current.pattern, current.digits, kind.name if kind else "", timezone.localdate())
    context = {
        "form": form,
        "current": current,
        "example": example,
        "parts": PARTS.items(),
        "earlier": list(ReferencePattern.objects.select_related("by")[1:20]) if current.pk else [],
        "may_change": can_manage_settings(request.user),
    }
    return render(request, "actions/references.html", context, status=status)
