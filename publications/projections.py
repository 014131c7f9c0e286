"""What lists, search and action pages read: ordinary tables, made from current editions alone."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Prefetch

from publications import addresses, frame
from publications.action_log import ActionLog, Document, LoggedAction, read_any
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
from publications.notes import Action, DueAt, DueOn, Notes
from publications.paragraphs import words_of
from publications.printed import Printed
from publications.printed_log import begun, decisions_of
from publications.wording import OUTCOMES, clock_of

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


def project(edition: Edition, document: Document | None = None) -> set[str]:
    """Bring in what one current edition says; gives the slugs of the actions that it speaks of."""
    document = document or read_any(bytes(edition.notes))
    if isinstance(document, ActionLog):
        return project_log(edition, document)
    return project_notes(edition, document)


def project_notes(edition: Edition, notes: Notes) -> set[str]:
    layout = printed(notes)
    rows = exchanges_of(edition, layout)
    PublishedExchange.objects.bulk_create(rows, batch_size=500)
    project_themes(edition, notes, rows)
    project_dates(edition, notes)
    return project_mentions(edition, notes, layout)


def follow(edition: Edition, document: Document, previous: Edition | None) -> None:
    """Let every list and page say what this new edition says, in place of the one it corrects."""
    slugs = forget([previous] if previous else []) | project(edition, document)
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
    if log := Edition.objects.of_log().first():
        slugs |= project(log)
    settle_actions(slugs)
    frame.keep_ready(editions.iterator(chunk_size=20))
    return editions.count() + (log is not None)


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
    """What these notes say of each action; gives the slugs of those actions."""
    told = {}
    for action in notes.actions:
        outcome = "" if action.withheld is not None else action.outcome or ""
        said = said_of(action, layout) | {"outcome": begun(OUTCOMES.get(outcome, outcome))}
        told.setdefault(action.reference, said)
    return store_mentions(edition, told)


def project_log(edition: Edition, log: ActionLog) -> set[str]:
    """What the action log says of each action; gives the slugs of those actions."""
    return store_mentions(edition, {action.reference: said_in_log(action, log) for action in log.actions})


def store_mentions(edition: Edition, told: dict[str, dict]) -> set[str]:
    """A row for each action, under its reference, with what the edition says of it; gives their slugs."""
    by_slug: dict[str, tuple[str, dict]] = {}
    for reference, said in told.items():
        by_slug.setdefault(addresses.action_slug(reference), (reference, said))
    known = {row.slug: row for row in PublishedAction.objects.filter(slug__in=by_slug)}
    new = [
        PublishedAction(
            slug=slug,
            reference=reference[:60],
            edition=edition,
            first_edition=edition,
            **{name: said[name] for name in SAID},
        )
        for slug, (reference, said) in by_slug.items()
        if slug not in known
    ]
    known |= {row.slug: row for row in PublishedAction.objects.bulk_create(new, batch_size=500)}
    PublishedMention.objects.bulk_create(
        (
            PublishedMention(
                action=known[slug],
                edition=edition,
                position=position,
                place=addresses.action_place(reference),
                **said,
            )
            for position, (slug, (reference, said)) in enumerate(by_slug.items())
        ),
        batch_size=500,
    )
    return set(by_slug)


def said_of(action: Action, layout: Printed) -> dict:
    """The columns of an action as this document has it; of a withheld one, its day and the reason alone."""
    as_of = action.as_of or layout.notes.meeting.date
    nothing = {"text": "", "owner": "", "due_on": None, "due_next": False, "first_due_on": None, "moved": 0}
    if action.withheld is not None:
        nothing |= {"ours": False, "overdue": False, "transferred_to": ""}
        return nothing | {"withheld": action.withheld, "state": "withheld", "as_of": as_of}
    shown = layout.actions[action.key]
    return {
        "text": words_of(shown.paragraphs),
        "withheld": "",
        "owner": shown.owner[:300],
        "state": action.state[:20],
        "as_of": as_of,
        "due_on": day_of(action.due),
        "due_next": isinstance(action.due, DueAt),
        "first_due_on": day_of(action.first_due),
        "moved": action.moved,
        "ours": shown.ours,
        # On the day of the notes; what came after that day is not known.
        "overdue": action.is_overdue(as_of),
        "transferred_to": action.transferred_to,
    }


def said_in_log(action: LoggedAction, log: ActionLog) -> dict:
    """The same as the action log has it, which says itself what is overdue."""
    return {
        "text": action.text,
        "withheld": "",
        "owner": " and ".join(action.owners)[:300],
        "state": action.state,
        "as_of": log.as_at,
        "due_on": day_of(action.due),
        "due_next": isinstance(action.due, DueAt),
        "first_due_on": day_of(action.first_due),
        "moved": action.moved,
        "ours": action.ours,
        "overdue": action.overdue,
        "transferred_to": action.transferred_to,
        "outcome": "\n".join(decisions_of(action)),
    }


def day_of(due: DueOn | DueAt | None) -> dt.date | None:
    return due.date if isinstance(due, DueOn) else None


SAID = [field.name for field in SaidOfAction._meta.get_fields()]


def settle_actions(slugs: set[str]) -> None:
    """Let each of these actions be what the current edition with the latest date says."""
    settled, gone = [], []
    actions = PublishedAction.objects.filter(slug__in=slugs)
    for action in actions.prefetch_related(Prefetch("mentions", mentions_with_editions())):
        mentions = sorted(
            action.mentions.all(), key=lambda one: (one.as_of, one.edition.date, one.edition.pk)
        )
        if not mentions:
            gone.append(action.pk)
            continue
        action.edition, action.first_edition = mentions[-1].edition, mentions[0].edition
        for name in SAID:
            setattr(action, name, getattr(mentions[-1], name))
        settled.append(action)
    PublishedAction.objects.filter(pk__in=gone).delete()
    # Each is there already. Django's bulk_update would say every value as a case of its own, and take ten times as long.
    PublishedAction.objects.bulk_create(
        settled,
        batch_size=500,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=[*SAID, "edition", "first_edition"],
    )


def mentions_with_editions():
    """Mentions with their editions, without the documents: an edition may be long, and many speak of one action."""
    return PublishedMention.objects.select_related("edition").defer("edition__notes", "edition__line")
