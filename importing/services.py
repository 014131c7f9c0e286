"""A Notes document becomes a record, as it is, in one transaction."""

import datetime as dt
import hashlib
import uuid
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from importing.findings import Finding
from importing.fitting import what_does_not_fit
from importing.matching import Directory, themes_named, type_named, unused_uid
from importing.models import Source
from importing.promises import add_promises
from meetings import permissions
from meetings.models import AgendaItem, Attendance, Exchange, Meeting, Person, SettledDoubt
from meetings.models.people import NOT_NAMED, PublishAs
from meetings.numbering import numbers_of
from meetings.services import (
    Refused,
    Spoken,
    add_attendee,
    add_exchange,
    add_item,
    change_meeting,
    record_none,
    save_as,
)
from publications.notes import Attendee, Item, MeetingFacts, Notes, Passages


@transaction.atomic
def make_record(
    notes: Notes,
    *,
    source_name: str = "",
    source_bytes: bytes | None = None,
    findings: Iterable[Finding] = (),
    names_are_public: bool = False,
    by: User | None,
    at: dt.datetime | None = None,
) -> Meeting:
    """Make the record that the notes tell of: a draft like any other, with its source kept.

    Compiled for the office it is these notes again. What they name and the office does
    not know yet (people, roles, types, themes) is made. Whether the public sees a person's
    name follows from their role, unless the notes are the public's own. Raises `PermissionDenied`, or
    `meetings.services.Refused` with a sentence.
    """
    permissions.require_planning(by)
    at = at or timezone.now()
    if too_long := what_does_not_fit(notes):
        raise Refused(". ".join(too_long))
    meeting = _begin(notes, by)
    directory = Directory(notes, by)
    speakers = {
        person.key: _attend(meeting, person, directory, names_are_public, by) for person in notes.people
    }
    _count(meeting, notes, by)
    items, exchanges = _minute(meeting, notes, speakers, by, at)
    _keep_numbers(meeting, items, exchanges, at)
    add_promises(meeting, notes, directory, items, exchanges, by=by, at=at)
    _keep_doubts(meeting, notes, by, at)
    if source_bytes is not None:
        _keep_source(meeting, source_name, source_bytes, findings, by, at)
    return meeting


def _begin(notes: Notes, by: User | None) -> Meeting:
    """The meeting with its facts; it keeps the id of its notes where no meeting here has it."""
    facts, coming = notes.meeting, notes.next_meeting
    type = type_named(facts.type, by)
    meeting = Meeting(
        type=type,
        title="" if facts.title == type.name else facts.title,
        chair_as_written=facts.chair_as_written or "",
        minutes_as_written=facts.minutes_as_written or "",
    )
    if unused_uid(facts.id):
        meeting.uid = uuid.UUID(facts.id)
    save_as(meeting, by)
    changes = _facts(facts)
    if coming:
        changes |= {
            "next_type": coming.type or "",
            "next_subject": coming.subject or "",
            "next_date": coming.date,
            "next_date_as_written": coming.date_as_written or "",
            "next_as_written": coming.as_written or "",
            "next_start": _clock(coming.start),
            "next_venue": coming.venue or "",
        }
    return change_meeting(meeting, by=by, **changes)


def _facts(facts: MeetingFacts) -> dict:
    original = facts.original
    return {
        "status": facts.status,
        "held": facts.held,
        "date": facts.date,
        "date_as_written": facts.date_as_written or "",
        "start": _clock(facts.start),
        "end": _clock(facts.end),
        "venue": facts.venue or "",
        "period": facts.period or "",
        "summary": facts.summary or "",
        "published_elsewhere": original is not None,
        "originally_published": original.published if original else None,
        "original_source": (original.source or "") if original else "",
    }


