"""Lines that tell what is to be done: actions, and what was agreed on earlier ones."""

import calendar
import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from meetings.reading.capitals import is_ordinary
from meetings.reading.cast import Cast, Voice
from meetings.reading.dates import MONTHS, last_of_month, read_day
from meetings.reading.promises import PROMISE, Due
from meetings.reading.shortforms import Expansion
from web.dates import day

CLOSED, RETURNED, RETAINED, REPORTED = "closed", "returned", "retained", "reported"
NEW_DATE, NOT_REACHED = "new_date", "not_reached"
SPOKEN_OF = ""  # a reference and a colon alone: what follows is about it
WHO_OWNS = "Select who owns this action"
WHEN = "Write when it is due as ‘by 28 oct’, ‘next meeting’ or ‘in 3 months’"
NOT_CARRIED = "was not carried into this meeting. Use the reference of an earlier action"

ACTION = re.compile(r"^(?:new\s+)?action(?:\s+(?P<head>[^:]{0,80}?))?\s*:\s*(?P<text>.*)$", re.I)
WITHOUT_COLON = re.compile(r"^(?:new\s+)?action\s+(?P<head>\S+)(?:\s|$)", re.I)
HEADING = re.compile(r"^(?:arising|from|points?|log|plan|review|items?|update|taken|required|agreed)\b", re.I)
NEXT = re.compile(r"^(?:by |at |for |to |due )?(?:the )?next(?: meeting)?$", re.I)
IN = re.compile(
    r"^(?:with)?in (?P<count>\d{1,3}|[a-z]+) (?P<unit>day|week|month|year)s?(?:[’']? time)?$", re.I
)
BY = re.compile(r"^(?:by|before|due|to|until|on|till)\s+(?P<when>.+)$", re.I)
DAY_AND_MONTH = re.compile(r"^(?:[a-z]+\s+)?(?P<day>\d{1,2})[/.](?P<month>\d{1,2})$", re.I)
MONTH = re.compile(
    rf"^(?:the )?(?:end of )?(?:the )?(?P<month>{'|'.join(sorted(MONTHS, key=len, reverse=True))})\.?"
    r"(?:\s+(?P<year>20\d\d))?$",
    re.I,
)
COUNTS = dict(
    zip(
        [
            "a",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
        ],
        (1, *range(1, 13)),
        strict=True,
    )
) | {"an": 1}

REFERENCE = re.compile(
    r"^(?:action\s+)?(?P<reference>(?:19|20)\d\d/\d{1,4}|new action \d{1,3})\b\s*(?P<rest>.*)$", re.I
)
VERDICTS = (
    (CLOSED, r"(?:agreed to )?close[ds]?|complete[ds]?|done|discharged"),
    (RETURNED, r"return(?:ed|s)?|more"),
    (RETAINED, r"keep|kept|retain(?:ed|s)?|watch"),
    (NOT_REACHED, r"not reached|carr(?:y|ied)(?: forward| over)?"),
    (REPORTED, r"report(?:ed|s)?|update[ds]?"),
)
VERDICT = [(name, re.compile(rf"^(?:{words})\s*(?:$|:\s*(?P<text>.*)$)", re.I)) for name, words in VERDICTS]
TO_DATE = re.compile(
    r"^(?P<when>(?:to|by|until|till)\s+[^:]+?|next meeting|in \w+ \w+)\s*(?::\s*(?P<text>.*))?$", re.I
)


@dataclass(frozen=True)
class Agreed:
    """What a line may name besides people who are here: posts, earlier actions, the day."""

    date: dt.date | None = None
    printed: Mapping[str, str] = field(default_factory=dict)  # how a voice is printed, by its key
    posts: tuple[Voice, ...] = ()  # of the office's list, by abbreviation or title
    references: Mapping[str, str] = field(default_factory=dict)  # as people write them, in small letters: key

    @property
    def known(self) -> frozenset[str]:
        """The abbreviations of posts, in small letters."""
        return frozenset(post.abbreviation.casefold() for post in self.posts if post.abbreviation)


