"""Going through the actions of a list one after another, without going back to it each time.

The list is asked for anew on every page, so that filter and order are kept and nothing is shown that
ended meanwhile; the address says what it is and which of its actions were decided on the way.
"""

import re
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from accounts.models import User
from actions import permissions
from actions.filters import Asked
from actions.log import Row
from actions.models import Action

MARK, DONE = "list", "done"


@dataclass(frozen=True)
class Step:
    """An action before or after this one, with its address in the list."""

    label: str
    url: str


@dataclass(frozen=True)
class Place:
    """Where an action stands in the list: 3 of 8."""

    number: int
    total: int
    back: str
    query: str
    previous: Step | None
    following: Step | None


@dataclass(frozen=True)
class Walk:
    """A list that somebody goes through, and what they decided on the way."""

    asked: Asked
    done: tuple[int, ...] = ()

    @classmethod
    def read(cls, query: QueryDict, user: User) -> "Walk | None":
        """None where the address names no list."""
        if MARK not in query:
            return None
        return cls(
            Asked.read(query, user), tuple(int(pk) for pk in re.findall(r"\d{1,18}", query.get(DONE, "")))
        )

    @property
    def query(self) -> str:
        """What an address of an action says of the list."""
        done = {DONE: "-".join(map(str, self.done))} if self.done else {}
        return urlencode({MARK: "1"} | self.asked.parameters | done)

    @property
    def back(self) -> str:
        """The list itself."""
        return reverse("actions:list") + (f"?{self.asked.query}" if self.asked.query else "")

    def place_of(self, action: Action) -> Place | None:
        """None where the action is not in the list any more."""
        rows = self._left(action)
        at = position(rows, action)
        if at is None:
            return None
        return Place(
            number=len(self.done) + at + 1,
            total=len(self.done) + len(rows),
            back=self.back,
            query=self.query,
            previous=self._step(rows[at - 1]) if at else None,
            following=self._step(rows[at + 1]) if at + 1 < len(rows) else None,
        )

    def after(self, action: Action) -> str:
        """Where to go once this action is decided: the next one, or after the last one the list.

        To be asked before: a decision may take the action out of the list.
        """
        rows = self._left(action)
        at = position(rows, action)
        if at is None or at + 1 == len(rows):
            return self.back
        return replace(self, done=(*self.done, action.pk))._step(rows[at + 1]).url

    def _left(self, action: Action) -> list[Row]:
        """What of the list there is to go through: the open ones, for whoever looks at an open one."""
        rows = [
            row
            for row in self.asked.log().rows
            if row.facts.is_open == action.is_open and row.pk not in self.done
        ]
        if permissions.can_decide(self.asked.user) and action.reference:
            return [row for row in rows if row.facts.reference]
        return rows

    def _step(self, row: Row) -> Step:
        url = reverse("actions:action", args=[row.pk])
        return Step(row.facts.reference or "a new action", f"{url}?{self.query}")


def position(rows: list[Row], action: Action) -> int | None:
    return next((place for place, row in enumerate(rows) if row.pk == action.pk), None)


def after_deciding(query: QueryDict, user: User, action: Action) -> str:
    """The page after a decision, for whoever came from a list or not."""
    walk = Walk.read(query, user)
    return walk.after(action) if walk else reverse("actions:list")


def keeping_place(url: str, query: QueryDict) -> str:
    """An address of an action, in the list that somebody goes through, if they do."""
    return f"{url}?{query.urlencode()}" if MARK in query else url
