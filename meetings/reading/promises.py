"""What an action's wording tells: who owns it, and when it is due."""

import datetime as dt
import re
from collections.abc import Collection
from dataclasses import dataclass

from meetings.reading.cast import Cast, Voice
from meetings.reading.dates import last_of_month, read_day, read_month

# What an owner is followed by, in the wording of a promise.
PROMISE = re.compile(
    r"(?:(?:also|both|jointly|now|then)\s+)*(?:will|shall|must|should|would|is to|are to|to|intends? to|agreed? to|has agreed|have agreed"
    r"|had agreed|undertook|undertakes|committed|commits|offered|needs? to|is asked|are asked|has been asked|was asked|is going to"
    r"|has undertaken|had undertaken|was to|were to|requested|proposes? to|plans? to)\b",
    re.I,
)
LABELLED = re.compile(
    r"\b(?:Owner|Lead|Responsible|Action (?:for|by|owner))\s*:\s*(?P<who>[^.;\n]{1,80})", re.I
)
AT_END = re.compile(r"(?:\((?P<inside>[^()]{1,60})\)|[-–—]\s*(?P<after>[^-–—.]{1,40}))\s*\.?$")
JOINERS = ("and", "&", "/", "with")

BY = r"\b(?:by|before|no later than|due(?:\s+(?:on|by|date))?:?|deadline:?)\s+(?:the\s+)?"
NEXT_MEETING = re.compile(
    r"\b(?:by|before|at|to|for|in time for|ahead of|in advance of|prior to|due(?:\s+(?:at|by))?:?)\s+(?:the\s+|our\s+)?next\s+(?:[\w’'-]+\s+){0,4}?meeting\b",
    re.I,
)
BY_DAY = re.compile(BY + r"(?=(?:\w+,?\s+)?(?:the\s+)?\d|[A-Z][a-z]+\s+\d{1,2}\b)", re.I)
BY_MONTH = re.compile(BY + r"(?:end of\s+)?(?=[A-Za-z]{3,9},?\s+(?:19|20)\d\d\b)", re.I)


@dataclass(frozen=True)
class Due:
    """When something is due: on a date, or at the next meeting."""

    date: dt.date | None = None
    next_meeting: bool = False


def owners(text: str, cast: Cast, titles: Collection[str] = ()) -> list[str]:
    """Who owns the action by its wording: keys of the cast or titles of roles, the leading one first.

    "The CC and the ACC will …", "CC to …", "… (CC)" and "Owner: CC" are understood.
    """
    everyone = _with_titles(cast, titles)
    words = _words(text, everyone)
    found, end = _owners_at_start(words, everyone)
    rest = " ".join(words[end:])
    if found and (PROMISE.match(rest) or rest[:1] in ":-–—" or words[end - 1].endswith(":")):
        return found
    return _owners_elsewhere(text, everyone)


def is_promise(text: str, cast: Cast, titles: Collection[str] = ()) -> bool:
    """Whether a paragraph reads like an action: somebody, and what they will do."""
    everyone = _with_titles(cast, titles)
    words = _words(text, everyone)
    found, end = _owners_at_start(words, everyone)
    return bool(found and PROMISE.match(" ".join(words[end:])))


def due(text: str, meeting_date: dt.date | None) -> Due | None:
    """When the action is due by its wording; a date without a year is the first on or after the meeting."""
    if NEXT_MEETING.search(text):
        return Due(next_meeting=True)
    for match in BY_DAY.finditer(text):
        day = read_day(text[match.end() : match.end() + 40])
        if day and day.span[0] <= len("the "):
            date = day.on_or_after(meeting_date) if meeting_date else day.in_year(None)
            return Due(date=date) if date else None
    for match in BY_MONTH.finditer(text):
        month = read_month(text[match.end() : match.end() + 20])
        if month:
            return Due(date=last_of_month(*month))
    return None


def _with_titles(cast: Cast, titles: Collection[str]) -> Cast:
    """The cast and the office's own roles; who was there goes first."""
    absent = [Voice(key=title, role=title) for title in titles if not cast.at_start(title.split())]
    return Cast.of([*cast.voices, *absent]) if absent else cast


def _owners_at_start(words: list[str], cast: Cast) -> tuple[list[str], int]:
    found: list[str] = []
    end = 0
    while end < len(words):
        step = 1 if found and words[end].lower() in JOINERS else 0
        if found and not step and not words[end - 1].endswith(","):
            break
        mention = cast.at_start(words[end + step :])
        if not mention or len(mention.voices) > 1:
            break
        found.append(mention.voices[0].key)
        end += step + mention.words
    return list(dict.fromkeys(found)), end


def _words(text: str, cast: Cast) -> list[str]:
    """The first words, where owners can stand."""
    return [part for word in text.split(" ", 40)[:40] for part in _slashes_apart(word, cast)]


def _slashes_apart(word: str, cast: Cast) -> list[str]:
    """ "CC/ACC" is two, "T/CC" is one."""
    if "/" not in word or cast.at_start([word]):
        return [word]
    return [piece for part in word.split("/") for piece in ("/", part)][1:]


def _owners_elsewhere(text: str, cast: Cast) -> list[str]:
    match = LABELLED.search(text)
    candidates = [match["who"]] if match else []
    match = AT_END.search(text[-80:])
    if match:
        candidates.append(match["inside"] or match["after"])
    for candidate in candidates:
        words = _words(candidate, cast)
        found, end = _owners_at_start(words, cast)
        if found and end >= len(words):
            return found
    return []
