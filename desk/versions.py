"""The versions of what somebody said, as people compare them."""

import datetime as dt
from dataclasses import dataclass, field

from desk.spoken import DID
from meetings.models import Contribution, Revision

# A longer pause than this between two autosaves, and the writer had finished in between.
ONE_SITTING = dt.timedelta(hours=1)


@dataclass(frozen=True)
class Version:
    """One version: its words, what was saved with them, and what was autosaved on the way to it, the newest first."""

    number: int
    text: str
    details: dict = field(default_factory=dict)
    who: str = ""
    at: dt.datetime | None = None
    is_newest: bool = False
    on_the_way: list["Version"] = field(default_factory=list)

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
    """Every version, the newest first; what one writer autosaved in one sitting is in the version that it led to."""
    folded: list[Version] = []
    newer = None
    for revision in contribution.revisions():
        version = Version.of(revision, is_newest=newer is None)
        if newer and _leads_to(revision, newer):
            folded[-1].on_the_way.append(version)
        else:
            folded.append(version)
        newer = revision
    return folded


def _leads_to(revision: Revision, newer: Revision) -> bool:
    """Whether a version was only saved by itself while the same person wrote the next one."""
    is_same_sitting = revision.by_id == newer.by_id and newer.at - revision.at <= ONE_SITTING
    return bool(revision.details.get("autosaved")) and is_same_sitting
