"""A transcript as a machine or a person wrote it: who said what, and when. It is a source, never the record.

Two shapes are read: WebVTT, as meeting software saves it, and text whose lines begin with a name and a colon.
"""

import codecs
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from html import unescape
from itertools import islice

import webvtt
from webvtt.errors import MalformedFileError

from meetings.reading.cast import Cast, Voice
from meetings.reading.lines import UNSEEN

LIMIT = 5 * 1024 * 1024  # bytes: a day of talk is a tenth of it
LONGEST = 700  # characters: short captions of one speaker are put together up to here
MOST = 20_000  # passages
MOST_NAMES = 6  # words in a name

MARKS = [
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
]
TAG = re.compile(r"</?[^<>]*>")
VOICE = re.compile(r"<v(?:\.[^\s<>]*)?\s+([^<>]+)>")
STAMP = r"(?:[\[(]?(?P<stamp>\d{1,2}:\d{2}(?::\d{2})?)(?:[.,]\d+)?[\])]?\s+)?"
NAMED = re.compile(rf"^{STAMP}(?P<name>[^\W\d_][^:<>]{{0,59}}?)\s*:(?!//)\s*(?P<text>.*)$")
CONTROL = re.compile(rf"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff{UNSEEN}]")
ASIDE = re.compile(r"\s*[\[(][^\])]*[\])]\s*$")

HOW = (
    "Choose a file that begins with WEBVTT, or text whose lines begin with a name and a colon, "
    "for example “CC: we have trained forty”"
)


class NotATranscript(ValueError):
    """What cannot be read as a transcript; `sentence` says why, and what to do."""

    def __init__(self, sentence: str):
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True)
class Passage:
    """What one person said in a row, and when it began, in seconds; nobody where nobody is named."""

    speaker: str
    text: str
    start: int | None = None

    @property
    def clock(self) -> str:
        """When it began: 0:03:05; empty where the transcript does not say."""
        if self.start is None:
            return ""
        minutes, seconds = divmod(self.start, 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"


def read_transcript(content: bytes) -> list[Passage]:
    """What was said, in order. Raises `NotATranscript`."""
    text = _decoded(content)
    if not text.strip():
        raise NotATranscript(f"The transcript is empty. {HOW}")
    is_vtt = text.lstrip().startswith("WEBVTT")
    spoken = _captions(text) if is_vtt else _lines(text)
    passages = list(islice(_together(spoken), MOST + 1))
    if not passages:
        raise NotATranscript(f"Nothing is said in this transcript. {HOW}")
    if len(passages) > MOST:
        raise NotATranscript("This transcript is too long to be shown. Split it into several files")
    return passages


def _decoded(content: bytes) -> str:
    if len(content) > LIMIT:
        raise NotATranscript("The transcript must be smaller than 5MB")
    encoding = next((name for mark, name in MARKS if content.startswith(mark)), "utf-8-sig")
    for candidate in (encoding, "windows-1252"):
        try:
            text = content.decode(candidate)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        return text
    raise NotATranscript(
        "This is no text. Save the transcript as .vtt or as plain text, and choose that file"
    )


# --- WebVTT ----------------------------------------------------------------------------------------------


def _captions(text: str) -> Iterator[Passage]:
    try:
        captions = list(webvtt.from_buffer(io.StringIO(text.lstrip())))
    except MalformedFileError as error:
        raise NotATranscript(f"This file cannot be read as WebVTT. {HOW}") from error
    for caption in captions:
        start = int(caption.start_in_seconds)
        for speaker, words in _voices(caption.raw_text):
            if words:
                yield Passage(_clean(speaker), _clean(unescape(TAG.sub("", words))), start)


def _voices(raw: str) -> list[tuple[str, str]]:
    """Who says what in one caption: by its voice tags, else by a name and a colon."""
    unnamed, *named = VOICE.split(raw)
    if named:
        voices = zip(named[::2], named[1::2], strict=True)
        return [("", unnamed), *((unescape(name), words) for name, words in voices)]
    plain = unescape(TAG.sub("", raw))
    named = _named(plain.replace("\n", " "))
    return [(named["name"], named["text"])] if named else [("", plain)]


def _named(line: str) -> re.Match | None:
    """A line that begins with a name; several words in small letters before a colon are just words."""
    named = NAMED.match(line)
    if not named:
        return None
    words = named["name"].split()
    return named if len(words) == 1 or (words[0][0].isupper() and len(words) <= MOST_NAMES) else None


# --- Text ------------------------------------------------------------------------------------------------


def _lines(text: str) -> Iterator[Passage]:
    """A line with a name starts what somebody says; a line without one goes on with it."""
    begun: Passage | None = None
    parts: list[str] = []
    for line in text.splitlines():
        if named := _named(line.strip()):
            if begun:
                yield replace(begun, text=_clean(" ".join(parts)))
            begun = Passage(_clean(named["name"]), "", _seconds(named["stamp"]))
            parts = [named["text"]]
        elif begun:
            parts.append(line)
        elif line.strip():
            raise NotATranscript(f"The first line names nobody, so this is no transcript. {HOW}")
    if begun:
        yield replace(begun, text=_clean(" ".join(parts)))


def _seconds(stamp: str | None) -> int | None:
    if not stamp:
        return None
    hours, minutes, seconds = ([0] + [int(part) for part in stamp.split(":")])[-3:]
    return hours * 3600 + minutes * 60 + seconds


# --- Both ------------------------------------------------------------------------------------------------


def _together(passages: Iterable[Passage]) -> Iterator[Passage]:
    """Captions are seconds long: what one person says in a row is one passage, up to a length."""
    current: Passage | None = None
    for passage in passages:
        if not passage.text:
            continue
        goes_on = current and current.speaker == passage.speaker
        if goes_on and len(current.text) + len(passage.text) < LONGEST:
            current = replace(current, text=f"{current.text} {passage.text}")
            continue
        if current:
            yield current
        current = passage
    if current:
        yield current


def _clean(text: str) -> str:
    """One line without what nobody sees: marks of direction, control characters."""
    return " ".join(CONTROL.sub("", " ".join(text.split())).split())


def voice_of(speaker: str, cast: Cast) -> Voice | None:
    """Who in the room a transcript means by a name; None where that is nobody, or could be two."""
    name = ASIDE.sub("", speaker).strip()
    if name.count(",") == 1:
        name = " ".join(part.strip() for part in reversed(name.split(",")))
    for written in (name, name.title(), name.upper()):
        words = written.split()
        mention = cast.at_start(words) if words else None
        if mention and mention.words == len(words) and len(mention.voices) == 1:
            return mention.voices[0]
    return None
