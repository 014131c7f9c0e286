"""How what was just saved was understood: who did what, each with one press to correct it."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import uuid4

from django.http import HttpRequest
from django.template.loader import render_to_string

from desk.record import Section
from desk.spoken import summary
from meetings.models import Attendance, Contribution, Revision
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


@dataclass(frozen=True)
class Read:
    """One contribution as it was understood, and what it may be corrected to."""

    words: Contribution
    speakers: list[tuple[str, str]]
    short_forms: list[Expansion]

    @property
    def summary(self) -> str:
        """Who did what: "PCC asked"."""
        return summary([self.words])

    @property
    def kinds(self) -> list[tuple[str, str]]:
        return [(str(kind), name) for kind, name in KINDS if kind != self.words.kind]

    @property
    def op_id(self) -> str:
        return str(uuid4())


def saved_entries(request: HttpRequest) -> list[int]:
    """The entries that the address says were just saved."""
    return [int(pk) for pk in request.GET.get("saved", "").split(",")[:50] if pk.isdecimal() and len(pk) < 10]


def read_as(section: Section, pks: Iterable[int], done: Iterable[str] = ()) -> dict:
    """What `_read_as.html` shows of entries that were just saved; two queries for any number of them."""
    entries = [entry for entry in section.branch.entries if entry.exchange.pk in set(pks)]
    if not entries:
        return {"saved": [], "read": [], "done": list(done)}
    last = entries[-1]
    newest = _newest_revisions(last)
    here = [
        one for one in section.record.outline.attendances if one.presence != Attendance.Presence.APOLOGIES
    ]
    read = [
        Read(one, _others(one, here), written_out(newest[one.uid]) if one.uid in newest else [])
        for one in last.contributions
    ]
    return {"saved": entries, "read": read, "done": list(done)}


def read_as_html(request: HttpRequest, section: Section, pks: Iterable[int], done: Iterable[str] = ()) -> str:
    """Fresh markup for the inside of `#read-as`."""
    context = read_as(section, pks, done) | {"meeting": section.record.outline.meeting, "item": section.item}
    return render_to_string("desk/_read_as.html", context, request)


def _others(words: Contribution, here: list[Attendance]) -> list[tuple[str, str]]:
    """Everybody else who could have said it."""
    return [(str(one.pk), one.abbreviation or one.name) for one in here if one.pk != words.speaker_id]


def _newest_revisions(entry: Entry) -> dict:
    """The newest revision of each contribution, by the contribution's uid."""
    uids = [one.uid for one in entry.contributions]
    rows = Revision.objects.filter(subject__in=uids).order_by("version")
    return {row.subject: row for row in rows}
