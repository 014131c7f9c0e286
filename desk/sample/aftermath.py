"""What happens to the sample's actions between the meetings."""

from dataclasses import dataclass

from actions.models import EventKind
from desk.sample.papers import WAITS


@dataclass(frozen=True)
class Later:
    """An event some days after a meeting.

    `weeks` is the new due date, counted from the event; `instead` the action that takes its place, `to_body` who takes it over;
    `public` what the public is told of why; `shows` the paper that the force sends with it, its name and its lines.
    """

    tag: str
    meeting: str
    days: int
    kind: str
    text: str
    weeks: int = 0
    instead: str = ""
    to_body: str = ""
    public: str = ""
    shows: tuple[str, list[str]] | None = None


UPDATE, PROPOSED, CLOSED, RETURNED = (
    EventKind.UPDATE,
    EventKind.PROPOSED,
    EventKind.CLOSED,
    EventKind.RETURNED,
)
MOVED, WITHDRAWN = EventKind.DUE_MOVED, EventKind.WITHDRAWN
DATE_ASKED = EventKind.DATE_PROPOSED
SUPERSEDED, TRANSFERRED = EventKind.SUPERSEDED, EventKind.TRANSFERRED

AFTERMATH = [
    Later(
        "da-weekend",
        "monthly-02",
        20,
        CLOSED,
        "The figures show a clear improvement since the shifts were changed",
    ),
    Later(
        "da-suspects",
        "monthly-03",
        20,
        WITHDRAWN,
        "The figure is now part of the force’s monthly performance pack",
    ),
    Later(
        "rural-callbacks",
        "monthly-05",
        20,
        PROPOSED,
        "The share has stayed above 80 per cent for three months",
    ),
    Later(
        "rural-callbacks",
        "monthly-05",
        24,
        CLOSED,
        "Callers are rung back, as was promised",
        public="Four of five callers have been rung back within two working days since the spring.",
    ),
    Later(
        "public-office",
        "public-01",
        30,
        PROPOSED,
        "Days and hours are on the force’s website and on the library’s door",
    ),
    Later(
        "public-office",
        "public-01",
        37,
        CLOSED,
        "The hours are published",
        public="The days and hours are on the library’s door and on the force’s website.",
    ),
    Later(
        "wellbeing-wait",
        "thematic-01",
        60,
        UPDATE,
        "The wait fell from seven weeks to six. A second counsellor starts next month",
    ),
    Later("wellbeing-wait", "thematic-01", 82, MOVED, "The second counsellor started two months late", 10),
    Later("wellbeing-wait", "thematic-01", 150, MOVED, "One of the two counsellors has left", 8),
    Later("wellbeing-wait", "thematic-01", 190, UPDATE, "The wait is five weeks"),
    Later("search-sample", "monthly-07", 20, CLOSED, "The doubled sample confirms the first one"),
    Later(
        "rural-kennels",
        "thematic-02",
        40,
        SUPERSEDED,
        "Now part of the yearly report on the cost of wildlife crime",
        instead="rural-costs",
    ),
    Later(
        "public-cameras",
        "public-02",
        50,
        TRANSFERRED,
        "Cameras are the partnership’s own work from this year on",
        to_body="Marlshire Road Safety Partnership",
    ),
    Later(
        "mh-waits",
        "monthly-09",
        20,
        UPDATE,
        "The night staffing began on time. Figures for the first quarter follow",
    ),
    Later(
        "mh-waits",
        "monthly-13",
        24,
        PROPOSED,
        "Figures for two quarters were sent. Waits of more than four hours fell from 41 to 12",
        shows=WAITS,
    ),
    Later("custody-children", "monthly-11", 16, PROPOSED, "The list of all children held overnight was sent"),
    Later(
        "custody-children",
        "monthly-11",
        21,
        RETURNED,
        "The list leaves out the children who were held at the two smaller stations",
    ),
    Later("burglary-video", "monthly-11", 16, MOVED, "The aim of three days needs the new collection van", 5),
    Later("da-orders", "monthly-12", 15, MOVED, "The shared service began six weeks late", 4),
    Later(
        "roads-laboratory",
        "thematic-03",
        62,
        PROPOSED,
        "A paper with the costs and the likely effect was sent",
    ),
    Later(
        "vawg-stalking",
        "monthly-12",
        50,
        DATE_ASKED,
        "The auditor begins a month later than was planned",
        8,
    ),
    Later("retail-treatment", "monthly-13", 9, UPDATE, "Five of the nine are still in treatment"),
    Later("response-night", "monthly-13", 20, UPDATE, "Figures for the first three weeks were sent"),
]
