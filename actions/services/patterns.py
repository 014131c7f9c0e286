"""How an office writes its references: `{year}/{number}`, or its own pattern.

A pattern is letters, digits, `/` and `-` with `{number}` and any of `{year}`, `{meeting}` (its
date) and `{initials}` (of the kind of meeting, letters alone). The number counts within a series,
which is the rest of the reference; so two never meet, and figures that stand apart can be read.
"""

import datetime as dt
import re
import unicodedata
from itertools import pairwise

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from actions.models import ReferencePattern
from actions.services.gate import NotPossible
from meetings.permissions import can_manage_settings
from web.dates import moment

PARTS = {
    "{year}": "the year in which it arose",
    "{number}": "a number that counts up",
    "{meeting}": "the date of the meeting",
    "{initials}": "the first letters of the kind of meeting",
}
FIGURES = {"{year}", "{number}", "{meeting}"}
LONGEST_INITIALS = 6
TOKENS = re.compile(r"\{[^{}]*\}?|[^{}]|\}")


def problem_with_pattern(pattern: str) -> str | None:
    """What is wrong with a pattern, in a sentence that says what to do; None when references can be written by it."""
    tokens = TOKENS.findall(pattern)
    parts = [token for token in tokens if token.startswith(("{", "}"))]
    if strangers := [part for part in parts if part not in PARTS]:
        return f"{strangers[0]} is not known. Use {', '.join(PARTS)}"
    if "{number}" not in parts:
        return "Add {number}, so that each reference is another one"
    if twice := [part for part in parts if parts.count(part) > 1]:
        return f"Use {twice[0]} once only"
    rest = pattern
    for part in parts:
        rest = rest.replace(part, "")
    if not re.fullmatch(r"[A-Za-z0-9/-]*", rest):
        return "Beside the words in brackets, use letters without accents, figures, / and - only"
    ends = (tokens[0], tokens[-1])
    if any(end in {"/", "-"} for end in ends) or re.search(r"[/-]{2}", pattern):
        return "Put / and - between two parts, not at an end and not side by side"
    if touching := _figures_that_touch(tokens):
        return f"Put / or - between {touching[0]} and {touching[1]}, so that their figures stay apart"
    return None


def series_of(pattern: str, *, year: int, day: dt.date, type_name: str) -> str:
    """The reference of an action without its number, of which there is one count: 2020/{number}."""
    filled = pattern.replace("{year}", f"{year:04}").replace("{meeting}", f"{day:%Y%m%d}")
    return filled.replace("{initials}", initials_of(type_name))


def written(series: str, number: int, digits: int = 1) -> str:
    """2020/17, or 2020/017 where the number has at least three digits."""
    return series.replace("{number}", f"{number:0{digits}}")


def example_of(pattern: str, digits: int, type_name: str, day: dt.date) -> str:
    """How the first reference of a meeting on this day would read."""
    return written(series_of(pattern, year=day.year, day=day, type_name=type_name), 1, digits)


def initials_of(type_name: str) -> str:
    """MAM for a Monthly Assurance Meeting; letters that every address can hold."""
    plain = unicodedata.normalize("NFKD", type_name).encode("ascii", "ignore").decode()
    words = re.findall(r"[A-Za-z]+", plain)
    return "".join(word[0].upper() for word in words)[:LONGEST_INITIALS] or "M"


@transaction.atomic
def change_pattern(
    pattern: str, digits: int = 1, *, seen: int | None, by: User, at: dt.datetime | None = None
) -> ReferencePattern:
    """Write the references that are given from now on in another way; those that were given stay.

    `seen` is the setting that the person saw (None: that there was none). Raises `NotPossible`
    and `PermissionDenied`.
    """
    if not can_manage_settings(by):
        raise PermissionDenied("Only an administrator changes how references are written.")
    if problem := problem_with_pattern(pattern):
        raise NotPossible(problem, "pattern")
    newest = ReferencePattern.objects.first()
    if newest and newest.pk != seen:
        who = newest.by.name if newest.by else "The office"
        raise NotPossible(
            f"{who} changed this to {newest.pattern} on {moment(newest.at)}. Look at it, then save yours",
            "pattern",
        )
    return ReferencePattern.objects.create(pattern=pattern, digits=digits, by=by, at=at or timezone.now())


def _figures_that_touch(tokens: list[str]) -> tuple[str, str] | None:
    def has_figures(token: str) -> bool:
        return token in FIGURES or token.isdigit()

    def is_part(token: str) -> bool:
        return token in PARTS

    for one, other in pairwise(tokens):
        if has_figures(one) and has_figures(other) and (is_part(one) or is_part(other)):
            return one, other
    return None
