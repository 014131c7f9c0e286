"""What was said in one paragraph that was typed: a line that started something, and those that go on with it."""

from collections import deque
from dataclasses import dataclass, field, replace

from meetings.reading.capitals import set_in_capitals
from meetings.reading.cast import Voice
from meetings.reading.kinds_of_line import Room, Words
from meetings.reading.shortforms import Expansion, expand
from meetings.reading.speech import ANSWER, NARRATIVE, Asked, Said, attributed, read_paragraph
from meetings.reading.verbs import DECIDED


@dataclass
class Paragraph:
    """A line that started something, with the lines that go on with it."""

    lead: str = ""  # as it is printed, of a known speaker
    voice: Voice | None = None
    parts: list[str] = field(default_factory=list)
    of_nobody: bool = False  # an answer of nobody named, on a line of its own
    unread: bool = False  # a contribution without a speaker: nothing is read out of it
    typed: str = ""  # its first line

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.parts).split())


def words_of(paragraph: Paragraph, room: Room, asked: Asked | None) -> tuple[list[Words], Asked | None]:
    """What was said in a paragraph, with the question that is open after it."""
    body, expansions = expand(paragraph.text, room.forms)
    body = set_in_capitals(body, room.abbreviations())
    whole = f"{paragraph.lead} {body}".strip()
    moved = len(whole) - len(body)
    expansions = [replace(one, at=one.at + moved) for one in expansions]
    said, asked = _said(paragraph, whole, body, room, asked)
    return [_styled(one, room) for one in _with_expansions(said, expansions)], asked


def _said(
    paragraph: Paragraph, whole: str, body: str, room: Room, asked: Asked | None
) -> tuple[list[Said], Asked | None]:
    if paragraph.unread:
        kind = "decision" if DECIDED.match(body) else NARRATIVE
        return [Said(kind, body, paragraph=True)], None
    said, still_asked = read_paragraph(whole, room.cast, asked)
    voice = paragraph.voice
    if paragraph.of_nobody:
        told = said[0] if said and said[0].kind == ANSWER else Said(ANSWER, body, nobody_named=True)
        return [replace(told, paragraph=False), *said[1:]], asked
    if voice and not (said and said[0].speaker == voice.key):
        return [replace(attributed(voice, body, asked), lead=paragraph.lead, paragraph=True)], asked
    return said, still_asked


def _with_expansions(said: list[Said], expansions: list[Expansion]) -> list[Words]:
    """Each contribution with the short forms in it; printed in a row they are the paragraph again."""
    words, begin = [], 0
    waiting = deque(expansions)
    for one in said:
        start = begin + len(one.printed) - len(one.text)
        end = start + len(one.text)
        own = []
        while waiting and waiting[0].at < end:
            form = waiting.popleft()
            if start <= form.at and form.at + len(form.full) <= end:
                own.append(replace(form, at=form.at - start))
        words.append(Words(one, expansions=tuple(own)))
        begin = end + 1
    return words


def _styled(words: Words, room: Room) -> Words:
    """A speaker by bare abbreviation is printed in the style of the meeting: "CC" as "The CC"."""
    voice = room.cast.named(words.said.speaker)
    if voice and voice.abbreviation and words.said.lead == voice.abbreviation:
        return replace(words, said=replace(words.said, lead=room.called(voice)))
    return words
