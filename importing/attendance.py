"""Who was there: names and capacities in two columns, flattened or not, or one person a line."""

import re
from dataclasses import dataclass, field

from importing.findings import Findings
from importing.marks import (
    BOTH_COLUMNS,
    CAPACITY_COLUMN,
    NAME_COLUMN,
    NUMBER_AND_TITLE,
    STRANDED_NUMBER,
    attendance_label,
    is_none,
)
from importing.outline import starts_standing_item
from importing.pages import Line
from importing.people import Person, person_in_columns, person_on_a_line
from meetings.reading.roles import is_role

PLACE = "Attendance"
SEVERAL = re.compile(r";\s*|(?<=\)),\s+")


@dataclass
class _Group:
    """Those present, or those who sent apologies."""

    status: str
    names: list[Line] = field(default_factory=list)
    capacities: list[Line] = field(default_factory=list)
    rows: list[Line] = field(default_factory=list)
    column: str = "rows"
    spaced: bool = False  # an empty line stands before the capacities, so one stands after them too
    wrapped: int = 0  # capacities that only go on with the one before

    def add(self, line: Line) -> None:
        """Put a line into the column that was named last."""
        if self.column == "capacities" and self.capacities:
            self.wrapped += _is_wrapped(self.capacities[-1].text, line.text)
        getattr(self, self.column).append(line)

    @property
    def complete(self) -> bool:
        """Whether there are as many capacities as names."""
        return len(self.capacities) - self.wrapped >= len(self.names) > 0


@dataclass
class Attendance:
    """The people of the list, the numbers found among them, and how many lines were read."""

    people: list[Person] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    pending: list[Line] = field(default_factory=list)
    end: int = 0


def read_attendance(lines: list[Line], findings: Findings) -> Attendance:
    """Read from the first line, which heads a list, down to the first item."""
    attendance = Attendance()
    groups: list[_Group] = []
    for index, line in enumerate(lines):
        if _list_has_ended(line, lines[index + 1 : index + 2], groups, attendance):
            break
        _place(line, groups, attendance)
        attendance.end += 1
    for group in groups:
        attendance.people += _people(group, findings)
    return attendance


def _list_has_ended(line: Line, following: list[Line], groups: list[_Group], attendance: Attendance) -> bool:
    """Whether this line no longer belongs to a list of people."""
    if not groups or _is_label(line.text) or attendance_label(line.text):
        return not groups and not attendance_label(line.text)
    if STRANDED_NUMBER.fullmatch(line.text):
        if following and starts_standing_item(following[0].text):
            return True
        return groups[-1].column == "rows" and bool(groups[-1].rows) and _is_heading_below(following)
    numbered = NUMBER_AND_TITLE.fullmatch(line.text)
    if starts_standing_item(line.text) or (numbered and numbered["label"].rstrip(".)") == "1"):
        return True
    group = groups[-1]
    if group.column == "capacities":
        return group.complete and (line.gap or not (group.spaced or _goes_on(group.capacities[-1], line)))
    return group.column == "rows" and bool(group.rows) and line.gap and not _looks_like_person(line.text)


def _is_heading_below(following: list[Line]) -> bool:
    return bool(following) and not _is_label(following[0].text) and not _looks_like_person(following[0].text)


def _is_label(text: str) -> bool:
    return any(column.fullmatch(text) for column in (NAME_COLUMN, CAPACITY_COLUMN, BOTH_COLUMNS))


def _looks_like_person(text: str) -> bool:
    """A row of the list: a name and a role, or somebody counted."""
    return len(text) < 150 and not text.endswith(".") and is_role(text) and not text.endswith(":")


def _place(line: Line, groups: list[_Group], attendance: Attendance) -> None:
    label = attendance_label(line.text)
    if label:
        status, value = label
        groups.append(_Group(status))
        attendance.labels.append(line.text.removesuffix(value).strip())
        pieces = SEVERAL.split(value) if value and not is_none(value) else []
        groups[-1].rows += [Line(line.number, piece) for piece in pieces if piece]
        attendance.labels += [value] if is_none(value) else []
    elif _is_label(line.text):
        attendance.labels.append(line.text)
        both = BOTH_COLUMNS.fullmatch(line.text)
        groups[-1].column = "rows" if both else "names" if NAME_COLUMN.fullmatch(line.text) else "capacities"
        groups[-1].spaced = line.gap
    elif STRANDED_NUMBER.fullmatch(line.text):
        attendance.pending.append(line)
    elif is_none(line.text):
        attendance.labels.append(line.text)
    else:
        groups[-1].add(line)


def _goes_on(before: Line, line: Line) -> bool:
    """Whether a capacity is wrapped onto this line, or this is one more of them."""
    return _is_wrapped(before.text, line.text) or "(" in line.text or is_role(line.text)


def _is_wrapped(before: str, after: str) -> bool:
    open_bracket = before.count("(") > before.count(")")
    return (
        open_bracket
        or after[0].islower()
        or after[0] == "("
        or before.endswith((",", "&", "/", "-", " of", " for", " and"))
    )


def _without_wrapping(lines: list[Line]) -> list[Line]:
    joined: list[list[Line]] = []
    for line in lines:
        if joined and _is_wrapped(joined[-1][-1].text, line.text):
            joined[-1].append(line)
        else:
            joined.append([line])
    return [_as_one(part) for part in joined]


def _as_one(lines: list[Line]) -> Line:
    return Line(lines[0].number, " ".join(line.text for line in lines))


def _as_many_as(names: list[Line], capacities: list[Line]) -> list[Line]:
    """Join what is no role of its own to the capacity before it, while there are too many.

    The longest lines are those that are wrapped.
    """
    single = _without_wrapping(capacities)
    no_roles = [place for place in range(1, len(single)) if not is_role(single[place].text)]
    no_roles.sort(key=lambda place: -len(single[place - 1].text))
    going_on = set(no_roles[: max(0, len(single) - len(names))])
    joined: list[list[Line]] = []
    for place, line in enumerate(single):
        if place in going_on:
            joined[-1].append(line)
        else:
            joined.append([line])
    return [_as_one(part) for part in joined]


def _people(group: _Group, findings: Findings) -> list[Person]:
    people = [
        person_on_a_line(line.text, line.number, group.status) for line in _without_wrapping(group.rows)
    ]
    if not group.names:
        return people + [
            person_in_columns("", line.text, line.number, group.status) for line in group.capacities
        ]
    capacities = _as_many_as(group.names, group.capacities)
    if len(capacities) != len(group.names):
        findings.blocker(
            "names-and-capacities",
            PLACE,
            f"There are {len(group.names)} names and {len(capacities)} capacities; check who had which.",
            group.names[0].number,
        )
    for index in range(max(len(group.names), len(capacities))):
        name = group.names[index] if index < len(group.names) else None
        capacity = capacities[index].text if index < len(capacities) else ""
        number = name.number if name else capacities[index].number
        people.append(person_in_columns(name.text if name else "", capacity, number, group.status))
    return people
