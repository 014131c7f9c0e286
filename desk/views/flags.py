"""What has to be checked before publication: marked from the entry, listed, ticked."""

from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from desk.flags import flags_of
from desk.views.common import meeting_for, not_saved, op_id_from, part_of, require_editor
from desk.views.entries import number_of, place_of
from meetings import permissions, services
from meetings.models import Contribution, Exchange
from meetings.outline import outline_of
from web import banners, forms
from web.operations import OperationReused

CHECK_THIS = "Check this"
GONE = "This entry was deleted meanwhile, so nothing was marked."
DAMAGED = "This form was damaged on its way, so nothing was marked."
USED_BEFORE = "This was sent before with another note. What was sent first is in the record."


class FlagForm(forms.Form):
    """What to check, with a note if there is more to say than that."""

    words = forms.ModelChoiceField(Contribution.objects.none(), required=False)
    note = forms.Line("What has to be checked?", max_length=500, required=False)

    def __init__(self, *args, exchange: Exchange, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["words"].queryset = exchange.contributions.all()
        self.exchange = exchange

    @property
    def chosen(self) -> Contribution:
        """What was selected, else what was said last."""
        return self.cleaned_data["words"] or self.exchange.contributions.last()


@require_safe
def flags(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything that is open to be checked in a meeting."""
    meeting = meeting_for(request, pk)
    context = {
        "meeting": meeting,
        "flags": [(flag, uuid4()) for flag in flags_of(outline_of(meeting))],
        "may_edit": permissions.can_edit_record(request.user, meeting),
    }
    return render(request, "desk/flags.html", context)


@require_POST
def flag(request: HttpRequest, pk: int, entry_pk: int) -> HttpResponse:
    """Mark part of an entry to be checked."""
    meeting = meeting_for(request, pk)
    exchange = part_of(meeting, Exchange, entry_pk, removed=True)
    require_editor(request, meeting)
    if exchange.removed_at:
        return not_saved(request, 409, GONE, back=exchange.item.get_absolute_url())
    op_id, back, form = op_id_from(request), place_of(exchange), FlagForm(request.POST, exchange=exchange)
    if op_id is None:
        return not_saved(request, 400, DAMAGED, back=back)
    if not form.is_valid():
        sentence = " ".join(f"{error}." for errors in form.errors.values() for error in errors)
        return not_saved(request, 400, sentence, back=back)
    try:
        services.flag(form.chosen, form.cleaned_data["note"] or CHECK_THIS, by=request.user, op_id=op_id)
    except services.Refused as refused:
        return not_saved(request, 409, refused.sentence, back=back)
    except OperationReused:
        return not_saved(request, 422, USED_BEFORE, back=back)
    undo = reverse("desk:undo", args=[pk, op_id])
    banners.success(request, f"Entry {number_of(exchange)} is marked to check", undo=undo)
    return redirect(back)


@require_POST
def checked(request: HttpRequest, pk: int, words_pk: int) -> HttpResponse:
    """Tick something as checked."""
    meeting = meeting_for(request, pk)
    contribution = part_of(meeting, Contribution, words_pk)
    require_editor(request, meeting)
    op_id, back = op_id_from(request), place_of(contribution.exchange)
    if op_id is None:
        return not_saved(request, 400, DAMAGED, back=back)
    try:
        services.checked(contribution, request.POST.get("note", ""), by=request.user, op_id=op_id)
    except services.Refused as refused:
        return not_saved(request, 409, refused.sentence, back=back)
    except OperationReused:
        return not_saved(request, 422, USED_BEFORE, back=back)
    undo = reverse("desk:undo", args=[pk, op_id])
    banners.success(request, f"Checked in entry {number_of(contribution.exchange)}", undo=undo)
    return redirect(reverse("desk:flags", args=[pk]) if request.POST.get("list") else back)