@dataclass(frozen=True)
class ActionLine:
    """Something that somebody promised: its wording, the key of who owes it, when it is due."""

    text: str
    owner: str
    due: Due | None = None
    short_forms: tuple[Expansion, ...] = ()


@dataclass(frozen=True)
class OutcomeLine:
    """What was agreed on an earlier action, and what was reported; without an outcome, what follows is about it."""

    reference: str
    outcome: str
    due: Due | None = None
    text: str = ""
    short_forms: tuple[Expansion, ...] = ()


@dataclass(frozen=True)
class Unclear:
    """What has to be asked about a line before it can be kept."""

    asks: str
    candidates: tuple[str, ...] = ()
    may_be_words: bool = False


class _NoDay(Exception):
    """What stands for a date is none."""


def read(line: str, agreed: Agreed, cast: Cast, answer: str) -> ActionLine | OutcomeLine | Unclear | None:
    """An action, or an outcome; None for a line that is neither. `answer` is the owner that was chosen."""
    return _outcome(line, agreed) or _action(line, agreed, cast, answer)


def _action(line: str, agreed: Agreed, cast: Cast, answer: str) -> ActionLine | Unclear | None:
    match = ACTION.match(line)
    if not match:
        return _colon_missing(line, agreed, cast)
    head, text = " ".join((match["head"] or "").split()), match["text"].strip()
    if HEADING.match(head):
        return None
    owner, when = _owner(head, agreed, cast)
    if owner is None and (chosen := _named(answer, agreed, cast)):
        owner, when = chosen, _after_stranger(head)
    if owner is None:
        return _ask_owner(head, agreed, cast)
    if not text:
        return Unclear("Enter the action")
    due = _due_or_problem(when, agreed.date)
    if isinstance(due, Unclear):
        return due
    return ActionLine(_wording(text, owner, agreed), owner.key, due)


def _colon_missing(line: str, agreed: Agreed, cast: Cast) -> Unclear | None:
    match = WITHOUT_COLON.match(line)
    if match and _owner(match["head"], agreed, cast)[0] and not is_ordinary(match["head"]):
        return Unclear("Put a colon after who owns this action", may_be_words=True)
    return None


def _owner(head: str, agreed: Agreed, cast: Cast) -> tuple[Voice | None, str]:
    """Who is named first, and the rest of the words before the colon."""
    words = head.split()
    for length in range(min(4, len(words)), 0, -1):
        phrase = " ".join(words[:length]).rstrip(",")
        found = _called(phrase, cast.voices) or _titled(phrase, cast) or _called(phrase, agreed.posts)
        if len(found) == 1:
            return found[0], " ".join(words[length:])
    return None, head


def _called(phrase: str, voices) -> list[Voice]:
    small = phrase.casefold().removeprefix("the ")
    return [one for one in voices if small in (one.abbreviation.casefold(), one.role.casefold()) and small]


def _titled(phrase: str, cast: Cast) -> list[Voice]:
    mention = cast.at_start(phrase.split()) or cast.at_start([phrase.upper()])
    return list(mention.voices) if mention and mention.words == len(phrase.split()) else []


def _named(key: str, agreed: Agreed, cast: Cast) -> Voice | None:
    return cast.named(key) or next((post for post in agreed.posts if post.key == key), None)


def _after_stranger(head: str) -> str:
    """What may be a due date in a head whose owner was chosen: all of it, or what follows the first word."""
    first, _, rest = head.partition(" ")
    return head if first.lower() in ("by", "in", "within", "next", "at", "before", "due") else rest


def _ask_owner(head: str, agreed: Agreed, cast: Cast) -> Unclear | None:
    if len(head.split()) > 8:
        return None  # a sentence that happens to begin with the word
    keys = tuple(one.key for one in (*cast.voices, *agreed.posts))
    return Unclear(WHO_OWNS, keys, may_be_words=True)


def _wording(text: str, owner: Voice, agreed: Agreed) -> str:
    """ "will provide …" is the owner's sentence; "provide …" stands as it was typed."""
    is_sentence = PROMISE.match(text)
    called = agreed.printed.get(owner.key) or f"The {owner.abbreviation or owner.role or owner.name}"
    return f"{called.rstrip(':')} {text}" if is_sentence else text


