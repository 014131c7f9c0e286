"""What the office looks after between meetings: posts, people, plans, themes, meeting types, its own identity.

Everything is added, changed, removed and brought back by the same few verbs, so that
who may, and who did it, is decided in one place.
"""

import datetime as dt
from collections.abc import Callable, Iterable

from django.db import IntegrityError, models, transaction

from accounts.models import User
from meetings import permissions
from meetings.models import (
    Appointment,
    MeetingType,
    Person,
    Plan,
    Priority,
    Role,
    RoleContact,
    Theme,
    UsualItem,
    UsualPerson,
)
from meetings.services.removal import remove_together, what_hangs_on
from meetings.services.saving import Refused, put_in_order, put_last, save_as, swap
from publications.models import Identity

# Who looks after what; every model that this module writes is here.
REQUIRED: dict[type[models.Model], Callable[[User | None], None]] = {
    Appointment: permissions.require_people,
    Person: permissions.require_people,
    Plan: permissions.require_people,
    Priority: permissions.require_people,
    Identity: permissions.require_settings,
    MeetingType: permissions.require_settings,
    Role: permissions.require_settings,
    Theme: permissions.require_settings,
    UsualItem: permissions.require_settings,
    UsualPerson: permissions.require_settings,
}
TAKEN = {
    MeetingType: "There is a meeting type of this name already. Enter a different name",
    Role: "There is a role with this title already. Enter a different title",
    Theme: "There is a theme of this name already. Enter a different name",
    UsualPerson: "The holder of this role is among the usual people already",
    Appointment: "This person already holds this role from that day on",
    Identity: "Another change of the office begins that day. Enter a different day, or change that one",
}


# --- The verbs ---------------------------------------------------------------------------------------


@transaction.atomic
def add(row: models.Model, *, by: User | None) -> models.Model:
    """Store something new. Raises `Refused` when its name is taken."""
    REQUIRED[type(row)](by)
    return _save(row, by)


@transaction.atomic
def change(row: models.Model, *, by: User | None, **fields) -> models.Model:
    """Change the fields that are named. Raises `Refused` when a name is taken."""
    REQUIRED[type(row)](by)
    for name, value in fields.items():
        setattr(row, name, value)
    return _save(row, by)


@transaction.atomic
def remove(row: models.Model, *, by: User) -> None:
    """Remove something with its parts. Raises `Refused`, with the reason, while records rely on it."""
    REQUIRED[type(row)](by)
    if reason := why_kept(row):
        raise Refused(reason)
    remove_together([row, *_parts(row)], by=by)


@transaction.atomic
def bring_back(row: models.Model, *, by: User | None) -> models.Model:
    """Undo a removal, with the parts that went along. Raises `Refused` when the name was taken meanwhile."""
    REQUIRED[type(row)](by)
    current = type(row)._base_manager.select_for_update().get(pk=row.pk)
    if current.removed_at is None:
        return current
    for one in [current, *_removed_along(current)]:
        one.removed_at = one.removed_by = None
        _save(one, by)
    return current


@transaction.atomic
def move(row: Priority | UsualItem | UsualPerson, direction: str, *, by: User | None) -> bool:
    """Move something one place up or down in its list; False when it is at that end already."""
    REQUIRED[type(row)](by)
    return swap(row, list(_list_of(row).select_for_update()), direction)


def why_kept(row: models.Model) -> str:
    """Why something cannot be removed, as a sentence; empty when it can."""
    hanging = set(what_hangs_on(row)) - {str(part._meta.verbose_name) for part in PARTS.get(type(row), ())}
    if isinstance(row, Theme) and row.items.exists():
        hanging.add("agenda item")
    if not hanging:
        return ""
    what = ", ".join(f"{'an' if one[0] in 'aeiou' else 'a'} {one}" for one in sorted(hanging))
    return f"“{row}” stays, because {what} refers to it. Change or end it instead."


