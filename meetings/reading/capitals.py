"""Abbreviations that somebody typed in small letters are set as they are written in the list of who is here."""

import re
from bisect import bisect_right
from collections.abc import Iterable

# Abbreviations that are words as well: in small letters they stay, and open no line without a colon.
WORDS = """
a i am an as at be by do go he hi if in is it me my no of ok on or so to up us we ace act add age ago aid
aim air all and any apt are arm art ask ate bad ban bar bed bet big bit box boy bus but buy can cap car cat
cop cut day did die dim dip dog dot due ear eat end era etc eye far fat few fit fix fly for fun gap gas get
got gun had has hat her him his hit hot how ice ill its job key kid law lay led let lie lot low mad man map
may men met mid mix mum net new nor not now nil odd off old one opt our out own pat pay per pet put ran rat
raw red rid row run sad sat saw say sea see set sex she sir sit six ski sky son sum sun tax tea ten the tie
tip too top try two use van via war was way web wet who why win won yes yet you able also area army back
bank base been best both call came care case cash chat cost crew dare date deal does done down drug each
ends even ever face fact fair fall fear fees feel fell file fill find fine fire five flag form four free
from full fund gain gave give goes good hand hard have head hear held help here high hold home hope hour
idea into item jobs join just keep kept kind knew know lack land last late lead left less life like line
link list live long look lord lost love made main make many mark meet mind miss more most move much must
name near need news next none note once only open over page paid part pass past pick plan play poor post
pull push read real rest rise risk road role room rule safe said same save seen sent show side sign site
some soon sort stay step stop such sure take talk team tell test text than that them then they this time
told tool took town turn type unit upon used vary very view vote wait want ward ways week well went were
what when whom will wish with word work year your staff force board chair panel group those these there
their other every people
"""
ORDINARY = frozenset(WORDS.split())
TOKEN = re.compile(r"\S+")
ADDRESS = re.compile(r"[@\\]|^\W*(?:www\.|https?:)")
# Bounded, so that an opening mark without its fellow costs nothing.
QUOTED = re.compile(r"“[^“”]{0,500}”|\"[^\"]{1,500}\"|‘[^‘’]{0,500}’(?!\w)")
# "March" and "may" are words as well: they are months beside a figure, or after such a word at an end.
END = r"(?=[.,;:)]|\s*$)"
DATES = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|april|june|july|august|september|october"
    r"|november|december)(?:s|[’']s)?\b"
    r"|\b(?:march|may)(?= (?:19|20)\d\d\b)"
    rf"|\b(?:\d{{1,2}}(?:st|nd|rd|th)?|in|since|until|by|from|of|last|next) (?:march|may){END}"
)


def set_in_capitals(text: str, abbreviations: Iterable[str]) -> str:
    """Set known abbreviations, days and months as they are written, where they were typed all in small letters.

    Not inside an address or a quotation; an abbreviation not where it is an ordinary word ("so"), inside a word
    or after a figure.
    """
    kept = kept_spans(text)
    text = DATES.sub(
        lambda match: match.group() if is_within(match.span(), kept) else _begun(match.group()), text
    )
    return _abbreviated(text, abbreviations, kept)


def _begun(words: str) -> str:
    """The last of these words with a capital: "by march" as "by March"."""
    before, space, last = words.rpartition(" ")
    return f"{before}{space}{last[0].upper()}{last[1:]}"


def _abbreviated(text: str, abbreviations: Iterable[str], kept: list[tuple[int, int]]) -> str:
    written = {short.lower(): short for short in abbreviations if short.lower() not in ORDINARY}
    written = {small: short for small, short in written.items() if small != short}
    if not written:
        return text
    known = "|".join(re.escape(small) for small in sorted(written, key=len, reverse=True))
    pattern = re.compile(rf"(?<![\w’'.#-])(?<!\d )(?:{known})(?![\w@]|[’'](?!s\b)|\.\w)")
    return pattern.sub(
        lambda match: match.group() if is_within(match.span(), kept) else written[match.group()], text
    )


def kept_spans(text: str, *more: re.Pattern) -> list[tuple[int, int]]:
    """Where addresses and quotations stand: what is in them stays as it was typed. In order, none in another."""
    spans = [token.span() for token in TOKEN.finditer(text) if ADDRESS.search(token.group())]
    spans += [match.span() for pattern in (QUOTED, *more) for match in pattern.finditer(text)]
    apart: list[tuple[int, int]] = []
    for begin, end in sorted(spans):
        if apart and begin < apart[-1][1]:
            apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
        else:
            apart.append((begin, end))
    return apart


def is_within(span: tuple[int, int], kept: list[tuple[int, int]]) -> bool:
    place = bisect_right(kept, span[0], key=lambda one: one[0]) - 1
    return place >= 0 and span[1] <= kept[place][1]


def is_ordinary(word: str) -> bool:
    """Whether this is a word of everyday English, and no abbreviation as it was typed."""
    return word.lower() in ORDINARY and not (len(word) > 1 and word.isupper())
