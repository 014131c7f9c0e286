"""A transcript beside the record: its passages as they are read, and one taken over as a rough line."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID, uuid5

from django.core.paginator import Page, Paginator
from django.db import transaction
from django.http import QueryDict

from accounts.models import User
from desk.spoken import key_of, open_question, spoken_of, voice_of
from meetings import services
from meetings.models import AgendaItem, Attendance, Contribution, Meeting, Revision, Transcript
from meetings.outline import Entry, Outline
from meetings.reading import transcripts as reading
from meetings.reading.cast import Cast
from meetings.reading.speech import attributed
from meetings.reading.transcripts import Passage
from meetings.services import Spoken
from publications.notes import ContributionKind
from publications.search import LONGEST_QUESTION, Piece, marked, words_in
from web.operations import digest_of, once

A_PAGE = 200  # passages
HOW = "transcript"  # in the history: from where words came
OPEN = (
    "transcript",
    "q",
    "page",
)  # what the address of an item says of the transcript that lies open beside it


@dataclass(frozen=True)
class Shown:
    """One passage as it is read: its number from 1, who spoke, its words in pieces, where it was taken to."""

    number: int
    passage: Passage
    speaker: Attendance | None
    is_known: bool  # whether nobody has to be asked who spoke
    pieces: list[Piece]
    taken: list[Entry]

    @property
    def page(self) -> int:
        return page_of(self.number)


@dataclass(frozen=True)
class Reading:
    """A transcript as somebody reads it: what they look for in it, and the page of what was found."""

    transcript: Transcript
    question: str
    words: list[str]
    page: Page
    whole: str  # the address of all of it, to which more can be added
    into: str = ""  # the id of the item into which passages go; empty where it is asked each time

    def passage(self, number: int) -> Shown | None:
        """One of the passages that were found."""
        return next((one for one in self.page.paginator.object_list if one.number == number), None)


def reading_of(
    transcript: Transcript, outline: Outline, given: QueryDict, *, whole: str, into: str = ""
) -> Reading:
    """What `given` asks for: the words to look for, and the page."""
    question = given.get("q", "")[:LONGEST_QUESTION].strip()
    words = words_in(question)
    page = Paginator(shown(transcript, outline, words), A_PAGE).get_page(given.get("page"))
    return Reading(transcript, question, words, page, whole, into)


def lying_open(meeting: Meeting, given: QueryDict) -> Transcript | None:
    """The transcript that an address of an item says lies open beside it, unless it was taken away."""
    pk = given.get("transcript", "")
    if not (pk.isascii() and pk.isdigit() and len(pk) < 19):
        return None
    return meeting.transcripts.defer("content").filter(pk=pk).first()


def beside(item: AgendaItem, outline: Outline, given: QueryDict) -> Reading | None:
    """What lies open beside an item, as its address says; None where nothing does. In two queries."""
    found = lying_open(outline.meeting, given)
    if found is None:
        return None
    whole = f"{item.get_absolute_url()}?transcript={found.pk}&"
    return reading_of(found, outline, given, whole=whole, into=str(item.pk))


def kept_open(given: QueryDict) -> str:
    """That part of an address of an item which leaves the transcript open; empty where none is."""
    query = QueryDict(mutable=True)
    if given.get("transcript"):
        query.update({name: given[name] for name in OPEN if given.get(name)})
    return query.urlencode()


def speakers_of(transcript: Transcript, attendances: Iterable[Attendance]) -> dict[str, Attendance | None]:
    """Whom each name means, for those of which it is known: as somebody said, else by the attendance list.

    None is somebody who has no name in the record.
    """
    people = {one.pk: one for one in attendances}
    cast = Cast.of(voice_of(one) for one in people.values())
    by_key = {key_of(one): one for one in people.values()}
    known = {}
    for name in {one.speaker for one in transcript.read()}:
        if name in transcript.speakers:
            chosen = transcript.speakers[name]
            if chosen is None or chosen in people:
                known[name] = people.get(chosen)
        elif voice := reading.voice_of(name, cast):
            known[name] = by_key[voice.key]
    return known


def shown(transcript: Transcript, outline: Outline, words: list[str]) -> list[Shown]:
    """The passages in which every word occurs, all of them where none is asked for."""
    known, taken = speakers_of(transcript, outline.attendances), taken_from(transcript, outline)
    return [
        Shown(
            number, one, known.get(one.speaker), one.speaker in known, _pieces(one.text, words), taken[number]
        )
        for number, one in enumerate(transcript.read(), 1)
        if _has(one, words)
    ]


def _has(passage: Passage, words: list[str]) -> bool:
    text = f"{passage.speaker} {passage.text}".lower()
    return all(word in text for word in words)


def _pieces(text: str, words: list[str]) -> list[Piece]:
    return marked(text, words)[0] if words else [Piece(text, False)]


def taken_from(transcript: Transcript, outline: Outline) -> dict[int, list[Entry]]:
    """The entries into which each passage was taken over, by its number."""
    said = {one.uid: entry for entry in outline.every_entry() for one in entry.contributions}
    rows = Revision.objects.filter(
        subject__in=said, version=1, details__came_from__transcript=transcript.pk
    ).values_list("details__came_from__passage", "subject")
    taken = defaultdict(list)
    for number, uid in rows:
        taken[number].append(said[uid])
    return taken


@transaction.atomic
def take_over(
    transcript: Transcript,
    number: int,
    *,
    item: AgendaItem,
    outline: Outline,
    speaker: Attendance | None,
    text: str,
    by: User,
    op_id: UUID,
) -> Contribution:
    """Add a passage to the end of an item as a rough line, and remember whom its name means.

    The same `op_id` again returns the first.
    """
    name = transcript.read()[number - 1].speaker

    def take() -> int:
        if name and speakers_of(transcript, outline.attendances).get(name, ...) != speaker:
            services.remember_speaker(transcript, name, speaker, by=by)
        return _store(item, outline, speaker, text, came_from(transcript, number), by, uuid5(op_id, "line"))

    digest = digest_of(
        what="passage",
        transcript=transcript.pk,
        number=number,
        item=item.pk,
        speaker=speaker and speaker.pk,
        text=text,
        by=by.pk,
    )
    return Contribution.with_removed.select_related("exchange__item").get(
        pk=once(uuid5(op_id, f"passage {number}"), digest, take)
    )


@dataclass(frozen=True)
class Source:
    """From which passage of which transcript words were taken."""

    transcript: int
    number: int
    clock: str

    @property
    def page(self) -> int:
        return page_of(self.number)


def source_of(details: dict) -> Source | None:
    """What the history of some words says of a transcript."""
    said = details.get("came_from") or {}
    return Source(said["transcript"], said["passage"], said["clock"]) if said.get("how") == HOW else None


def page_of(number: int) -> int:
    """On which page of the whole transcript a passage stands."""
    return (number - 1) // A_PAGE + 1


def came_from(transcript: Transcript, number: int) -> dict:
    """What the history says of the words."""
    passage = transcript.read()[number - 1]
    return {"how": HOW, "transcript": transcript.pk, "passage": number, "clock": passage.clock}


def _store(
    item: AgendaItem,
    outline: Outline,
    speaker: Attendance | None,
    text: str,
    source: dict,
    by: User,
    op_id: UUID,
) -> int:
    """An answer goes on with the last entry, as in the box; everything else starts one."""
    entries = next(one.entries for one in outline.every_branch() if one.item.pk == item.pk)
    before = entries[-1] if entries else None
    said = _rough(speaker, text, before)
    if before and said.kind == ContributionKind.ANSWER:
        added = services.add_contributions(before.exchange, [said], by=by, op_id=op_id, came_from=source)
        return added[0].pk
    exchange = services.add_exchange(item, [said], by=by, op_id=op_id, came_from=source)
    return exchange.contributions.get().pk


def _rough(speaker: Attendance | None, text: str, before: Entry | None) -> Spoken:
    if speaker is None:
        return Spoken(str(ContributionKind.NARRATIVE), text).as_rough()
    said = attributed(voice_of(speaker), text, open_question(before))
    spoken = spoken_of(said, {key_of(speaker): speaker})
    return Spoken(spoken.kind, text, speaker, lead=speaker.printed).as_rough()
