"""The proof that every word was kept: those of the source against those of the record.

Labels and the furniture of pages stand aside. Below the attendance list the
words are in order; above it a flattened table may have them in another.
"""

import re
from collections import Counter
from collections.abc import Iterator

from importing.findings import Findings
from importing.marks import STRANDED_NUMBER
from importing.pages import Line
from publications.notes import Action, Item, Notes

WORD = re.compile(r"\w+(?:['’]\w+)*")


def words_of(text: str | None) -> list[str]:
    """The words of a text, without punctuation."""
    return WORD.findall(text or "")


def source_words(lines: list[Line], labels: list[str]) -> Counter:
    """The words of the source, with those of its labels taken off."""
    found = Counter(word for line in lines for word in words_of(line.text))
    found.subtract(word for label in labels for word in words_of(label))
    return found


def record_words(notes: Notes) -> Iterator[str]:
    """The words of the record in the order in which they are printed."""
    for text in (*_top(notes), *(text for text, _ in _body(notes))):
        yield from words_of(text)


def _top(notes: Notes) -> Iterator[str | None]:
    meeting = notes.meeting
    if meeting:
        chairs = " ".join(person.name or "" for person in notes.people if person.chair)
        takers = " ".join(person.name or "" for person in notes.people if person.minute_taker)
        yield from (meeting.title, meeting.date_as_written)
        yield meeting.chair_as_written or chairs
        yield meeting.minutes_as_written or takers
        yield meeting.venue
    for person in notes.people:
        yield from (person.name, person.role, person.abbreviation, person.present_for)


def _body(notes: Notes) -> Iterator[tuple[str | None, bool]]:
    """The texts below the attendance list, and whether each is the label of an item."""
    actions: dict[tuple[str, str | None], list[Action]] = {}
    for action in notes.actions:
        actions.setdefault((action.place.item, action.place.after), []).append(action)
    next_meeting = notes.next_meeting
    for item in notes.every_item():
        yield item.label, True
        yield item.title, False
        if item.kind == "next_meeting" and next_meeting:
            yield next_meeting.as_written, False
            next_meeting = None
        for text in _below(item, actions):
            yield text, False


def _below(item: Item, actions: dict[tuple[str, str | None], list[Action]]) -> Iterator[str]:
    if item.none:
        yield "None"
    yield from map(_printed, actions.get((item.number, None), []))
    for exchange in item.exchanges:
        for part in exchange.contributions:
            yield f"{part.lead} {part.text}"
        yield from map(_printed, actions.get((item.number, exchange.number), []))


def _printed(action: Action) -> str:
    return f"{action.heading} {action.text}"


def compare(lines: list[Line], labels: list[str], notes: Notes, findings: Findings) -> None:
    """Say which words the record lost or added, if the reader made a mistake."""
    source, record = source_words(lines, labels), Counter(record_words(notes))
    lost, added = +(source - record), +(record - source)
    for code, words, said in (
        ("words-lost", lost, "not in the record"),
        ("words-added", added, "not in the source"),
    ):
        if words:
            shown = ", ".join(f"“{word}”" for word in list(words)[:8])
            findings.blocker(code, "The whole text", f"{words.total()} words are {said}: {shown}.")


def compare_order(body: list[Line], notes: Notes, findings: Findings) -> None:
    """Say where the record below the attendance list departs from the order of the source."""
    source = [
        (word, bool(STRANDED_NUMBER.fullmatch(line.text)), line)
        for line in body
        for word in words_of(line.text)
    ]
    record = [(word, label) for text, label in _body(notes) for word in words_of(text)]
    here = there = 0
    while here < len(source) and there < len(record):
        if source[here][0] == record[there][0]:
            here, there = here + 1, there + 1
        elif record[there][1]:
            there += 1
        elif source[here][1]:
            here += 1
        else:
            line = source[here][2]
            sentence = f"From “{line.text[:60]}” on, the record has the words in another order."
            findings.blocker("words-moved", "The whole text", sentence, line.number)
            return
