"""What an item is about, by its title."""

import re

from publications.notes import ItemKind

# The first that fits decides, so what names several things stands in the order of weight.
KINDS = [
    (ItemKind.NEXT_MEETING, r"\bnext (?:\w+ ){0,3}meeting|\bfuture meetings?\b|\bmeeting dates\b"),
    (ItemKind.HOLDING_TO_ACCOUNT, r"\bholding to account\b|\bthematic\b"),
    (ItemKind.INSPECTION, r"\bHMIC\w*|\binspections?\b|\bsuper-?complaint"),
    (
        ItemKind.OTHER_BUSINESS,
        r"^AO\.?B\b|\bA\.?O\.?B\b|\bany other (?:urgent )?business\b|^other business\b",
    ),
    (ItemKind.APOLOGIES, r"\bapologies\b|^welcome\b|^introductions?\b"),
    (
        ItemKind.ACTION_REVIEW,
        r"\bactions?\b.{0,40}\b(?:log|review|update|tracker|outstanding)\b|^(?:review of )?actions?$",
    ),
    (ItemKind.MATTERS_ARISING, r"\bmatters arising\b|\boutstanding matters\b"),
    (
        ItemKind.PREVIOUS_NOTES,
        r"\b(?:minutes|notes|record)\b.{0,40}\b(?:previous|last|meeting)\b|\b(?:previous|last) (?:minutes|notes)\b",
    ),
    (ItemKind.PUBLIC_QUESTIONS, r"\bpublic questions\b|\bquestions from (?:the |members of the )?public\b"),
    (ItemKind.PERFORMANCE, r"\bperformance\b"),
    (ItemKind.DECISION, r"\bdecisions?\b"),
]
KINDS = [(kind, re.compile(pattern, re.I)) for kind, pattern in KINDS]

STANDING = {
    ItemKind.NEXT_MEETING,
    ItemKind.OTHER_BUSINESS,
    ItemKind.APOLOGIES,
    ItemKind.MATTERS_ARISING,
    ItemKind.PREVIOUS_NOTES,
    ItemKind.HOLDING_TO_ACCOUNT,
    ItemKind.PUBLIC_QUESTIONS,
}
HOLDING = re.compile(r"\b(?:holding to account|thematic(?: \w+)?)\s*[-–—:]\s*(?P<about>.*)$", re.I)


def kind_of(title: str, *, nested: bool = False) -> ItemKind:
    """The kind of an item; inside another item a title is a line of enquiry of any name."""
    if nested:
        return ItemKind.OTHER
    return next((kind for kind, pattern in KINDS if pattern.search(title)), ItemKind.OTHER)


def themes_of(title: str) -> list[str]:
    """The themes that a holding-to-account title names after its dash: "… - Mental Health"."""
    match = HOLDING.search(title)
    themes = re.split(r"\s+/\s+|;\s*", match["about"]) if match else []
    return [theme.strip(" .:") for theme in themes if theme.strip(" .:")]
