"""A meeting becomes its Notes, for one audience, through named fields.

What each audience reads is listed in `review.audiences`. The number of queries does not
depend on how much was said.
"""

import datetime as dt
import re
from collections import defaultdict

from django.utils import timezone

from meetings.models import AgendaItem, Contribution, Exchange, Meeting
from meetings.numbering import Numbering, numbers_of
from meetings.reading.abbreviations import in_text
from publications import notes
from publications.models import Identity
from publications.notes import Notes
from review import promises
from review.models import Snapshot
from review.people import Cast

NOT_WRITTEN_UP = "[Not written up yet]"


def compile_notes(meeting: Meeting, audience: str) -> Notes:
    """The whole record of a meeting as this audience may read it: "office" or "public"."""
    is_public = Snapshot.Audience(audience) == Snapshot.Audience.PUBLIC
    identity = Identity.current(meeting.date or timezone.localdate())
    items = items_in_order(meeting)
    numbering = numbers_of(
        meeting, items=items, exchanges=[one for item in items for one in item.exchanges.all()]
    )
    cast = Cast(meeting.attendances.select_related("role"), sees_names=not is_public)
    actions = promises.promises_of(meeting, items)
    keys = {promise.action.pk: f"a{place}" for place, promise in enumerate(actions, 1)}
    about = _about(actions, keys)
    return Notes(
        office=identity.office_name if identity else "",
        force=identity.force_name if identity else "",
        meeting=_facts(meeting, cast, is_public),
        people=cast.people(),
        counted=cast.counted(),
        items=[_item(item, items, numbering, cast, about) for item in items if item.parent_id is None],
        actions=[
            promises.compiled(
                promise,
                keys[promise.action.pk],
                meeting=meeting,
                cast=cast,
                numbering=numbering,
                is_public=is_public,
            )
            for promise in actions
        ],
        next_meeting=_next_meeting(meeting),
        abbreviations=_abbreviations(cast, items, actions),
        doubts=[
            notes.Doubt(
                where=doubt.where, sentence=cast.without_names(doubt.sentence), note=doubt.public_note
            )
            for doubt in meeting.settled_doubts.all()
        ],
    )


def items_in_order(meeting: Meeting) -> list[AgendaItem]:
    """The agenda in reading order, with themes, exchanges and contributions, in as many queries for any length."""
    items = meeting.items.prefetch_related("themes", "exchanges__contributions__speaker")
    children = defaultdict(list)
    for item in items:
        children[item.parent_id].append(item)
    return [one for item in children[None] for one in (item, *children[item.pk])]


def _facts(meeting: Meeting, cast: Cast, is_public: bool) -> notes.MeetingFacts:
    original = None
    if meeting.published_elsewhere:
        source = None if is_public else meeting.original_source or None
        original = notes.Original(published=meeting.originally_published, source=source)
    return notes.MeetingFacts(
        id=str(meeting.uid),
        type=meeting.type.name,
        title=meeting.name,
        status=meeting.status,
        held=meeting.held,
        date=meeting.date,
        date_as_written=meeting.date_as_written or None,
        start=_clock(meeting.start),
        end=_clock(meeting.end),
        venue=meeting.venue or None,
        period=meeting.period or None,
        summary=meeting.summary or None,
        original=original,
        **_as_written(meeting, cast),
    )


def _as_written(meeting: Meeting, cast: Cast) -> dict[str, str]:
    """What a source says of chair and minute-taker beyond the list; not where it tells who somebody is."""
    written = {name: getattr(meeting, name) for name in ("chair_as_written", "minutes_as_written")}
    return {name: words for name, words in written.items() if words and not cast.gives_away(words)}


def _next_meeting(meeting: Meeting) -> notes.NextMeeting | None:
    known = notes.NextMeeting(
        type=meeting.next_type or None,
        subject=meeting.next_subject or None,
        date=meeting.next_date,
        date_as_written=meeting.next_date_as_written or None,
        as_written=meeting.next_as_written or None,
        start=_clock(meeting.next_start),
        venue=meeting.next_venue or None,
    )
    return known if known != notes.NextMeeting() else None


def _item(
    item: AgendaItem, items: list[AgendaItem], numbering: Numbering, cast: Cast, about: dict[int, list[str]]
) -> notes.Item:
    return notes.Item(
        number=numbering.items[item.pk],
        label=item.label,
        title=item.title,
        kind=item.kind,
        themes=[theme.name for theme in item.themes.all()],
        none=item.none,
        exchanges=[_exchange(exchange, numbering, cast, about) for exchange in item.exchanges.all()],
        items=[_item(child, items, numbering, cast, about) for child in items if child.parent_id == item.pk],
    )


def _exchange(
    exchange: Exchange, numbering: Numbering, cast: Cast, about: dict[int, list[str]]
) -> notes.Exchange:
    return notes.Exchange(
        number=numbering.exchanges[exchange.pk],
        about=about.get(exchange.pk, []),
        notes=paragraphs_of(exchange.public_note),
        contributions=[
            notes.Contribution(
                kind=contribution.kind,
                speaker=cast.key_of(contribution.speaker_id),
                nobody_named=contribution.nobody_named,
                lead=cast.lead(contribution),
                text=_words_of(contribution),
                paragraph=contribution.paragraph,
            )
            for contribution in exchange.contributions.all()
        ],
    )


def _words_of(contribution: Contribution) -> str:
    """Its text. A rough line is the office's alone: whoever reads a draft sees that something is still to come."""
    return contribution.text or (NOT_WRITTEN_UP if contribution.to_write_up else "")


def paragraphs_of(text: str) -> list[str]:
    """A note's paragraphs, which an empty line parts."""
    return [paragraph.strip() for paragraph in re.split(r"\n\s*\n", text) if paragraph.strip()]


def _about(actions: list[promises.Promise], keys: dict[int, str]) -> dict[int, list[str]]:
    """Which actions each exchange tells of."""
    about = defaultdict(list)
    for promise in actions:
        for exchange in promise.carried.exchanges.all() if promise.carried else []:
            about[exchange.pk].append(keys[promise.action.pk])
    return about


def _abbreviations(cast: Cast, items: list[AgendaItem], actions: list[promises.Promise]) -> dict[str, str]:
    """What short names stand for: those that the texts explain, and those of the people who are shown."""
    texts = []
    for item in items:
        texts.append(item.title)
        for exchange in item.exchanges.all():
            texts += [f"{said.lead} {said.text}" for said in exchange.contributions.all()]
        texts += [promise.action.text for promise in actions if promise.item == item]
    people = {one.abbreviation: one.role_title for one in cast.shown if one.abbreviation and one.role_title}
    return in_text(" ".join(texts)) | people


def _clock(time: dt.time | None) -> str | None:
    return time.strftime("%H:%M") if time else None
