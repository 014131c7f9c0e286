"""Where actions stand in the record of a meeting, when that is rearranged."""

from collections.abc import Iterable

from django.db import models

from accounts.models import User
from actions.models import Action, CarriedAction
from meetings.models import Exchange
from meetings.services import save_as


def places_after(exchanges: Iterable[Exchange]) -> dict:
    """Which actions arose after these exchanges, and which earlier ones they tell of: to be kept as JSON."""
    pks = [exchange.pk for exchange in exchanges]
    arose = Action.with_removed.filter(after__in=pks).order_by("pk")
    told = CarriedAction.exchanges.through.objects.filter(exchange__in=pks).order_by("pk")
    return {
        "arose": list(arose.values_list("pk", "item", "after")),
        "told": list(told.values_list("carriedaction", "exchange")),
    }


def move_along(exchange: Exchange, to: Exchange, *, by: User) -> None:
    """Let every action that arose after an exchange stand after another, under its item."""
    for action in Action.with_removed.select_for_update().filter(after=exchange):
        action.after, action.item_id = to, to.item_id
        save_as(action, by, fields=["after", "item"])


def tell_along(exchange: Exchange, to: Exchange) -> None:
    """Let an exchange tell of the earlier actions of which another told."""
    for told in CarriedAction.objects.filter(exchanges=exchange):
        told.exchanges.add(to)
        told.exchanges.remove(exchange)


def put_back_along(places: dict, *, by: User) -> None:
    """Let actions stand where they stood, and the same exchanges tell of them; `to` was the one they joined."""
    for pk, item, after in places.get("arose", []):
        action = Action.with_removed.select_for_update().get(pk=pk)
        action.item_id, action.after_id = item, after
        save_as(action, by, fields=["after", "item"])
    to, told = places.get("to"), [tuple(one) for one in places.get("told", [])]
    for pk, exchange in told:
        exchanges = CarriedAction.objects.get(pk=pk).exchanges
        exchanges.add(exchange)
        if to and (pk, to) not in told:
            exchanges.remove(to)


def stand_with_their_entries(exchanges: Iterable[int | str], *, by: User) -> None:
    """Let every action that arose after these exchanges stand under their items, also one that arose meanwhile."""
    behind = Action.with_removed.filter(after__in=exchanges).exclude(item=models.F("after__item"))
    for action in behind.select_related("after").select_for_update(of=["self"]):
        action.item_id = action.after.item_id
        save_as(action, by, fields=["item"])
