"""The log over time, in figures: what was opened and closed, how long it took, what is late.

Everything is worked out from the events, by the day on which each counts. An ending that was opened again on
the same day was a slip and counts as neither. Actions that were not sent yet are not counted.
"""

import datetime as dt
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from django.db.models import Q, QuerySet

from actions.log import Facts, facts_of
from actions.models import ENDED, Action, ActionEvent, EventKind
from actions.timing import Diary, Timing
from web.dates import SHORT_MONTHS

QUARTERS = 8
BANDS = [("Up to 30 days", 30), ("31 to 60 days", 60), ("61 to 90 days", 90), ("More than 90 days", None)]
FEW = 5
DATED = (EventKind.AGREED, EventKind.DUE_SET, EventKind.DUE_MOVED)


@dataclass
class Life:
    """What became of one action, by days."""

    facts: Facts
    opened_on: dt.date
    ended: list[dt.date] = field(default_factory=list)
    reopened: list[dt.date] = field(default_factory=list)
    closed_on: dt.date | None = None  # accepted as done, and not opened again
    dues: list[tuple[dt.date, dt.date | None]] = field(default_factory=list)  # from which day, due when

    def is_open(self, on: dt.date) -> bool:
        """At the end of that day."""
        if on < self.opened_on:
            return False
        return sum(day <= on for day in self.ended) <= sum(day <= on for day in self.reopened)

    def is_overdue(self, on: dt.date) -> bool:
        place = bisect_right([since for since, _ in self.dues], on)
        due = self.dues[place - 1][1] if place else None
        return due is not None and due < on and self.is_open(on)

    @property
    def days_to_close(self) -> int | None:
        return (self.closed_on - self.opened_on).days if self.closed_on else None


@dataclass(frozen=True)
class Bar:
    """A number with its words, and how long its bar is, of 100."""

    number: int
    words: str
    width: float = 0
    kind: str = "first"


@dataclass(frozen=True)
class Line:
    """A row of a picture: its name, its bars, and numbers without a bar."""

    name: str
    bars: list[Bar]
    numbers: list[int | str] = field(default_factory=list)


@dataclass(frozen=True)
class Picture:
    """A table that can be looked at: what it shows in a sentence, its rows, and how much it rests on."""

    key: str
    headline: str
    about: str
    columns: list[str]
    lines: list[Line]
    based_on: int

    @property
    def rows(self) -> list[tuple[Line, list[tuple[str, int | str]]]]:
        """Each line with its numbers, and what each of them is the number of."""
        return [(line, list(zip(self.columns[2:], line.numbers, strict=True))) for line in self.lines]

    @property
    def basis(self) -> str:
        counted = f"Based on {self.based_on} action{'' if self.based_on == 1 else 's'}"
        return f"{counted}: too few to conclude from." if 0 < self.based_on < FEW else f"{counted}."


def pictures(actions: QuerySet[Action], diary: Diary) -> list[Picture]:
    """Every picture of these actions; two queries, however many there are."""
    lives = lives_of(actions, diary)
    first = min((life.opened_on for life in lives), default=diary.today)
    spans = [span for span in quarters(diary.today) if span.last >= first]
    return [
        opened_and_closed(lives, spans),
        time_to_close(lives, spans),
        open_by_owner(lives, diary),
        dates_moved(lives),
        overdue_over_time(lives, spans, diary),
        by_year(lives, diary.today),
    ]


# --- What became of each action ----------------------------------------------------------------------


def lives_of(actions: QuerySet[Action], diary: Diary) -> list[Life]:
    """The lives of the actions that have a reference."""
    facts = {one.pk: one for one in facts_of(actions.exclude(reference=None))}
    told = ActionEvent.objects.filter(Q(kind__in=DATED) | Q(kind=EventKind.REOPENED) | Q(to_state__in=ENDED))
    events = defaultdict(list)
    names = ("action", "kind", "on", "to_state", "to_due_on", "to_due_next")
    for pk, *event in told.order_by("pk").values_list(*names):
        events[pk].append(event)
    return [_life(facts[pk], told, diary) for pk, told in events.items() if pk in facts]


