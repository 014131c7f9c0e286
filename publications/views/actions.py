"""Actions: what was promised, and what became of it, as last published."""

from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from publications.exports import Entry, Listing, exported
from publications.filters import Choice, Filter
from publications.models import Edition, PublishedAction
from publications.site import public_page
from publications.states import ENDED

PAGE = 25
OPEN = ~Q(state__in=ENDED) & ~Q(state="withheld")
# Late on the day of what was published last; nobody here knows what came after that day.
OVERDUE = OPEN & Q(overdue=True)
STATES = {"open": OPEN, "overdue": OVERDUE, "closed": Q(state__in=ENDED)}


def every_action() -> QuerySet[PublishedAction]:
    actions = PublishedAction.objects.select_related("edition__meeting", "first_edition__meeting")
    without = [
        f"{edition}__{field}" for edition in ("edition", "first_edition") for field in ("notes", "line")
    ]
    return actions.defer(*without).order_by("-as_of", "-first_edition__date", "-pk")


def filtered(request: HttpRequest) -> tuple[QuerySet[PublishedAction], list[Filter]]:
    actions = every_action()
    owners = actions.order_by("owner").values_list("owner", flat=True).distinct()
    filters = [
        Filter(
            "state",
            "Status",
            [Choice("open", "Open"), Choice("overdue", "Open and overdue"), Choice("closed", "Closed")],
        ),
        Filter("owner", "Owner", [Choice(owner, owner) for owner in owners if owner]),
    ]
    state, owner = (one.read(request) for one in filters)
    if state:
        actions = actions.filter(STATES[state])
    if owner:
        actions = actions.filter(owner=owner)
    return actions, filters


@public_page
def index(request: HttpRequest) -> HttpResponse:
    actions, filters = filtered(request)
    counts = PublishedAction.objects.aggregate(
        **{state: Count("pk", filter=condition) for state, condition in STATES.items()}
    )
    page = Paginator(actions, PAGE).get_page(request.GET.get("page"))
    log = Edition.objects.of_log().defer("notes", "line").first()
    context = {"page": page, "filters": filters, "counts": counts, "log": log}
    return render(request, "publications/actions.html", context)


COLUMNS = [
    "reference",
    "text",
    "owner",
    "status",
    "as_last_published",
    "due",
    "due_next_meeting",
    "times_moved",
    "agreed",
]


@public_page
def export(request: HttpRequest, format: str) -> HttpResponse:
    actions, _ = filtered(request)
    entries = [
        Entry(
            fields={
                "reference": action.reference,
                "text": action.text,
                "owner": action.owner,
                "status": action.public_state,
                "as_last_published": action.as_of,
                "due": action.due_on,
                "due_next_meeting": action.due_next,
                "times_moved": action.moved,
                # An action log does not tell on which day it was agreed.
                "agreed": action.first_edition.date if action.first_edition.meeting else None,
            },
            title=f"Action {action.reference}: {action.public_state}",
            address=action.get_absolute_url(),
            updated=action.edition.published_at,
            summary=action.text,
        )
        for action in actions
    ]
    return exported(request, Listing("actions", "Actions", "/actions/", COLUMNS, entries), format)


@public_page
def action(request: HttpRequest, slug: str) -> HttpResponse:
    """One action, and every edition that speaks of it."""
    found = get_object_or_404(every_action(), slug=slug)
    mentions = found.mentions.select_related("edition__meeting").defer("edition__notes", "edition__line")
    return render(request, "publications/action.html", {"action": found, "mentions": mentions})
