"""What stands below a heading becomes exchanges and actions."""

import datetime as dt
import re
from collections.abc import Collection
from dataclasses import dataclass, field

from importing.findings import Findings
from importing.marks import ACTION_AND_TEXT, ACTION_HEADING, CARRIED, is_none
from importing.pages import Line
from importing.wrapping import Measure, Paragraph, join, paragraphs
from meetings.reading.cast import Cast
from meetings.reading.promises import Due, due, is_promise, owners
from meetings.reading.sentences import ends_sentence
from meetings.reading.speech import (
    Asked,
    Said,
    is_answered,
    opens_with_question,
    opens_with_speaker,
    read_paragraph,
    starts_exchange,
)
from publications.notes import Action, Contribution, DueAt, DueOn, Exchange, Item, Origin, Place
from web.wording import shortened

ACTION_WORDS = (
    "action",
    "new action",
    "open action",
    "outstanding action",
    "previous action",
    "further action",
    "agreed action",
)
BULLET_OR_NUMBER = re.compile(r"^(?:[•▪●◦*·–—-]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)])\s+")


@dataclass
class Context:
    """What reading a record needs to know beside its lines."""

    cast: Cast
    measure: Measure
    findings: Findings
    date: dt.date | None
    owner_titles: Collection[str] = ()
    actions: list[Action] = field(default_factory=list)
    strangers: set[str] = field(default_factory=set)


class Record:
    """Reads the lines of one item in order."""

    def __init__(self, item: Item, prefix: str, context: Context):
        self.item, self.prefix, self.context = item, prefix, context
        self.asked: Asked | None = None
        self.last: Said | None = None  # so that the points of a list go on with it
        self.carried: list[str] = []  # the keys of the earlier actions now spoken about
        self.heading: str | None = None  # of the action whose text comes next
        self.under_heading = ""
        self.listed_under = ""  # the heading of a numbered list of actions, each with what was said about it

    def read(self, lines: list[Line]) -> None:
        """Read everything below the heading into the item; "None" alone says that there was nothing."""
        if len(lines) == 1 and is_none(lines[0].text):
            self.item.none = True
            return
        for announces, part in runs(lines, self.context.measure):
            if announces:
                self._give_up_heading()
                self.heading = self.under_heading = join(part)
                continue
            for paragraph in paragraphs(part, self.context.measure, self._opens):
                self._read_paragraph(paragraph)
        self._give_up_heading()

    def _opens(self, before: list[Line], text: str) -> bool:
        """Whether these words begin a paragraph after those, where the width of the lines does not tell.

        A question does once the one before was answered; so does anybody's speech after an action.
        """
        cast = self.context.cast
        if self._is_next_of_list(text):
            return True
        if self.heading is not None or (self.under_heading and self._is_promise(join(before))):
            return opens_with_speaker(text, cast) or self._is_promise(text)
        return opens_with_question(text, cast) and is_answered(join(before), cast)

    def _read_paragraph(self, paragraph: Paragraph) -> None:
        """An action with its own heading, the text of the one announced, or speech."""
        match = ACTION_AND_TEXT.fullmatch(paragraph.text)
        if match:
            self._give_up_heading()
            self.under_heading = match["heading"]
            self._add_action(match["heading"], match["text"], paragraph.number, match["reference"])
        elif self.heading is not None and not is_none(paragraph.text):
            heading, self.heading = self.heading, None
            self._add_action(heading, paragraph.text, paragraph.number)
        elif (self.under_heading and self._is_promise(paragraph.text)) or self._is_next_of_list(
            paragraph.text
        ):
            self._add_action("", paragraph.text, paragraph.number)
        else:
            self._give_up_heading()
            self.under_heading = ""
            self._add_speech(paragraph)

    def _is_promise(self, text: str) -> bool:
        return is_promise(_without_bullet(text), self.context.cast, self.context.owner_titles)

    def _is_next_of_list(self, text: str) -> bool:
        """Whether this is the next of actions that are numbered below one heading."""
        return bool(self.listed_under and BULLET_OR_NUMBER.match(text)) and self._is_promise(text)

    def _give_up_heading(self) -> None:
        """A heading of actions without an action stays as narrative."""
        if self.heading is None:
            return
        said = Said("narrative", self.heading, paragraph=True)
        self.heading, self.under_heading = None, ""
        self._start_exchange([said])

    def _add_action(self, heading: str, text: str, line: int, reference: str | None = None) -> None:
        key = f"a{len(self.context.actions) + 1}"
        under = heading or self.under_heading or self.listed_under
        self.listed_under = under if BULLET_OR_NUMBER.match(text) else ""
        origin = _origin(under)
        promised = _due(due(text, self.context.date))
        action = Action(
            key=key,
            reference=reference if reference != "XX" else None,
            heading=heading,
            text=text,
            owners=owners(_without_bullet(text), self.context.cast, self.context.owner_titles),
            due=promised,
            first_due=promised,
            place=Place(
                item=self.item.number, after=self.item.exchanges[-1].number if self.item.exchanges else None
            ),
            carried_from=origin,
            as_of=self.context.date,
        )
        self.context.actions.append(action)
        self._follow(action)
        self._report_action(action, line)

    def _follow(self, action: Action) -> None:
        """What is said after an earlier action is about it; a new action ends that."""
        self.carried = [action.key] if action.carried_from else []
        self.asked = self.last = None

    def _report_action(self, action: Action, line: int) -> None:
        findings, place = self.context.findings, f"Item {self.item.number}"
        if not action.owners:
            findings.blocker(
                "action-without-owner",
                place,
                f"The action “{shortened(action.text, 60)}” does not say who owns it.",
                line,
            )
        if isinstance(action.due, DueOn) and self.context.date and action.due.date < self.context.date:
            findings.doubt(
                "due-before-meeting",
                place,
                f"The action “{shortened(action.text, 60)}” was due before the meeting.",
                line,
            )

    def _add_speech(self, paragraph: Paragraph) -> None:
        if self._goes_on(paragraph):
            said = [
                Said(
                    self.last.kind,
                    paragraph.text,
                    speaker=self.last.speaker,
                    nobody_named=self.last.nobody_named,
                    paragraph=True,
                )
            ]
            joins = True
        else:
            said, self.asked = read_paragraph(paragraph.text, self.context.cast, self.asked)
            joins = not starts_exchange(said)
        self._report_speech(said, paragraph)
        self.last = said[-1]
        if joins and self.item.exchanges:
            self.item.exchanges[-1].contributions += map(_contribution, said)
        else:
            self._start_exchange(said)

    def _goes_on(self, paragraph: Paragraph) -> bool:
        """The points of a list belong to whoever spoke before it."""
        listed = paragraph.bullet or (self.last is not None and self.last.text.endswith(":"))
        return bool(self.last and listed and self.item.exchanges) and not opens_with_speaker(
            paragraph.text, self.context.cast
        )

    def _start_exchange(self, said: list[Said]) -> None:
        number = f"{self.prefix}{len(self.item.exchanges) + 1}"
        contributions = [_contribution(part) for part in said]
        self.item.exchanges.append(
            Exchange(number=number, about=list(self.carried), contributions=contributions)
        )

    def _report_speech(self, said: list[Said], paragraph: Paragraph) -> None:
        place, findings = f"Item {self.item.number}", self.context.findings
        for part in said:
            if part.unknown and part.unknown not in self.context.strangers:
                self.context.strangers.add(part.unknown)
                findings.blocker(
                    "speaker-not-present",
                    place,
                    _stranger_sentence(part.unknown, self.context.cast),
                    paragraph.number,
                )
            if part.together:
                findings.remark(
                    "several-speakers",
                    place,
                    f"“{part.lead}” speak together; the first is recorded as the speaker.",
                    paragraph.number,
                )
            if part.from_speaker:
                findings.remark(
                    "kind-from-speaker",
                    place,
                    f"“{shortened(part.printed, 60)}” was taken as {_article(part.kind)} by who speaks.",
                    paragraph.number,
                )