# What goes along when something is removed.
PARTS = {Role: [Appointment], Person: [Appointment], Plan: [Priority], UsualItem: [UsualItem]}
PARTS_OF = {
    Role: lambda role: Appointment.with_removed.filter(role=role),
    Person: lambda person: Appointment.with_removed.filter(person=person),
    Plan: lambda plan: Priority.with_removed.filter(plan=plan),
    UsualItem: lambda item: UsualItem.with_removed.filter(parent=item),
}


def _parts(row: models.Model) -> list[models.Model]:
    return list(PARTS_OF[type(row)](row).filter(removed_at=None)) if type(row) in PARTS_OF else []


def _removed_along(row: models.Model) -> list[models.Model]:
    return list(PARTS_OF[type(row)](row).filter(removed_at=row.removed_at)) if type(row) in PARTS_OF else []


def _list_of(row: Priority | UsualItem | UsualPerson) -> models.QuerySet:
    """The list in which a row has its place."""
    match row:
        case Priority():
            return Priority.objects.filter(plan=row.plan_id)
        case UsualItem():
            return UsualItem.objects.filter(type=row.type_id, parent=row.parent_id)
        case UsualPerson():
            return UsualPerson.objects.filter(type=row.type_id)
    raise TypeError(f"{type(row).__name__} is in no list of its own")


def _save(row: models.Model, by: User | None) -> models.Model:
    try:
        with transaction.atomic():
            save_as(row, by)
    except IntegrityError as error:
        raise Refused(TAKEN.get(type(row), "This could not be stored beside what is there.")) from error
    return row


# --- Posts, people, appointments ---------------------------------------------------------------------


@transaction.atomic
def add_role(
    *,
    title: str,
    body: str,
    abbreviation: str = "",
    publish_as: str = "role",
    to: Iterable[str] = (),
    copy: Iterable[str] = (),
    by: User | None,
) -> Role:
    """Add a post, with the addresses to which letters about it go."""
    role = add(Role(title=title, body=body, abbreviation=abbreviation, publish_as=publish_as), by=by)
    _write_contacts(role, to, copy)
    return role


@transaction.atomic
def change_role(
    role: Role,
    *,
    to: Iterable[str] | None = None,
    copy: Iterable[str] | None = None,
    by: User | None,
    **fields,
) -> Role:
    """Change a post; its addresses are replaced by those that are given."""
    if to is not None and copy is not None and _write_contacts(role, to, copy):
        role._change_reason = "Contact addresses changed"
    return change(role, by=by, **fields)


def _write_contacts(role: Role, to: Iterable[str], copy: Iterable[str]) -> bool:
    """Replace a post's addresses; whether that changed any."""
    Line = RoleContact.Line
    wanted = dict.fromkeys(copy, Line.COPY) | dict.fromkeys(to, Line.TO)
    if wanted == dict(role.contacts.values_list("email", "line")):
        return False
    role.contacts.all().delete()
    RoleContact.objects.bulk_create(
        RoleContact(role=role, line=line, email=address) for address, line in wanted.items()
    )
    return True


def add_person(*, name: str, email: str = "", user: User | None = None, by: User | None) -> Person:
    """Add somebody who may hold a post or come to meetings."""
    return add(Person(name=name, email=email, user=user), by=by)


def change_appointment(
    appointment: Appointment,
    *,
    person: Person | None,
    kind: str,
    starts: dt.date,
    ends: dt.date | None,
    by: User | None,
) -> Appointment:
    """Correct who held a post and when; attendance of that time stays as it was."""
    return change(appointment, person=person, kind=kind, starts=starts, ends=ends, by=by)


# --- Plans and themes --------------------------------------------------------------------------------


def add_plan(*, title: str, starts: dt.date, ends: dt.date | None = None, by: User | None) -> Plan:
    return add(Plan(title=title, starts=starts, ends=ends), by=by)


def add_priority(plan: Plan, title: str, *, by: User | None) -> Priority:
    """Add a priority at the end of a plan."""
    return add(Priority(plan=plan, title=title, order=put_last(plan.priorities)), by=by)


