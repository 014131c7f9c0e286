"""Days and times as people write them: "Tuesday 24th September, 10 am", "14:00-17:00"."""

import calendar
import datetime as dt
import re
from dataclasses import dataclass

MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
MONTHS |= {name[:3].lower(): number for name, number in list(MONTHS.items())} | {"sept": 9}
WEEKDAYS = {name.lower(): number for number, name in enumerate(calendar.day_name)}
WEEKDAYS |= {name[:3]: number for name, number in list(WEEKDAYS.items())} | {
    "tues": 1,
    "weds": 2,
    "thur": 3,
    "thurs": 3,
}


def _any_of(names) -> str:
    return "|".join(sorted(names, key=len, reverse=True))


_MONTH = rf"(?P<month>{_any_of(MONTHS)})\.?"
_WEEKDAY = rf"(?:(?P<weekday>{_any_of(WEEKDAYS)})\.?\b,?\s+(?:the\s+)?)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
IN_WORDS = re.compile(
    rf"\b{_WEEKDAY}(?P<day>\d{{1,2}})\s?(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}(?![a-z])(?:,?\s+{_YEAR}\b)?",
    re.I,
)
MONTH_FIRST = re.compile(
    rf"\b{_WEEKDAY}{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?!:)(?:,?\s+{_YEAR}\b)?", re.I
)
IN_FIGURES = re.compile(
    rf"\b{_WEEKDAY}(?P<day>\d{{1,2}})[/.](?P<month>\d{{1,2}})[/.](?P<year>\d{{4}}|\d\d)\b", re.I
)
ISO = re.compile(r"\b(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)\b")
MONTH_AND_YEAR = re.compile(rf"\b{_MONTH},?\s+{_YEAR}\b", re.I)

_HOUR = r"(?:[01]?\d|2[0-4])"
_HALF = r"[ap]\.?\s?m\b\.?"
_TIME = rf"(?:{_HOUR}\s?[:.]\s?[0-5]\d|{_HOUR}(?:[0-5]\d)?)\s?(?:{_HALF}|hrs?\b|hours\b|h\b)?|noon|midday|midnight"
TIMES = re.compile(
    rf"(?<![\d/.:])(?P<start>{_TIME})(?:\s*(?:-|–|—|to|until)\s*(?P<end>{_TIME}))?(?![\d/])", re.I
)
CLOCK = re.compile(r"(?P<hour>\d{1,2})\s?(?:[:.]\s?)?(?P<minute>[0-5]\d)?\s?(?P<half>[ap])?", re.I)
IN_NAMES = {"noon": "12:00", "midday": "12:00", "midnight": "00:00"}


@dataclass(frozen=True)
class Day:
    """A day as written: what it says, and where in the text it says it."""

    day: int
    month: int
    year: int | None
    weekday: int | None  # Monday is 0
    span: tuple[int, int]

    def in_year(self, year: int | None) -> dt.date | None:
        """The date, in its own year or else in this one; None when there is no such day."""
        try:
            return dt.date(self.year or year or 0, self.month, self.day)
        except ValueError:
            return None

    def on_or_after(self, earliest: dt.date) -> dt.date | None:
        """The date, without a year of its own the first one from `earliest` on."""
        if self.year:
            return self.in_year(None)
        dates = (self.in_year(year) for year in range(earliest.year, min(earliest.year + 9, 9999)))
        return next((date for date in dates if date and date >= earliest), None)


@dataclass(frozen=True)
class Times:
    """A time, or from when until when, as "14:00"."""

    start: str
    end: str | None
    span: tuple[int, int]


def read_day(text: str) -> Day | None:
    """The first day that the text names."""
    found = [match for pattern in (ISO, IN_FIGURES, IN_WORDS, MONTH_FIRST) if (match := pattern.search(text))]
    return _day(min(found, key=lambda match: match.start())) if found else None


def read_month(text: str) -> tuple[int, int] | None:
    """The first year and month that the text names, such as "September 2020"."""
    match = MONTH_AND_YEAR.search(text)
    return (int(match["year"]), MONTHS[match["month"].lower()]) if match else None


def read_year(text: str) -> int | None:
    """The year of a title, when it names exactly one."""
    years = {int(year) for year in re.findall(r"\b(?:19|20)\d\d\b", text)}
    return years.pop() if len(years) == 1 else None


def read_times(text: str) -> Times | None:
    """The first time of day in a text that holds no date any more.

    A bare number is no time, unless the other end of a range says what it is: "2-4pm".
    """
    for match in TIMES.finditer(text):
        if _says_time(match["start"]) or (match["end"] and _says_time(match["end"])):
            times = _times(match)
            if times:
                return times
    return None


def in_year(date: dt.date, year: int) -> dt.date | None:
    """The same day of another year; None for a 29 February that it does not have."""
    try:
        return date.replace(year=year)
    except ValueError:
        return None


def last_of_month(year: int, month: int) -> dt.date:
    """The day that "by the end of October" means."""
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def _day(match: re.Match) -> Day:
    parts = match.groupdict()
    month = parts["month"].lower()
    year = int(parts["year"]) if parts["year"] else None
    if year is not None and year < 100:
        year += 2000
    return Day(
        day=int(parts["day"]),
        month=MONTHS.get(month) or int(month),
        year=year,
        weekday=WEEKDAYS.get((parts.get("weekday") or "").lower()),
        span=match.span(),
    )


def _says_time(words: str) -> bool:
    """Whether this could be nothing but a time: it has minutes, a half of the day or a name."""
    return bool(re.search(r"[:.]\s?\d\d|[a-z]", words, re.I))


def _times(match: re.Match) -> Times | None:
    half = re.search(r"[ap](?=\.?\s?m)", match["end"] or "", re.I)
    start, end = _clock(match["start"]), _clock(match["end"])
    if start and end and half and not re.search(r"[a-z]", match["start"], re.I):
        shared = _clock(match["start"] + half.group() + "m")
        start = shared if shared and shared <= end else start
    return Times(start, end, match.span()) if start else None


def _clock(words: str | None) -> str | None:
    if not words:
        return None
    if words.lower() in IN_NAMES:
        return IN_NAMES[words.lower()]
    match = CLOCK.match(words)
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    half = (match["half"] or "").lower()
    if half == "p" and hour < 12:
        hour += 12
    if half == "a" and hour == 12:
        hour = 0
    return f"{hour:02}:{minute:02}" if hour < 24 else None