def runs(lines: list[Line], measure: Measure) -> list[tuple[bool, list[Line]]]:
    """The lines, cut where one has a meaning of its own; with each part, whether it announces actions."""
    found: list[tuple[bool, list[Line]]] = []
    index, cut = 0, True
    while index < len(lines):
        count = _announcement(lines, index, measure)
        alone = bool(count) or is_none(lines[index].text)
        if alone or cut or _starts_action(lines, index, measure):
            found.append((bool(count), []))
        found[-1][1].extend(lines[index : index + max(count, 1)])
        index += max(count, 1)
        cut = alone
    return found


def _announcement(lines: list[Line], index: int, measure: Measure) -> int:
    """How many lines from here announce actions, such as "Action arising"; 0 when they do not."""
    line = lines[index]
    if not line.text.lower().startswith(ACTION_WORDS) or _goes_on_from(lines, index, measure):
        return 0
    following = lines[index + 1] if index + 1 < len(lines) else None
    if following and not following.apart and not line.text.endswith(":"):
        both = f"{line.text} {following.text}"
        if both.endswith(":") and ACTION_HEADING.fullmatch(both):
            return 2
        if not measure.fits(line.text, following.text) or following.text[0].islower():
            return 0
    return 1 if ACTION_HEADING.fullmatch(line.text) else 0


def _starts_action(lines: list[Line], index: int, measure: Measure) -> bool:
    """Whether an action with its heading on the same line starts here."""
    return bool(ACTION_AND_TEXT.fullmatch(lines[index].text)) and not _goes_on_from(lines, index, measure)


def _goes_on_from(lines: list[Line], index: int, measure: Measure) -> bool:
    """Whether the line before runs on into this one, in the middle of a sentence."""
    line, before = lines[index], lines[index - 1] if index else None
    if before is None or line.gap or ends_sentence(before.text) or is_none(before.text):
        return False
    return not measure.fits(before.text, line.text)


def _origin(heading: str) -> Origin | None:
    """The earlier meeting that a heading names: "Action arising from the September 2019 meeting:"."""
    match = CARRIED.search(heading)
    return Origin(text=match["origin"] or heading.rstrip(" :")) if match else None


def _due(promised: Due | None) -> DueOn | DueAt | None:
    if promised is None:
        return None
    return DueAt(meeting="next") if promised.next_meeting else DueOn(date=promised.date)


def _contribution(said: Said) -> Contribution:
    return Contribution(
        kind=said.kind,
        speaker=said.speaker,
        nobody_named=said.nobody_named,
        lead=said.lead,
        text=said.text,
        paragraph=said.paragraph,
    )


def _without_bullet(text: str) -> str:
    return BULLET_OR_NUMBER.sub("", text)


def _article(kind: str) -> str:
    return f"an {kind}" if kind == "answer" else f"a {kind}"


def _stranger_sentence(title: str, cast: Cast) -> str:
    if cast.at_start(title.split()):
        return f"“{title}” speaks, and more than one person in the attendance list is called that."
    return f"“{title}” speaks but is not in the attendance list."
