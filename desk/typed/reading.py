"""What typed lines say, what stands against keeping them, and how they are shown before they are kept."""

from collections.abc import Iterable
from dataclasses import dataclass

from actions.models import Outcome
from desk.spoken import open_question
from desk.typed.said import spoken
from desk.typed.setting import Setting, owner_of
from meetings.reading.directions import WHO_OWNS, ActionLine, OutcomeLine
from meetings.reading.lines import (
    ExchangeLine,
    FlagLine,
    Line,
    NoneLine,
    QuestionLine,
    UnclearLine,
    question_of,
    read_lines,
)
from meetings.services import Spoken
from web.dates import day

LONGEST_NOTE = 500  # as much as `Contribution.to_check` holds
LONGEST_ACTION = 5000
SHOWN_FIRST = 3  # more exchanges than these are looked over before they are kept


def read(text: str, setting: Setting) -> list[Line]:
    """What the lines say here; what cannot be kept is an `UnclearLine` that says why."""
    lines = read_lines(text, setting.room, open_question(setting.before))
    return [_checked(line, lines, setting) for line in lines]


def unclear(lines: Iterable[Line]) -> list[UnclearLine]:
    return [line for line in lines if isinstance(line, UnclearLine)]


def wants_a_look(lines: Iterable[Line]) -> bool:
    """Whether this is a page of notes rather than what somebody just typed."""
    return sum(isinstance(line, ExchangeLine) for line in lines) > SHOWN_FIRST


@dataclass(frozen=True)
class Seen:
    """One line as it was read, to be looked over: what it becomes, and its contributions or words."""

    becomes: str
    said: list[Spoken]
    text: str = ""


def preview(lines: Iterable[Line], setting: Setting) -> list[Seen]:
    """What would be kept, in order."""
    return [_seen(line, setting) for line in lines]


def _seen(line: Line, setting: Setting) -> Seen:
    match line:
        case ExchangeLine():
            return Seen("Entry", [spoken(one, setting) for one in line.contributions])
        case ActionLine():
            due = line.due
            when = "no due date"
            if due:
                when = "due at the next meeting" if due.next_meeting else f"due {day(due.date)}"
            return Seen(f"Action for {setting.choices[line.owner]}, {when}", [], line.text)
        case OutcomeLine():
            name = setting.carried[line.reference].name
            what = Outcome(line.outcome).label.lower() if line.outcome else "what follows is about it"
            return Seen(f"{name}: {what}", [], line.text)
        case FlagLine():
            return Seen("To check above", [], line.note)
    return Seen("None", [])


def _checked(line: Line, lines: list[Line], setting: Setting) -> Line:
    """The line, or what stands against keeping it."""
    if problem := _problem(line, lines, setting):
        text, asks, candidates = problem
        return UnclearLine(text, asks, candidates, question=question_of(text))
    return line


def _problem(line: Line, lines: list[Line], setting: Setting) -> tuple[str, str, tuple] | None:
    match line:
        case ActionLine() if owner_of(line.owner, setting) is None:
            return line.text, WHO_OWNS, tuple(setting.roles)
        case ActionLine() if len(line.text) > LONGEST_ACTION:
            return line.text[:100], "Action must be 5,000 characters or less", ()
        case FlagLine() if setting.before is None:
            return f"? {line.note}", "There is nothing above that could be checked", ()
        case FlagLine() if len(line.note) > LONGEST_NOTE:
            return line.note[:100], "What is to be checked must be 500 characters or less", ()
        case NoneLine() if len(lines) > 1:
            return "none", "Write none on its own, or leave it out", ()
        case NoneLine() if setting.before:
            return "none", f"“{setting.item.title}” has a record, so it cannot be minuted as None", ()
        case OutcomeLine(outcome="") if line is lines[-1]:
            name = setting.carried[line.reference].label
            return f"{name}:", f"Type below {name} what was said about it", ()
        case ExchangeLine():
            return _problem_in_exchange(line, setting)
    return None


def _problem_in_exchange(line: ExchangeLine, setting: Setting) -> tuple[str, str, tuple] | None:
    for one in line.contributions:
        if isinstance(one, QuestionLine) and one.number > len(setting.questions):
            count = len(setting.questions)
            are = "1 prepared question" if count == 1 else f"{count or 'no'} prepared questions"
            return f"q{one.number}", f"This item has {are}", ()
        if len(one.to_check) > LONGEST_NOTE:
            return one.to_check[:100], "What is to be checked must be 500 characters or less", ()
    return None
