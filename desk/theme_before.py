"""What was last asked, answered and promised on the theme of an item."""

from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet

from actions.models import Action
from meetings.models import AgendaItem, Contribution, Exchange, Meeting, Theme

EXCHANGES = 3
ACTIONS = 5


@dataclass(frozen=True)
class Before:
    """The end of what the last earlier meeting said on these themes, and the actions that are open on them."""

    themes: list[Theme]
    exchanges: list[Exchange]  # in the order in which they were said
    actions: list[Action]

    @property
    def item(self) -> AgendaItem | None:
        """The item under which it was said last."""
        return self.exchanges[-1].item if self.exchanges else None

    @property
    def named(self) -> str:
        return " and ".join(theme.name for theme in self.themes)


def theme_before(meeting: Meeting, themes: list[Theme]) -> Before | None:
    """What went before on these themes, in three queries for any length; None where there is no theme."""
    if not themes:
        return None
    return Before(themes, _last_said(meeting, themes), list(_open_actions(meeting, themes)))


def _last_said(meeting: Meeting, themes: list[Theme]) -> list[Exchange]:
    said = Exchange.objects.filter(
        _on("item__", themes),
        item__removed_at=None,
        item__meeting__removed_at=None,
        item__meeting__status=Meeting.Status.HELD,
    ).filter(_earlier_than(meeting))
    last_meeting = said.order_by("-item__meeting__date", "-item__meeting").values("item__meeting")[:1]
    kept = Prefetch("contributions", Contribution.objects.select_related("speaker"))
    last = (
        said.filter(item__meeting__in=last_meeting)
        .select_related("item__meeting__type")
        .prefetch_related(kept)
        .order_by("-item__parent__order", "-item__order", "-item", "-order", "-pk")
        .distinct()
    )
    return list(last[:EXCHANGES])[::-1]


def _earlier_than(meeting: Meeting) -> Q:
    earlier = (
        Q(item__meeting__date__lt=meeting.date) if meeting.date else Q(item__meeting__date__isnull=False)
    )
    return earlier & ~Q(item__meeting=meeting.pk)


def _open_actions(meeting: Meeting, themes: list[Theme]) -> QuerySet[Action]:
    """Those that other meetings agreed, the soonest due first."""
    actions = Action.objects.open().filter(_on("item__", themes)).exclude(meeting=meeting)
    return actions.select_related("owner").order_by("due_on", "order", "pk").distinct()[:ACTIONS]


def _on(path: str, themes: list[Theme]) -> Q:
    """That an item, or the one that it stands under, is about one of these themes."""
    return Q(**{f"{path}themes__in": themes}) | Q(**{f"{path}parent__themes__in": themes})
