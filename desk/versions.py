"""The versions of what somebody said, as people compare them."""

import datetime as dt
from dataclasses import dataclass, field

from desk.spoken import DID
from meetings.models import Contribution, Revision


@dataclass(frozen=True)
class Version:
    """One version: its words, and what was saved with them."""

    number: int
    text: str
    details: dict = field(default_factory=dict)
    who: str = ""
    at: dt.datetime | None = None
    is_newest: bool = False

    @classmethod
    def of(cls, revision: Revision, *, is_newest: bool = False) -> "Version":
        who = str(revision.by) if revision.by else "the system"
        return cls(revision.version, revision.text, revision.details, who, revision.at, is_newest)

    @property
    def lead(self) -> str:
        return self.details.get("lead", "")

    @property
    def spoken_by(self) -> str:
        """Who did what: "CC – Imogen Vale answered"."""
        did = DID.get(self.details.get("kind"), "")
        if name := self.details.get("speaker_name"):
            return f"{name} {did or 'noted'}"
        return "Nobody named answered" if self.details.get("nobody_named") else "No speaker"

    @property
    def to_check(self) -> str:
        return self.details.get("to_check", "")


def versions_of(contribution: Contribution) -> list[Version]:
    """Every version, the newest first."""
    return [Version.of(one, is_newest=place == 0) for place, one in enumerate(contribution.revisions())]
