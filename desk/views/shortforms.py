"""Short forms: the list of the office's and one's own, added, changed, removed and brought back."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from desk import answers
from desk.forms import ChangeShortFormForm, ShortFormForm
from desk.views.common import not_saved
from meetings import permissions
from meetings.models import ShortForm
from meetings.services import Refused, shortforms
from meetings.views.together import Saving, saved_together, sent
from web import banners


def require_minute_taker(user: User) -> None:
    if not permissions.can_plan(user):
        raise PermissionDenied("Only a policy officer types with short forms.")


@require_http_methods(["GET", "HEAD", "POST"])
def short_forms(request: HttpRequest) -> HttpResponse:
    """List them; POST adds one, also from the page of an item, without leaving it."""
    require_minute_taker(request.user)
    form = ShortFormForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _stored(form, lambda: _add(request, form)):
        sentence = f"{form.cleaned_data['short']} now stands for “{form.cleaned_data['full']}”"
        if answers.wants_json(request):
            return answers.saved(sentence)
        banners.success(request, sentence)
        return redirect("desk:short_forms")
    if form.errors and answers.wants_json(request):
        return answers.mistakes(form)
    every = list(ShortForm.objects.for_user(request.user))
    context = {
        "form": form,
        "own": [one for one in every if one.owner_id],
        "office": [one for one in every if not one.owner_id],
    }
    return render(request, "desk/short_forms.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the letters or the words."""
    found = _find(request, pk, removed=request.method == "POST")
    shown, back = _facts_of(found), reverse("desk:short_forms")
    kept_as = f"short-form-{pk}"
    form = ChangeShortFormForm(sent(request), initial=shown, shown=shown, kept_as=kept_as)
    saving = Saving(
        form,
        found,
        f"what {found.short} stands for",
        _facts_of,
        lambda row, facts: shortforms.change_short_form(row, **_facts_of(row) | facts, by=request.user),
        done="Short form saved",
        go=back,
        back=back,
        problem=lambda refused: form.add_error("short", refused.sentence),
        undo=reverse("desk:restore_short_form", args=[pk]),
        undo_words="Bring it back",
    )
    if form.is_bound and (answer := saved_together(request, saving)):
        return answer
    return render(request, "desk/short_form.html", {"form": form, "short_form": found})


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove one; what was written out before stays."""
    found = _find(request, pk)
    shortforms.remove_short_form(found, by=request.user)
    undo = reverse("desk:restore_short_form", args=[pk])
    banners.success(request, f"{found.short} is no longer a short form", undo=undo)
    return redirect("desk:short_forms")


@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring one back."""
    found = _find(request, pk, removed=True)
    try:
        shortforms.restore_short_form(found, by=request.user)
    except Refused as refused:
        return not_saved(request, 409, refused.sentence, back=reverse("desk:short_forms"))
    banners.success(request, f"{found.short} is a short form again")
    return redirect("desk:short_forms")


def _find(request: HttpRequest, pk: int, *, removed: bool = False) -> ShortForm:
    """The office's or one's own; somebody else's is not found."""
    require_minute_taker(request.user)
    rows = ShortForm.with_removed if removed else ShortForm.objects
    return get_object_or_404(rows.for_user(request.user), pk=pk)


def _facts_of(found: ShortForm) -> dict[str, str]:
    """What the form about a short form asks, as it is stored."""
    return {"short": found.short, "full": found.full}


def _add(request: HttpRequest, form: ShortFormForm) -> ShortForm:
    asked = form.cleaned_data
    owner = None if asked["whose"] == "office" else request.user
    return shortforms.add_short_form(short=asked["short"], full=asked["full"], owner=owner, by=request.user)


def _stored(form: ShortFormForm, service) -> bool:
    """Whether the service did it; the reason why not stands beside the letters."""
    try:
        service()
    except Refused as refused:
        form.add_error("short", refused.sentence)
    return not form.errors
