"""What somebody types in one box while people talk, line by line: exchanges, actions, outcomes, flags.

A line that starts with somebody's abbreviation starts what they say; a line without one goes
on with the line above; a blank line starts another exchange. What could be read in two ways
is asked about, and every word that was typed is in what comes out.
"""

import hashlib
import re
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from meetings.reading import directions
from meetings.reading.capitals import is_ordinary, set_in_capitals
from meetings.reading.cast import Cast, Voice
from meetings.reading.directions import ActionLine, Agreed, OutcomeLine
from meetings.reading.shortforms import Expansion, expand
from meetings.reading.speech import (
    ANSWER,
    NARRATIVE,
    Asked,
    Said,
    attributed,
    opens_with_speaker,
    read_paragraph,
)
from meetings.reading.verbs import DECIDED, PASSIVE_ANSWER, reporting_verb

__all__ = [
    "ActionLine",
    "ExchangeLine",
    "FlagLine",
    "NoneLine",
    "OutcomeLine",
    "QuestionLine",
    "Room",
    "UnclearLine",
    "Words",
    "read_lines",
]

# What people paste along and nobody sees: marks of direction and of no width.
UNSEEN = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
LEADING = re.compile(rf"^[\s{UNSEEN}]+")
# A word processor's second level comes as the letter o and a tab, others as signs of its own fonts.
BULLET = re.compile(r"^(?:(?P<bullet>[-–—•▪●◦·*§\uf0a7\uf0b7\uf0d8\uf0fc])(?:\s+|$)|o\t\s*)")
NOTHING = re.compile(r"^none\s*\.?$", re.I)
FLAG = re.compile(r"^\?+\s*(?P<note>.*)$")
PREPARED = re.compile(r"^q\s?(?P<number>[1-9]\d?)\b[.:]?\s*(?P<rest>.*)$", re.I)
AFTER_FIRST = r"(?P<colon>\s?:(?!//)|(?![\w/&’']|-\w))\s*"
FIRST = re.compile(rf"^(?P<word>[^\W\d_][\w/&.-]{{0,39}}?){AFTER_FIRST}")
LABELS = frozenset(
    [
        "note",
        "notes",
        "nb",
        "ps",
        "re",
        "fyi",
        "eg",
        "ie",
        "viz",
        "e.g",
        "i.e",
        "also",
        "result",
        "results",
        "background",
        "context",
        "update",
        "reason",
        "point",
    ]
)
RANKS = frozenset(
    [
        "pcc",
        "dpcc",
        "pfcc",
        "cc",
        "dcc",
        "acc",
        "so",
        "cex",
        "cfo",
        "spm",
        "ceo",
        "supt",
        "dci",
        "di",
        "ds",
        "ch",
    ]
)
# After these words a line has not ended yet, so that what follows goes on with it: "by the", "asked".
DANGLING = re.compile(
    r"(?:^|\s)(?:the|an?|by|of|to|and|or|for|with|from|that|asked|told|between|both|as|at|in|on|if)$", re.I
)
CHECK_THIS = "Check this"


@dataclass(frozen=True)
class Words:
    """What one person said, with the note to check it and the short forms that were written out."""

    said: Said
    to_check: str = ""
    expansions: tuple[Expansion, ...] = ()


@dataclass(frozen=True)
class QuestionLine:
    """The item's prepared question of this number was asked."""

    number: int
    to_check: str = ""


@dataclass(frozen=True)
class ExchangeLine:
    """One exchange: what was said in it, in order."""

    contributions: tuple[Words | QuestionLine, ...]
    apart: bool = False  # a blank line stood before it

    @property
    def joins(self) -> bool:
        """Whether it goes on with the exchange before it: answers alone do."""
        return not self.apart and all(
            isinstance(one, Words) and one.said.kind == ANSWER for one in self.contributions
        )


@dataclass(frozen=True)
class NoneLine:
    """Nothing was said under the item."""


@dataclass(frozen=True)
class FlagLine:
    """What is above the box is to be checked."""

    note: str


@dataclass(frozen=True)
class UnclearLine:
    """A line that could be read in several ways, or in none: what to ask, and who could be meant."""

    text: str
    asks: str
    candidates: tuple[str, ...] = ()  # keys of voices
    may_be_words: bool = False  # it could be nobody's speech, just words
    question: str = ""  # by which the answer finds it again


