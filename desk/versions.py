"""The versions of what somebody said, as people compare them."""

import datetime as dt
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from desk.spoken import DID
from desk.transcripts import Source, source_of
from meetings.models import Revision, SavedText
from review.comparison import Run, runs_of
from web.dates import moment

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
    # Bringing this version back is an operation of its own.
    op_id: UUID = field(default_factory=uuid4, compare=False)

    @classmethod
    def of(cls, revision: Revision, *, is_newest: bool = False) -> "Version":
        who = str(revision.by) if revision.by else "the system"
        return cls(revision.version, revision.text, revision.details, who, revision.at, is_newest)

    @property
    def previous(self) -> int:
        """The version that was written before this one and what was autosaved on the way to it."""
        return min([self.number, *(step.number for step in self.on_the_way)]) - 1

    @property
    def saved(self) -> str:
        """When and by whom, in words."""
        return f"{moment(self.at)} by {self.who}"

    @property
    def came_from(self) -> str:
        """Where its words come from, if they were part of something else before."""
        came_from = self.details.get("came_from") or {}
        return {
            "split": f"Split off from version {came_from.get('version')} of other words",
            "join": "Other words were joined to it",
            "transcript": "Taken over from a transcript",
        }.get(came_from.get("how"), "")

    @property
    def other_words(self) -> int | None:
        """The id of what it was part of, or of what was joined to it."""
        return (self.details.get("came_from") or {}).get("words")

    @property
    def passage(self) -> Source | None:
        """The passage of a transcript from which it was taken over."""
        return source_of(self.details)

    @property
    def facts(self) -> dict[str, str]:
        """What was saved with the words, each in words."""
        if not self.is_spoken:
            return {}
        return {
            "Said by": self.spoken_by,
            "Printed before it": self.lead or "nothing",
            "Starts a paragraph": "yes" if self.details.get("paragraph", True) else "no",
            "To check": self.to_check or "nothing",
        }

    @property
    def is_spoken(self) -> bool:
        """Whether somebody said it; the wording of an action nobody says."""
        return "kind" in self.details

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

    @property
    def rough(self) -> str:
        """The rough line beside it."""
        return self.details.get("rough", "")


def every_version(row: SavedText) -> list[Version]:
    """Every single version, the newest first."""
    return [Version.of(one, is_newest=place == 0) for place, one in enumerate(row.revisions())]


def versions_of(row: SavedText) -> list[Version]:
    """Every version, the newest first; what one writer autosaved in one sitting is in the version that it led to."""
    folded: list[Version] = []
    newer = None
    for revision in row.revisions():
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


@dataclass(frozen=True)
class Comparison:
    """What differs between two versions of the same words."""

    runs: list[Run]
    facts: list[tuple[str, str, str]]  # name, before, after

    @property
    def summary(self) -> str:
        """How much differs, in words: "3 words taken out, 1 word put in"."""
        taken_out = sum(len(run.words.split()) for run in self.runs if run.is_deleted)
        put_in = sum(len(run.words.split()) for run in self.runs if run.is_added)
        counts = [(taken_out, "taken out"), (put_in, "put in")]
        told = [f"{count} {'word' if count == 1 else 'words'} {what}" for count, what in counts if count]
        return ", ".join(told) or "The words are the same"


def compared(before: Version, after: Version) -> Comparison:
    """The words of both versions, marked where they differ, and what else was changed."""
    was, now = before.facts, after.facts
    facts = [(name, was[name], now[name]) for name in was if was[name] != now[name]]
    return Comparison(runs_of(before.text, after.text), facts)
