"""Prints notes in the layout of text from a PDF file: flattened tables, stranded numbers, wrapped lines."""

from collections.abc import Callable
from dataclasses import dataclass

from publications.notes import Action, Exchange, Item, Notes

# The widths of a book face, in thousandths; not those that the reader measures with.
TIMES = {
    **dict.fromkeys("ijlt/:;", 278),
    **dict.fromkeys(" .,", 250),
    **dict.fromkeys("frI()-’'", 333),
    **dict.fromkeys("s", 389),
    **dict.fromkeys("acez", 444),
    **dict.fromkeys("FPSJ", 556),
    **dict.fromkeys("BCELTRZ", 640),
    **dict.fromkeys("wADGHKNOQUVXY", 722),
    **dict.fromkeys("m", 778),
    **dict.fromkeys("MW", 900),
}


def type_width(text: str) -> float:
    """How wide a text is in a face whose letters differ, in letters of the middle size."""
    return sum(TIMES.get(letter, 500) for letter in text) / 440


@dataclass(frozen=True)
class Paper:
    """How the pages look."""

    width: int = 72
    measure: Callable[[str], float] = len
    page_length: int = 0  # lines; 0 prints one long page
    page_edge: tuple[
        str, ...
    ] = ()  # what stands between pages; without any, the next line starts with a space
    flattened: bool = True

    def wrap(self, text: str) -> list[str]:
        """The text in lines."""
        lines = [""]
        for word in text.split():
            longer = f"{lines[-1]} {word}".strip()
            if lines[-1] and self.measure(longer) > self.width:
                lines.append(word)
            else:
                lines[-1] = longer
        return lines

    def last_line_is_short(self, text: str) -> bool:
        """Whether a reader can see that the paragraph ends."""
        return self.measure(self.wrap(text)[-1]) <= 0.6 * self.width


def print_notes(notes: Notes, paper: Paper) -> str:
    """The whole text."""
    top = [*_header(notes, paper), *_attendance(notes, paper)]
    body = [line for item in notes.items for line in _item(item, notes, paper)]
    return "\n".join([*top, *_on_pages(body, paper)]) + "\n"


def _header(notes: Notes, paper: Paper) -> list[str]:
    chair = next(person.name for person in notes.people if person.chair)
    taker = next(person.name for person in notes.people if person.minute_taker)
    labels = ["Date:", "Chair:", "Minutes:", "Venue:"]
    values = [notes.meeting.date_as_written, chair, taker, notes.meeting.venue]
    if paper.flattened:
        return [notes.meeting.title, *labels, "", *values, ""]
    return [
        notes.meeting.title,
        "",
        *(f"{label} {value}" for label, value in zip(labels, values, strict=True)),
        "",
    ]


def _attendance(notes: Notes, paper: Paper) -> list[str]:
    there = [person for person in notes.people if person.attendance == "present"]
    away = [person for person in notes.people if person.attendance == "apologies"]
    lines = ["Attendance:", "", *_people(there, paper, ["1.", ""])]
    if away:
        lines += ["", "Apologies:", "", *_people(away, paper, [])]
    return [*lines, ""]


def _people(people: list, paper: Paper, stranded: list[str]) -> list[str]:
    if not paper.flattened:
        return [f"{person.name} – {capacity(person)}" for person in people]
    return [*stranded, "Name:", *(person.name for person in people), "", "Capacity:", *map(capacity, people)]


def capacity(person) -> str:
    """A role with its abbreviation in brackets."""
    return f"{person.role} ({person.abbreviation})" if person.abbreviation else person.role


def _item(item: Item, notes: Notes, paper: Paper) -> list[str]:
    stranded = not (paper.flattened and item.number == "1")
    lines = ["", item.label, ""] if stranded else []
    lines += paper.wrap(item.title)
    if item.none:
        return [*lines, "None"]
    if item.kind == "next_meeting":
        return [*lines, *notes.next_meeting.as_written.split("\n")]
    lines += _actions(item, None, notes, paper)
    for exchange in item.exchanges:
        for paragraph in paragraphs_of(exchange):
            lines += paper.wrap(paragraph)
        lines += _actions(item, exchange.number, notes, paper)
    for nested in item.items:
        lines += _item(nested, notes, paper)
    return lines


def paragraphs_of(exchange: Exchange) -> list[str]:
    """The paragraphs that the contributions give, printed one after another."""
    found: list[str] = []
    for part in exchange.contributions:
        words = f"{part.lead} {part.text}".strip()
        if part.paragraph or not found:
            found.append(words)
        else:
            found[-1] += f" {words}"
    return found


def _actions(item: Item, after: str | None, notes: Notes, paper: Paper) -> list[str]:
    lines: list[str] = []
    for action in notes.actions:
        if (action.place.item, action.place.after) == (item.number, after):
            lines += _action(action, paper)
    return lines


def _action(action: Action, paper: Paper) -> list[str]:
    return [*(paper.wrap(action.heading) if action.heading else []), *paper.wrap(action.text)]


def _on_pages(lines: list[str], paper: Paper) -> list[str]:
    """Cut into pages; a page's first line starts with a space when nothing else tells."""
    if not paper.page_length:
        return lines
    starts = range(0, len(lines), paper.page_length)
    pages = [lines[start : start + paper.page_length] for start in starts]
    printed = list(pages[0])
    for number, page in enumerate(pages[1:], start=1):
        if paper.page_edge:
            printed += [edge.format(page=number, pages=len(pages)) for edge in paper.page_edge]
            printed += page
        else:
            printed += [f" {page[0]}" if page[0] else "", *page[1:]]
    return printed