def _life(facts: Facts, events: list, diary: Diary) -> Life:
    life = Life(facts, opened_on=events[0][1])
    for kind, on, to_state, due_on, due_next in events:
        if kind in DATED:
            life.dues.append((on, diary.next_day(facts.source.type_id, on) if due_next else due_on))
        if to_state in ENDED:
            life.ended.append(on)
            life.closed_on = on if kind == EventKind.CLOSED else None
        elif kind == EventKind.REOPENED:
            life.closed_on = None
            # Undone at once: neither happened.
            life.ended.remove(on) if on in life.ended else life.reopened.append(on)
    life.dues.sort(key=lambda one: one[0])
    return life


# --- Spans of time -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Span:
    """From one day to another, both included."""

    name: str
    first: dt.date
    last: dt.date

    def count(self, days: Iterable[dt.date | None]) -> int:
        return sum(self.first <= day <= self.last for day in days if day)


def quarters(today: dt.date, count: int = QUARTERS) -> list[Span]:
    """The last quarters, this one included and the newest last."""
    month = today.year * 12 + (today.month - 1) // 3 * 3
    starts = [dt.date(*_month(month + 3 * (place + 1 - count))) for place in range(count + 1)]
    return [
        Span(
            f"{SHORT_MONTHS[first.month - 1]} to {SHORT_MONTHS[first.month + 1]} {first.year}",
            first,
            min(after - dt.timedelta(days=1), today),
        )
        for first, after in pairwise(starts)
    ]


def _month(months: int) -> tuple[int, int, int]:
    return months // 12, months % 12 + 1, 1


def years(first: dt.date, today: dt.date) -> list[Span]:
    """Reporting years, April to March, from the one of a day until this one."""
    begins = range(_year(first), _year(today) + 1)
    return [Span(f"{year} to {year + 1}", dt.date(year, 4, 1), dt.date(year + 1, 3, 31)) for year in begins]


def _year(day: dt.date) -> int:
    return day.year if day.month >= 4 else day.year - 1


# --- The pictures ------------------------------------------------------------------------------------


def opened_and_closed(lives: list[Life], spans: list[Span]) -> Picture:
    opened = [span.count(life.opened_on for life in lives) for span in spans]
    ended = [span.count(day for life in lives for day in life.ended) for span in spans]
    again = [span.count(day for life in lives for day in life.reopened) for span in spans]
    left = [sum(life.is_open(span.last) for life in lives) for span in spans]
    most = max([*opened, *ended, 1])
    lines = [
        Line(span.name, [_bar(one, "opened", most), _bar(two, "closed", most, "second")], [three, four])
        for span, one, two, three, four in zip(spans, opened, ended, again, left, strict=True)
    ]
    touched = sum(bool(_whole(spans).count([life.opened_on, *life.ended, *life.reopened])) for life in lives)
    return Picture(
        "opened-closed",
        _more_or_fewer(sum(opened[-4:]), sum(ended[-4:])),
        "Actions opened and closed in each quarter, with those that were opened again and those open at its end. "
        "Closed are also those that were withdrawn, superseded or passed on.",
        ["Quarter", "Opened and closed", "Opened again", "Open at the end"],
        lines if touched else [],
        touched,
    )


def _more_or_fewer(opened: int, ended: int) -> str:
    than = "As many actions were opened as closed"
    if opened != ended:
        than = f"{'More' if opened > ended else 'Fewer'} actions were opened than closed"
    return f"{than} in the last four quarters: {opened} opened, {ended} closed"


def time_to_close(lives: list[Life], spans: list[Span]) -> Picture:
    whole = _whole(spans)
    days = [life.days_to_close for life in lives if whole.count([life.closed_on])]
    limits = [limit for _, limit in BANDS if limit]
    counted = Counter(sum(one > limit for limit in limits) for one in days)
    headline = (
        f"Half of the actions that were closed took {_days(days)} or less" if days else "No action was closed"
    )
    return Picture(
        "time-to-close",
        headline,
        f"From the day on which it was agreed until it was accepted as done, for what was closed since {spans[0].name}.",
        ["Time", "Closed"],
        [
            Line(name, [_bar(counted[place], "closed", max(counted.values()))])
            for place, (name, _) in enumerate(BANDS)
        ]
        if days
        else [],
        len(days),
    )


