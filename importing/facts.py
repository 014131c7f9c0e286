"""When and where the meeting was, who chaired and who took the minutes."""

import datetime as dt
import re
import uuid

from importing.findings import Findings
from importing.header import Header
from meetings.reading.dates import Day, in_year, read_day, read_month, read_times, read_year
from publications.notes import Attendee, MeetingFacts
from web.dates import WEEKDAYS, month
from web.dates import day as day_in_words

NAMESPACE = uuid.UUID("6f2c6a2e-3f0e-4f0c-9d55-0b5a2f1f7a11")
MONTH_OR_DASH = re.compile(
    r"\s*(?:[-–—:|,]\s|\b(?:meeting )?(?:notes|minutes)\b|\b(?:\d{1,2}(?:st|nd|rd|th)?\s+)?(?:january|february|march|april|may|june|july"
    r"|august|september|october|november|december)\b|\b(?:19|20)\d\d\b).*$",
    re.I,
)
OF_NOTES = re.compile(
    r"^(?:the\s+)?(?:draft\s+)?(?:meeting\s+)?(?:notes|minutes|record|note)\s+(?:of|from)\s+(?:the\s+|a\s+)?",
    re.I,
)


def meeting_facts(text: str, header: Header, people: list[Attendee], findings: Findings) -> MeetingFacts:
    """The facts at the top, with a finding for each that is missing, contradicts itself or was inferred."""
    values = header.values
    written = ", ".join(values[name] for name in ("date", "time") if values.get(name))
    date, times = _date(header, findings), _times(values)
    facts = MeetingFacts(
        id=str(uuid.uuid5(NAMESPACE, text.encode("utf-8", "replace").decode())),
        type=meeting_type(header.title),
        title=header.title,
        date=date,
        date_as_written=written or None,
        start=times.start if times else None,
        end=times.end if times else None,
        venue=values.get("venue") or None,
    )
    if not header.title:
        findings.doubt("no-title", "The table at the top", "No title was found above the table.", 1)
    _name_chair(facts, header, people, findings)
    _name_minute_taker(facts, header, people, findings)
    return facts


def meeting_type(title: str) -> str:
    """The type that a title names: what stands before its month, dash or "Notes"."""
    title = OF_NOTES.sub("", title)
    return MONTH_OR_DASH.sub("", title).strip(" -–—:|,") or title


def _times(values: dict[str, str]):
    """From when until when, by the line for the time or by that for the date."""
    for name in ("time", "date"):
        words = values.get(name, "")
        day = read_day(words)
        words = f"{words[: day.span[0]]} {words[day.span[1] :]}" if day else words
        times = read_times(words)
        if times:
            return times
    return None


def _date(header: Header, findings: Findings) -> dt.date | None:
    words, line = header.values.get("date", ""), header.at.get("date")
    day = read_day(words)
    if not day:
        day_of_title = read_day(header.title)
        said = f"The date “{words}” could not be read." if words else "No date was found at the top."
        date = day_of_title.in_year(None) if day_of_title else None
        if date:
            findings.doubt(
                "date-from-title", "Date", f"{said} {day_in_words(date)} came from the title.", line
            )
        else:
            findings.blocker("no-date", "Date", f"{said} Enter the date of the meeting.", line)
        return date
    return _checked(day, words, header.title, line, findings)


def _checked(day: Day, words: str, title: str, line: int | None, findings: Findings) -> dt.date | None:
    year_of_title = read_year(title)
    date = day.in_year(year_of_title)
    if not date:
        missing = (
            "has no year, and the title has none either"
            if not (day.year or year_of_title)
            else "is not in the calendar"
        )
        findings.blocker(
            "no-date", "Date", f"The date “{words}” {missing}. Enter the date of the meeting.", line
        )
        return None
    from_title = f"the year {date.year} came from the title" if not day.year else ""
    if day.weekday is not None and date.weekday() != day.weekday:
        findings.blocker("weekday", "Date", _weekday_sentence(day, date, from_title), line)
    elif from_title:
        findings.remark("year-from-title", "Date", f"The date line has no year; {from_title}.", line)
    _compare_with_title(date, title, line, findings)
    return date


def _weekday_sentence(day: Day, date: dt.date, from_title: str) -> str:
    said = f"{day_in_words(date)} was a {WEEKDAYS[date.weekday()]} and the notes say {WEEKDAYS[day.weekday]}"
    years = [
        year
        for year in (date.year - 1, date.year + 1)
        if (other := in_year(date, year)) and other.weekday() == day.weekday
    ]
    fitting = f" ({years[0]} would fit)" if years else ""
    return f"{said}; {from_title}{fitting}." if from_title else f"{said}{fitting}."


def _compare_with_title(date: dt.date, title: str, line: int | None, findings: Findings) -> None:
    named = read_month(title)
    if named and named != (date.year, date.month):
        findings.doubt(
            "month-of-title",
            "Date",
            f"The title says {month(dt.date(*named, 1))}, but the meeting was on {day_in_words(date)}.",
            line,
        )


def _name_chair(facts: MeetingFacts, header: Header, people: list[Attendee], findings: Findings) -> None:
    words, line = header.values.get("chair", ""), header.at.get("chair")
    chairs = _meant(words, people)
    for person in chairs:
        person.chair = True
    if words and words not in _plain_names(chairs):
        facts.chair_as_written = words
    if not words:
        findings.blocker("no-chair", "Chair", "The notes do not say who chaired the meeting.", line)
    elif not chairs:
        findings.blocker(
            "chair-not-present",
            "Chair",
            f"“{words}” chaired the meeting but is not in the attendance list.",
            line,
        )


def _name_minute_taker(
    facts: MeetingFacts, header: Header, people: list[Attendee], findings: Findings
) -> None:
    words, line = header.values.get("minutes", ""), header.at.get("minutes")
    takers = _meant(words, people)
    for person in takers:
        person.minute_taker = True
    if words and words not in _plain_names(takers):
        facts.minutes_as_written = words
    if words and not takers:
        findings.doubt(
            "minute-taker-not-present",
            "Minutes",
            f"“{words}” took the minutes but is not in the attendance list.",
            line,
        )


def _plain_names(people: list[Attendee]) -> list[str]:
    names = [person.name or "" for person in people]
    return [" and ".join(names), ", ".join(names)]


def _meant(words: str, people: list[Attendee]) -> list[Attendee]:
    """Whom a line of the header names: by their names, else by abbreviation or role."""
    named = [person for person in people if person.name and _holds(words, person.name)]
    if named or not words:
        return named
    by_title = [
        person
        for person in people
        if any(_holds(words, title) for title in (person.abbreviation, person.role) if title)
    ]
    return (
        by_title[:1]
        if len(by_title) == 1
        else [person for person in by_title if words in (person.abbreviation, person.role)][:1]
    )


def _holds(words: str, name: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", words, re.I))
