"""How dates and times are written for people, and how what people write is read.

Dates are "24 September 2020", never "24th"; times are "10am", "5:30pm", "midday".
Reading is generous, because the same time is written in ten ways; it never guesses
between morning and afternoon.
"""

import datetime as dt
import re

from django.utils import timezone

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
SHORT_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def local(moment: dt.date) -> dt.date:
    """The office's own date and time of an instant; plain dates and times stay as they are."""
    if isinstance(moment, dt.datetime) and timezone.is_aware(moment):
        return timezone.localtime(moment)
    return moment


def day(date: dt.date) -> str:
    """24 September 2020"""
    date = local(date)
    return f"{date.day} {MONTHS[date.month - 1]} {date.year}"


def weekday_day(date: dt.date) -> str:
    """Thursday 24 September 2020"""
    date = local(date)
    return f"{WEEKDAYS[date.weekday()]} {day(date)}"


def short_day(date: dt.date) -> str:
    """24 Sept 2020, for tables"""
    date = local(date)
    return f"{date.day} {SHORT_MONTHS[date.month - 1]} {date.year}"


def month(date: dt.date) -> str:
    """September 2020"""
    date = local(date)
    return f"{MONTHS[date.month - 1]} {date.year}"


def day_range(first: dt.date, last: dt.date) -> str:
    """24 to 26 September 2020; what both days share is said once."""
    first, last = local(first), local(last)
    if (first.year, first.month, first.day) == (last.year, last.month, last.day):
        return day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {day(last)}"
    if first.year == last.year:
        return f"{first.day} {MONTHS[first.month - 1]} to {day(last)}"
    return f"{day(first)} to {day(last)}"


def clock(time: dt.time | dt.datetime) -> str:
    """10am, 5:30pm, midday, midnight"""
    if isinstance(time, dt.datetime):
        time = local(time).time()
    if (time.hour, time.minute) in {(0, 0), (12, 0)}:
        return "midday" if time.hour else "midnight"
    minutes = f":{time.minute:02}" if time.minute else ""
    return f"{time.hour % 12 or 12}{minutes}{'am' if time.hour < 12 else 'pm'}"


def clock_range(start: dt.time, end: dt.time | None) -> str:
    """10am to 11:30am; only the start where no end is known"""
    return f"{clock(start)} to {clock(end)}" if end else clock(start)


def moment(instant: dt.datetime) -> str:
    """24 September 2020 at 9:32am"""
    return f"{day(instant)} at {clock(instant)}"


def read_month(text: str) -> int | None:
    """The number of a month written as 9, 09, sep, sept or September; None if it is none."""
    text = text.strip().rstrip(".").lower()
    if text.isascii() and text.isdigit():
        return int(text) if 1 <= int(text[:3]) <= 12 else None
    if len(text) < 3:
        return None
    return next((number for number, name in enumerate(MONTHS, 1) if name.lower().startswith(text)), None)


NAMED_TIMES = {"midday": dt.time(12), "noon": dt.time(12), "midnight": dt.time(0)}
WRITTEN_TIME = re.compile(
    r"""(?P<hour>\d{1,2}) (?: (?: \s?[:.,h]\s? )? (?P<minute>\d{2}) (?: :00 )? )?
        \s* (?P<half>[ap]\.?\s?m\.?)? \s* (?:hrs?|hours|o'clock)? \.?""",
    re.VERBOSE | re.ASCII,
)


def read_clock(text: str) -> dt.time | None:
    """The time that was written, or None if it is no time or could be morning or afternoon.

    Understands 10am, 10 am, 10.30, 14:00hrs, 13.30pm, 1000, 2 p.m., midday. A bare "9:30"
    is half past nine in the morning, as offices meet; "2:30" says neither and is not read.
    """
    text = " ".join(text.lower().replace("’", "'").split())
    if name := re.fullmatch(r"(?:12(?:[:.]00)? ?)?(midday|noon|midnight)", text):
        return NAMED_TIMES[name[1]]
    if not (written := WRITTEN_TIME.fullmatch(text)):
        return None
    hour, minute = int(written["hour"]), int(written["minute"] or 0)
    half = (written["half"] or "")[:1]
    is_full_clock = written["hour"].startswith("0") or hour > 12
    if not half and not is_full_clock and (hour < 7 or (text.isdigit() and len(text) < 3)):
        return None
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    elif half == "a":
        return None
    return dt.time(hour, minute) if hour < 24 and minute < 60 else None
