"""Where an action begins that was said: its form filled with the words, who owes it and when it is due."""

import re

from actions.forms import chosen_due
from meetings.models import Attendance, Contribution, Meeting, Role
from meetings.reading import promises
from meetings.reading.cast import Cast, Voice
from meetings.reading.commitments import sounds_like_commitment
from meetings.reading.sentences import sentences

# What comes before the deed in reported speech: "responded that he would …".
BEFORE_THE_DEED = re.compile(
    r"^.*?\b(?:will|would|shall|(?:undertook|agreed|promised|offered|committed|intended) to)\s+"
    r"(?:be able to\s+|also\s+|now\s+)*",
    re.I | re.S,
)


def initial_from(contribution: Contribution, meeting: Meeting) -> dict:
    """The answers that the words themselves give; whoever asks looks them over."""
    text = promised_in(contribution.wording)
    attendances = list(meeting.attendances.select_related("role"))
    due = promises.due(contribution.wording, meeting.date)
    return {
        "text": text,
        "owner": owner_of(contribution, attendances),
        **(chosen_due(due.date, due.next_meeting) if due else {}),
    }


def promised_in(text: str) -> str:
    """What is to be done, without the speech around it; all the words where they do not sound like a promise."""
    promised = " ".join(one for one in sentences(text) if sounds_like_commitment(one))
    deed = BEFORE_THE_DEED.sub("", promised, count=1)
    return deed.strip().rstrip(".") or text


def owner_of(contribution: Contribution, attendances: list[Attendance]) -> Role | None:
    """The role of whom the words name as owing it, else of who speaks."""
    people = {f"attendance-{one.pk}": one for one in attendances}
    cast = Cast.of(
        Voice(key=key, name=one.name, role=one.role_title, abbreviation=one.abbreviation, body=one.body)
        for key, one in people.items()
    )
    text = re.sub(r"^\s*(?:\w+ )?that\s+", "", contribution.text)
    named = promises.owners(text, cast) if promises.is_promise(text, cast) else []
    speaker = next((one for one in attendances if one.pk == contribution.speaker_id), None)
    owner = people[named[0]] if named else speaker
    return owner.role if owner else None
