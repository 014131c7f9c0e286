"""Lines that give the notes their shape: labels, numbers, "None", "Action arising"."""

import re

NONE = re.compile(r"none\.?", re.I)

# Of the table at the top, by what they stand for.
HEADER_LABELS = {
    "title": r"meeting(?: title| name)?|title",
    "date": r"date(?: of (?:the )?meeting)?|meeting date|date (?:and|/|&) time|when",
    "time": r"time(?: of (?:the )?meeting)?|start time|start|times?",
    "chair": r"chairs?|chaired by|chair ?(?:person|man|woman)|in the chair",
    "minutes": r"minutes|minute[ -]?taker|minuted by|minutes (?:taken )?by|notes|note[ -]?taker|notes (?:taken )?by|secretary|secretariat",
    "venue": r"venue|location|place|where|held at",
}
HEADER_LABELS = {
    name: re.compile(rf"(?P<label>{pattern})\s*(?:$|:\s*(?P<value>.*)$)", re.I)
    for name, pattern in HEADER_LABELS.items()
}
UNKNOWN_LABEL = re.compile(r"[A-Z][A-Za-z /&-]{1,30}:(?:\s|$)")

PRESENT = re.compile(
    r"(?:attendance|attendees|(?:those |members |also |officers )?present|(?:also )?in attendance|participants)\s*(?:$|:\s*(?P<value>.*)$)",
    re.I,
)
APOLOGIES = re.compile(
    r"(?:apologies(?: for absence| received)?|absent|not present)\s*(?:$|:\s*(?P<value>.*)$)", re.I
)
NAME_COLUMN = re.compile(r"names?\s*:?", re.I)
CAPACITY_COLUMN = re.compile(
    r"(?:capacity|capacities|roles?|position|job title|title|organisation|representing)\s*:?", re.I
)
BOTH_COLUMNS = re.compile(
    r"names?:?\s+(?:capacity|role|position|job title|title|organisation|representing)\s*:?", re.I
)

_NESTED = r"\d{1,3}(?:\.\d{1,2}){1,2}"
_OTHER = r"(?:agenda )?item\s+\d{1,3}(?:\.\d{1,2})?|ref:?\s+[\w/.-]*\d[\w/.-]*|\d{1,3}/\d{2,4}"
# A number that stands alone on its line, and one in front of its title.
STRANDED_NUMBER = re.compile(rf"(?P<label>\d{{1,3}}[.)]|{_NESTED}[.)]?|(?:{_OTHER})[.:]?)", re.I)
BARE_NUMBER = re.compile(r"\d{1,2}")
NUMBER_AND_TITLE = re.compile(
    rf"(?P<label>\d{{1,3}}[.)]|{_NESTED}[.)]?|(?:{_OTHER})[.:]?|\d{{1,2}}(?=\s+(?-i:[A-Z])))\s+(?:[-–—:]\s+)?(?P<title>\S.*)",
    re.I,
)

FIRST_NUMBER_AND_TITLE = re.compile(r"1(?:[.)]|\.1)\s+[A-Z]")

_ORIGIN = (
    r"(?:arising|agreed|carried (?:over|forward)|brought forward|outstanding|taken|recorded|raised|set|made)"
)
ACTION_HEADING = re.compile(
    rf"(?:(?:new|open|outstanding|previous|further|agreed) )?actions?(?: points?)?(?:\s+{_ORIGIN}\b[^.:]{{0,120}}|\s+from\b[^.:]{{0,120}})?\s*:?",
    re.I,
)
ACTION_AND_TEXT = re.compile(
    rf"(?P<heading>(?:new )?action(?: point)?s?(?:\s+(?:no\.?\s*|ref\.?\s*|number\s*)?(?P<reference>[\w/.-]*\d[\w/.-]*|XX))?(?:\s+{_ORIGIN}\b[^.:]{{0,120}})?\s*[:–—-])\s+(?P<text>\S.*)",
    re.I,
)
CARRIED = re.compile(
    r"\bfrom (?:the )?(?P<origin>.+?)\s*:?$|\b(?:carried (?:over|forward)|brought forward|outstanding|previous)\b",
    re.I,
)


def header_label(text: str) -> tuple[str, str] | None:
    """What a line of the header is a label of, and the value on the same line."""
    for name, pattern in HEADER_LABELS.items():
        match = pattern.match(text)
        if match:
            return name, match["value"] or ""
    return None


def attendance_label(text: str) -> tuple[str, str] | None:
    """ "present" or "apologies" where a line heads a list of people, and what follows on the line."""
    for status, pattern in (("present", PRESENT), ("apologies", APOLOGIES)):
        match = pattern.fullmatch(text)
        if match:
            return status, match["value"] or ""
    return None


def is_none(text: str) -> bool:
    """Whether a line says that there was nothing."""
    return bool(NONE.fullmatch(text))
