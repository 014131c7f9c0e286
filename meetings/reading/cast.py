"""Who was there, and the names by which the notes speak of them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from meetings.reading.roles import short_forms, without_rank_prefix

HONORIFICS = frozenset(["mr", "mrs", "ms", "miss", "mx", "dr", "prof", "sir", "dame", "cllr", "rev"])
RANKS = frozenset(["pc", "sgt", "insp", "supt", "dci", "di", "ds", "cc", "dcc", "acc"])
LONGEST = 8  # words in a name or title that is looked up


@dataclass(frozen=True)
class Voice:
    """Somebody who can speak: an attendee, as the notes call them."""

    key: str
    name: str = ""
    role: str = ""
    abbreviation: str = ""
    body: str = "other"


@dataclass(frozen=True)
class Mention:
    """A voice found at the beginning of some words, with how many words name it."""

    voices: tuple[Voice, ...]
    words: int
    with_article: bool


@dataclass
class Cast:
    """Looks people up by what the notes call them; what could be two people is nobody."""

    voices: list[Voice]
    by_key: dict[str, Voice] = field(default_factory=dict)
    titles: dict[str, list[Voice]] = field(default_factory=dict)
    names: dict[str, list[Voice]] = field(default_factory=dict)

    @classmethod
    def of(cls, voices: Iterable[Voice]) -> "Cast":
        """A cast of these people; what is really written in the list goes before what is usual."""
        cast = cls(list(voices))
        cast.by_key = {voice.key: voice for voice in cast.voices if voice.key}
        for voice in cast.voices:
            for title in filter(None, [voice.key, voice.abbreviation, voice.role]):
                _enter(cast.titles, title, voice)
            for name in _names(voice):
                _enter(cast.names, name, voice)
        written = set(cast.titles)
        for voice in cast.voices:
            for title in _usual_titles(voice):
                if _folded(title) not in written:
                    _enter(cast.titles, title, voice)
        return cast

    def named(self, key: str | None) -> Voice | None:
        """The voice with this key."""
        return self.by_key.get(key or "")

    def at_start(self, words: list[str]) -> Mention | None:
        """Whom these words begin with: "The CC", "CC", "Ms Khan", "The Head of Crime"."""
        article = bool(words) and words[0].lower() == "the"
        rest = words[1:] if article else words
        for length in range(min(LONGEST, len(rest)), 0, -1):
            phrase = _folded(" ".join(rest[:length]))
            voices = self.titles.get(phrase) or ([] if article else self.names.get(phrase))
            if voices:
                return Mention(tuple(voices), length + article, article)
        return None


def _enter(register: dict[str, list[Voice]], phrase: str, voice: Voice) -> None:
    voices = register.setdefault(_folded(phrase), [])
    if len(voices) < 2 and voice not in voices:  # two are as good as many: nobody can tell
        voices.append(voice)


def _folded(phrase: str) -> str:
    """One spelling for looking up; an abbreviation of capitals keeps them, so that "so" is not "SO"."""
    phrase = phrase.rstrip(":,;–—").replace(".", "")
    return phrase if phrase.isupper() else phrase.lower()


def _usual_titles(voice: Voice) -> list[str]:
    titles = short_forms(voice.role)
    for title in (voice.abbreviation, voice.role):
        plain = without_rank_prefix(title)
        if plain and plain != title:
            titles = [*titles, plain]
    return titles


def _names(voice: Voice) -> list[str]:
    words = [word for word in re.split(r"\s+", voice.name) if word]
    own = [word for word in words if without_rank_prefix(word.lower()).rstrip(".") not in HONORIFICS | RANKS]
    if not own:
        return []
    names = {" ".join(words), " ".join(own)}
    if len(own) > 1:
        names |= {f"{honorific} {own[-1]}" for honorific in HONORIFICS}
    if voice.abbreviation:
        names.add(f"{voice.abbreviation} {own[-1]}")
    names |= {f"{short} {own[-1]}" for short in short_forms(voice.role)}
    return [name for name in names if name]
