"""Which line ends a paragraph: wrapped lines are joined again.

Text from a PDF file has no mark between paragraphs. A line that stops where a
sentence ends, though the next line's first word would have fitted on it, was
the last of its paragraph. What fits is measured on the text itself.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import pairwise, repeat

from importing.pages import Line
from meetings.reading.sentences import ends_sentence

# Widths in thousandths of the type size, as in Helvetica and its like.
MIDDLE = 556
WIDTHS = {
    **dict.fromkeys("ijl’'", 222),
    **dict.fromkeys("ftI .,:;/![]", 278),
    **dict.fromkeys("r()-", 333),
    **dict.fromkeys("ckszvxyJ", 500),
    **dict.fromkeys("FTZ", 611),
    **dict.fromkeys("ABEKPSVXY", 667),
    **dict.fromkeys("wCDHNRU", 722),
    **dict.fromkeys("GOQ", 778),
    **dict.fromkeys("mM", 833),
    "W": 944,
}
HYPHEN = re.compile(r"\w-$")
JOINERS = re.compile(r"(?:and|or|to)\b")
CLEARLY = 0.85  # of the width: so short a line was ended on purpose
FACES_DIFFER, FEW_LINES = 0.02, 0.3
LOOK_BACK = 40  # lines of a paragraph that are looked at again
OUTLIERS = 0.85  # a line narrower than this beside the others was broken by hand

Opens = Callable[[list[Line], str], bool]


@dataclass(frozen=True)
class Paragraph:
    """Lines that belong together, as one text."""

    text: str
    lines: tuple[Line, ...]

    @property
    def number(self) -> int:
        """The line it starts on."""
        return self.lines[0].number

    @property
    def bullet(self) -> bool:
        """Whether it is a point of a list."""
        return self.lines[0].bullet


def join(lines: list[Line] | tuple[Line, ...]) -> str:
    """The lines as one text; a hyphen at the end of a line stays and closes up."""
    parts: list[str] = []
    before = ""
    for line in lines:
        closes_up = HYPHEN.search(before[-2:]) and not JOINERS.match(line.text)
        parts += [line.text] if closes_up or not parts else [" ", line.text]
        before = line.text
    return "".join(parts)


class Measure:
    """How wide the lines of this text are, in characters or in the widths of type, whichever explains it."""

    def __init__(self, lines: list[Line]):
        wrapped = [
            (a.text, b.text)
            for a, b in pairwise(lines)
            if not b.gap and not b.new_page and not ends_sentence(a.text) and b.text[0].islower()
        ]
        in_letters, in_type = _limit(wrapped, len), _limit(wrapped, _type_width)
        self.width, self.limit, _ = min(in_letters, in_type, key=lambda option: option[2])
        if self.width is not len and wrapped:
            # Another face has other widths: only what is shorter by more than that was ended on purpose.
            self.limit *= 1 - FACES_DIFFER - FEW_LINES / len(wrapped)

    def fits(self, line: str, following: str) -> bool:
        """Whether the first word of the following line would have fitted on this one."""
        return self._need(line, following) < self.limit

    def fits_clearly(self, line: str, following: str) -> bool:
        """Whether there was room to spare."""
        return self._need(line, following) < self.limit * CLEARLY

    def _need(self, line: str, following: str) -> float:
        return self.width(f"{line} {following.split(' ', 1)[0]}")


def _limit(
    wrapped: list[tuple[str, str]], width: Callable[[str], float]
) -> tuple[Callable[[str], float], float, int]:
    """What no longer fitted, by the lines that were surely wrapped; and how many of them disagree."""
    if not wrapped:
        return width, float("inf"), 0
    widest = max(width(line) for line, _ in wrapped)
    needs = [width(f"{line} {following.split(' ', 1)[0]}") for line, following in wrapped]
    told = [need for need in needs if need > widest * OUTLIERS]
    # What is as wide as the widest line fits; where the lines disagree, less is sure.
    least = min(told, default=widest)
    limit = min(widest + 1, least, 2 * least - widest)
    return width, limit, sum(1 for need in needs if need <= widest)


def _type_width(text: str) -> float:
    return sum(map(WIDTHS.get, text, repeat(MIDDLE)))


def paragraphs(lines: list[Line], measure: Measure, opens: Opens) -> Iterator[Paragraph]:
    """The paragraphs of these lines.

    Where the width does not tell, `opens` is asked: would these words begin a
    paragraph after those?
    """
    begin = 0
    for index in range(1, len(lines) + 1):
        before = partial(_look_back, lines, begin, index)
        if index == len(lines) or ends_paragraph(lines[index - 1], lines[index], measure, before, opens):
            part = tuple(lines[begin:index])
            yield Paragraph(join(part), part)
            begin = index


def _look_back(lines: list[Line], begin: int, index: int) -> list[Line]:
    return lines[max(begin, index - LOOK_BACK) : index]


def ends_paragraph(
    line: Line, following: Line, measure: Measure, before: Callable[[], list[Line]], opens: Opens
) -> bool:
    """Whether a paragraph ends with this line; `before` gives its lines so far."""
    if following.bullet:
        # A dash in the middle of a sentence can come to stand at the beginning of a line.
        return (
            following.text[0] not in "-–—"
            or ends_sentence(line.text)
            or measure.fits(line.text, following.text)
        )
    goes_on = following.text[0].islower()
    if ends_sentence(line.text):
        if goes_on and not following.gap:
            return False
        if following.gap and not following.new_page:
            return True
        return measure.fits(line.text, following.text) or opens(before(), following.text)
    if following.gap or following.new_page:
        return not goes_on and not following.new_page and measure.fits(line.text, following.text)
    return not goes_on and measure.fits_clearly(line.text, following.text)
