"""Numbers and headings divide the lines into items."""

import re
from dataclasses import dataclass, field
from itertools import pairwise

from importing.findings import Findings
from importing.marks import (
    ACTION_AND_TEXT,
    ACTION_HEADING,
    BARE_NUMBER,
    NUMBER_AND_TITLE,
    STRANDED_NUMBER,
    is_none,
)
from importing.pages import Line
from importing.wrapping import Measure
from meetings.reading.cast import Cast
from meetings.reading.headings import STANDING, kind_of
from meetings.reading.sentences import ends_sentence
from meetings.reading.speech import opens_with_speaker
from publications.notes import ItemKind

LONGEST_TITLE = 160
LONGEST_STANDING_TITLE = 90
FIGURES = re.compile(r"\d{1,3}(?:\.\d{1,2})*")
ANNOUNCED = {ItemKind.HOLDING_TO_ACCOUNT, ItemKind.NEXT_MEETING}  # what a next meeting can be about
VALUE_AFTER_TITLE = re.compile(r"(?P<title>[^:]*\bnext (?:\w+ )?meeting\b[^:]*:)\s+(?P<value>\S.*)", re.I)
# A title may end with a full stop only in "A.O.B."
ENDS_TITLE = re.compile(r"(?:[^.?!;,]|[A-Z]\.[A-Z]\.|etc\.)$")


@dataclass
class Section:
    """An item as it stands in the source: label, title and the lines below."""

    label: str
    title: str
    number: int  # the line of its label or title
    nested: bool = False
    lines: list[Line] = field(default_factory=list)
    sections: list["Section"] = field(default_factory=list)

    @property
    def kind(self) -> ItemKind:
        """What it is about, by its title."""
        return kind_of(self.title, nested=self.nested)


def starts_standing_item(text: str) -> bool:
    """Whether a line without a number is the title of an item that every meeting has."""
    return (
        len(text) <= LONGEST_STANDING_TITLE
        and not ACTION_HEADING.fullmatch(text)
        and _could_be_title(text)
        and kind_of(text) in STANDING
    )


def _could_be_title(text: str) -> bool:
    return (
        len(text) <= LONGEST_TITLE
        and not text[0].islower()
        and bool(ENDS_TITLE.search(text))
        and not is_none(text)
        and not ACTION_AND_TEXT.fullmatch(text)
    )


