"""Which place everything has in a record, as it was before and after it was rearranged; and putting it back."""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from uuid import UUID, uuid5

from django.db import models

from accounts.models import User
from meetings import texts
from meetings.models import AgendaItem, Contribution, Exchange
from meetings.services.removal import remove_together, what_hangs_on
from meetings.services.saving import Refused, save_as
from meetings.services.wording import restore_version

SINCE = "Somebody has changed this since, so it cannot be undone in one step. Nothing was changed now."


@dataclass(frozen=True)
class Layout:
    """The exchanges of some items and the contributions of some exchanges, in order, by their ids."""

    items: dict[int, list[int]]
    exchanges: dict[int, list[int]]
    versions: dict[int, int]  # of each contribution
    none: list[int]  # the items that are minuted as None

    @classmethod
    def read(cls, items: Iterable[int], exchanges: Iterable[int]) -> "Layout":
        """Read how everything stands now, and lock it until the transaction ends."""
        held = list(AgendaItem.objects.select_for_update().filter(pk__in=items).order_by("pk"))
        places = {item.pk: [] for item in held}
        for row in Exchange.objects.select_for_update().filter(item__in=places):
            places[row.item_id].append(row.pk)
        said = {pk: [] for pk in sorted(exchanges)}
        rows = list(Contribution.objects.select_for_update().filter(exchange__in=said))
        for row in rows:
            said[row.exchange_id].append(row.pk)
        versions = {row.pk: row.version for row in rows}
        return cls(places, said, versions, [item.pk for item in held if item.none])

    @classmethod
    def of(cls, stored: dict) -> "Layout":
        """The layout that was stored as JSON, which knows no numbers as keys."""
        parts = {
            name: {int(key): value for key, value in stored[name].items()}
            for name in ("items", "exchanges", "versions")
        }
        return cls(**parts, none=stored["none"])

    @property
    def every_exchange(self) -> set[int]:
        return {pk for row in self.items.values() for pk in row}

    @property
    def every_contribution(self) -> set[int]:
        return {pk for row in self.exchanges.values() for pk in row}


def remembered(
    items: Iterable[int], exchanges: Iterable[int], do: Callable[[], object], along: dict | None = None
) -> dict:
    """Rearrange, and return what has to be known to undo it, for JSON: how it was before, and how it is now.

    `along` is what the floors above have to know for theirs.
    """
    items, exchanges = set(items), set(exchanges)
    before = Layout.read(items, exchanges)
    shown = do()
    after = Layout.read(items, exchanges)
    if made := after.every_exchange - before.every_exchange - exchanges:
        after = Layout.read(items, exchanges | made)
    return {"before": asdict(before), "after": asdict(after), "shown": shown, "along": along or {}}


def put_back(memory: dict, *, op_id: UUID, by: User | None) -> None:
    """Put everything back to where it was. Raises `Refused` when somebody has changed it since."""
    before, after = Layout.of(memory["before"]), Layout.of(memory["after"])
    now = Layout.read(after.items, after.exchanges)
    _require_unchanged(before, after, now)
    _require_not_numbered(before, after)
    _put_texts_back(before, after, op_id, by)
    _bring_back(Exchange, before.every_exchange - after.every_exchange, by)
    _bring_back(Contribution, before.every_contribution - after.every_contribution, by)
    for exchange, row in before.exchanges.items():
        _place(
            Contribution,
            "exchange",
            exchange,
            _with_newer(row, after.every_contribution, now.exchanges.get(exchange, [])),
        )
    for item, row in before.items.items():
        _place(Exchange, "item", item, _with_newer(row, after.every_exchange, now.items.get(item, [])))
    _take_away(Contribution, after.every_contribution - before.every_contribution, by)
    _take_away(Exchange, after.every_exchange - before.every_exchange, by)
    for item in AgendaItem.objects.filter(pk__in=set(before.none) - set(after.none), exchanges=None):
        item.none = True
        save_as(item, by, fields=["none"])


def _require_unchanged(before: Layout, after: Layout, now: Layout) -> None:
    """What was added since stays; what was moved, deleted or written since would be undone too."""
    for then, current in [(after.items, now.items), (after.exchanges, now.exchanges)]:
        if any([pk for pk in current.get(key, []) if pk in row] != row for key, row in then.items()):
            raise Refused(SINCE)
    written = {pk for pk, version in after.versions.items() if before.versions.get(pk) != version}
    if any(now.versions.get(pk) != after.versions[pk] for pk in written):
        raise Refused(SINCE)
    made = after.exchanges.keys() - before.exchanges.keys()
    if any(now.exchanges[pk] != after.exchanges[pk] for pk in made):
        raise Refused("Something was added to the new entry since, so it cannot be undone in one step.")


def _require_not_numbered(before: Layout, after: Layout) -> None:
    """What left the office with its number since keeps its place."""
    stood = {pk: item for item, row in before.items.items() for pk in row}
    elsewhere = [pk for item, row in after.items.items() for pk in row if stood.get(pk) != item]
    if numbered := Exchange.objects.filter(pk__in=elsewhere).exclude(number="").first():
        raise Refused(
            f"Entry {numbered.number} has left the office with its number since, so it keeps its place."
        )


def _put_texts_back(before: Layout, after: Layout, op_id: UUID, by: User | None) -> None:
    written = {pk for pk, version in before.versions.items() if after.versions.get(pk, version) != version}
    for row in Contribution.objects.filter(pk__in=written).select_related("exchange__item__meeting"):
        restore_version(
            row,
            texts.revision(row, before.versions[row.pk]),
            base_version=after.versions[row.pk],
            op_id=uuid5(op_id, f"words {row.pk}"),
            by=by,
        )


def _with_newer(row: list[int], arranged: set[int], now: list[int]) -> list[int]:
    """The old order, with what was added since before what it stands before now, else at the end."""
    known = arranged | set(row)
    result = list(row)
    for place, pk in enumerate(now):
        if pk not in known:
            following = next((other for other in now[place:] if other in result), None)
            result.insert(result.index(following) if following else len(result), pk)
    return result


def _place(model: type[models.Model], parent: str, parent_pk: int, row: list[int]) -> None:
    rows = model.with_removed.in_bulk(row)
    for order, pk in enumerate(row):
        setattr(rows[pk], f"{parent}_id", parent_pk)
        rows[pk].order = order
    model.with_removed.bulk_update(rows.values(), [parent, "order"])


def _bring_back(model: type[models.Model], pks: set[int], by: User | None) -> None:
    for row in model.with_removed.filter(pk__in=pks):
        row.removed_at = row.removed_by = None
        save_as(row, by, fields=["removed_at", "removed_by"])


def _take_away(model: type[models.Model], pks: set[int], by: User | None) -> None:
    rows = list(model.objects.filter(pk__in=pks))
    if any(what_hangs_on(row) for row in rows):
        raise Refused("An action arose from the new entry since, so it cannot be undone in one step.")
    remove_together(rows, by=by)
