"""Who opens a typed line: somebody here by their abbreviation, somebody who is not here, or an ordinary word."""

import re

from meetings.reading.capitals import is_ordinary
from meetings.reading.cast import Cast, Voice
from meetings.reading.kinds_of_line import Room
from meetings.reading.verbs import reporting_verb

AFTER_FIRST = r"(?P<colon>\s?:(?!//)|(?![\w/&’']|-\w))\s*"
FIRST = re.compile(rf"^(?P<word>[^\W\d_][\w/&.-]{{0,39}}?){AFTER_FIRST}")
# What a note begins with, and what people are called for short.
LABEL_WORDS = (
    "note notes nb ps re fyi eg ie viz e.g i.e also result results background context update reason point"
)
RANK_WORDS = "pcc dpcc pfcc cc dcc acc so cex cfo spm ceo supt dci di ds ch"
LABELS, RANKS = frozenset(LABEL_WORDS.split()), frozenset(RANK_WORDS.split())


def first_word(line: str, cast: Cast) -> re.Match | None:
    """The word that opens a line, or an abbreviation of several words."""
    several = [re.escape(voice.abbreviation) for voice in cast.voices if " " in voice.abbreviation]
    long = re.match(rf"^(?P<word>{'|'.join(several)}){AFTER_FIRST}", line, re.I) if several else None
    return long or FIRST.match(line)


def known_as(first: re.Match, cast: Cast) -> tuple[Voice, ...]:
    """Whose abbreviation opens a line; an ordinary word counts with a colon or in capitals."""
    word = first["word"].rstrip(".")
    if is_ordinary(word) and not first["colon"].strip():
        return ()
    exact = [voice for voice in cast.voices if word.casefold() == voice.abbreviation.casefold()]
    return tuple(exact or cast.titles.get(word.upper(), ()))


def could_be_somebody(first: re.Match, rest: str, room: Room) -> bool:
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
