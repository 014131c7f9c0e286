"""The action log: what was promised and what became of it, as at a date, for the public.

An edition of it stands between the notes of two meetings. It is of the same family as
`publications.notes`: canonical bytes, a published schema, and readers that keep what they
do not know. Unlike notes it says in so many words what is overdue: only whoever compiles it
knows whether something is waiting in the office.
"""

import datetime as dt
from collections import Counter
from typing import Any, Literal

import rfc8785
from pydantic import BaseModel, Field

from publications.notes import DueAt, DueOn, Notes, Origin, Part, Text, read, taken_over_by
from publications.states import ENDED, may_be_overdue

SCHEMA = "actions/1"
TITLE = "Action log"


class LoggedEvent(Part):
    """A decision on an action, with the reason that was written for the public."""

    on: dt.date
    what: Literal[
        "closed", "reopened", "returned", "retained", "withdrawn", "superseded", "transferred", "due_moved"
    ]
    due: DueOn | DueAt | None = None
    to: Text | None = Field(default=None, description="The body to which it was transferred")
    reason: Text | None = None


class LoggedAction(Part):
    """What somebody promised, as it stood on the day of the log."""

    reference: Text
    ours: bool = Field(default=False, description="We gave the reference; the original had none")
    text: Text
    owners: list[Text] = Field(description="Titles of roles; the first one leads")
    agreed: dt.date | None = None
    origin: Origin | None = Field(default=None, description="The meeting, where its notes are published")
    due: DueOn | DueAt | None = None
    first_due: DueOn | DueAt | None = None
    moved: int = 0
    state: Literal["open", "retained", "closed", "superseded", "withdrawn", "transferred"]
    superseded_by: Text | None = Field(default=None, description="The reference of what takes its place")
    overdue: bool = Field(default=False, description="Its date had passed, and nothing about it was waiting")
    events: list[LoggedEvent] = []

    @property
    def transferred_to(self) -> str:
        """The body that has taken it over, where that was told."""
        return taken_over_by(self.state, self.events)

    @property
    def is_open(self) -> bool:
        return self.state not in ENDED


class ActionLog(Part):
    schema_: Literal["actions/1"] = Field(default=SCHEMA, alias="schema")
    kind: Literal["actions"] = "actions"
    language: Text = "en-GB"
    office: Text
    force: Text
    as_at: dt.date
    actions: list[LoggedAction] = []

    def to_bytes(self) -> bytes:
        """The canonical JSON of RFC 8785: equal documents have equal bytes."""
        return rfc8785.dumps(self.model_dump(mode="json", by_alias=True))

    def blockers(self) -> list[str]:
        """What keeps it from being published, in sentences."""
        found = []
        references = Counter(action.reference for action in self.actions)
        if not references:
            found.append("There is no action in the log.")
        found += [f"{one} stands in the log twice." for one, times in references.items() if times > 1]
        for action in self.actions:
            if not action.owners:
                found.append(f"{action.reference}: the action has no owner.")
            if action.overdue and not self.may_be_overdue(action):
                found.append(f"{action.reference}: it is called overdue, and its date has not passed.")
        return found

    def may_be_overdue(self, action: LoggedAction) -> bool:
        due_on = action.due.date if isinstance(action.due, DueOn) else None
        return may_be_overdue(action.state, due_on, self.as_at)


class _Kind(BaseModel):
    """The one member that says what a document is."""

    schema_: str = Field(default="", alias="schema")


# Whatever an edition can be.
Document = Notes | ActionLog


def read_any(stored: bytes) -> Document:
    """Read the stored bytes of an edition; they say themselves which of the two they are."""
    kind = _Kind.model_validate_json(stored).schema_
    return ActionLog.model_validate_json(stored) if kind == SCHEMA else read(stored)


def json_schema() -> dict[str, Any]:
    """The JSON Schema of the document, as published at /schema/actions-1.json."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **ActionLog.model_json_schema(by_alias=True),
    }
