"""What was agreed at meetings: an approver confirms a list, or drops one of it with a reason."""

from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from accounts.models import User
from actions import permissions, services
from actions.agreed import DONE, Agreed, SpokenForm, agreed_list, ticked
from actions.forms import DropForm
from actions.models import CarriedAction, Outcome
from web import banners


@require_http_methods(["GET", "HEAD", "POST"])
def agreed(request: HttpRequest) -> HttpResponse:
    """Everything that was agreed and is not in force yet; what is ticked takes effect, the rest goes on waiting."""
    require_reading(request.user)
    if request.method != "POST":
        return show_agreed(request, agreed_list())
    if not permissions.can_decide(request.user):
        raise PermissionDenied("Only an approver confirms what was agreed.")
    rows = agreed_list(data=request.POST)
    chosen = ticked(rows)
    if not chosen:
        return show_agreed(request, rows, problems=ask_to_tick(rows))
    if not all(form.is_valid() for form in chosen):
        return show_agreed(request, rows)
    return confirm(request, chosen)


def ask_to_tick(rows: list[Agreed]) -> list[str]:
    """Say it at the first that can be ticked; returns it where none can."""
    sentence = "Tick what takes effect"
    first = next((row.form for row in rows if not row.is_to_send_first), None)
    if first is None:
        return [sentence]
    first.add_error("tick", sentence)
    return []


def confirm(request: HttpRequest, chosen: list[SpokenForm]) -> HttpResponse:
    """Confirm each by itself: where somebody was first, the others take effect all the same."""
    done, problems = [], []
    for form in chosen:
        try:
            services.confirm_all([form.confirmation], by=request.user)
        except services.NotPossible as refused:
            problems.append(refused.sentence)
        else:
            done.append(form.told)
    if not problems:
        banners.success(request, confirmed_in_words(done))
        return redirect("actions:agreed")
    told = confirmed_in_words(done) if done else ""
    return show_agreed(request, agreed_list(data=request.POST), problems=problems, done=told, status=409)


def show_agreed(
    request: HttpRequest,
    rows: list[Agreed],
    *,
    problems: list[str] = (),
    done: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "rows": rows,
        "forms": [row.form for row in rows],
        "problems": problems,
        "done": done,
        "op_id": uuid4(),
        "can_decide": permissions.can_decide(request.user),
    }
    return render(request, "actions/agreed.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Say why something that was recorded as agreed shall not take effect."""
    require_reading(request.user)
    if not permissions.can_decide(request.user):
        raise PermissionDenied("Only an approver drops what was agreed.")
    related = CarriedAction.objects.select_related("action__owner", "meeting__type", "by")
    told = get_object_or_404(related.filter(outcome__in=DONE), pk=pk)
    form = DropForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            services.drop_spoken(told, by=request.user, why=form.cleaned_data["why"])
        except services.NotPossible as refused:
            form.add_error(None, refused.sentence)
        else:
            banners.success(request, f"{told.action.name}: what was agreed is dropped")
            return redirect("actions:agreed")
    form.kept_as = f"carried-{pk}-drop"
    context = {"form": form, "told": told, "action": told.action}
    return render(request, "actions/drop.html", context)


def confirmed_in_words(done: list[CarriedAction]) -> str:
    """Action 2026/4 closed; or 3 decisions confirmed."""
    if len(done) == 1:
        return f"{done[0].action.name} {DONE[Outcome(done[0].outcome)]}"
    return f"{len(done)} decisions confirmed"


def require_reading(user: User) -> None:
    """What was said in meetings is the office's alone."""
    if not (user.is_authenticated and user.is_office):
        raise Http404
