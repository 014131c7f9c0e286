"""Short forms in what was typed become the words that they stand for, and can be taken back."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from meetings.reading.capitals import is_within, kept_spans

# A word with a hyphen, an apostrophe or a stop inside it is one word.
JOINED = re.compile(r"\b\w+(?:[-’'._/]\w+)+\b")
WORD = re.compile(r"\w+")
SENTENCE_END = re.compile(r"[.?!…][\"'”’)\]]*\s+$")


@dataclass(frozen=True)
class Expansion:
    """A short form that was written out: as it was typed, what stands for it, and where that begins."""

    short: str
    full: str
    at: int


def expand(text: str, forms: Mapping[str, str]) -> tuple[str, list[Expansion]]:
    """Write out every short form that is a word of its own; `forms` are keyed in small letters.

    Typed with a capital, or in the place of one after a full stop, it is written with a capital.
    """
    if not forms:
        return text, []
    written: list[str] = []
    expansions: list[Expansion] = []
    end = length = 0
    kept = kept_spans(text, JOINED)
    for match in WORD.finditer(text):
        full = forms.get(match.group().lower())
        if not full or is_within(match.span(), kept) or not _stands_alone(text, match):
            continue
        full = _cased(full, match.group(), text[max(0, match.start() - 20) : match.start()])
        at = length + match.start() - end
        expansions.append(Expansion(match.group(), full, at))
        written += [text[end : match.start()], full]
        end, length = match.end(), at + len(full)
    return "".join([*written, text[end:]]), expansions


def take_back(text: str, expansion: Expansion) -> str | None:
    """The text with the short form as it was typed; None when the words do not stand there any more."""
    end = expansion.at + len(expansion.full)
    if text[expansion.at : end] != expansion.full:
        return None
    return text[: expansion.at] + expansion.short + text[end:]


def _stands_alone(text: str, match: re.Match) -> bool:
    """Whether nothing but space and marks of a sentence is beside it: no hyphen, apostrophe or sign."""
    begin, end = match.span()
    before, after = text[max(0, begin - 1) : begin], text[end : end + 1]
    return not (before in tuple("-'’_#&@/\\.") or after in tuple("-_@/\\&")) and not (
        after in ("'", "’") and text[end + 1 : end + 2].isalpha()
    )


def _cased(full: str, typed: str, before: str) -> str:
    """With a capital where one was typed, or where a sentence begins."""
    capital = (typed[0].isupper() and not typed.isupper()) or (
        bool(SENTENCE_END.search(before)) and typed.islower()
    )
    return full[0].upper() + full[1:] if capital else full
