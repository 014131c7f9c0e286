"""What changes on the public side: something is published, and nothing else ever does."""

import datetime as dt
import hashlib
import json
from dataclasses import dataclass
from uuid import UUID

import rfc8785
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from publications import addresses, projections, register
from publications.action_log import TITLE, ActionLog, Document, read_any
from publications.line import PublicationLine, line_for
from publications.models import Edition, PublishedMeeting, PublishedMention, Rendition
from publications.notes import Notes
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
    document: Document
    line: PublicationLine
    change: str
    renditions: list[Rendition]

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def publish(content: bytes, *, sha256: str, change: str = "", at: dt.datetime | None = None) -> Edition:
    """Publish exactly these bytes: Notes or an action log for the public, as canonical JSON, with this hash.

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
    document = read_any(content)
    if blockers := publication_blockers(document, content):
        raise CannotPublish(blockers)
    current = current_edition(document)
    is_known = current is not None and current.sha256 == sha256
    number = current.number if is_known else current.number + 1 if current else 1
    line = line_for(document, number, at or timezone.now(), path_of(document, number))
    made = [] if is_known else renditions(document, content, line)
    return Made(content, document, line, change, made)


@transaction.atomic
def store(made: Made) -> Edition:
    """Put an edition, its renditions, its line in the register and its projections into the database, or nothing."""
    register.wait_for_turn()
    document = made.document
    current = current_edition(document)
    if current and current.sha256 == made.sha256:
        return current
    meeting = published_meeting(document) if isinstance(document, Notes) else None
    number = current.number + 1 if current else 1
    expected = line_for(document, number, made.line.published_at, path_of(document, number))
    if (made.line.edition, made.line.address) != (expected.edition, expected.address):
        raise PublishedMeanwhile("Something else was published at the same moment. Publish again.")
    edition = Edition.objects.create(
        meeting=meeting,
        kind=document.kind,
        language=document.language,
        number=made.line.edition,
        notes=made.content,
        sha256=made.sha256,
        published_at=made.line.published_at,
        change=made.change,
        line=made.line.to_json(),
        salt=register.new_salt(),
        **listed_as(document),
    )
    for rendition in made.renditions:
        rendition.edition = edition
    Rendition.objects.bulk_create(made.renditions)
    register.add(edition, made.renditions)
    projections.follow(edition, document, current)
    return edition


def listed_as(document: Document) -> dict:
    """What lists say of an edition without reading it: its day, and what it is."""
    if isinstance(document, ActionLog):
        return {"date": document.as_at, "title": TITLE, "type_name": TITLE}
    meeting = document.meeting
    return {"date": meeting.date, "title": meeting.title[:300], "type_name": meeting.type[:200]}


def publication_blockers(document: Document, content: bytes) -> list[str]:
    """What keeps a document from being published, in sentences."""
    is_log = isinstance(document, ActionLog)
    found = [*document.blockers(), *withheld_in_notes(document)] if is_log else in_the_way_of(document)
    if rfc8785.dumps(json.loads(content)) != content:
        found.append("The document is not in canonical form.")
    return found


def withheld_in_notes(log: ActionLog) -> list[str]:
    """What the log would tell of actions that published notes withhold: it never tells more than they do."""
    slugs = [addresses.action_slug(action.reference) for action in log.actions]
    withheld = PublishedMention.objects.exclude(withheld="").filter(action__slug__in=slugs)
    references = withheld.order_by("action__reference").values_list("action__reference", flat=True).distinct()
    return [f"{reference} is withheld in published notes." for reference in references]


def in_the_way_of(notes: Notes) -> list[str]:
    """What keeps the notes of a meeting from being published."""
    if notes.kind != Edition.Kind.NOTES or notes.meeting is None:
        return ["Only the notes of a meeting can be published."]
    blockers = []
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


def current_edition(document: Document) -> Edition | None:
    """The highest edition of this meeting's document of this kind and language, or of the action log."""
    editions = Edition.objects.defer("notes").filter(kind=document.kind, language=document.language)
    if isinstance(document, ActionLog):
        editions = editions.filter(meeting=None)
    else:
        editions = editions.filter(meeting__meeting=document.meeting.id)
    return editions.order_by("-number").first()


def path_of(document: Document, number: int) -> str:
    """Where it is read: the page of its meeting, or of this edition of the action log."""
    if isinstance(document, ActionLog):
        return reverse("publications:log_edition", args=[number])
    return reverse("publications:meeting", args=[slug_of(document)])


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


def renditions(document: Document, content: bytes, line: PublicationLine) -> list[Rendition]:
    """The bytes of every format that this installation makes."""
    made = []
    if Rendition.Format.ARTICLE in settings.RENDITIONS:
        made.append(rendition(Rendition.Format.ARTICLE, article(document, line)))
    if Rendition.Format.PDF in settings.RENDITIONS:
        from publications import pdf  # WeasyPrint takes two seconds to load, and no public page needs it

        paper = pdf.pdf(document, line, content)
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