def _attend(
    meeting: Meeting, attendee: Attendee, directory: Directory, is_public: bool, by: User | None
) -> Attendance:
    shown = PublishAs.NAME if is_public else ""
    role = directory.role_of(attendee)
    return add_attendee(
        meeting,
        person=directory.person(attendee, role),
        role=role,
        role_title=attendee.role,
        abbreviation=attendee.abbreviation or "",
        body=attendee.body,
        presence=attendee.attendance,
        present_for=attendee.present_for or "",
        chair=attendee.chair,
        minute_taker=attendee.minute_taker,
        publish_as=PublishAs.ROLE if attendee.name is None else shown,
        by=by,
    )


def _count(meeting: Meeting, notes: Notes, by: User | None) -> None:
    """Those whom the notes only count are people without a name or a role."""
    for counted in notes.counted:
        for _ in range(counted.number):
            person = Person(name=NOT_NAMED)
            save_as(person, by)
            add_attendee(
                meeting,
                person=person,
                body=counted.body,
                presence=counted.attendance,
                publish_as=PublishAs.COUNTED,
                by=by,
            )


def _minute(
    meeting: Meeting, notes: Notes, speakers: dict[str, Attendance], by: User | None, at: dt.datetime
) -> tuple[dict[str, AgendaItem], dict[str, Exchange]]:
    """The agenda and what was said, by the numbers that the notes give them."""
    items: dict[str, AgendaItem] = {}
    exchanges: dict[str, Exchange] = {}

    def minute(told: Item, parent: AgendaItem | None) -> None:
        item = items[told.number] = add_item(
            meeting,
            title=told.title,
            kind=told.kind,
            label=told.label,
            parent=parent,
            themes=themes_named(told.themes, by),
            by=by,
        )
        for exchange in told.exchanges:
            spoken = [
                Spoken(
                    kind=said.kind,
                    text=as_words(said.text),
                    speaker=speakers.get(said.speaker),
                    nobody_named=said.nobody_named,
                    lead=said.lead,
                    paragraph=said.paragraph,
                )
                for said in exchange.contributions
            ]
            note = "\n\n".join(exchange.notes)
            exchanges[exchange.number] = add_exchange(item, spoken, public_note=note, by=by, at=at)
        if told.none:
            record_none(item, True, by)
        for child in told.items:
            minute(child, item)

    for told in notes.items:
        minute(told, None)
    return items, exchanges


def as_words(passages: Passages) -> str:
    """A text as one string; what was withheld from it is marked, since it is not here."""
    if isinstance(passages, str):
        return passages
    return "".join(part if isinstance(part, str) else f"[{part.withheld}]" for part in passages)


def _keep_numbers(
    meeting: Meeting, items: dict[str, AgendaItem], exchanges: dict[str, Exchange], at: dt.datetime
) -> None:
    """Store the numbers of the notes where places alone would give others, such as 2.1.2A."""
    worked_out = numbers_of(meeting)
    as_told = {item.pk: number for number, item in items.items()}
    as_said = {exchange.pk: number for number, exchange in exchanges.items()}
    if worked_out.items == as_told and worked_out.exchanges == as_said:
        return
    for rows in (items, exchanges):
        for number, row in rows.items():
            row.number = number
    AgendaItem.objects.bulk_update(items.values(), ["number"])
    Exchange.objects.bulk_update(exchanges.values(), ["number"])
    meeting.numbered_at = at
    save_as(meeting, None, fields=["numbered_at"])


def _keep_doubts(meeting: Meeting, notes: Notes, by: User | None, at: dt.datetime) -> None:
    SettledDoubt.objects.bulk_create(
        SettledDoubt(
            meeting=meeting,
            code=f"original-{place}",
            where=doubt.where,
            sentence=doubt.sentence,
            public_note=doubt.note,
            by=by,
            at=at,
        )
        for place, doubt in enumerate(notes.doubts, 1)
    )


def _keep_source(
    meeting: Meeting, name: str, content: bytes, findings: Iterable[Finding], by: User | None, at: dt.datetime
) -> None:
    Source.objects.create(
        meeting=meeting,
        name=name,
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        findings=[finding.as_dict() for finding in findings],
        by=by,
        at=at,
    )


def _clock(written: str | None) -> dt.time | None:
    return dt.time.fromisoformat(written) if written else None
