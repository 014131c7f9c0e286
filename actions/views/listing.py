"""The Commissioner's page: outstanding actions in groups, filtered, sorted."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from actions import permissions
from actions.filters import EVERY, Asked
from actions.log import SORTS, tell
from actions.views import owed
from actions.walking import Walk

ROWS_PER_PAGE = 100


@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """Outstanding actions: what waits for a decision, what is late, what is due when."""
    if permissions.owes(request.user):
        return owed.mine(request)
    asked = asked_by(request)
    shown = asked.log()
    page = Paginator(shown.rows, ROWS_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "log": shown,
        "groups": shown.groups(tell(page.object_list)),
        "page": page,
        "asked": asked,
        "walk": Walk(asked),
        "sort_words": SORTS[asked.sort],
        "sorts": [
            (words, asked.without("sort", **({} if key == "due" else {"sort": key})))
            for key, words in SORTS.items()
            if key != asked.sort
        ],
        "further_back": "" if asked.reaches_back else asked.without("status", status=EVERY),
        "can_decide": permissions.can_decide(request.user),
    }
    return render(request, "actions/list.html", context)


def asked_by(request: HttpRequest) -> Asked:
    """What the address asks for; whoever reads no actions, or only those that they owe, finds no list of them."""
    if not permissions.can_read(request.user) or permissions.owes(request.user):
        raise Http404
    return Asked.read(request.GET, request.user)
