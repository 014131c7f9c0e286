"""What stands around a stored article: neighbours, editions, action states, formats.

For the current notes of each meeting it is kept ready in `PublishedPage`, a projection that is
made anew whenever something that it shows is published; so a page takes one small query.
"""

from django.urls import reverse

from publications.models import Edition, PublishedMention, PublishedPage, Rendition
from web import dates


class StoredArticle(str):
    """Markup that our renderer made from escaped words, and that is stored with its hash.

    It says of itself that it is markup, so that a template prints it as it is. Nothing else does.
    """

    __slots__ = ()

    def __html__(self) -> str:
        return self


def current_frame(slug: str) -> tuple[dict, StoredArticle] | None:
    """The frame and the article of a meeting's current notes, with one query; None where there are none."""
    pages = PublishedPage.objects.filter(meeting__slug=slug).values_list("facts", "article__content")
    # There is one for a slug, so nothing has to be sorted: the busiest query of all.
    page = next(iter(pages), None)
    return (page[0], StoredArticle(bytes(page[1]).decode())) if page else None


def frame_of_edition(slug: str, number: int) -> tuple[dict, StoredArticle] | None:
    """The same for one edition, which may have been corrected since."""
    edition = notes_editions().filter(meeting__slug=slug, number=number).first()
    if edition is None:
        return None
    article = edition.renditions.get(format=Rendition.Format.ARTICLE)
    return facts_of(edition), StoredArticle(bytes(article.content).decode())


def notes_editions():
    return Edition.objects.filter(kind=Edition.Kind.NOTES).select_related("meeting").defer("line", "salt")


def facts_of(edition: Edition) -> dict:
    """Everything that the frame says, in words, as JSON can hold it."""
    editions = list(notes_editions().filter(meeting=edition.meeting).defer("notes").order_by("-number"))
    paper = edition.renditions.filter(format=Rendition.Format.PDF).defer("content").first()
    is_current = edition.number == editions[0].number
    return {
        "title": edition.title,
        "day": dates.day(edition.date),
        "slug": edition.meeting.slug,
        "address": edition.meeting.get_absolute_url(),
        "number": edition.number,
        "is_current": is_current,
        "current_number": editions[0].number,
        "published": dates.day(edition.published_at),
        "change": edition.change,
        "paper": {
            "address": file_address("pdf", edition, is_current=is_current),
            "pages": paper.pages,
            "size": size_in_words(paper.size),
        }
        if paper
        else None,
        "data": {
            "address": file_address("json", edition, is_current=is_current),
            "size": size_in_words(len(edition.notes)),
        },
        "editions": [
            {
                "number": one.number,
                "address": one.get_absolute_url(),
                "published": dates.day(one.published_at),
                "change": one.change,
            }
            for one in editions
        ],
        "earlier": neighbour(edition, later=False),
        "later": neighbour(edition, later=True),
        "actions": actions_in(edition),
    }


def file_address(format: str, edition: Edition, *, is_current: bool) -> str:
    if is_current:
        return reverse(f"publications:notes_{format}", args=[edition.meeting.slug])
    return reverse(f"publications:edition_{format}", args=[edition.meeting.slug, edition.number])


def size_in_words(size: int) -> str:
    """210KB, 1.4MB"""
    return f"{max(1, round(size / 1000))}KB" if size < 999_500 else f"{size / 1_000_000:.1f}MB"


def neighbours(edition: Edition) -> list[Edition]:
    """The current notes of the meetings before and after this one, as far as there are any."""
    return [found for later in (False, True) if (found := next_to(edition, later=later))]


def next_to(edition: Edition, *, later: bool) -> Edition | None:
    """The next meeting by date; meetings of one day follow each other as they were first published."""
    others = notes_editions().current().defer("notes")
    same_day = others.filter(date=edition.date)
    if later:
        same_day = same_day.filter(meeting__gt=edition.meeting_id).order_by("meeting")
        return same_day.first() or others.filter(date__gt=edition.date).order_by("date", "meeting").first()
    same_day = same_day.filter(meeting__lt=edition.meeting_id).order_by("-meeting")
    return same_day.first() or others.filter(date__lt=edition.date).order_by("-date", "-meeting").first()


def neighbour(edition: Edition, *, later: bool) -> dict | None:
    found = next_to(edition, later=later)
    return (
        {"address": found.meeting.get_absolute_url(), "words": f"{found.title}, {dates.day(found.date)}"}
        if found
        else None
    )


def actions_in(edition: Edition) -> list[dict]:
    """The actions that these notes speak of, as they were last published anywhere."""
    mentions = PublishedMention.objects.filter(edition=edition).select_related("action").order_by("position")
    return [
        {
            "reference": mention.action.reference,
            "address": mention.action.get_absolute_url(),
            "owner": mention.action.owner,
            "due": mention.action.due_in_words,
            "state": mention.action.public_state,
            "as_of": dates.day(mention.action.as_of),
        }
        for mention in mentions
    ]


def keep_ready(editions: list[Edition]) -> None:
    """Make the pages of these meetings anew; each edition is the current one of its meeting."""
    for edition in editions:
        article = edition.renditions.filter(format=Rendition.Format.ARTICLE).defer("content").first()
        if article:
            PublishedPage.objects.update_or_create(
                meeting=edition.meeting, defaults={"article": article, "facts": facts_of(edition)}
            )


def pages_that_change(edition: Edition, slugs: set[str]) -> list[Edition]:
    """The current notes whose page shows something of this edition, of its neighbours, or of these actions."""
    around = [] if edition.kind == Edition.Kind.ACTIONS else neighbours(edition)
    meetings = {one.meeting_id for one in around} | {edition.meeting_id}
    mentions = PublishedMention.objects.filter(action__slug__in=slugs)
    meetings |= set(mentions.values_list("edition__meeting", flat=True))
    return list(notes_editions().current().filter(meeting__in=meetings))
