"""What a person decides about a source before its record is made: corrections, and how findings are settled."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from actions import checks as of_actions
from importing.findings import Finding, Severity
from importing.intake import Intake, published_before
from importing.services import make_record
from meetings import checks as of_meetings
from meetings.models import Meeting, SettledDoubt
from meetings.services import change_meeting
from publications.notes import Notes

RIGHT, LATER, IN_DOUBT = "right", "later", "original"
# The checks of a record that say the same as a finding of the reader.
CHECKS = {
    "weekday": "weekday",
    "no-chair": "no_chair",
    "chair-not-present": "no_chair",
    "next-weekday": "next_weekday",
    "next-before-this": "next_before",
    "action-without-owner": "action_without_owner",
    "due-before-meeting": "action_due_before_meeting",
    "empty-item": "not_minuted",
}
NOTE_BEGINS = "To look at, from the text that was brought in:"


@dataclass(frozen=True)
class Settlement:
    """How somebody settled a finding: it is right, it is looked at later, or it stays in doubt with a public note."""

    finding: Finding
    how: str = LATER
    public_note: str = ""


@dataclass(frozen=True)
class Corrections:
    """What was misread, as it should be; what is None stays as it was read."""

    title: str | None = None
    type: str | None = None
    date: dt.date | None = None
    chair: str | None = None
    owners: Mapping[str, str] = field(default_factory=dict)  # by the key of the action; "" is nobody

    def applied_to(self, notes: Notes) -> Notes:
        notes = notes.model_copy(deep=True)
        facts = notes.meeting
        facts.title, facts.type = self.title or facts.title, self.type or facts.type
        if self.date:
            facts.date = self.date
            for action in notes.actions:
                action.as_of = self.date
        if self.chair is not None:
            for person in notes.people:
                person.chair = person.key == self.chair
        for action in notes.actions:
            if action.key in self.owners:
                lead = self.owners[action.key]
                helping = [key for key in action.owners[1:] if key != lead]
                action.owners = [lead, *helping] if lead else []
        return notes


@transaction.atomic
def bring_in(
    intake: Intake,
    *,
    corrections: Corrections | None = None,
    settlements: Collection[Settlement] = (),
    elsewhere: bool = False,
    published_on: dt.date | None = None,
    by: User | None,
    at: dt.datetime | None = None,
) -> Meeting:
    """Make the record of a source, with what was corrected and settled. All of it is stored, or nothing.

    `elsewhere` says that the notes were published elsewhere before, on `published_on`
    where that is known. Raises what `make_record` raises.
    """
    at = at or timezone.now()
    settled = {one.finding: one for one in settlements}
    answers = [settled.get(finding, Settlement(finding)) for finding in intake.findings]
    notes = (corrections or Corrections()).applied_to(intake.notes)
    if elsewhere:
        notes = published_before(notes, published_on, intake.name)
    else:
        _put_right_what_was_written(notes, answers)
    meeting = make_record(
        notes, source_name=intake.name, source_bytes=intake.content, findings=intake.findings, by=by, at=at
    )
    if elsewhere:
        _keep_doubts(meeting, [one for one in answers if one.how == IN_DOUBT], by, at)
    _note_what_is_left(meeting, [one.finding for one in answers if one.how == LATER], by)
    return meeting


def _put_right_what_was_written(notes: Notes, answers: list[Settlement]) -> None:
    """A date that somebody confirmed stands alone: the weekday of the source, which contradicts it, goes."""
    confirmed = {one.finding.code for one in answers if one.how == RIGHT}
    if "weekday" in confirmed:
        notes.meeting.date_as_written = None
    if "next-weekday" in confirmed and notes.next_meeting:
        notes.next_meeting.date_as_written = None


def _keep_doubts(meeting: Meeting, doubts: list[Settlement], by: User | None, at: dt.datetime) -> None:
    """Keep each under the check that would ask the same again, so that it is not asked twice."""
    open_checks = [*of_meetings.checks(meeting), *of_actions.checks(meeting)]
    for doubt in doubts:
        finding = doubt.finding
        same = [check for check in open_checks if check.code == CHECKS.get(finding.code)]
        check = next((one for one in same if one.where in finding.where), same[0] if same else None)
        SettledDoubt.objects.update_or_create(
            meeting=meeting,
            code=check.code if check else finding.code,
            where=check.where if check else finding.where[:200],
            defaults={"sentence": finding.sentence, "public_note": doubt.public_note, "by": by, "at": at},
        )


def _note_what_is_left(meeting: Meeting, findings: list[Finding], by: User | None) -> None:
    """What no check will ask again is noted for the office."""
    left = [one for one in findings if one.severity != Severity.REMARK and one.code not in CHECKS]
    if left:
        told = "\n".join([NOTE_BEGINS, *(f"{one.where}: {one.sentence}" for one in left)])
        change_meeting(meeting, office_note=told[:20_000], by=by)
