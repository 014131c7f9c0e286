"""What lists, search and action pages read: ordinary tables, made from current editions alone."""

from collections.abc import Iterable

from publications import addresses, frame
from publications.layout import printed
from publications.models import (
    Edition,
    PublishedAction,
    PublishedDate,
    PublishedExchange,
    PublishedMention,
    PublishedPage,
    PublishedTheme,
    SaidOfAction,
)
from publications.notes import Action, DueAt, DueOn, Notes, read
from publications.paragraphs import words_of
from publications.printed import Printed
from publications.wording import clock_of

PROJECTIONS = [
    PublishedPage,
    PublishedMention,
    PublishedAction,
    PublishedTheme,
    PublishedExchange,
    PublishedDate,
]


def forget(editions: Iterable[Edition]) -> set[str]:
    """Take out what these editions brought in; gives the slugs of the actions that they spoke of."""
    editions = list(editions)
    slugs = set(PublishedMention.objects.filter(edition__in=editions).values_list("action__slug", flat=True))
    for model in [PublishedMention, PublishedExchange, PublishedDate]:
        model.objects.filter(edition__in=editions).delete()
    for theme in PublishedTheme.objects.filter(editions__in=editions).distinct():
        theme.editions.remove(*editions)
    PublishedTheme.objects.filter(editions=None).delete()
    return slugs


def project(edition: Edition, notes: Notes | None = None) -> set[str]:
    """Bring in what one current edition says; gives the slugs of the actions that it speaks of."""
    notes = notes or read(bytes(edition.notes))
    layout = printed(notes)
    rows = exchanges_of(edition, layout)
    PublishedExchange.objects.bulk_create(rows, batch_size=500)
    project_themes(edition, notes, rows)
    project_dates(edition, notes)
    return project_mentions(edition, notes, layout)


def follow(edition: Edition, notes: Notes, previous: Edition | None) -> None:
    """Let every list and page say what this new edition says, in place of the one it corrects."""
    slugs = forget([previous] if previous else []) | project(edition, notes)
    settle_actions(slugs)
    frame.keep_ready(frame.pages_that_change(edition, slugs))


def make_all() -> int:
    """Make every projection again from the current editions; gives how many there are."""
    for model in PROJECTIONS:
        model.objects.all().delete()
    editions = frame.notes_editions().current().order_by("pk")
    slugs: set[str] = set()
    for edition in editions.iterator(chunk_size=20):
        slugs |= project(edition)
    settle_actions(slugs)
    frame.keep_ready(editions.iterator(chunk_size=20))
    return editions.count()


def exchanges_of(edition: Edition, layout: Printed) -> list[PublishedExchange]:
    """A row for each exchange whose words are published."""
    return [
        PublishedExchange(
            edition=edition,
            position=position,
            number=block.number,
            item_title=item.title,
            text=words_of(block.paragraphs),
            asks=any(span.kind == "question" for paragraph in block.paragraphs for span in paragraph),
        )
        for position, (item, block) in enumerate(
            (item, block)
            for item in layout.every_item
            for block in item.blocks
            if not block.is_action and not block.withheld
        )
    ]


def themes_by_exchange(notes: Notes) -> dict[str, set[str]]:
    """Which themes each exchange is about; what is inside an item is about the item's themes too."""
    found: dict[str, set[str]] = {}
    for item in notes.items:
        for part in (item, *item.items):
            for exchange in part.exchanges:
                found[exchange.number] = {*item.themes, *part.themes}
    return found


def project_themes(edition: Edition, notes: Notes, rows: list[PublishedExchange]) -> None:
    about = themes_by_exchange(notes)
    for name in sorted({name for item in notes.every_item() for name in item.themes}):
        theme, _ = PublishedTheme.objects.get_or_create(
            slug=addresses.theme_slug(name), defaults={"name": name[:120]}
        )
        theme.editions.add(edition)
        theme.exchanges.add(*(row for row in rows if name in about[row.number]))


def project_dates(edition: Edition, notes: Notes) -> None:
    """The day of this meeting, and that of the next one where it was announced."""
    meeting, following = notes.meeting, notes.next_meeting
    PublishedDate.objects.create(
        edition=edition,
        announced=False,
        date=meeting.date,
        start=clock_of(meeting.start),
        end=clock_of(meeting.end),
        name=meeting.title[:300],
        venue=(meeting.venue or "")[:300],
    )
    if following and following.date:
        PublishedDate.objects.create(
            edition=edition,
            announced=True,
            date=following.date,
            start=clock_of(following.start),
            name=(following.type or "Next meeting")[:300],
            subject=following.subject or "",
            venue=(following.venue or "")[:300],
        )


def project_mentions(edition: Edition, notes: Notes, layout: Printed) -> set[str]:
    """What this edition says of each action; gives the slugs of those actions."""
    slugs = set()
    for position, action in enumerate(notes.actions):
        slug = addresses.action_slug(action.reference)
        if slug in slugs:
            continue
        slugs.add(slug)
        said = said_of(action, layout)
        row, _ = PublishedAction.objects.get_or_create(
            slug=slug,
            defaults=said
            | {"reference": action.reference[:60], "edition": edition, "first_edition": edition},
        )
        PublishedMention.objects.create(
            action=row,
            edition=edition,
            position=position,
            outcome="" if action.withheld is not None else action.outcome or "",
            place=addresses.action_place(action.reference),
            **said,
        )
    return slugs


def said_of(action: Action, layout: Printed) -> dict:
    """The columns of an action as this document has it; of a withheld one, its day and the reason alone."""
    as_of = action.as_of or layout.notes.meeting.date
    nothing = {"text": "", "owner": "", "due_on": None, "due_next": False, "first_due_on": None, "moved": 0}
    if action.withheld is not None:
        return nothing | {"withheld": action.withheld, "state": "withheld", "as_of": as_of, "ours": False}
    shown = layout.actions[action.key]
    return {
        "text": words_of(shown.paragraphs),
        "withheld": "",
        "owner": shown.owner[:300],
        "state": action.state[:20],
        "as_of": as_of,
        "due_on": action.due.date if isinstance(action.due, DueOn) else None,
        "due_next": isinstance(action.due, DueAt),
        "first_due_on": action.first_due.date if isinstance(action.first_due, DueOn) else None,
        "moved": action.moved,
        "ours": shown.ours,
    }


SAID = [field.name for field in SaidOfAction._meta.get_fields()]


def settle_actions(slugs: set[str]) -> None:
    """Let each of these actions be what the current edition with the latest date says."""
    for action in PublishedAction.objects.filter(slug__in=slugs).prefetch_related("mentions__edition"):
        mentions = sorted(
            action.mentions.all(), key=lambda one: (one.as_of, one.edition.date, one.edition.pk)
        )
        if not mentions:
            action.delete()
            continue
        action.edition, action.first_edition = mentions[-1].edition, mentions[0].edition
        for name in SAID:
            setattr(action, name, getattr(mentions[-1], name))
        action.save()
