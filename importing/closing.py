"""The last item: when, where and about what the next meeting is."""

import datetime as dt
import re

from importing.findings import Findings
from importing.pages import Line
from meetings.reading.dates import Day, read_day, read_times
from publications.notes import NextMeeting
from web.dates import WEEKDAYS
from web.dates import day as day_in_words

TYPE_AND_SUBJECT = re.compile(
    r"(?P<type>.+?)(?:\s+(?:on|about|re|regarding|looking at|focusing on)\s+(?:the topic of\s+)?|\s*[–—:]\s+|\s+-\s+)(?P<subject>\S.*)"
)
LABEL = re.compile(
    r"(?:date|time|venue|location|type|meeting type|place|theme|subject|topic)(?: and time)?\s*:\s*", re.I
)
OPEN = re.compile(r"(?:date )?(?:to be (?:confirmed|arranged|agreed|advised)|tbc|tba)", re.I)
LEFT_OVER = " ,;:-–—"
JOINER = re.compile(
    r"^(?:(?:at|in|from|on|the)\b\s*)+|(?:\s*\b(?:at|in|from|on|the|be held|is|held))+$", re.I
)


def read_next_meeting(lines: list[Line], meeting_date: dt.date | None, findings: Findings) -> NextMeeting:
    """The next meeting by the lines below its heading, which it keeps as they are."""
    found = NextMeeting(as_written="\n".join(line.text for line in lines))
    for line in lines:
        _read_line(line, found, meeting_date, findings)
    if not found.date:
        findings.doubt(
            "next-date", "Next meeting", "No date was found for the next meeting.", lines[0].number
        )
    return found


def _read_line(line: Line, found: NextMeeting, meeting_date: dt.date | None, findings: Findings) -> None:
    """Take date, time, type and venue out of one line, as far as they are still missing."""
    label = LABEL.match(line.text)
    name = label.group().rstrip(": ").lower() if label else ""
    words = line.text[label.end() :] if label else line.text
    day = read_day(words)
    if day and not found.date_as_written:
        found.date_as_written = line.text
        found.date = _date(day, meeting_date, line, findings)
        words = f"{words[: day.span[0]]} | {words[day.span[1] :]}"
    times = None if found.start else read_times(words)
    if times:
        found.start = times.start
        words = f"{words[: times.span[0]]} | {words[times.span[1] :]}"
        if not day and found.date_as_written:
            found.date_as_written += f", {line.text}"
    for piece in words.split("|"):
        _place(_bare(piece), name, found)


def _bare(piece: str) -> str:
    return JOINER.sub("", piece.strip(LEFT_OVER)).strip(LEFT_OVER)


def _place(words: str, label: str, found: NextMeeting) -> None:
    """What is neither date nor time: before the date it is the type, after it the venue."""
    if not words or OPEN.fullmatch(words):
        return
    if label in ("theme", "subject", "topic"):
        found.subject = found.subject or words
    elif label in ("venue", "location", "place") or (found.date and "type" not in label):
        found.venue = found.venue or words
    elif not found.type:
        match = TYPE_AND_SUBJECT.fullmatch(words)
        found.type, found.subject = (match["type"], match["subject"]) if match else (words, found.subject)
    elif not found.subject:
        found.subject = words


def _date(day: Day, meeting_date: dt.date | None, line: Line, findings: Findings) -> dt.date | None:
    date = day.on_or_after(meeting_date) if meeting_date else day.in_year(None)
    if not date:
        findings.doubt(
            "next-date",
            "Next meeting",
            f"The date “{line.text}” is not in the calendar or has no year.",
            line.number,
        )
        return None
    if not day.year:
        findings.remark(
            "next-year",
            "Next meeting",
            f"The date has no year; {day_in_words(date)} is the first one after this meeting.",
            line.number,
        )
    if day.weekday is not None and date.weekday() != day.weekday:
        findings.blocker(
            "next-weekday",
            "Next meeting",
            f"{day_in_words(date)} is a {WEEKDAYS[date.weekday()]} and the notes say {WEEKDAYS[day.weekday]}.",
            line.number,
        )
    if meeting_date and date <= meeting_date:
        findings.blocker(
            "next-before-this",
            "Next meeting",
            f"The next meeting, {day_in_words(date)}, is not after this one.",
            line.number,
        )
    return date
