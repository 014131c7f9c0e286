"""How what was just saved was understood: who did what, each with one press to correct it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode
from uuid import uuid4

from django.http import HttpRequest
from django.template.loader import render_to_string

from desk.promises import Promise
from desk.record import Section
from desk.spoken import summary
from meetings.models import Attendance, Contribution, Revision, SavedText
from meetings.outline import Entry
from meetings.reading.shortforms import Expansion
from meetings.services.shortforms import written_out
from publications.notes import ContributionKind

KINDS = [
    (ContributionKind.QUESTION, "Question"),
    (ContributionKind.ANSWER, "Answer"),
    (ContributionKind.COMMENT, "Comment"),
    (ContributionKind.DECISION, "Decision"),
    (ContributionKind.NARRATIVE, "Note"),
]
NOBODY = "nobody"
MOST = 50  # as many entries and actions of one save are told of
CORRECTED_HERE = (
    40  # more contributions than these are corrected where they stand: each brings twenty buttons
)


@dataclass(frozen=True)
class Saved:
    """What one save made: the ids of its entries and actions, as an address or a form carries them."""

    entries: list[int] = field(default_factory=list)
    actions: list[int] = field(default_factory=list)

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> "Saved":
        return cls(_ids(asked.get("saved", "")), _ids(asked.get("actions", "")))

    @property
    def pairs(self) -> dict[str, str]:
        """The same again, for the next address or form."""
        both = {"saved": self.entries, "actions": self.actions}
        return {name: ",".join(map(str, pks)) for name, pks in both.items() if pks}

    @property
    def query(self) -> str:
        return urlencode(self.pairs, safe=",")


def _ids(written: str) -> list[int]:
    pks = (pk for pk in written.split(",")[:MOST] if pk.isascii() and pk.isdigit() and len(pk) < 10)
    return [int(pk) for pk in pks]


@dataclass(frozen=True)
class Read:
    """One contribution as it was understood, and what it may be corrected to."""

    entry: Entry
    words: Contribution
    speakers: list[tuple[str, str]]
    short_forms: list[Expansion]

    @property
    def summary(self) -> str:
        """Who did what: "PCC asked"."""
        return summary([self.words])

    @property
    def said(self) -> str:
        """Its words, or the rough line from which they will be written."""
        return self.words.text or self.words.rough

    @property
    def kinds(self) -> list[tuple[str, str]]:
        return [(str(kind), name) for kind, name in KINDS if kind != self.words.kind]

    @property
    def op_id(self) -> str:
        return str(uuid4())


@dataclass(frozen=True)
class ReadAction:
    """An action as it was understood, with the short forms that were written out in its wording."""

    promise: Promise
    short_forms: list[Expansion]

    @property
    def said(self) -> str:
        return self.promise.action.text

    @property
    def op_id(self) -> str:
        return str(uuid4())


def read_as(section: Section, made: Saved, done: Iterable[str] = ()) -> dict:
    """What `_read_as.html` shows of what one save made; one query more for any number of entries and actions."""
    entries = [entry for entry in section.branch.entries if entry.exchange.pk in set(made.entries)]
    promises = _promises(section, made)
    words = [(entry, one) for entry in entries for one in entry.contributions]
    newest = _newest_revisions([*(one for _, one in words), *(promise.action for promise in promises)])
    here = [
        one for one in section.record.outline.attendances if one.presence != Attendance.Presence.APOLOGIES
    ]
    read = [
        Read(entry, one, _others(one, here), newest.get(one.uid, [])) for entry, one in words[:CORRECTED_HERE]
    ]
    actions = [ReadAction(one, newest.get(one.action.uid, [])) for one in promises]
    return {
        "saved": entries,
        "summaries": [(entry.number, summary(entry.contributions)) for entry in entries],
        "read": read,
        "unread": len(words) - len(read),
        "read_actions": actions,
        "is_corrected_here": bool(read) or any(one.short_forms for one in actions),
        "made": made.pairs,
        "done": list(done),
    }


def read_as_html(request: HttpRequest, section: Section, made: Saved, done: Iterable[str] = ()) -> str:
    """Fresh markup for the inside of `#read-as`."""
    context = read_as(section, made, done) | {"meeting": section.record.outline.meeting, "item": section.item}
    return render_to_string("desk/_read_as.html", context, request)


def _promises(section: Section, made: Saved) -> list[Promise]:
    if not made.actions:
        return []
    return [one for one in section.record.promises if one.action.pk in set(made.actions)]


def _others(words: Contribution, here: list[Attendance]) -> list[tuple[str, str]]:
    """Everybody else who could have said it."""
    return [(str(one.pk), one.abbreviation or one.name) for one in here if one.pk != words.speaker_id]


def _newest_revisions(rows: list[SavedText]) -> dict:
    """The short forms that are written out in the newest version of each text, by its uid."""
    if not rows:
        return {}
    revisions = Revision.objects.filter(subject__in=[row.uid for row in rows]).order_by("version")
    return {revision.subject: written_out(revision) for revision in revisions}