@transaction.atomic
def add_theme(*, name: str, priorities: Iterable[Priority] = (), by: User | None) -> Theme:
    """Add a theme that serves these priorities."""
    theme = add(Theme(name=name), by=by)
    if priorities := list(priorities):
        theme.priorities.set(priorities)
    return theme


@transaction.atomic
def change_theme(
    theme: Theme, *, name: str, priorities: Iterable[Priority] | None = None, by: User | None
) -> Theme:
    """Rename a theme and say which priorities it serves; what was published keeps the old name."""
    change(theme, name=name, by=by)
    if priorities is not None:
        theme.priorities.set(priorities)
    return theme


# --- Meeting types -----------------------------------------------------------------------------------


@transaction.atomic
def add_type(
    *,
    name: str,
    held: str,
    venue: str = "",
    start: dt.time | None = None,
    speaker_style: str = MeetingType.SpeakerStyle.THE_ABBREVIATION,
    shares_actions_with: Iterable[MeetingType] = (),
    by: User | None,
) -> MeetingType:
    """Add a kind of meeting, still without a default agenda and usual people."""
    new = add(MeetingType(name=name, held=held, venue=venue, start=start, speaker_style=speaker_style), by=by)
    if others := list(shares_actions_with):
        new.shares_actions_with.set(others)
    return new


@transaction.atomic
def change_type(
    type: MeetingType, *, shares_actions_with: Iterable[MeetingType] | None = None, by: User | None, **fields
) -> MeetingType:
    """Change a kind of meeting; meetings that are planned already stay as they are."""
    change(type, by=by, **fields)
    if shares_actions_with is not None:
        type.shares_actions_with.set(shares_actions_with)
    return type


def add_usual_item(
    type: MeetingType, *, title: str, kind: str = "other", parent: UsualItem | None = None, by: User | None
) -> UsualItem:
    """Add an item at the end of a type's default agenda, or of another of its items."""
    if parent and (parent.parent_id or parent.type_id != type.pk):
        raise Refused("Items are nested two deep: put this one under a main item.")
    siblings = UsualItem.objects.filter(type=type, parent=parent)
    return add(UsualItem(type=type, parent=parent, title=title, kind=kind, order=put_last(siblings)), by=by)


@transaction.atomic
def nest_usual_item(item: UsualItem, *, by: User | None) -> None:
    """Put a main item under the one before it. Raises `Refused` when there is none, or it has sub-items."""
    REQUIRED[UsualItem](by)
    mains = list(UsualItem.objects.select_for_update().filter(type=item.type_id, parent=None))
    if item not in mains:
        raise Refused("Items are nested two deep, and this is a sub-item already.")
    if item.children.exists():
        raise Refused("This item has sub-items of its own, so it stays a main item.")
    if mains[0] == item:
        raise Refused("There is no item before this one to put it under.")
    item.parent = mains[mains.index(item) - 1]
    item.order = put_last(item.parent.children)
    _save(item, by)


@transaction.atomic
def unnest_usual_item(item: UsualItem, *, by: User | None) -> None:
    """Make a sub-item a main item, right after the one that it was under."""
    REQUIRED[UsualItem](by)
    if not item.parent_id:
        raise Refused("This is a main item already.")
    mains = list(UsualItem.objects.select_for_update().filter(type=item.type_id, parent=None))
    place = mains.index(item.parent) + 1
    item.parent = None
    _save(item, by)
    mains.insert(place, item)
    put_in_order(mains)


def add_usual_person(
    type: MeetingType, role: Role, *, chair: bool = False, minute_taker: bool = False, by: User | None
) -> UsualPerson:
    """Say that the holder of a post usually comes to meetings of a type."""
    return add(
        UsualPerson(
            type=type,
            role=role,
            chair=chair,
            minute_taker=minute_taker,
            order=put_last(UsualPerson.objects.filter(type=type)),
        ),
        by=by,
    )
