"""The publication line: all of an edition that nobody can see before it is published."""

import datetime as dt
import json
from dataclasses import asdict, dataclass

from django.conf import settings

from publications.action_log import Document
from publications.models import Edition, Identity, RegisterEntry
from web import dates


@dataclass(frozen=True)
class PublicationLine:
    """Number and time of an edition, the names of that day, and the register's last checkpoint."""

    edition: int
    published_at: dt.datetime
    office: str
    address: str = ""
    commissioner: str = ""
    force: str = ""
    email: str = ""
    website: str = ""
    accent: str = "#1f4f5f"
    checkpoint: str = ""

    @property
    def published(self) -> str:
        """12 October 2020"""
        return dates.day(self.published_at)

    def to_json(self) -> str:
        return json.dumps(asdict(self) | {"published_at": self.published_at.isoformat()}, sort_keys=True)


def read_line(stored: str) -> PublicationLine:
    """The line that an edition was stored with, so that its renditions can be made again."""
    facts = json.loads(stored)
    return PublicationLine(**facts | {"published_at": dt.datetime.fromisoformat(facts["published_at"])})


def checkpoint_of(entry: RegisterEntry | None) -> str:
    """How the register stands, to be printed: the number of its last line and the hash of it."""
    return f"{entry.seq}:{entry.sha256}" if entry else ""


def line_for(document: Document, number: int, at: dt.datetime, path: str) -> PublicationLine:
    """The line of an edition that is about to be published, to be read at this path; names are those of its day."""
    identity = Identity.current(dates.local(at).date())
    return PublicationLine(
        edition=number,
        published_at=at,
        office=identity.office_name if identity else document.office,
        address=settings.SITE_URL + path,
        commissioner=identity.commissioner_title if identity else "",
        force=identity.force_name if identity else document.force,
        email=identity.email if identity else "",
        website=identity.website if identity else "",
        accent=identity.accent_colour if identity else PublicationLine.accent,
        checkpoint=checkpoint_of(RegisterEntry.objects.last()),
    )


def line_of(edition: Edition) -> PublicationLine:
    return read_line(edition.line)