def _due_or_problem(when: str, date: dt.date | None) -> Due | Unclear | None:
    if not when:
        return None
    try:
        due = read_due(when, date)
    except _NoDay:
        return Unclear(WHEN)
    if due.date and date and due.date < date:
        return Unclear(f"Due date must be the same as or after {day(date)} when the meeting was held")
    return due


def read_due(words: str, date: dt.date | None) -> Due:
    """When something is due: "by 28 oct", "next meeting", "in 3 months". Raises `_NoDay` for anything else."""
    words = words.strip(" ,.")
    if NEXT.match(words):
        return Due(next_meeting=True)
    if match := IN.match(words):
        return Due(_later(date, match["count"].lower(), match["unit"].lower()))
    match = BY.match(words)
    if not match:
        raise _NoDay
    return Due(_on(match["when"], date))


def _later(date: dt.date | None, count: str, unit: str) -> dt.date:
    number = int(count) if count.isdigit() else COUNTS.get(count)
    if date is None or not number:
        raise _NoDay
    if unit in ("day", "week"):
        return date + dt.timedelta(days=number * (7 if unit == "week" else 1))
    year, month = divmod(date.year * 12 + date.month - 1 + number * (12 if unit == "year" else 1), 12)
    return dt.date(year, month + 1, min(date.day, calendar.monthrange(year, month + 1)[1]))


def _on(words: str, date: dt.date | None) -> dt.date:
    """A day, or the last of a month; without a year the first one on or after the meeting."""
    if match := DAY_AND_MONTH.match(words):
        words = f"{match['day']} {calendar.month_abbr[int(match['month'])] if 0 < int(match['month']) < 13 else ''}"
    if match := MONTH.match(words):
        return _end_of(MONTHS[match["month"].lower()], match["year"], date)
    found = read_day(words)
    if found is None or words[: found.span[0]].strip().lower() not in ("", "the"):
        raise _NoDay
    if words[found.span[1] :].strip():
        raise _NoDay
    when = found.on_or_after(date) if date else found.in_year(None)
    if when is None:
        raise _NoDay
    return when


def _end_of(month: int, year: str | None, date: dt.date | None) -> dt.date:
    if year:
        return last_of_month(int(year), month)
    if date is None:
        raise _NoDay
    return last_of_month(date.year + (month < date.month), month)


def _outcome(line: str, agreed: Agreed) -> OutcomeLine | Unclear | None:
    reference, rest = _reference(line, agreed)
    if reference is None:
        return None
    verdict = _verdict(rest, agreed.date)
    if verdict is None:
        return None
    key = agreed.references.get(reference.casefold())
    if key is None:
        return Unclear(f"{reference} {NOT_CARRIED}", may_be_words=True)
    if isinstance(verdict, Unclear):
        return verdict
    name, due, text = verdict
    return OutcomeLine(key, name, due, " ".join(text.split()))


def _reference(line: str, agreed: Agreed) -> tuple[str | None, str]:
    """The reference that opens a line: one that is carried here, or what is written like one."""
    plain = re.sub(r"^action\s+(?!\d+\b\s*:)", "", line, flags=re.I)
    for reference in sorted(agreed.references, key=len, reverse=True):
        for candidate in (plain, line):
            after = candidate[len(reference) :]
            if candidate.casefold().startswith(reference) and not after[:1].isalnum():
                return candidate[: len(reference)], after.strip()
    match = REFERENCE.match(line)
    return (match["reference"], match["rest"]) if match else (None, "")


def _verdict(rest: str, date: dt.date | None) -> tuple[str, Due | None, str] | Unclear | None:
    if rest.startswith(":"):
        told = rest[1:].strip()
        return (REPORTED, None, told) if told else (SPOKEN_OF, None, "")
    for name, pattern in VERDICT:
        if match := pattern.match(rest):
            return name, None, match["text"] or ""
    match = TO_DATE.match(rest)
    if not match:
        return None
    due = _due_or_problem(match["when"], date)
    return due if isinstance(due, Unclear) else (NEW_DATE, due, match["text"] or "")
