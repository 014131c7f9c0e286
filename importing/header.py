"""The table at the top: title, date, chair, minute-taker, venue; flattened or not."""

from dataclasses import dataclass, field

from importing.findings import Findings
from importing.marks import (
    FIRST_NUMBER_AND_TITLE,
    STRANDED_NUMBER,
    UNKNOWN_LABEL,
    attendance_label,
    header_label,
)
from importing.outline import starts_standing_item
from importing.pages import Line
from meetings.reading.dates import read_day

PLACE = "The table at the top"


@dataclass
class Header:
    """What stands above the attendance list, in the source's own words."""

    title: str = ""
    values: dict[str, str] = field(default_factory=dict)  # by "date", "time", "chair", "minutes", "venue"
    at: dict[str, int] = field(default_factory=dict)  # the line each value stands on
    labels: list[str] = field(default_factory=list)  # the words of labels, which the record replaces
    pending: list[Line] = field(default_factory=list)  # numbers that wait for their item
    unplaced: list[Line] = field(default_factory=list)
    end: int = 0  # how many lines were read


@dataclass
class _Column:
    """Labels one after another, and the values that follow them."""

    labels: list[str] = field(default_factory=list)
    values: list[Line] = field(default_factory=list)


def read_header(lines: list[Line], findings: Findings) -> Header:
    """Read down to the attendance list or the first item."""
    header = Header()
    title: list[Line] = []
    columns: list[_Column] = []
    for line in lines:
        begun = columns and (starts_standing_item(line.text) or FIRST_NUMBER_AND_TITLE.match(line.text))
        if begun or attendance_label(line.text):
            break
        _place(line, header, title, columns)
        header.end += 1
    _take_title(title, header, any("date" in column.labels for column in columns))
    for column in columns:
        _pair(column, header, findings)
    return header


def _place(line: Line, header: Header, title: list[Line], columns: list[_Column]) -> None:
    """Decide what one line is: label, value, number, title, or not known."""
    found = header_label(line.text)
    if found:
        _take_label(line, found, header, columns)
    elif STRANDED_NUMBER.fullmatch(line.text) and line.text[0].isdigit():
        header.pending.append(line)
    elif not columns:
        title.append(line)
    elif UNKNOWN_LABEL.match(line.text) or (line.gap and _is_full(columns[-1])):
        header.unplaced.append(line)
    else:
        columns[-1].values.append(line)


def _take_label(line: Line, found: tuple[str, str], header: Header, columns: list[_Column]) -> None:
    name, value = found
    if not columns or columns[-1].values:
        columns.append(_Column())
    columns[-1].labels.append(name)
    header.labels.append(line.text.removesuffix(value).strip())
    if value:
        columns[-1].values.append(Line(line.number, value))


def _is_full(column: _Column) -> bool:
    return len(column.values) >= len(column.labels)


def _take_title(title: list[Line], header: Header, has_date: bool) -> None:
    """The lines above the first label; one that is a date is the date, when no label has it."""
    dated = [line for line in title[1:] if not has_date and read_day(line.text)][:1]
    for line in dated:
        header.values["date"], header.at["date"] = line.text, line.number
    header.title = " ".join(line.text for line in title if line not in dated)
    if title:
        header.at["title"] = title[0].number


def _pair(column: _Column, header: Header, findings: Findings) -> None:
    """Give each label its value; wrapped values are joined first."""
    values = _joined(column.values, len(column.labels))
    if len(values) < len(column.labels):
        findings.doubt(
            "header-values-missing",
            PLACE,
            f"The table names {len(column.labels)} things but has {len(values)} values; check which value belongs to which.",
            column.values[0].number if column.values else None,
        )
    for name, (number, words) in zip(column.labels, values, strict=False):
        if name in header.values:
            header.values[name] += f", {words}"
        else:
            header.values[name], header.at[name] = words, number


def _joined(values: list[Line], wanted: int) -> list[tuple[int, str]]:
    """As many values as labels: what goes on is joined to the line before it, at last whatever stands last."""
    joined = [(line.number, line.text) for line in values]
    while len(joined) > wanted:
        index = next(
            (index for index in range(1, len(joined)) if _goes_on(joined[index - 1][1], joined[index][1])), -1
        )
        number, before = joined[index - 1]
        after = joined.pop(index)[1]
        joined[index - 1 if index > 0 else -1] = (number, f"{before} {after}")
    return joined


def _goes_on(before: str, after: str) -> bool:
    return before.endswith((",", "-", "–", "/", "&", " and", " of", " for")) or after[0].islower()
