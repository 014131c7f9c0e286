"""Abbreviations that a text explains in brackets: "Service Improvement Board (SIB)"."""

import re

IN_BRACKETS = re.compile(r"\((?P<short>[A-Z][A-Za-z&]{1,9})\)")
SMALL_WORDS = frozenset(["of", "and", "for", "the", "in", "on", "to", "&"])
REACH = 120  # characters before the bracket that can hold what it is short for


def in_text(text: str) -> dict[str, str]:
    """What a text explains: "Service Improvement Board (SIB)", "partnership executive group (PEG)"."""
    found: dict[str, str] = {}
    for match in IN_BRACKETS.finditer(text):
        words = text[max(0, match.start() - REACH) : match.start()].split()
        meaning = _meaning(match["short"], words)
        if meaning:
            found.setdefault(match["short"], meaning)
    return found


def _meaning(short: str, words: list[str]) -> str | None:
    """The last words whose first letters make the abbreviation; small words need not count."""
    letters = [letter.lower() for letter in short if letter.isalpha()]
    if sum(letter.isupper() for letter in short) < 2:
        return None
    begin = len(words)
    while letters and begin:
        begin -= 1
        word = words[begin].strip("“‘\"'(").lower()
        initials = [part[:1] for part in re.split(r"[-/]", word) if part]
        if initials and letters[-len(initials) :] == initials:
            del letters[-len(initials) :]
        elif word not in SMALL_WORDS:
            return None
    return " ".join(words[begin:]) if not letters else None