@dataclass(frozen=True)
class Room:
    """What the reading has to know of the meeting: who is here, and how they are printed."""

    cast: Cast
    printed: Mapping[str, str] = field(default_factory=dict)
    agreed: Agreed = field(default_factory=Agreed)
    forms: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)  # to what was asked about, by the line's words

    def called(self, voice: Voice) -> str:
        """How somebody is printed before what they said."""
        return self.printed.get(voice.key) or voice.abbreviation or voice.name

    def abbreviations(self) -> list[str]:
        return [voice.abbreviation for voice in self.cast.voices if voice.abbreviation]


Line = ExchangeLine | ActionLine | OutcomeLine | NoneLine | FlagLine | UnclearLine

WORDS, NOBODY = "words", "nobody"  # answers that name no voice


def read_lines(text: str, room: Room, asked: Asked | None = None) -> list[Line]:
    """What was typed, in order; `asked` is the question above the box that is still open."""
    reader = _Reader(room, asked)
    for line in text.splitlines():
        reader.read(line)
    return reader.finish()


def printed_of(lines: list[Line]) -> str:
    """All words of what was read, for whoever wants to see that none is missing."""
    return " ".join(filter(None, map(_printed, lines)))


def _printed(line: Line) -> str:
    match line:
        case ExchangeLine():
            parts = [
                f"{one.said.printed if isinstance(one, Words) else f'q{one.number}'} {one.to_check}"
                for one in line.contributions
            ]
            return " ".join(parts)
        case ActionLine() | OutcomeLine() | UnclearLine():
            return line.text
        case FlagLine():
            return line.note
    return "None"


@dataclass
class _Paragraph:
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


