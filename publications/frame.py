"""What stands around a meeting's stored article, read with two queries."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.db.models import BinaryField, Case, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import JSONObject, Length

from publications.models import Edition, PublishedMention, Rendition


class StoredArticle(str):
    """Markup that our renderer made from escaped words, and that is stored with its hash.

    It says of itself that it is markup, so that a template prints it as it is. Nothing else does.
    """

    __slots__ = ()

    def __html__(self) -> str:
        return self


@dataclass(frozen=True)
class Frame:
    """An edition of a meeting's notes and what surrounds it."""

    edition: Edition
    editions: list[Edition]
    mentions: list[PublishedMention]

    @property
    def is_current(self) -> bool:
        return self.edition.number == self.editions[0].number

    @property
    def article(self) -> StoredArticle:
        return StoredArticle(bytes(self.edition.article or b"").decode())

    @property
    def earlier(self) -> dict | None:
        """The meeting before this one: its slug, title and date."""
        return self.edition.earlier

    @property
    def later(self) -> dict | None:
        return self.edition.later

    @property
    def earlier_day(self) -> dt.date | None:
        return dt.date.fromisoformat(self.earlier["date"]) if self.earlier else None

    @property
    def later_day(self) -> dt.date | None:
        return dt.date.fromisoformat(self.later["date"]) if self.later else None

    @property
    def url(self) -> str:
        """The whole address of the meeting, to be cited."""
        return settings.SITE_URL + self.edition.meeting.get_absolute_url()


def frame_of(slug: str, number: int | None = None) -> Frame | None:
    """The current notes of a meeting, or an edition of them by its number; None where there are none."""
    editions = list(editions_of(slug, number))
    edition = next((one for one in editions if number in {None, one.number}), None)
    if edition is None:
        return None
    mentions = PublishedMention.objects.filter(edition=edition).select_related("action__edition__meeting")
    return Frame(edition, editions, list(mentions.defer("action__edition__notes", "action__edition__line")))


def editions_of(slug: str, number: int | None) -> QuerySet[Edition]:
    """Every edition of a meeting's notes, the newest first; the one that is asked for comes with its article."""
    notes = Edition.objects.filter(kind=Edition.Kind.NOTES)
    newest = notes.filter(meeting__slug=slug).order_by("-number").values("number")[:1]
    wanted = Q(number=number) if number else Q(number=Subquery(newest))
    formats = Rendition.objects.filter(edition=OuterRef("pk"))
    paper = formats.filter(format=Rendition.Format.PDF)
    page = formats.filter(format=Rendition.Format.ARTICLE)
    return (
        notes.filter(meeting__slug=slug)
        .select_related("meeting")
        .defer("notes", "line", "salt")
        .order_by("-number")
        .annotate(
            article=Case(When(wanted, then=Subquery(page.values("content")[:1])), output_field=BinaryField()),
            paper_size=Subquery(paper.values("size")[:1]),
            paper_pages=Subquery(paper.values("pages")[:1]),
            data_size=Length("notes"),
            earlier=neighbour(wanted, before=True),
            later=neighbour(wanted, before=False),
        )
    )


def neighbour(wanted: Q, *, before: bool) -> Case:
    """The meeting next to that of the edition, by date; where a day has several, by the order of publication."""
    others = Edition.objects.current().filter(kind=Edition.Kind.NOTES)
    same_day = Q(date=OuterRef("date"))
    if before:
        others = others.filter(Q(date__lt=OuterRef("date")) | same_day & Q(meeting__lt=OuterRef("meeting")))
        order = ["-date", "-meeting"]
    else:
        others = others.filter(Q(date__gt=OuterRef("date")) | same_day & Q(meeting__gt=OuterRef("meeting")))
        order = ["date", "meeting"]
    found = others.order_by(*order).values(found=JSONObject(slug="meeting__slug", title="title", date="date"))
    return Case(When(wanted, then=Subquery(found[:1])))
