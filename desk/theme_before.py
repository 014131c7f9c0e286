"""What was last asked, answered and promised on the theme of an item."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from actions.models import Action
from meetings.models import AgendaItem, Contribution, Exchange, Meeting, Theme

EXCHANGES = 3
ACTIONS = 5


@dataclass(frozen=True)
class Before:
    """The end of what the last earlier meeting said on these themes, and the actions that are open on them."""

    themes: list[Theme]
    exchanges: list[list[Contribution]]  # in the order in which they were said
    actions: list[Action]

    @property
    def item(self) -> AgendaItem | None:
        """The item under which it was said last."""
        return self.exchanges[-1][0].exchange.item if self.exchanges else None

    @property
    def named(self) -> str:
        return " and ".join(theme.name for theme in self.themes)


def theme_before(meeting: Meeting, themes: list[Theme], actions: Iterable[Action]) -> Before | None:
    """What went before on these themes, in one query for any length; None where there is no theme.

    `actions` are those that `open_on` asks for.
    """
    if not themes:
        return None
    return Before(themes, _last_said(meeting, themes), sorted(actions, key=_soonest))


def _last_said(meeting: Meeting, themes: list[Theme]) -> list[list[Contribution]]:
    said = Exchange.objects.filter(
        item__in=_about(themes),
        item__meeting__removed_at=None,
        item__meeting__status=Meeting.Status.HELD,
    ).filter(_earlier_than(meeting))
    last_meeting = said.order_by("-item__meeting__date", "-item__meeting").values("item__meeting")[:1]
    last = said.filter(item__meeting__in=last_meeting).order_by(*(key.desc() for key in _place()))
    contributions = (
        Contribution.objects.filter(exchange__in=last.values("pk")[:EXCHANGES])
        .select_related("exchange__item__meeting__type")
        .order_by(*(key.asc() for key in _place("exchange__")), "order", "pk")
    )
    return [list(one) for _, one in groupby(contributions, key=lambda one: one.exchange_id)]


def _place(path: str = "") -> list[Coalesce | F]:
    """Where an exchange stands in its meeting: an item's own come before those of its sub-items."""
    above = f"{path}item__parent"
    return [
        Coalesce(f"{above}__order", f"{path}item__order"),
        Coalesce(above, Value(0)),
        F(f"{path}item__order"),
        F(f"{path}item"),
        F(f"{path}order"),
        F(f"{path}pk"),
    ]


def _earlier_than(meeting: Meeting) -> Q:
    earlier = (
        Q(item__meeting__date__lt=meeting.date) if meeting.date else Q(item__meeting__date__isnull=False)
    )
    return earlier & ~Q(item__meeting=meeting.pk)


def open_on(themes: list[Theme], meeting: Meeting) -> Q | None:
    """What asks for the open actions on these themes that other meetings recorded, the soonest due."""
    if not themes:
        return None
    elsewhere = Action.objects.exclude(meeting=meeting).exclude(recorded_in=meeting)
    actions = elsewhere.open().filter(item__in=_about(themes))
    soonest = actions.order_by(F("due_on").asc(nulls_last=True), "order", "pk")
    return Q(pk__in=soonest.values("pk")[:ACTIONS])


def _soonest(action: Action) -> tuple[dt.date, int, int]:
    return (action.due_on or dt.date.max, action.order, action.pk)


def _about(themes: list[Theme]) -> QuerySet[AgendaItem]:
    """The items that are about one of these themes, themselves or by the item that they stand under."""
    about = Q(themes__in=themes) | Q(parent__themes__in=themes)
    return AgendaItem.objects.filter(about).order_by().values("pk")