class _Reader:
    """Reads line after line; what is open is the exchange and its last paragraph."""

    def __init__(self, room: Room, asked: Asked | None):
        self.room, self.asked = room, asked
        self.found: list[Line] = []
        self.exchange: list[Words | QuestionLine] = []
        self.paragraph: _Paragraph | None = None
        self.apart = False

    def read(self, line: str) -> None:
        """Take the next line."""
        bare = LEADING.sub("", line).rstrip()
        if not bare:
            return self._end_exchange()
        readings = (self._direction, self._prepared, self._spoken, self._of_nobody, self._bullet)
        if not any(reading(bare) for reading in readings):
            self._go_on(line.strip())
        return None

    def finish(self) -> list[Line]:
        self._end_exchange()
        return self.found

    def _direction(self, line: str) -> bool:
        """None, a flag, an action, what was agreed on an earlier one: lines that are no speech."""
        if NOTHING.match(line):
            self._end_exchange(is_blank=False)
            self.found.append(NoneLine())
            return True
        if flag := FLAG.match(line):
            self._flag(" ".join(flag["note"].split()) or CHECK_THIS)
            return True
        answer = self.room.answers.get(question_of(line), "")
        if answer == WORDS:
            return False
        read = directions.read(line, self.room.agreed, self.room.cast, answer)
        if read is None:
            return False
        self._end_paragraph()
        if isinstance(read, directions.Unclear):
            read = UnclearLine(line, read.asks, read.candidates, read.may_be_words, question_of(line))
        else:
            read = self._written_out(read)
        self._place(read)
        return True

    def _place(self, line: Line) -> None:
        """An action or outcome follows the exchange that is open; what is said after it goes on with that."""
        if self.exchange:
            self.found.append(ExchangeLine(tuple(self.exchange), self.apart))
            self.exchange, self.apart = [], False
        self.found.append(line)

    def _written_out(self, line: ActionLine | OutcomeLine) -> ActionLine | OutcomeLine:
        """With short forms written out and abbreviations in capitals, as in what is said."""
        text, expansions = expand(line.text, self.room.forms)
        capitals = set_in_capitals(text, self.room.abbreviations())
        return replace(line, text=capitals, short_forms=tuple(expansions))

    def _flag(self, note: str) -> None:
        self._end_paragraph()
        if self.exchange:
            self.exchange[-1] = _flagged(self.exchange[-1], note)
        elif self.found and isinstance(self.found[-1], ExchangeLine):
            last = self.found[-1]
            *others, flagged = last.contributions
            self.found[-1] = replace(last, contributions=(*others, _flagged(flagged, note)))
        elif self.found:
            asks = "Put the flag right below the line that has to be checked"
            self.found.append(UnclearLine(f"? {note}", asks))
        else:
            self.found.append(FlagLine(note))

    def _prepared(self, line: str) -> bool:
        """`q3`: the third prepared question; the answer may follow on the same line."""
        match = PREPARED.match(line)
        if not match:
            return False
        rest = match["rest"]
        if rest and not (self._starts_speech(rest) or PASSIVE_ANSWER.match(rest)):
            return False
        self._end_paragraph()
        if self.exchange:
            self._end_exchange(is_blank=False)
        self.exchange.append(QuestionLine(int(match["number"])))
        self.asked = Asked(None, "office")
        if rest:
            self.read(rest)
        return True

    def _starts_speech(self, line: str) -> bool:
        first = _first(line, self.room.cast)
        return bool(first and _known(first, self.room.cast)) or opens_with_speaker(line, self.room.cast)

    def _spoken(self, line: str) -> bool:
        """Somebody speaks: by abbreviation in any case, or by the name that the notes use."""
        bullet = BULLET.match(line)
        if bullet:
            if bullet["bullet"] == "-":
                return False
            line = line[bullet.end() :]
        first = _first(line, self.room.cast)
        voices = _known(first, self.room.cast) if first else ()
        if voices and not self._is_wrapped(first, line):
            self._speak(first, voices, line)
            return True
        if opens_with_speaker(line, self.room.cast):
            self._begin(_Paragraph(parts=[line], typed=line))
            return True
        if first and not voices and _could_be_somebody(first, line[first.end() :], self.room):
            self._ask_who(first, line)
            return True
        return False

    def _is_wrapped(self, first: re.Match, line: str) -> bool:
        """Whether a pasted line was broken right before an abbreviation: "… asked the" / "CC to provide …"."""
        if first["colon"].strip() or self.paragraph is None or not self.paragraph.parts:
            return False
        return bool(DANGLING.search(self.paragraph.parts[-1])) and not reporting_verb(line[first.end() :])

    def _speak(self, first: re.Match, voices: tuple[Voice, ...], line: str) -> None:
        rest = line[first.end() :]
        voice = voices[0]
        if len(voices) > 1:
            voice = self._chosen(line, voices)
            if voice is None:
                word = first["word"].upper()
                asks = f"Select who {word} is. More than one person here is called that"
                return self._unclear(line, asks, tuple(one.key for one in voices))
        if not rest:
            return self._unclear(line, f"Enter what {_in_sentence(self.room.called(voice))} said")
        return self._begin(_Paragraph(self.room.called(voice), voice, [rest], typed=line))

    def _chosen(self, line: str, voices) -> Voice | None:
        answer = self.room.answers.get(question_of(line), "")
        return next((voice for voice in voices if voice.key == answer), None)

    def _ask_who(self, first: re.Match, line: str) -> None:
        """Somebody seems to speak who is not here: asked, unless it was answered already."""
        answer = self.room.answers.get(question_of(line), "")
        if voice := self.room.cast.named(answer):
            self._begin(_Paragraph(self.room.called(voice), voice, [line[first.end() :]], typed=line))
        elif answer == NOBODY:
            self._begin(_Paragraph(parts=[line], unread=True, typed=line))
        elif answer == WORDS:
            self._go_on(line)
        else:
            word = first["word"].rstrip(".").upper()
            keys = tuple(voice.key for voice in self.room.cast.voices)
            self._unclear(line, f"Select who {word} is. Nobody here is called that", keys, may_be_words=True)

    def _of_nobody(self, line: str) -> bool:
        """ "and was told that …" on a line of its own: an answer, and nobody is named."""
        if not PASSIVE_ANSWER.match(line):
            return False
        self._begin(_Paragraph(parts=[line], of_nobody=True, typed=line))
        return True

    def _bullet(self, line: str) -> bool:
        """`- …`: a contribution without a speaker."""
        bullet = BULLET.match(line)
        rest = line[bullet.end() :] if bullet else ""
        if not rest:
            return bool(bullet)
        self._begin(_Paragraph(parts=[rest], unread=True, typed=line))
        return True

    def _go_on(self, line: str) -> None:
        """Words that belong to the line above, or, where there is none, to nobody."""
        if self.paragraph is None:
            self._begin(_Paragraph(typed=line))
        self.paragraph.parts.append(line)

    def _begin(self, paragraph: _Paragraph) -> None:
        self._end_paragraph()
        self.paragraph = paragraph

    def _unclear(
        self, line: str, asks: str, candidates: tuple[str, ...] = (), *, may_be_words: bool = False
    ) -> None:
        self._end_paragraph()
        self._place(UnclearLine(line, asks, candidates, may_be_words, question_of(line)))

    def _end_exchange(self, *, is_blank: bool = True) -> None:
        self._end_paragraph()
        if self.exchange:
            self.found.append(ExchangeLine(tuple(self.exchange), self.apart))
            self.exchange = []
        self.apart = is_blank and bool(self.found)

    def _end_paragraph(self) -> None:
        if self.paragraph is None:
            return
        paragraph, self.paragraph = self.paragraph, None
        words, asked = _words_of(paragraph, self.room, self.asked)
        stranger = next((one.said.unknown for one in words if one.said.unknown), None)
        if stranger:
            words = self._told_apart(paragraph, stranger, words)
        if words:
            self.asked = asked
            self.exchange += words

    def _told_apart(self, paragraph: _Paragraph, stranger: str, words: list[Words]) -> list[Words]:
        """Who a stranger is by the answer to that; without one, it is asked."""
        line = paragraph.typed
        answer = self.room.answers.get(question_of(line), "")
        if answer in (NOBODY, WORDS):
            return [replace(one, said=_of_nobody_here(one.said)) for one in words]
        if voice := self.room.cast.named(answer):
            return [_given_to(one, voice) if one.said.unknown else one for one in words]
        keys = tuple(voice.key for voice in self.room.cast.voices)
        asks = f"Select who “{stranger}” is. Nobody here is called that, or more than one person"
        self._place(UnclearLine(paragraph.text, asks, keys, may_be_words=True, question=question_of(line)))
        return []


