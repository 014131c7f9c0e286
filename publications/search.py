"""Finding what was said: every word of the question has to occur in an exchange or its item's title."""

import re
from dataclasses import dataclass
from functools import reduce
from operator import and_

from django.db.models import Q, QuerySet

from publications.models import PublishedExchange

LONGEST_QUESTION = 200
MOST_WORDS = 12


def words_in(question: str) -> list[str]:
    """The words that were asked for, each once; control characters and what is too much are left out."""
    printable = "".join(
        character if character.isprintable() else " " for character in question[:LONGEST_QUESTION]
    )
    return list(dict.fromkeys(printable.lower().split()))[:MOST_WORDS]


def search(words: list[str]) -> QuerySet[PublishedExchange]:
    """Current exchanges in which every word occurs, the newest meeting first."""
    if not words:
        return PublishedExchange.objects.none()
    each = (Q(text__icontains=word) | Q(item_title__icontains=word) for word in words)
    return (
        PublishedExchange.objects.filter(reduce(and_, each))
        .select_related("edition__meeting")
        .defer("edition__notes", "edition__line")
        .order_by("-edition__date", "edition_id", "position")
    )


@dataclass(frozen=True)
class Piece:
    """Part of a text, and whether it is one of the words that were asked for."""

    text: str
    found: bool


def marked(text: str, words: list[str]) -> list[list[Piece]]:
    """The paragraphs of a text in pieces, so that a template can mark what was found."""
    pattern = re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))), re.IGNORECASE)
    return [pieces_of(paragraph, pattern) for paragraph in text.split("\n") if paragraph]


def pieces_of(paragraph: str, pattern: re.Pattern) -> list[Piece]:
    pieces, end = [], 0
    for match in pattern.finditer(paragraph):
        pieces += [Piece(paragraph[end : match.start()], False), Piece(match[0], True)]
        end = match.end()
    return [piece for piece in [*pieces, Piece(paragraph[end:], False)] if piece.text]
