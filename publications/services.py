"""What changes on the public side: something is published, and nothing else ever does."""

import datetime as dt
import hashlib
import json
from dataclasses import dataclass
from uuid import UUID

import rfc8785
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from publications import addresses, projections, register
from publications.line import PublicationLine, line_for
from publications.models import Edition, PublishedMeeting, Rendition
from publications.notes import Notes, read
from publications.render import article


class CannotPublish(Exception):
    """The document is not fit to be published; `blockers` says why, a sentence each."""

    def __init__(self, blockers: list[str]):
        super().__init__(" ".join(blockers))
        self.blockers = blockers


class PublishedMeanwhile(Exception):
    """Somebody else published at the same moment what this edition would have had to follow."""


@dataclass(frozen=True)
class Made:
    """An edition that is ready to be stored: its document and everything made from it."""

    content: bytes
    notes: Notes
    line: PublicationLine
    change: str
    renditions: list[Rendition]

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def publish(content: bytes, *, sha256: str, change: str = "", at: dt.datetime | None = None) -> Edition:
    """Publish exactly these bytes: Notes for the public, as canonical JSON, with this hash.

    `change` tells the public what a correction changed. Publishing what is already the
    current edition gives that edition. Raises `CannotPublish`, and `PublishedMeanwhile` when
    another edition came first; then nothing is stored.

    Making the PDF takes a second or more. Whoever has more to store in the same
    transaction calls `make` before it and `store` inside it.
    """
    return store(make(content, sha256=sha256, change=change, at=at))


def make(content: bytes, *, sha256: str, change: str = "", at: dt.datetime | None = None) -> Made:
    """Check the document and make its renditions; stores nothing."""
    if hashlib.sha256(content).hexdigest() != sha256:
        raise CannotPublish(["What was to be published is not what was approved: the hashes differ."])
    notes = read(content)
    if blockers := publication_blockers(notes, content):
        raise CannotPublish(blockers)
    current = current_edition(notes)
    is_known = current is not None and current.sha256 == sha256
    number = current.number if is_known else current.number + 1 if current else 1
    line = line_for(notes, number, at or timezone.now(), slug_of(notes))
    return Made(content, notes, line, change, [] if is_known else renditions(notes, content, line))


@transaction.atomic
def store(made: Made) -> Edition:
    """Put an edition, its renditions, its line in the register and its projections into the database, or nothing."""
    register.wait_for_turn()
    current = current_edition(made.notes)
    if current and current.sha256 == made.sha256:
        return current
    meeting = published_meeting(made.notes)
    expected = line_for(
        made.notes, current.number + 1 if current else 1, made.line.published_at, meeting.slug
    )
    if (made.line.edition, made.line.address) != (expected.edition, expected.address):
        raise PublishedMeanwhile("Something else was published at the same moment. Publish again.")
    edition = Edition.objects.create(
        meeting=meeting,
        kind=made.notes.kind,
        language=made.notes.language,
        number=made.line.edition,
        notes=made.content,
        sha256=made.sha256,
        published_at=made.line.published_at,
        change=made.change,
        line=made.line.to_json(),
        salt=register.new_salt(),
        date=made.notes.meeting.date,
        title=made.notes.meeting.title[:300],
        type_name=made.notes.meeting.type[:200],
    )
    for rendition in made.renditions:
        rendition.edition = edition
    Rendition.objects.bulk_create(made.renditions)
    register.add(edition, made.renditions)
    projections.follow(edition, made.notes, current)
    return edition


def publication_blockers(notes: Notes, content: bytes) -> list[str]:
    """What keeps a document from being published, in sentences."""
    if notes.kind != Edition.Kind.NOTES or notes.meeting is None:
        return ["Only the notes of a meeting can be published."]
    blockers = []
    if rfc8785.dumps(json.loads(content)) != content:
        blockers.append("The document is not in canonical form.")
    if notes.meeting.date is None:
        blockers.append("The meeting has no date.")
    if not is_uuid(notes.meeting.id):
        blockers.append("The meeting has no id that its address could be kept under.")
    for place, action in enumerate(notes.actions, 1):
        if action.reference is None:
            blockers.append(f"Action {place} has no reference.")
        if not action.owners and action.withheld is None and notes.meeting.original is None:
            blockers.append(f"{action.reference or place}: the action has no owner.")
    return blockers


def is_uuid(text: str) -> bool:
    try:
        return bool(UUID(text))
    except ValueError:
        return False


def current_edition(notes: Notes) -> Edition | None:
    """The highest edition of this meeting's document of this kind and language."""
    return (
        Edition.objects.defer("notes")
        .filter(meeting__meeting=notes.meeting.id, kind=notes.kind, language=notes.language)
        .order_by("-number")
        .first()
    )


def published_meeting(notes: Notes) -> PublishedMeeting:
    """The meeting as the public knows it; its address is given once and kept."""
    return PublishedMeeting.objects.get_or_create(
        meeting=notes.meeting.id, defaults={"slug": slug_of(notes)}
    )[0]


def slug_of(notes: Notes) -> str:
    """The address that the meeting has; else the one it asks for, with "-2", "-3" … when another has that."""
    if known := PublishedMeeting.objects.filter(meeting=notes.meeting.id).first():
        return known.slug
    wanted = addresses.slug_for(notes)
    taken = set(PublishedMeeting.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    slug, number = wanted, 1
    while slug in taken:
        number += 1
        slug = f"{wanted}-{number}"
    return slug


def renditions(notes: Notes, content: bytes, line: PublicationLine) -> list[Rendition]:
    """The bytes of every format that this installation makes."""
    made = []
    if Rendition.Format.ARTICLE in settings.RENDITIONS:
        made.append(rendition(Rendition.Format.ARTICLE, article(notes, line)))
    if Rendition.Format.PDF in settings.RENDITIONS:
        from publications import pdf  # WeasyPrint takes two seconds to load, and no public page needs it

        paper = pdf.pdf(notes, line, content)
        made.append(rendition(Rendition.Format.PDF, paper, pages=pdf.pages_of(paper)))
    return made


def rendition(format: str, content: bytes, pages: int | None = None) -> Rendition:
    return Rendition(
        format=format,
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        pages=pages,
    )


@transaction.atomic
def rebuild_public() -> int:
    """Make every list and page again from the current editions; gives how many there are."""
    register.wait_for_turn()
    return projections.make_all()
