"""What somebody types in one box while people talk, line by line: exchanges, actions, outcomes, flags.

A line that starts with somebody's abbreviation starts what they say; a line without one goes
on with the line above; a blank line starts another exchange. What could be read in two ways
is asked about, and every word that was typed is in what comes out.
"""

import hashlib
import re
from dataclasses import replace

from meetings.reading import directions
from meetings.reading.capitals import set_in_capitals
from meetings.reading.cast import Voice
from meetings.reading.directions import ActionLine, OutcomeLine
from meetings.reading.kinds_of_line import (
    NOBODY,
    WORDS,
    ExchangeLine,
    FlagLine,
    Line,
    NoneLine,
    QuestionLine,
    Room,
    UnclearLine,
    Words,
    printed_of,
)
from meetings.reading.openings import could_be_somebody, first_word, known_as
from meetings.reading.paragraphs import Paragraph, words_of
from meetings.reading.shortforms import expand
from meetings.reading.speech import ANSWER, Asked, Said, opens_with_speaker
from meetings.reading.verbs import PASSIVE_ANSWER, reporting_verb

__all__ = [
    "NOBODY",
    "WORDS",
    "ActionLine",
    "ExchangeLine",
    "FlagLine",
    "Line",
    "NoneLine",
    "OutcomeLine",
    "QuestionLine",
    "Room",
    "UnclearLine",
    "Words",
    "printed_of",
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
# After these words a line has not ended yet, so that what follows goes on with it: "by the", "asked".
DANGLING = re.compile(
    r"(?:^|\s)(?:the|an?|by|of|to|and|or|for|with|from|that|asked|told|between|both|as|at|in|on|if)$", re.I
)
CHECK_THIS = "Check this"


def read_lines(text: str, room: Room, asked: Asked | None = None) -> list[Line]:
    """What was typed, in order; `asked` is the question above the box that is still open."""
    reader = _Reader(room, asked)
    for line in text.splitlines():
        reader.read(line)
    return reader.finish()


class _Reader:
    """Reads line after line; what is open is the exchange and its last paragraph."""

    def __init__(self, room: Room, asked: Asked | None):
        self.room, self.asked = room, asked
        self.found: list[Line] = []
        self.exchange: list[Words | QuestionLine] = []
        self.paragraph: Paragraph | None = None
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
        if answer == WORDS or self._is_speech(line):
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

    def _is_speech(self, line: str) -> bool:
        """Whether somebody here plainly says something: posts and earlier actions need not be looked up for it."""
        first = first_word(line, self.room.cast)
        is_known = first is not None and bool(known_as(first, self.room.cast))
        return is_known and reporting_verb(line[first.end() :]) is not None

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
        first = first_word(line, self.room.cast)
        return bool(first and known_as(first, self.room.cast)) or opens_with_speaker(line, self.room.cast)

    def _spoken(self, line: str) -> bool:
        """Somebody speaks: by abbreviation in any case, or by the name that the notes use."""
        bullet = BULLET.match(line)
        if bullet:
            if bullet["bullet"] == "-":
                return False
            line = line[bullet.end() :]
        first = first_word(line, self.room.cast)
        voices = known_as(first, self.room.cast) if first else ()
        if voices and not self._is_wrapped(first, line):
            self._speak(first, voices, line)
            return True
        if opens_with_speaker(line, self.room.cast):
            self._begin(Paragraph(parts=[line], typed=line))
            return True
        if first and not voices and could_be_somebody(first, line[first.end() :], self.room):
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
        return self._begin(Paragraph(self.room.called(voice), voice, [rest], typed=line))

    def _chosen(self, line: str, voices) -> Voice | None:
        answer = self.room.answers.get(question_of(line), "")
        return next((voice for voice in voices if voice.key == answer), None)

    def _ask_who(self, first: re.Match, line: str) -> None:
        """Somebody seems to speak who is not here: asked, unless it was answered already."""
        answer = self.room.answers.get(question_of(line), "")
        if voice := self.room.cast.named(answer):
            self._begin(Paragraph(self.room.called(voice), voice, [line[first.end() :]], typed=line))
        elif answer == NOBODY:
            self._begin(Paragraph(parts=[line], unread=True, typed=line))
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
        self._begin(Paragraph(parts=[line], of_nobody=True, typed=line))
        return True

    def _bullet(self, line: str) -> bool:
        """`- …`: a contribution without a speaker."""
        bullet = BULLET.match(line)
        rest = line[bullet.end() :] if bullet else ""
        if not rest:
            return bool(bullet)
        self._begin(Paragraph(parts=[rest], unread=True, typed=line))
        return True

    def _go_on(self, line: str) -> None:
        """Words that belong to the line above, or, where there is none, to nobody."""
        if self.paragraph is None:
            self._begin(Paragraph(typed=line))
        self.paragraph.parts.append(line)

    def _begin(self, paragraph: Paragraph) -> None:
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
        words, asked = words_of(paragraph, self.room, self.asked)
        stranger = next((one.said.unknown for one in words if one.said.unknown), None)
        if stranger:
            words = self._told_apart(paragraph, stranger, words)
        if words:
            self.asked = asked
            self.exchange += words

    def _told_apart(self, paragraph: Paragraph, stranger: str, words: list[Words]) -> list[Words]:
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


def _in_sentence(lead: str) -> str:
    lead = lead.rstrip(":")
    return f"the {lead[4:]}" if lead.startswith("The ") else lead
