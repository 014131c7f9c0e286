"""The text of old notes, as it comes out of a PDF file, becomes a Notes document.

    read_notes(text, office=…, force=…) → Reading(notes, findings)

Bytes go through `importing.source.decode` first. Both raise `Unreadable`, and nothing else.

    pages.py          text → lines, without page numbers and running headers
    header.py         the table at the top → labels and values
    attendance.py     the list → people (people.py: one of them)
    facts.py          date, times, chair, minute-taker
    outline.py        numbers and headings → items with their lines
    wrapping.py       lines → paragraphs
    record.py         paragraphs → exchanges and actions, by `meetings.reading`
    closing.py        the next meeting
    words.py          the proof that no word was lost
"""

from collections.abc import Collection

from importing import abbreviations
from importing.attendance import Attendance, read_attendance
from importing.closing import read_next_meeting
from importing.facts import meeting_facts
from importing.findings import Findings, Reading
from importing.header import Header, read_header
from importing.outline import Outline, Section
from importing.pages import Line, read_lines
from importing.people import attendees, cast_of
from importing.record import Context, Record, runs
from importing.source import Unreadable
from importing.words import compare, compare_order
from importing.wrapping import Measure
from meetings.reading.headings import themes_of
from meetings.reading.speech import opens_with_speaker
from publications.notes import Item, ItemKind, NextMeeting, Notes

SIGNS_OF_NOTES = 2


def read_notes(text: str, *, office: str, force: str, known_owner_titles: Collection[str] = ()) -> Reading:
    """Read the text of one meeting's notes; every word of it is in the result.

    `known_owner_titles` are the office's roles that can own an action without
    having been at the meeting. Raises `Unreadable` when the text does not look
    like notes of a meeting at all.
    """
    findings = Findings()
    lines = read_lines(text, findings)
    header = read_header(lines, findings)
    attendance = read_attendance(lines[header.end :], findings)
    body = lines[header.end + attendance.end :]
    people = attendees(attendance.people, findings)
    meeting = meeting_facts(text, header, people, findings)
    context = Context(cast_of(people), Measure(body), findings, meeting.date, known_owner_titles)
    outline = Outline(body, [*header.pending, *attendance.pending], context.cast, context.measure, findings)
    sections = outline.read()
    _refuse_what_is_no_record(header, attendance, sections, body, context)
    unplaced = [*header.unplaced, *outline.before, *outline.pending]
    reading = _Items(context, unplaced).read(sections)
    notes = Notes(
        office=office,
        force=force,
        meeting=meeting,
        people=people,
        items=reading.items,
        actions=context.actions,
        next_meeting=reading.next_meeting,
        abbreviations=abbreviations.in_text(" ".join(line.text for line in body))
        | abbreviations.of_people(people),
    )
    compare(lines, [*header.labels, *attendance.labels], notes, findings)
    if not unplaced:
        compare_order(body, notes, findings)
    return Reading(notes, list(findings))


class _Items:
    """Turns sections into items."""

    def __init__(self, context: Context, unplaced: list[Line]):
        self.context, self.unplaced = context, unplaced
        self.items: list[Item] = []
        self.next_meeting: NextMeeting | None = None

    def read(self, sections: list[Section]) -> "_Items":
        """All items with their records; what stood above the first is kept at its head."""
        if self.unplaced:
            sections = sections or [Section("", "", self.unplaced[0].number)]
            self._keep_unplaced(sections[0])
        for position, section in enumerate(sections, start=1):
            self.items.append(self._item(section, str(position)))
        return self

    def _keep_unplaced(self, first: Section) -> None:
        self.context.findings.doubt(
            "unplaced",
            "Above the first item",
            f"“{self.unplaced[0].text[:80]}” was not understood; it is kept at the head of item 1.",
            self.unplaced[0].number,
        )
        first.lines[:0] = self.unplaced

    def _item(self, section: Section, number: str) -> Item:
        item = Item(number=number, label=section.label, title=section.title, kind=section.kind)
        if item.kind == ItemKind.HOLDING_TO_ACCOUNT:
            item.themes = themes_of(section.title)
        lines = self._without_next_meeting(section, item)
        actions_before = len(self.context.actions)
        Record(item, f"{number}.0." if section.sections else f"{number}.", self.context).read(lines)
        for position, nested in enumerate(section.sections, start=1):
            item.items.append(self._item(nested, f"{number}.{position}"))
        if len(self.context.actions) == actions_before:
            self._report_empty(section, item)
        return item

    def _without_next_meeting(self, section: Section, item: Item) -> list[Line]:
        """The lines of an item; those of the next meeting are read as what they are."""
        if item.kind != ItemKind.NEXT_MEETING or self.next_meeting or not section.lines:
            return section.lines
        announced = _until_speech(section.lines, self.context)
        if announced:
            context = self.context
            self.next_meeting = read_next_meeting(announced, context.date, context.findings)
        return section.lines[len(announced) :]

    def _report_empty(self, section: Section, item: Item) -> None:
        told = item.exchanges or item.items or item.none
        if not told and not (item.kind == ItemKind.NEXT_MEETING and self.next_meeting):
            self.context.findings.doubt(
                "empty-item",
                f"Item {item.number}",
                f"“{item.title}” has nothing below it, not even “None”.",
                section.number,
            )


def _until_speech(lines: list[Line], context: Context) -> list[Line]:
    """The lines before somebody speaks, an action is announced, or "None"."""
    found: list[Line] = []
    for announces, part in runs(lines, context.measure):
        if announces:
            break
        for line in part:
            if opens_with_speaker(line.text, context.cast) or (line.text.lower().rstrip(".") == "none"):
                return found
            found.append(line)
    return found


def _refuse_what_is_no_record(
    header: Header, attendance: Attendance, sections: list[Section], body: list[Line], context: Context
) -> None:
    """Raise `Unreadable` unless the text has at least two of the four things that notes have."""
    signs = [
        len(header.values) > 1,
        bool(attendance.people),
        bool(sections),
        any(opens_with_speaker(line.text, context.cast) for line in body),
    ]
    if sum(signs) < SIGNS_OF_NOTES:
        raise Unreadable(
            "This does not look like the notes of a meeting: no table with date and chair, attendance list, "
            "numbered items or speakers were found"
        )