class Outline:
    """Reads the lines below the attendance list as items, one after the other."""

    def __init__(
        self, lines: list[Line], pending: list[Line], cast: Cast, measure: Measure, findings: Findings
    ):
        self.lines, self.cast, self.measure, self.findings = lines, cast, measure, findings
        self.pending = list(pending)
        self.found: list[Section] = []  # in reading order, nested ones too
        self.before: list[Line] = []  # lines above the first item
        self.top = self.sub = 0  # the last numbers

    def read(self) -> list[Section]:
        """The top items; the nested ones are in theirs."""
        index = 0
        while index < len(self.lines):
            taken = self._heading_at(index)
            if not taken:
                self._keep(self.lines[index])
            index += taken or 1
        return self._nest()

    def _heading_at(self, index: int) -> int:
        """How many lines from here are number and title; an item starts when there are any."""
        line = self.lines[index]
        if not self._at_boundary(index):
            return 0
        if STRANDED_NUMBER.fullmatch(line.text) or self._is_next_bare_number(index):
            return self._stranded(index)
        match = NUMBER_AND_TITLE.fullmatch(line.text)
        if match and self._follows(match["label"]) and self._is_title(match["title"]):
            return self._start(match["label"], index, match["title"], line.number)
        if self._is_unnumbered_title(index):
            label = self.pending.pop(0) if self.pending else None
            return self._start(label.text if label else "", index, line.text, line.number)
        return 0

    def _at_boundary(self, index: int) -> bool:
        """Whether an item could start here: nothing before goes on into this line."""
        line = self.lines[index]
        lines = self._open_lines()
        if not lines:
            return True
        before = lines[-1].text
        if ends_sentence(before) or is_none(before):
            return True
        return line.gap or self.measure.fits(before, line.text)

    def _open_lines(self) -> list[Line]:
        return self.found[-1].lines if self.found else self.before

    def _is_next_bare_number(self, index: int) -> bool:
        """A figure without a stop, alone between empty lines, that is the next number."""
        text = self.lines[index].text
        alone = self.lines[index].gap and index + 1 < len(self.lines) and self.lines[index + 1].gap
        return bool(alone and BARE_NUMBER.fullmatch(text)) and int(text) == self.top + 1

    def _stranded(self, index: int) -> int:
        """A number alone: its title stands below it, or above it, or further down."""
        line = self.lines[index]
        if self._belongs_to_title_before(line):
            self.found[-1].label = line.text
            return 1
        following = self.lines[index + 1] if index + 1 < len(self.lines) else None
        if following and STRANDED_NUMBER.fullmatch(following.text) and "." not in line.text.rstrip("."):
            self.pending.append(line)
            return 1
        certain = following and (following.gap or starts_standing_item(following.text))
        if not certain and not self._follows(line.text):
            return 0
        if following and self._is_title(following.text):
            return 1 + self._start(line.text, index + 1, following.text, line.number)
        return self._title_above(line)

    def _belongs_to_title_before(self, line: Line) -> bool:
        """Whether this is the number of the title just above it, which had none."""
        last = self.found[-1] if self.found else None
        return bool(last and not last.label and not last.lines) and self._figures(line.text) == [self.top]

    def _title_above(self, line: Line) -> int:
        """The title was the last line before the number; else the item has none."""
        lines = self._open_lines()
        above = lines[-1] if lines else None
        alone = above and (
            len(lines) < 2 or above.gap or ends_sentence(lines[-2].text) or is_none(lines[-2].text)
        )
        if above and alone and self._is_title(above.text):
            lines.pop()
            self._enter(Section(line.text, above.text, above.number))
        else:
            self.findings.doubt(
                "no-title",
                f"Item {line.text.rstrip('.')}",
                "This number stands without a title.",
                line.number,
            )
            self._enter(Section(line.text, "", line.number))
        return 1

    def _is_title(self, text: str) -> bool:
        return _could_be_title(text) and not opens_with_speaker(text, self.cast)

    def _is_unnumbered_title(self, index: int) -> bool:
        """A standing item's title; or any, when a number waits for it or nothing has begun."""
        text = self.lines[index].text
        if starts_standing_item(text) and not opens_with_speaker(text, self.cast):
            if self.found and self.found[-1].kind == ItemKind.NEXT_MEETING and kind_of(text) in ANNOUNCED:
                return False
            return not self.found or self.lines[index].gap or not self._could_go_on(index)
        if self.found:
            return bool(self.pending) and self.lines[index].apart and self._is_short_title(index)
        waited_for = bool(self.pending) or self._body_follows(index)
        return not ACTION_HEADING.fullmatch(text) and self._is_title(text) and waited_for

    def _is_short_title(self, index: int) -> bool:
        """A title that ends well before the margin, or before an empty line."""
        text = self.lines[index].text
        following = self.lines[index + 1] if index + 1 < len(self.lines) else None
        ends = not following or following.apart or self.measure.fits_clearly(text, following.text)
        return ends and not ACTION_HEADING.fullmatch(text) and self._is_title(text)

    def _could_go_on(self, index: int) -> bool:
        """Whether this line is followed by more of a sentence."""
        following = self.lines[index + 1] if index + 1 < len(self.lines) else None
        return bool(following) and not following.gap and following.text[0].islower()

    def _body_follows(self, index: int) -> bool:
        following = self.lines[index + 1] if index + 1 < len(self.lines) else None
        return bool(following) and (is_none(following.text) or opens_with_speaker(following.text, self.cast))

    def _follows(self, label: str) -> bool:
        """Whether a number comes after the last one; a reference of another kind always may."""
        label = label.rstrip(".):")
        if not FIGURES.fullmatch(label):
            return True
        parts = [int(part) for part in label.split(".")]
        if len(parts) == 1:
            return parts[0] == self.top + 1 or (not self.found and parts[0] > 0)
        return (parts[0] == self.top and parts[1] in (self.sub, self.sub + 1)) or (
            parts[0] == self.top + 1 and parts[1] == 1
        )

    def _start(self, label: str, index: int, title: str, number: int) -> int:
        """Begin an item whose title starts on the line at `index`; how many lines the title takes."""
        match = VALUE_AFTER_TITLE.fullmatch(title)
        if match:
            section = Section(label, match["title"], number)
            section.lines.append(Line(self.lines[index].number, match["value"]))
            self._enter(section)
            return 1
        count = self._title_lines(index)
        rest = [line.text for line in self.lines[index + 1 : index + count]]
        self._enter(Section(label, " ".join([title, *rest]), number))
        return count

    def _title_lines(self, index: int) -> int:
        """How many lines the title is wrapped over."""
        count = 1
        for line, following in pairwise(self.lines[index : index + 4]):
            if (
                following.apart
                or line.text.endswith(":")
                or not self._title_goes_on(line, following, index + count + 1)
            ):
                break
            count += 1
        return count

    def _title_goes_on(self, line: Line, following: Line, after: int) -> bool:
        if (
            STRANDED_NUMBER.fullmatch(following.text)
            or ACTION_HEADING.fullmatch(following.text)
            or following.bullet
        ):
            return False
        if following.text[0].islower():
            return True
        if not self._is_title(following.text):
            return False
        beyond = self.lines[after] if after < len(self.lines) else None
        if beyond and (is_none(beyond.text) or self._opens_record(beyond.text)):
            # A line that ends no sentence, between a title and the record, is the rest of the title.
            return not self.measure.fits_clearly(line.text, following.text)
        if self.measure.fits(line.text, following.text):
            return False
        return not beyond or beyond.gap or self.measure.fits(following.text, beyond.text)

    def _opens_record(self, text: str) -> bool:
        return bool(ACTION_HEADING.fullmatch(text)) or opens_with_speaker(text, self.cast)

    def _enter(self, section: Section) -> None:
        self._warn_of_sequence(section)
        parts = self._figures(section.label)
        section.nested = len(parts) > 1 and any(not found.nested for found in self.found)
        if len(parts) == 1 or (parts and not section.nested):
            self.top, self.sub = parts[0], 0
        elif parts:
            self.sub = parts[1]
        elif not section.nested:
            self.top, self.sub = self.top + 1, 0
        self.found.append(section)

    @staticmethod
    def _figures(label: str) -> list[int]:
        label = label.rstrip(".):")
        return [int(part) for part in label.split(".")] if FIGURES.fullmatch(label) else []

    def _warn_of_sequence(self, section: Section) -> None:
        if section.label and not self._follows(section.label):
            self.findings.remark(
                "out-of-sequence",
                f"Item {section.label.rstrip('.')}",
                f"The number {section.label} does not follow the one before it.",
                section.number,
            )

    def _keep(self, line: Line) -> None:
        self._open_lines().append(line)

    def _nest(self) -> list[Section]:
        tops: list[Section] = []
        for section in self.found:
            (tops[-1].sections if section.nested else tops).append(section)
        return tops
