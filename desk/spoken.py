"""What somebody typed in the entry form becomes what was said, read as old notes are read.

The reading is shown at once and can be corrected; where the typist says who spoke or
what they did, that goes before any reading. Every word stays.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from meetings.models import Attendance
from meetings.outline import Entry
from meetings.reading.cast import Cast, Voice
from meetings.reading.shortforms import expand
from meetings.reading.speech import Asked, Said, read_paragraph
from meetings.reading.verbs import reporting_verb
from meetings.services import Spoken
from publications.notes import ContributionKind

DID = {
    ContributionKind.QUESTION: "asked",
    ContributionKind.ANSWER: "answered",
    ContributionKind.COMMENT: "commented",
    ContributionKind.DECISION: "decided",
    ContributionKind.NARRATIVE: "",
}


@dataclass(frozen=True)
class Typed:
    """The entry form's answers; what is empty is left to the words."""

    text: str
    speaker: Attendance | None = None
    kind: str = ""
    nobody_named: bool = False


def read(typed: Typed, attendances: Iterable[Attendance], before: Entry | None) -> list[Spoken]:
    """What was typed as contributions, one or more to a line; `before` is the entry that it may answer."""
    paragraphs = [" ".join(line.split()) for line in typed.text.splitlines() if line.strip()]
    if typed.kind or typed.nobody_named:
        return _as_told(typed, paragraphs)
    return _as_read(typed, paragraphs, list(attendances), before)


def joins(spoken: list[Spoken]) -> bool:
    """Whether this continues the entry before: answers alone do, everything else starts a new one."""
    return all(one.kind == ContributionKind.ANSWER for one in spoken)


def answers_of_nobody(spoken: Iterable[Spoken]) -> bool:
    """Whether an answer neither says who gave it nor that nobody was named."""
    return any(
        one.kind == ContributionKind.ANSWER and one.speaker is None and not one.nobody_named for one in spoken
    )


def summary(spoken: Iterable[Spoken]) -> str:
    """How an entry was understood, in a few words: "PCC asked, nobody named answered"."""
    return ", ".join(_did(one) for one in spoken)


def _did(one: Spoken) -> str:
    if one.speaker:
        return f"{one.speaker.abbreviation or one.speaker.name} {DID.get(one.kind) or 'noted'}"
    if one.nobody_named:
        return "nobody named answered"
    return f"somebody {DID[one.kind]}" if DID.get(one.kind) else "a note without a speaker"


def _as_told(typed: Typed, paragraphs: list[str]) -> list[Spoken]:
    kind = typed.kind or ContributionKind.ANSWER
    lead = typed.speaker.printed if typed.speaker else ""
    return [
        Spoken(str(kind), text, typed.speaker, typed.nobody_named, "" if place else lead)
        for place, text in enumerate(paragraphs)
    ]


def _as_read(
    typed: Typed, paragraphs: list[str], attendances: list[Attendance], before: Entry | None
) -> list[Spoken]:
    people = {key_of(one): one for one in attendances}
    cast = Cast.of(voice_of(one) for one in attendances)
    asked = open_question(before)
    spoken: list[Spoken] = []
    for place, paragraph in enumerate(paragraphs):
        lead = typed.speaker.printed if typed.speaker and not place else ""
        said, asked = read_paragraph(f"{lead} {paragraph}".strip(), cast, asked)
        if lead and not _is_by(said[0], typed.speaker, lead):
            said = [Said(ContributionKind.COMMENT, paragraph, lead, key_of(typed.speaker), paragraph=True)]
        spoken += [spoken_of(one, people) for one in _said_on(said, typed.speaker)]
    return spoken


def _is_by(said: Said, speaker: Attendance, lead: str) -> bool:
    return said.speaker == key_of(speaker) and said.lead == lead


def _said_on(said: list[Said], speaker: Attendance | None) -> list[Said]:
    """Words that open with nobody are the chosen speaker's own, who goes on speaking."""
    first = said[0]
    if speaker is None or first.speaker or first.nobody_named or first.unknown:
        return said
    own = Said(ContributionKind.COMMENT, first.text, speaker=key_of(speaker), paragraph=first.paragraph)
    return [own, *said[1:]]


def spoken_of(said: Said, people: dict[str, Attendance]) -> Spoken:
    return Spoken(
        str(said.kind), said.text, people.get(said.speaker), said.nobody_named, said.lead, said.paragraph
    )


def written_out(spoken: Spoken, forms: Mapping[str, str]) -> Spoken:
    """With short forms written out, and which they were."""
    text, expansions = expand(spoken.text, forms)
    shortened = tuple((one.short, one.full, one.at) for one in expansions)
    return replace(spoken, text=text, short_forms=shortened)


def without_own_name(text: str, speaker: Attendance | None) -> str:
    """What was typed without the speaker's own name before it, as the box is typed in: "pcc asked why" is "asked why".

    Empty where nothing but the name was typed.
    """
    if speaker is None:
        return text
    names = {name for name in (speaker.abbreviation, speaker.printed, f"the {speaker.abbreviation}") if name}
    known = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    match = re.match(rf"(?:{known})(?:(?P<colon>\s*:)\s*|\s+|$)", text, re.IGNORECASE) if known else None
    if match is None:
        return text
    rest = text[match.end() :]
    return rest if not rest or match["colon"] or reporting_verb(rest) else text


def voice_of(attendance: Attendance) -> Voice:
    return Voice(
        key=key_of(attendance),
        name=attendance.name,
        role=attendance.role_title,
        abbreviation=attendance.abbreviation,
        body=attendance.body,
    )


def key_of(attendance: Attendance) -> str:
    """A key that stands in no text, so that only names and short names are found there."""
    return f"attendance-{attendance.pk}"


def open_question(before: Entry | None) -> Asked | None:
    """The last question of an entry, which the next words may answer."""
    questions = (
        [one for one in before.contributions if one.kind == ContributionKind.QUESTION] if before else []
    )
    if not questions:
        return None
    speaker = questions[-1].speaker
    return Asked(key_of(speaker), speaker.body) if speaker else Asked(None, "office")