def question_of(line: str) -> str:
    """By which the answer to a question finds its line again, also when lines above it changed."""
    return hashlib.sha256(" ".join(line.split()).casefold().encode()).hexdigest()[:12]


def _flagged(one: Words | QuestionLine, note: str) -> Words | QuestionLine:
    """With this note to check; one that it had already stays."""
    return replace(one, to_check="; ".join(filter(None, [one.to_check, note])))


def _of_nobody_here(said: Said) -> Said:
    if not said.unknown:
        return said
    return replace(said, unknown=None, nobody_named=said.kind == ANSWER)


def _given_to(words: Words, voice: Voice) -> Words:
    return replace(words, said=replace(words.said, speaker=voice.key, unknown=None))


def _first(line: str, cast: Cast) -> re.Match | None:
    """The word that opens a line, or an abbreviation of several words."""
    several = [re.escape(voice.abbreviation) for voice in cast.voices if " " in voice.abbreviation]
    long = re.match(rf"^(?P<word>{'|'.join(several)}){AFTER_FIRST}", line, re.I) if several else None
    return long or FIRST.match(line)


def _known(first: re.Match, cast: Cast) -> tuple[Voice, ...]:
    """Whose abbreviation opens a line; an ordinary word counts with a colon or in capitals."""
    word = first["word"].rstrip(".")
    if is_ordinary(word) and not first["colon"].strip():
        return ()
    exact = [voice for voice in cast.voices if word.casefold() == voice.abbreviation.casefold()]
    return tuple(exact or cast.titles.get(word.upper(), ()))


def _could_be_somebody(first: re.Match, rest: str, room: Room) -> bool:
    """Whether the first word reads like an abbreviation of somebody who is not here."""
    word = first["word"].rstrip(".")
    small = word.casefold()
    letters = word.replace("/", "").replace("-", "")
    if not letters.isalpha() or small in LABELS or is_ordinary(word):
        return False
    if first["colon"].strip():
        return len(letters) <= 6 or small in room.agreed.known
    if not reporting_verb(rest):
        return False
    return (
        (word.isupper() and 2 <= len(letters) <= 6) or len(letters) <= 4 or small in RANKS | room.agreed.known
    )


def _in_sentence(lead: str) -> str:
    lead = lead.rstrip(":")
    return f"the {lead[4:]}" if lead.startswith("The ") else lead


def _words_of(paragraph: _Paragraph, room: Room, asked: Asked | None) -> tuple[list[Words], Asked | None]:
    """What was said in a paragraph, with the question that is open after it."""
    body, expansions = expand(paragraph.text, room.forms)
    body = set_in_capitals(body, room.abbreviations())
    whole = f"{paragraph.lead} {body}".strip()
    moved = len(whole) - len(body)
    expansions = [replace(one, at=one.at + moved) for one in expansions]
    said, asked = _said(paragraph, whole, body, room, asked)
    return [_styled(one, room) for one in _with_expansions(said, expansions)], asked


def _said(
    paragraph: _Paragraph, whole: str, body: str, room: Room, asked: Asked | None
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
