"""How somebody types a record at the box, and how many keys that takes; pure, so that it can be trusted.

A key counts one. Shift counts one for each run of characters that need it, whether in a
plain editor or in the box: somebody holds it for "PCC". Ctrl and Enter are two.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from meetings.reading.capitals import set_in_capitals
from meetings.reading.shortforms import expand
from publications.notes import Contribution, Exchange

SHIFTED = frozenset('ABCDEFGHIJKLMNOPQRSTUVWXYZ!"£$%^&*()_+{}:@~<>?|¬“”')
SAVE = 2  # Ctrl and Enter
WORD = re.compile(r"[a-z][\w’'-]*", re.I)


def keystrokes(text: str) -> int:
    """Keys to type this in a plain editor, Shift included."""
    shifts = sum(
        character in SHIFTED and (place == 0 or text[place - 1] not in SHIFTED)
        for place, character in enumerate(text)
    )
    return len(text) + shifts


def published(exchanges: Iterable[Exchange]) -> str:
    """The paragraphs of these exchanges as they are printed, a line break after each."""
    text = ""
    for exchange in exchanges:
        for one in exchange.contributions:
            text += (
                "\n" if one.paragraph and text else " " if text else ""
            ) + f"{one.lead} {one.text}".strip()
    return text


def typed(exchange: Exchange, shorts: Mapping[str, str]) -> str:
    """The lines by which somebody types an exchange; `shorts` are abbreviations by the speaker's key."""
    text = ""
    for one in exchange.contributions:
        text += ("\n" if one.paragraph and text else " " if text else "") + _typed(one, shorts)
    return text


def _typed(one: Contribution, shorts: Mapping[str, str]) -> str:
    short = shorts.get(one.speaker or "", "")
    body = in_small_letters(one.text, shorts.values())
    if one.lead == f"The {short}":
        return f"{short.lower()} {body}"
    return f"{one.lead} {body}".strip()


def in_small_letters(text: str, abbreviations: Iterable[str]) -> str:
    """The text with abbreviations in small letters, where reading sets them in capitals again."""
    known = list(abbreviations)
    for short in known:
        small = re.sub(rf"\b{re.escape(short)}\b", short.lower(), text)
        if set_in_capitals(small, known) == set_in_capitals(text, known):
            text = small
    return text


def dictionary(text: str, size: int, taken: Iterable[str] = ()) -> dict[str, str]:
    """The short forms that save the most keys in this text, with letters as people choose them: initials.

    Each has two letters at least, is no word of the text, and stands for one to five words.
    """
    words_of_text = {word.lower() for word in WORD.findall(text)} | {short.lower() for short in taken}
    forms: dict[str, str] = {}
    rest = text
    while len(forms) < size:
        best = _best(rest, words_of_text | forms.keys())
        if best is None:
            break
        short, full = best
        forms[short] = full
        rest = re.sub(rf"(?<![\w’'-]){re.escape(full)}(?![\w’'-])", " | ", rest)
    return forms


def _best(text: str, taken: set[str]) -> tuple[str, str] | None:
    counts = _phrases(text)
    # The longest saving first; among equals the text's own order, so that each run finds the same.
    for full in sorted(counts, key=lambda full: -counts[full] * (len(full) - 2)):
        if counts[full] < 2 or len(full) < 4:
            continue
        if short := _letters(full, taken):
            return short, full
    return None


def _phrases(text: str) -> Counter:
    counts: Counter = Counter()
    for part in re.split(r"[^\w’'\- ]|\|", text):
        words = part.split()
        plain = [bool(re.fullmatch(r"[a-z][a-z’'-]*", word)) for word in words]
        for begin in range(len(words)):
            for end in range(begin + 1, min(begin + 5, len(words)) + 1):
                if not all(plain[begin:end]):
                    break
                counts[" ".join(words[begin:end])] += 1
    return counts


def _letters(full: str, taken: set[str]) -> str | None:
    """Initials of several words, or the first letter of one with another of its own."""
    words = re.findall(r"[a-z]+", full)
    initials = "".join(word[0] for word in words)
    candidates = [initials] if len(initials) > 1 else []
    candidates += [words[0][0] + letter for letter in "".join(words)[1:]]
    candidates += [words[0][:2] + letter for letter in "".join(words)[2:]]
    return next(
        (one for one in candidates if len(one) > 1 and one not in taken and len(one) < len(full)), None
    )


def shortened(text: str, forms: Mapping[str, str]) -> str:
    """The text with short forms in place of their words, where reading writes them out again."""
    for short, full in forms.items():
        pattern = re.compile(rf"(?<![\w’'-]){re.escape(full)}(?![\w’'-])")
        parts = pattern.split(text)
        for _ in range(len(parts) - 1):
            text = _shortened_once(text, pattern, short, forms)
    return text


def _shortened_once(text: str, pattern: re.Pattern, short: str, forms: Mapping[str, str]) -> str:
    for match in pattern.finditer(text):
        shorter = text[: match.start()] + short + text[match.end() :]
        if expand(shorter, forms)[0] == expand(text, forms)[0]:
            return shorter
    return text
