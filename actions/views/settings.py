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
    if request.method == "POST" and not can_manage_settings(request.user):
        raise PermissionDenied("Only an administrator changes how references are written.")
    current = ReferencePattern.current()
    data = request.POST.copy() if request.method == "POST" else None
    form = PatternForm(
        data, initial={"pattern": current.pattern, "digits": current.digits, "seen": current.pk}
    )
    status = 200
    if form.is_valid():
        asked = form.cleaned_data
        try:
            services.change_pattern(asked["pattern"], asked["digits"], seen=asked["seen"], by=request.user)
        except services.NotPossible as refused:
            form.add_error(refused.field, refused.sentence)
            # Whoever sends it again has read that somebody was first.
            data["seen"] = str(current.pk or "")
            status = 409
        else:
            banners.success(request, f"The next references are written like {asked['pattern']}")
            return redirect("actions:references")
    kind = MeetingType.objects.first()
    context = {
        "form": form,
        "current": current,
        "example": example_of(
            current.pattern, current.digits, kind.name if kind else "", timezone.localdate()
        ),
        "parts": PARTS.items(),
        "earlier": list(ReferencePattern.objects.select_related("by")[1:20]) if current.pk else [],
        "may_change": can_manage_settings(request.user),
    }
    return render(request, "actions/references.html", context, status=status)
