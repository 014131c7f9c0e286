"""Who changed a record, when and what: the rows that django-simple-history keeps, put in words."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise

from django.db import models

from web.dates import clock, day

LATEST = 50
# What no person typed, or what the order of a list says anyway.
SILENT = {"order", "removed_by", "removed_at"}
# Reasons that no person gave: a row that was saved while somebody typed, and one that only led to the next.
AUTOSAVED, ON_THE_WAY = "saved by itself", "on the way"
# A longer pause than this between two such rows, and the writer had finished in between.
ONE_SITTING = dt.timedelta(hours=1)


@dataclass(frozen=True)
class Detail:
    """One field that changed."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    """One line of a history: what was done to what, by whom and when."""

    done: str
    who: str
    at: dt.datetime
    details: list[Detail]


def changes(*histories: models.QuerySet, silent: frozenset[str] | set[str] = frozenset()) -> list[Change]:
    """The latest changes of some records, the newest first, in a fixed number of queries.

    Takes `Role.history.filter(id=…)`, and more where a record's parts are to be told with it.
    `silent` names the fields by which the parts refer to the record, as the page says that anyway.
    """
    found = [change for history in histories for change in _changes_of(history, SILENT | silent)]
    return sorted(found, key=lambda change: change.at, reverse=True)[:LATEST]


def become_one(before: models.Model | None, history: models.QuerySet, *, autosaved: bool) -> None:
    """Let what one person saves in one sitting while typing be told as one change: each row stays, the last is told.

    `before` is the newest row as it was before the save, `history` all rows of the record.
    """
    newest = history.first()
    if newest is None or newest == before:
        return
    if autosaved:
        history.filter(pk=newest.pk).update(history_change_reason=AUTOSAVED)
    if before and before.history_change_reason == AUTOSAVED and _in_one_sitting(before, newest):
        history.filter(pk=before.pk).update(history_change_reason=ON_THE_WAY)


def _in_one_sitting(before: models.Model, after: models.Model) -> bool:
    is_same = before.history_user_id == after.history_user_id
    return is_same and after.history_date - before.history_date <= ONE_SITTING


def _changes_of(history: models.QuerySet, silent: set[str]) -> list[Change]:
    fields = _told_fields(history.model, silent)
    told = history.exclude(history_change_reason=ON_THE_WAY)
    rows = list(told.select_related("history_user")[: LATEST + 1])
    names = _names_of_related(rows, fields) | _names_of_chosen(rows, history.model)
    by_record = defaultdict(list)
    for row in rows:
        by_record[row.id].append(row)
    lines = []
    for versions in by_record.values():
        for newer, older in pairwise([*versions, None]):
            # The oldest row at hand is a beginning only if it says so: earlier ones may be out of reach.
            if older is None and newer.history_type == "~":
                continue
            if line := _line(newer, older, fields, names):
                lines.append(line)
    return lines


def _told_fields(model: type[models.Model], silent: set[str]) -> list[models.Field]:
    return [
        field
        for field in model.tracked_fields
        if field.editable and not field.primary_key and field.name not in silent
    ]


def _many(model: type[models.Model]) -> list[models.ManyToManyField]:
    return list(getattr(model, "_history_m2m_fields", ()))


def _names_of_related(rows: list[models.Model], fields: list[models.Field]) -> dict:
    """What the rows refer to, by field and id: one query for each field that refers to something."""
    return {
        field.name: field.related_model._base_manager.in_bulk(
            {getattr(row, field.attname) for row in rows} - {None}
        )
        for field in fields
        if field.is_relation
    }


def _names_of_chosen(rows: list[models.Model], model: type[models.Model]) -> dict:
    """What was chosen from other tables, such as a theme's priorities: by field and row, one query for each field."""
    chosen = {}
    for field in _many(model):
        reverse = field.m2m_reverse_field_name()
        names = chosen[field.name] = defaultdict(list)
        choices = vars(model)[field.name].model._base_manager.filter(history__in=rows).select_related(reverse)
        for choice in choices:
            names[choice.history_id].append(str(getattr(choice, reverse)))
    return chosen


def _line(row, older, fields, names) -> Change | None:
    noun = str(row.instance_type._meta.verbose_name).capitalize()
    details = _details(row, older, fields, names)
    done = _done(row, older)
    if done == "changed" and not details:
        if row.history_change_reason in (None, "", AUTOSAVED):
            return None
        return Change(row.history_change_reason, _who(row), row.history_date, [])
    return Change(f"{noun} {done}", _who(row), row.history_date, details)


def _who(row) -> str:
    return row.history_user.name if row.history_user else "the system"


def _done(row, older) -> str:
    if older is None:
        return "added"
    if row.history_type == "-":
        return "removed"
    gone, was_gone = (getattr(version, "removed_at", None) for version in (row, older))
    if gone and not was_gone:
        return "removed"
    return "brought back" if was_gone and not gone else "changed"


def _details(row, older, fields, names) -> list[Detail]:
    if row.history_type == "-":
        return []
    pairs = [
        (field.verbose_name, _words(row, field, names), _words(older, field, names) if older else "")
        for field in fields
    ]
    pairs += [
        (field.verbose_name, _chosen(row, field, names), _chosen(older, field, names) if older else "")
        for field in _many(type(row))
    ]
    return [
        Detail(str(label)[:1].upper() + str(label)[1:], before, after)
        for label, after, before in pairs
        if before != after and (older or after != "No")
    ]


def _words(row, field, names) -> str:
    """A field's value as people read it; a long text is shortened to its beginning."""
    value = getattr(row, field.attname)
    if value is None or value == "":
        return ""
    if field.is_relation:
        return str(names[field.name].get(value, "something that is gone"))
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, dt.time):
        return clock(value)
    if isinstance(value, dt.date):
        return day(value)
    text = str(value)
    return text if len(text) <= 200 else f"{text[:200]}…"


def _chosen(row, field, names) -> str:
    return ", ".join(sorted(names[field.name][row.history_id]))
