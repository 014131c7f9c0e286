"""What a typed line can be: speech, an action, an outcome, none, a flag, or a question to whoever typed it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from meetings.reading.cast import Cast, Voice
from meetings.reading.directions import ActionLine, Agreed, OutcomeLine
from meetings.reading.shortforms import Expansion
from meetings.reading.speech import ANSWER, Said


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
