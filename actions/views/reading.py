"""Reading: the log, and one action."""

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import User
from actions import permissions
from actions.forms import FilterForm
from actions.history import history_of
from actions.log import SORTS, lately, open_or_ended_since, read_log, tell
from actions.models import DECISIONS, ENDED, REPORTS, Action
from actions.timing import Diary
from actions.views.questions import question_for
from meetings.services import holder_on

ROWS_PER_PAGE = 100


@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """Outstanding actions, in groups: what waits for a decision, what is late, what is due when."""
    if not permissions.can_read(request.user):
        raise Http404
    visible = Action.objects.visible_to(request.user)
    filters = FilterForm(request.GET, user=request.user)
    filters.is_valid()
    asked = filters.cleaned_data
    diary = Diary.read()
    since = None if asked.get("status") == FilterForm.ENDED else lately(diary)
    sort = request.GET.get("sort") if request.GET.get("sort") in SORTS else "due"
    timing, is_office = asked.get("timing", ""), request.user.is_office
    shown = read_log(
        filtered(visible, asked), diary, is_office=is_office, since=since, timing=timing, sort=sort
    )
    page = Paginator(shown.rows, ROWS_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "log": shown,
        "groups": shown.groups(tell(page.object_list)),
        "page": page,
        "total": (visible.filter(open_or_ended_since(since)) if since else visible).count(),
        "filters": filters,
        "chosen": chosen_filters(filters, request.GET),
        "sort": sort,
        "sort_words": SORTS[sort],
        "sorts": SORTS.items(),
        "can_decide": permissions.can_decide(request.user),
    }
    return render(request, "actions/list.html", context)


def filtered(actions: QuerySet[Action], chosen: dict) -> QuerySet[Action]:
    """The actions that fit what was chosen."""
    if status := chosen.get("status"):
        actions = actions.filter(state__in=ENDED if status == FilterForm.ENDED else [status])
    if owner := chosen.get("owner"):
        actions = actions.filter(Q(owner=owner) | Q(supporting=owner))
    if theme := chosen.get("theme"):
        actions = actions.filter(item__themes=theme)
    if words := chosen.get("q"):
        actions = actions.filter(Q(text__icontains=words) | Q(reference__icontains=words))
    return actions.distinct()


def chosen_filters(filters: FilterForm, asked: QueryDict) -> list[dict]:
    """Each filter that is set, in words, with the address at which it is not."""
    chosen = []
    for name, value in filters.cleaned_data.items():
        if value:
            words = dict(getattr(filters.fields[name], "choices", [])).get(value, value)
            rest = asked.copy()
            for gone in (name, "page"):
                rest.pop(gone, None)
            chosen.append(
                {"label": filters.fields[name].label, "words": words, "without": f"?{rest.urlencode()}"}
            )
    return chosen


@require_safe
def action(request: HttpRequest, pk: int) -> HttpResponse:
    """One action: its facts, what its owner says, the decision, its history."""
    return show(request, find(request.user, pk))


def find(user: User, pk: int) -> Action:
    """The action, if this person may see it; otherwise it is a 404, like one that does not exist."""
    related = Action.objects.select_related("owner", "meeting__type", "recorded_in__type", "item", "after")
    return get_object_or_404(related.visible_to(user), pk=pk)


def show(
    request: HttpRequest, action: Action, *, form=None, problem: str = "", status: int = 200
) -> HttpResponse:
    """The page of an action; `form` is one that was refused, `problem` why."""
    user = request.user
    is_office = user.is_office
    events = list(action.events.select_related("by", "meeting__type"))
    today = timezone.localdate()
    context = {
        "action": action,
        "due": Diary.read(today).due(action),
        "holder": holder_on(action.owner, today) if action.owner else None,
        "supporting": list(action.supporting.all()),
        "themes": list(action.item.themes.all()) if action.item and is_office else [],
        "reports": reports_to_judge(events),
        "history": history_of(action, is_office=is_office),
        "form": form or question_for(user, action, events),
        "problems": [problem] if problem else [],
        "is_office": is_office,
        "can_minute": permissions.can_minute(user),
        "can_decide": permissions.can_decide(user),
        "can_report": action.reference and action.is_open and permissions.can_report(user, action),
    }
    return render(request, "actions/action.html", context, status=status)


def reports_to_judge(events: list) -> list:
    """What the owner said since the last decision, the newest first."""
    last = max((event.pk for event in events if event.kind in DECISIONS), default=0)
    return sorted(
        (event for event in events if event.kind in REPORTS and event.pk > last),
        key=lambda event: event.pk,
        reverse=True,
    )
