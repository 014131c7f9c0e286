"""Saving what a form asks about a row, when two people may fill it in at once.

`meetings.texts` guards texts that have versions of their own. Here several answers share a
row: a form carries as `base_version` a digest of each answer as it was shown. An answer
that its writer left alone is not written, so two people who change different answers both
keep theirs; one that both changed is a `Clash`, and nothing is written. The same operation
sent again gets its first answer.
"""

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import models

from accounts.models import User
from meetings.models import Revision
from meetings.texts import MissingBase
from web.history import become_one
from web.operations import digest_of, once

Values = dict[str, Any]
# How far back the history is read for what both started from.
LATEST = 50


class Damaged(Exception):
    """The base cannot be read: answered with 400."""


class RowRemoved(Exception):
    """Somebody removed what was being changed: answered with 409."""


@dataclass(frozen=True)
class Clash:
    """One answer that two people changed: what is stored now, and what they both started from if it is known."""

    name: str
    mine: Any
    theirs: Any
    base: Any = None


@dataclass(frozen=True)
class Saved:
    """What others changed meanwhile and is kept, by name, and what the open form goes on from."""

    kept: list[str]
    base_version: str


class Clashes(Exception):
    """Somebody changed the same answers meanwhile: answered with 409; nothing was written.

    `base_version` is the base for saving after all, once the writer has seen theirs.
    """

    def __init__(self, clashes: list[Clash], base_version: str, who: str, at: dt.datetime | None):
        super().__init__("Somebody else changed this meanwhile.")
        self.clashes, self.base_version, self.who, self.at = clashes, base_version, who, at


def version_of(values: Mapping[str, Any]) -> str:
    """The base that a form showing these answers carries: "venue:2f0c… title:91ab…"."""
    return _as_base({name: _digest(value) for name, value in values.items()})


def save_facts(
    row: models.Model,
    asked: Values,
    *,
    base_version: str | None,
    op_id: UUID,
    by: User | None,
    current: Callable[[models.Model], Values],
    write: Callable[[models.Model, Values], object],
    history: models.QuerySet | None = None,
    autosaved: bool = False,
) -> Saved:
    """Write the answers that the writer changed, and keep those that others changed meanwhile.

    `current` reads the answers from a row, by the same names as `asked`; `write` stores some of them
    in the row that it is given, which is held until the transaction ends. `history` tells who changed it,
    where that is not the row's own. `autosaved` says that the writer is still writing.
    Raises `MissingBase`, `Damaged`, `Clashes`, `RowRemoved`, or `OperationReused`.
    """
    digest = digest_of(
        model=row._meta.label,
        row=row.pk,
        by=by and by.pk,
        asked={name: plain(value) for name, value in asked.items()},
    )
    base = _read(base_version, asked)

    def do() -> tuple[list[str], str]:
        held = type(row)._base_manager.select_for_update().get(pk=row.pk)
        if getattr(held, "removed_at", None):
            raise RowRemoved
        now = current(held)
        changed = [name for name in asked if _digest(asked[name]) != base[name]]
        theirs = [name for name in asked if _digest(now[name]) != base[name]]
        if clashing := [
            name for name in changed if name in theirs and plain(asked[name]) != plain(now[name])
        ]:
            raise _clashes(_history(held, history), clashing, asked, now, base)
        if mine := {name: asked[name] for name in changed if name not in theirs}:
            _write(held, mine, write, autosaved)
            now = current(type(row)._base_manager.get(pk=row.pk))
        # What the writer left alone goes on from what was shown: nobody has seen what others made of it.
        seen = base | {name: _digest(now[name]) for name in changed}
        return [name for name in theirs if name not in changed], _as_base(seen)

    return Saved(*once(op_id, digest, do))


def _write(
    held: models.Model, mine: Values, write: Callable[[models.Model, Values], object], autosaved: bool
) -> None:
    """Store some answers; what one person saves while typing becomes one line of the row's own history."""
    has_history = hasattr(held, "history")
    before = held.history.first() if has_history else None
    write(held, mine)
    if has_history:
        become_one(before, held.history.all(), autosaved=autosaved)


def _as_base(digests: dict[str, str]) -> str:
    return " ".join(f"{name}:{digest}" for name, digest in digests.items())


def plain(value: object) -> Any:
    """A value as something that can be compared and hashed: rows by their keys, several of them in order."""
    if value is None:
        return ""
    if isinstance(value, models.Model):
        return str(value.pk)
    if isinstance(value, str):
        return value.replace("\r\n", "\n").strip()
    if isinstance(value, Iterable):
        return sorted(plain(one) for one in value)
    return str(value)


@dataclass(frozen=True)
class _Past:
    """One earlier state of a row."""

    who: str
    at: dt.datetime
    values: Any

    def value(self, name: str) -> Any:
        return self.values.text if isinstance(self.values, Revision) else getattr(self.values, name, None)


def _history(row: models.Model, history: models.QuerySet | None) -> list[_Past]:
    """The latest states of a row, the newest first, from whichever history it has."""
    if history is None and hasattr(row, "revisions"):
        return [_Past(_named(one.by), one.at, one) for one in row.revisions()[:LATEST]]
    if history is not None and hasattr(history.model, "by"):
        # A row that knows who changed it last, and nothing of before.
        return [_Past(_named(one.by), one.at, one) for one in history.select_related("by")]
    history = row.history if history is None else history
    rows = history.select_related("history_user")[:LATEST]
    return [_Past(_named(one.history_user), one.history_date, one) for one in rows]


def _named(user: User | None) -> str:
    return user.name if user else "Somebody"


def _clashes(
    past: list[_Past], names: list[str], asked: Values, now: Values, base: dict[str, str]
) -> Clashes:
    found = [Clash(name, asked[name], now[name], _started_from(past, name, base[name])) for name in names]
    seen = base | {name: _digest(now[name]) for name in names}
    who, at = (past[0].who, past[0].at) if past else ("Somebody", None)
    return Clashes(found, _as_base(seen), who, at)


def _started_from(past: list[_Past], name: str, digest: str) -> Any:
    """The earlier value that a form showed; None where no history knows it."""
    return next((one.value(name) for one in past if _digest(one.value(name)) == digest), None)


def _read(base_version: str | None, asked: Values) -> dict[str, str]:
    if not base_version:
        raise MissingBase("This form does not say which version it started from.")
    pairs = [part.split(":") for part in base_version.split()]
    if not all(len(pair) == 2 for pair in pairs) or not asked.keys() <= dict(pairs).keys():
        raise Damaged
    return dict(pairs)


def _digest(value: object) -> str:
    return hashlib.blake2b(repr(plain(value)).encode(), digest_size=8).hexdigest()
