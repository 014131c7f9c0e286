"""Pages of text become lines; what belongs to the paper and not to the record is left out, and said."""

import re
from dataclasses import dataclass

from importing.findings import Findings

STRANGE = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff\ufeff\u00ad\u200b]")
LINE_END = re.compile(r"\r\n|[\n\r\x85\u2028\u2029]")
PAGE_NUMBER = re.compile(
    r"page\s+\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?|page\s*\|\s*\d{1,4}|\d{1,4}\s*\|\s*(?:page|p\s?a\s?g\s?e)|\d{1,4}\s+of\s+\d{1,4}"
    r"|[-–—]\s*\d{1,4}\s*[-–—]",
    re.I,
)
BARE_NUMBER = re.compile(r"\d{1,3}")
MARKING = re.compile(
    r"(?:NOT )?(?:OFFICIAL(?:[ -–—:]{1,3}SENSITIVE)?|PROTECTIVELY MARKED|RESTRICTED|UNCLASSIFIED)"
)
FILE_PATH = re.compile(r"(?:[A-Za-z]:\\|\\\\|/(?:home|Users|srv)/|file://)\S.*")
BULLET = re.compile(r"(?:[•▪●◦*\uf0b7]|[-–—](?=\s)|o(?=\s[A-Z])|\(?(?:[a-z]|[ivx]{1,4})\)(?=\s))\s*\S")

TOP_LINES = 6  # the title stands here


@dataclass(frozen=True)
class Line:
    """One line of the source with words in it."""

    number: int  # counted from 1
    text: str  # white space made single
    gap: bool = False  # an empty line stands before it
    new_page: bool = (
        False  # page furniture stood before it, or it starts with the space of a page's first line
    )

    @property
    def apart(self) -> bool:
        """Whether the writer left an empty line before it, and not only the edge of a page."""
        return self.gap and not self.new_page

    @property
    def bullet(self) -> bool:
        """Whether it starts a point of a list."""
        return bool(BULLET.match(self.text))


def read_lines(text: str, findings: Findings) -> list[Line]:
    """The lines that hold the record, without page numbers, markings and running headers."""
    lines = _all_lines(text, findings)
    furniture = _furniture(lines)
    _report(lines, furniture, findings)
    kept: list[Line] = []
    gap = new_page = False
    for number, (raw, breaks_page) in enumerate(lines, start=1):
        new_page |= breaks_page or number in furniture
        words = " ".join(raw.split())
        if not words or number in furniture:
            gap = True
            continue
        indented = raw[:1] in (" ", "\t")
        kept.append(
            Line(number, words, gap and bool(kept), bool(kept) and (new_page or (indented and not gap)))
        )
        gap = new_page = False
    return kept


def _all_lines(text: str, findings: Findings) -> list[tuple[str, bool]]:
    """Each line, and whether a page starts with it."""
    text, strange = STRANGE.subn("", text)
    if strange:
        findings.remark(
            "strange-characters",
            "The whole text",
            f"{strange} characters that cannot be shown were left out.",
        )
    return [(line.replace("\f", " ").replace("\v", " "), "\f" in line) for line in LINE_END.split(text)]


def _furniture(lines: list[tuple[str, bool]]) -> set[int]:
    """The numbers of the lines that belong to the paper."""
    texts = ["", *(" ".join(raw.split()) for raw, _ in lines)]
    found = {number for number, text in enumerate(texts) if _is_furniture(text)}
    edges = found | {number for number, (_, breaks_page) in enumerate(lines, start=1) if breaks_page}
    found |= _bare_page_numbers(texts, edges | found)
    return found | _running_lines(texts, edges | found, found)


def _is_furniture(text: str) -> bool:
    return 0 < len(text) < 300 and any(
        pattern.fullmatch(text) for pattern in (PAGE_NUMBER, MARKING, FILE_PATH)
    )


def _bare_page_numbers(texts: list[str], edges: set[int]) -> set[int]:
    """Numbers alone on their line, at a page's edge or in the middle of a sentence."""
    found = set()
    for number, text in enumerate(texts):
        if text and BARE_NUMBER.fullmatch(text):
            before, after = _neighbour(texts, number, -1), _neighbour(texts, number, 1)
            inside = texts[after][:1].islower() and texts[before][-1:] not in ("", ".", "?", "!", ":")
            stranded = before < number - 1 or after > number + 1
            if number in edges or before in edges or after in edges or (inside and stranded):
                found.add(number)
    return found


def _running_lines(texts: list[str], edges: set[int], furniture: set[int]) -> set[int]:
    """Lines that come again and again beside the edges of pages and nowhere else, but for the title at the top."""
    beside = {near for number in edges for near in _beside(texts, number, furniture)}
    top = {number for number, text in enumerate(texts[:TOP_LINES]) if text}
    standing: dict[str, list[int]] = {}
    for number, text in enumerate(texts):
        if text:
            standing.setdefault(text, []).append(number)
    found: set[int] = set()
    for text, numbers in standing.items():
        if len(numbers) > 1 and _can_run(text) and beside | top >= set(numbers):
            found |= set(numbers) - top
    return found


def _can_run(text: str) -> bool:
    """Whether this could be a header or footer: no sentence, and nothing that says something in the record."""
    return (
        len(text) > 8
        and not text.endswith((".", "?", ":"))
        and not text.lower().startswith(("action", "the "))
    )


def _beside(texts: list[str], number: int, furniture: set[int]) -> set[int]:
    """The lines with words at this edge of a page."""
    near = {number, *_both_neighbours(texts, number)} - furniture
    return {number for number in near if texts[number]}


def _both_neighbours(texts: list[str], number: int) -> tuple[int, int]:
    return _neighbour(texts, number, -1), _neighbour(texts, number, 1)


def _neighbour(texts: list[str], number: int, step: int) -> int:
    """The nearest line with words, at most three away; 0 when there is none."""
    for distance in range(1, 4):
        near = number + step * distance
        if not 0 < near < len(texts):
            return 0
        if texts[near]:
            return near
    return 0


def _report(lines: list[tuple[str, bool]], furniture: set[int], findings: Findings) -> None:
    if not furniture:
        return
    shown = list(dict.fromkeys(" ".join(lines[number - 1][0].split())[:60] for number in sorted(furniture)))
    examples = ", ".join(f"“{text}”" for text in shown[:3])
    more = f" and {len(shown) - 3} more" if len(shown) > 3 else ""
    findings.remark(
        "page-furniture",
        "The whole text",
        f"What belongs to the pages was left out: {examples}{more}.",
        min(furniture),
    )
