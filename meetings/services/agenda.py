"""The items of a meeting: added, changed, moved, nested, removed."""

from collections.abc import Iterable

from django.db import transaction

from accounts.models import User
from meetings import permissions
from meetings.models import AgendaItem, Meeting, PreparedQuestion, Theme
from meetings.services.removal import remove_together, what_hangs_on
from meetings.services.saving import Refused, put_in_order, put_last, save_as, swap, wait_for_turn
from publications.notes import ItemKind

CHANGEABLE = frozenset({"title", "kind", "label", "scope", "lines_of_enquiry"})


@transaction.atomic
def add_item(
    meeting: Meeting,
    *,
    title: str,
    kind: str = ItemKind.OTHER.value,
    parent: AgendaItem | None = None,
    label: str = "",
    themes: Iterable[Theme] = (),
    scope: str = "",
    lines_of_enquiry: str = "",
    by: User | None,
) -> AgendaItem:
    """Add an item at the end of the agenda, or of its parent. Raises `Refused` for a third level."""
    permissions.require_editing(by, meeting)
    if parent and (parent.parent_id or parent.meeting_id != meeting.pk):
        raise Refused("Items are nested two deep: put this one under a main item.")
    item = AgendaItem(
        meeting=meeting,
        parent=parent,
        title=title,
        kind=kind,
        label=label,
        scope=scope,
        lines_of_enquiry=lines_of_enquiry,
        order=put_last(AgendaItem.objects.filter(meeting=meeting, parent=parent)),
    )
    save_as(item, by)
    if themes := list(themes):
        item.themes.set(themes)
    return item


@transaction.atomic
def change_item(
    item: AgendaItem, *, by: User | None, themes: Iterable[Theme] | None = None, **fields
) -> AgendaItem:
    """Change what an item is called and is about; only what is named is written."""
    permissions.require_editing(by, item.meeting)
    if unknown := fields.keys() - CHANGEABLE:
        raise TypeError(f"not changeable: {', '.join(sorted(unknown))}")
    for name, value in fields.items():
        setattr(item, name, value)
    save_as(item, by, fields=list(fields) or None)
    if themes is not None:
        item.themes.set(themes)
    return item


@transaction.atomic
def move_item(item: AgendaItem, direction: str, by: User | None) -> bool:
    """Move an item one place up or down among its siblings; False when it is at that end already."""
    _require_free(item, by)
    return swap(item, _siblings(item), direction)


@transaction.atomic
def nest_item(item: AgendaItem, by: User | None) -> None:
    """Put a main item under the one before it, as its last sub-item."""
    _require_free(item, by)
    if item.parent_id:
        raise Refused("Items are nested two deep, and this is a sub-item already.")
    if item.children.exists():
        raise Refused("This item has sub-items of its own, so it stays a main item.")
    siblings = _siblings(item)
    place = siblings.index(item)
    if place == 0:
        raise Refused("There is no item before this one to put it under.")
    item.parent = siblings[place - 1]
    item.order = put_last(item.parent.children)
    save_as(item, by, fields=["parent", "order"])


@transaction.atomic
def unnest_item(item: AgendaItem, by: User | None) -> None:
    """Make a sub-item a main item, right after the one that it was under."""
    _require_free(item, by)
    if not item.parent_id:
        raise Refused("This is a main item already.")
    parent = item.parent
    mains = _siblings(parent)
    item.parent = None
    save_as(item, by, fields=["parent"])
    mains.insert(mains.index(parent) + 1, item)
    put_in_order(mains)


@transaction.atomic
def remove_item(item: AgendaItem, by: User) -> None:
    """Remove an item with its sub-items. Raises `Refused` once any has a number, words or actions."""
    permissions.require_editing(by, item.meeting)
    wait_for_turn(item.meeting_id)
    rows = [item, *item.children.all()]
    for row in rows:
        _require_bare(row)
    remove_together(rows, by=by)


@transaction.atomic
def record_none(item: AgendaItem, none: bool, by: User | None) -> None:
    """Minute an item as "None", or take that back. Raises `Refused` when something was said under it."""
    permissions.require_editing(by, item.meeting)
    wait_for_turn(item.meeting_id)
    if none and item.exchanges.exists():
        raise Refused(f"“{item.title}” has a record, so it cannot be minuted as None.")
    item.none = none
    save_as(item, by, fields=["none"])


@transaction.atomic
def add_question(item: AgendaItem, text: str, *, by: User | None) -> PreparedQuestion:
    """Note a question that the office means to ask under an item."""
    permissions.require_editing(by, item.meeting)
    question = PreparedQuestion(item=item, text=text, order=put_last(item.prepared_questions))
    save_as(question, by)
    return question


@transaction.atomic
def change_question(question: PreparedQuestion, *, by: User | None, **fields) -> PreparedQuestion:
    """Change the words of a prepared question, or tick that it was asked."""
    permissions.require_editing(by, question.item.meeting)
    if unknown := fields.keys() - {"text", "asked"}:
        raise TypeError(f"not changeable: {', '.join(sorted(unknown))}")
    for name, value in fields.items():
        setattr(question, name, value)
    save_as(question, by, fields=list(fields))
    return question


@transaction.atomic
def remove_question(question: PreparedQuestion, by: User) -> None:
    permissions.require_editing(by, question.item.meeting)
    remove_together([question], by=by)


def _siblings(item: AgendaItem) -> list[AgendaItem]:
    """The items of the same parent, in order and locked until the transaction ends."""
    items = AgendaItem.objects.select_for_update().filter(meeting=item.meeting_id)
    return [other for other in items if other.parent_id == item.parent_id]


def _require_free(item: AgendaItem, by: User | None) -> None:
    permissions.require_editing(by, item.meeting)
    wait_for_turn(item.meeting_id)
    if item.number:
        raise Refused(f"Item {item.number} has left the office with its number, so it keeps its place.")


def _require_bare(item: AgendaItem) -> None:
    if item.number:
        raise Refused(f"Item {item.number} has left the office with its number, so it cannot be removed.")
    hanging = set(what_hangs_on(item)) - {"agenda item", "prepared question"}
    if hanging:
        what = "words spoken under it" if "exchange" in hanging else "an action"
        raise Refused(f"“{item.title}” has {what}, so it cannot be removed.")
