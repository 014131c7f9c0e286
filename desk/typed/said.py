"""What somebody said, as it will be stored: typed, prepared as a question, or reported on an earlier action."""

from collections.abc import Iterable
from dataclasses import replace

from actions.models import Action, Outcome
from desk import spoken as reading
from desk.typed.setting import Setting
from meetings.reading.directions import OutcomeLine
from meetings.reading.lines import QuestionLine, Words
from meetings.reading.shortforms import Expansion
from meetings.reading.verbs import ASKING, reporting_verb
from meetings.services import Spoken
from publications.notes import ContributionKind
from web.dates import day


def spoken(one: Words | QuestionLine, setting: Setting) -> Spoken:
    """A contribution as it will be stored."""
    if isinstance(one, QuestionLine):
        return replace(prepared(setting, one.number), to_check=one.to_check)
    said = reading.spoken_of(one.said, setting.people)
    said = replace(said, to_check=one.to_check, short_forms=as_typed(one.expansions))
    return said.as_rough() if setting.is_rough else said


def prepared(setting: Setting, number: int) -> Spoken:
    """A prepared question as it was asked: by whoever chairs for the office."""
    text = setting.questions[number - 1].text
    office = [one for one in setting.attendances if one.body == "office"]
    asks = next((one for one in office if one.chair), next(iter(office), None))
    verb = reporting_verb(text)
    asked = text if verb in ASKING else f"asked: {text}"
    return Spoken(
        str(ContributionKind.QUESTION), " ".join(asked.split()), asks, lead=asks.printed if asks else ""
    )


def reported(line: OutcomeLine, action: Action, setting: Setting) -> list[Spoken]:
    """What the record says of an earlier action: the report, and a date that was agreed."""
    told = []
    if line.text:
        is_told = reporting_verb(line.text) is not None
        owner = next((one for one in setting.attendances if one.role_id == action.owner_id), None)
        typed = reading.Typed(line.text, owner if is_told else None)
        told = _with_short_forms(reading.read(typed, setting.attendances, None), line)
        if setting.is_rough:
            told = [one.as_rough() for one in told]
    if line.outcome == Outcome.NEW_DATE and line.due:
        when = f"on {day(line.due.date)}" if line.due.date else "at the next meeting"
        told.append(Spoken(str(ContributionKind.DECISION), f"It is now due {when}."))
    return told


def _with_short_forms(told: list[Spoken], line: OutcomeLine) -> list[Spoken]:
    """What was read from a report, with the short forms that were written out in each part of it."""
    found, end = [], 0
    for one in told:
        begin = line.text.find(one.text, end)
        if begin < 0:
            found.append(one)
            continue
        end = begin + len(one.text)
        own = [replace(form, at=form.at - begin) for form in line.short_forms if begin <= form.at < end]
        found.append(replace(one, short_forms=as_typed(own)))
    return found


def as_typed(expansions: Iterable[Expansion]) -> tuple[tuple[str, str, int], ...]:
    """Short forms as the history keeps them."""
    return tuple((one.short, one.full, one.at) for one in expansions)