def open_by_owner(lives: list[Life], diary: Diary) -> Picture:
    open_ones = [life for life in lives if life.facts.is_open]
    late = Counter(life.facts.owner for life in open_ones if _is_late(life, diary))
    owed = Counter(life.facts.owner for life in open_ones)
    ordered = sorted(owed, key=lambda owner: (-owed[owner], owner or ""))
    most = max(owed.values(), default=0)
    first = [owner or "Nobody yet" for owner in ordered if owed[owner] == most]
    if len(first) == 1:
        headline = f"Most open actions are with the {first[0]}: {most} of {len(open_ones)}"
    else:
        headline = f"No owner has more than {most} of the {len(open_ones)} open actions"
    return Picture(
        "by-owner",
        headline if open_ones else "No action is open",
        "Open actions by who owes them today, and how many of these are overdue.",
        ["Owner", "Open", "Overdue"],
        [Line(owner or "Nobody yet", [_bar(owed[owner], "open", most)], [late[owner]]) for owner in ordered],
        len(open_ones),
    )


def _is_late(life: Life, diary: Diary) -> bool:
    return diary.due(life.facts).timing == Timing.OVERDUE


def dates_moved(lives: list[Life]) -> Picture:
    open_ones = [life for life in lives if life.facts.is_open]
    counted = Counter(min(life.facts.times_moved, 3) for life in open_ones)
    often = counted[2] + counted[3]
    have = (
        "1 open action has" if often == 1 else f"{often or 'No'} open action{'s have' if often else ' has'}"
    )
    names = ["Never", "Once", "Twice", "Three times or more"]
    return Picture(
        "dates-moved",
        f"{have} had its date changed more than once"
        if often < 2
        else f"{have} had their date changed more than once",
        "How often the due date of each open action was moved.",
        ["Moved", "Open"],
        [
            Line(name, [_bar(counted[place], "open", max(counted.values()))])
            for place, name in enumerate(names)
        ]
        if open_ones
        else [],
        len(open_ones),
    )


def overdue_over_time(lives: list[Life], spans: list[Span], diary: Diary) -> Picture:
    ends = [span.last for span in spans]
    late = [sum(life.is_overdue(end) for life in lives) for end in ends[:-1]]
    late.append(sum(_is_late(life, diary) for life in lives if life.facts.is_open))
    left = [sum(life.is_open(end) for life in lives) for end in ends]
    names = [*(f"End of {span.name}" for span in spans[:-1]), "Today"]
    most = max([*late, 1])
    before = f", after {late[-5]} a year ago" if len(late) > 4 else ""
    return Picture(
        "overdue",
        f"{late[-1]} action{' is' if late[-1] == 1 else 's are'} overdue today{before}",
        "Actions that were overdue at the end of each quarter, of those that were open then.",
        ["When", "Overdue", "Open"],
        [
            Line(name, [_bar(one, "overdue", most)], [other])
            for name, one, other in zip(names, late, left, strict=True)
        ]
        if any(left)
        else [],
        sum(any(life.is_open(end) for end in ends) for life in lives),
    )


def by_year(lives: list[Life], today: dt.date) -> Picture:
    spans = years(min((life.opened_on for life in lives), default=today), today)
    opened = [span.count(life.opened_on for life in lives) for span in spans]
    ended = [span.count(day for life in lives for day in life.ended) for span in spans]
    took = [_days([life.days_to_close for life in lives if span.count([life.closed_on])]) for span in spans]
    most = max([*opened, *ended, 1])
    lines = [
        Line(span.name, [_bar(one, "opened", most), _bar(two, "closed", most, "second")], [half])
        for span, one, two, half in zip(spans, opened, ended, took, strict=True)
    ]
    return Picture(
        "by-year",
        f"In the year {spans[-1].name}, {opened[-1]} action{' was' if opened[-1] == 1 else 's were'} opened and {ended[-1]} closed",
        "Years from April to March. Half of the actions that were closed in a year took no longer than the days given.",
        ["Year", "Opened and closed", "Half took up to"],
        list(reversed(lines)) if lives else [],
        len(lives),
    )


def _whole(spans: list[Span]) -> Span:
    return Span("", spans[0].first, spans[-1].last)


def _bar(number: int, words: str, most: int, kind: str = "first") -> Bar:
    return Bar(number, words, round(100 * number / most, 1) if most else 0, kind)


def _days(days: list[int]) -> str:
    """The median in words; a dash where there is none."""
    if not days:
        return "–"
    half = int(median(days))
    return f"{half} day{'' if half == 1 else 's'}"
