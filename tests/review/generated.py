"""Meetings of every shape, minuted through the services: what the property tests are run on."""

import datetime as dt
from uuid import uuid4

from hypothesis import strategies as st

from actions.models import SPOKEN, EventKind, Outcome
from actions.services import (
    add_action,
    add_earlier_action,
    carried_into,
    decide,
    drop_spoken,
    give_reference,
    give_references,
    propose_completion,
    record_outcome,
    record_update,
)
from meetings.models import Attendance, Meeting, MeetingType, Person, Role, SettledDoubt, Theme
from meetings.models.people import PublishAs
from meetings.numbering import store_numbers
from meetings.services import (
    Refused,
    Spoken,
    add_attendee,
    add_exchange,
    add_item,
    change_meeting,
    plan_meeting,
    record_none,
)
from publications.notes import ContributionKind, ItemKind
from tests.review.records import the_office

letters = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Zl", "Zp"])
words = st.text(letters, min_size=1, max_size=30).map(str.strip).filter(bool)
maybe = st.just("") | words
notes_of_several = st.lists(words, max_size=2).map("\n\n".join)
days = st.dates(dt.date(2012, 11, 22), dt.date(2026, 6, 30))
clocks = st.times(timezones=st.none()).map(lambda time: time.replace(second=0, microsecond=0))
POSTS = [
    ("Police and Crime Commissioner", "PCC", "office"),
    ("Chief Constable", "CC", "force"),
    ("Assistant Chief Constable", "ACC", "force"),
    ("Staff Officer", "", "force"),
    ("Analyst", "", "office"),
    ("", "", "other"),
]
NAMES = ["Ada Fenn", "Bram Holt", "Cleo Marsh", "Dev Patience", "Ada Fenn"]
ENDING = [
    EventKind.CLOSED,
    EventKind.RETURNED,
    EventKind.RETAINED,
    EventKind.WITHDRAWN,
    EventKind.TRANSFERRED,
]


def meeting(data, approver) -> Meeting:
    """Draw a meeting, perhaps with an earlier one whose actions come back to it."""
    the_office()
    kind, _ = MeetingType.objects.get_or_create(name=data.draw(words, "type"))
    day = data.draw(days, "date")
    if data.draw(st.booleans(), "has an earlier meeting"):
        _earlier(data, kind, day, approver)
    found = _planned(data, kind, day)
    attendances = _attended(data, found)
    exchanges = _minuted(data, found, attendances)
    _promised(data, found, attendances)
    for action in carried_into(found):
        told = [one for one in exchanges if data.draw(st.booleans(), "tells of it")]
        outcome = data.draw(st.sampled_from(["", *Outcome]), "outcome")
        if told or outcome:
            carried = record_outcome(action, found, outcome, exchanges=told, by=None)
            if outcome in SPOKEN and data.draw(st.booleans(), "dropped"):
                drop_spoken(carried, by=approver, why="It was not agreed")
    if data.draw(st.booleans(), "has left the office"):
        store_numbers(found, _noon(day))
        give_references(found, _noon(day))
        _inserted(data, found)
    return found


def _planned(data, kind: MeetingType, day: dt.date) -> Meeting:
    start, end = sorted(data.draw(st.tuples(clocks, clocks), "times"))
    found = plan_meeting(type=kind, date=day, by=None, title=data.draw(maybe, "title"))
    elsewhere = data.draw(st.booleans(), "published elsewhere")
    return change_meeting(
        found,
        by=None,
        status=data.draw(st.sampled_from(["held", "planned"]), "status"),
        held=data.draw(st.sampled_from(["public", "private", "writing"]), "held"),
        start=start,
        end=end if end > start else None,
        date_as_written=data.draw(maybe, "as written"),
        venue=data.draw(maybe, "venue"),
        period=data.draw(maybe, "period"),
        summary=data.draw(maybe, "summary"),
        next_type=data.draw(maybe, "next type"),
        next_subject=data.draw(maybe, "next subject"),
        next_date=data.draw(st.none() | days, "next date"),
        next_start=data.draw(st.none() | clocks, "next start"),
        next_as_written=data.draw(maybe, "next as written"),
        published_elsewhere=elsewhere,
        originally_published=data.draw(st.none() | days, "first published") if elsewhere else None,
    )


def _attended(data, found: Meeting) -> list[Attendance]:
    attendances = []
    for title, short, body in data.draw(st.lists(st.sampled_from(POSTS), max_size=5), "posts"):
        acting = title and data.draw(st.booleans(), "acting")
        role = (
            Role.objects.get_or_create(title=title, body=body, defaults={"abbreviation": short})[0]
            if title
            else None
        )
        try:
            attendance = add_attendee(
                found,
                person=Person.objects.create(name=data.draw(st.sampled_from(NAMES), "name")),
                role=role,
                role_title=f"Temporary {title}" if acting else "",
                abbreviation=f"T/{short}" if acting and short else short,
                body=body,
                presence=data.draw(st.sampled_from(["present", "apologies", "part"]), "presence"),
                present_for=data.draw(maybe, "present for"),
                chair=data.draw(st.booleans(), "chair"),
                publish_as=data.draw(st.sampled_from(PublishAs), "publish as"),
                by=None,
            )
        except Refused:  # two of one short name: the second is not on the list
            continue
        attendances.append(attendance)
    return attendances


def _minuted(data, found: Meeting, attendances: list[Attendance]) -> list:
    exchanges = []
    mains = [_item(data, found, None) for _ in range(data.draw(st.integers(0, 3), "items"))]
    subs = [
        _item(data, found, main) for main in mains for _ in range(data.draw(st.integers(0, 2), "sub-items"))
    ]
    for item in [*mains, *subs]:
        spoken = data.draw(st.integers(0, 3), "exchanges")
        if not spoken and data.draw(st.booleans(), "none"):
            record_none(item, True, None)
        for _ in range(spoken):
            said = [_spoken(data, attendances) for _ in range(data.draw(st.integers(1, 3), "speakers"))]
            note = data.draw(notes_of_several, "note")
            exchanges.append(add_exchange(item, said, public_note=note, by=None))
    return exchanges


def _item(data, found: Meeting, parent):
    themes = [
        Theme.objects.get_or_create(name=name)[0]
        for name in data.draw(st.lists(st.sampled_from(["Custody", "Rural crime", "Stalking"]), max_size=2))
    ]
    return add_item(
        found,
        title=data.draw(words, "item"),
        kind=data.draw(st.sampled_from(ItemKind), "kind"),
        label=data.draw(maybe, "label"),
        parent=parent,
        themes=themes,
        by=None,
    )


def _spoken(data, attendances: list[Attendance]) -> Spoken:
    speaker = data.draw(st.sampled_from([None, *attendances]), "speaker")
    return Spoken(
        kind=data.draw(st.sampled_from(ContributionKind), "kind"),
        text=data.draw(words, "text"),
        speaker=speaker,
        nobody_named=speaker is None and data.draw(st.booleans(), "nobody named"),
        lead=speaker.printed if speaker else data.draw(maybe, "lead"),
        paragraph=data.draw(st.booleans(), "paragraph"),
    )


def _promised(data, found: Meeting, attendances: list[Attendance]) -> None:
    roles = [one.role for one in attendances if one.role] + [
        Role.objects.get_or_create(title="Mayor", body="office")[0]
    ]
    for item in found.items.all():
        for _ in range(data.draw(st.integers(0, 1), "actions")):
            due = data.draw(st.none() | st.just("next") | days, "due")
            facts = {
                "item": item,
                "after": data.draw(st.sampled_from([None, *item.exchanges.all()]), "after"),
                "text": data.draw(words, "action"),
                "owner": data.draw(st.sampled_from([None, *roles]), "owner"),
                "due_on": due if isinstance(due, dt.date) else None,
                "due_next": due == "next",
                "heading": data.draw(maybe, "heading"),
                "by": None,
                "op_id": uuid4(),
            }
            if facts["owner"]:
                facts["supporting"] = data.draw(
                    st.lists(st.sampled_from(roles), max_size=2, unique=True), "helps"
                )
            if data.draw(st.booleans(), "earlier"):
                origin = data.draw(words, "origin")
                add_earlier_action(recorded_in=found, origin_text=origin, **facts)
            else:
                add_action(meeting=found, **facts)


def _earlier(data, kind: MeetingType, day: dt.date, approver) -> None:
    """A meeting before, whose actions were perhaps decided on before or at the drawn one."""
    before = day - dt.timedelta(days=28)
    first = plan_meeting(type=kind, date=before, by=None)
    item = add_item(first, title="Holding to account", by=None)
    role, _ = Role.objects.get_or_create(
        title="Chief Constable", body="force", defaults={"abbreviation": "CC"}
    )
    between = plan_meeting(type=kind, date=day - dt.timedelta(days=7), by=None)
    for _ in range(data.draw(st.integers(1, 2), "earlier actions")):
        due = data.draw(st.none() | st.just(before + dt.timedelta(days=7)), "due")
        facts = {"text": data.draw(words, "action"), "owner": role, "due_on": due}
        action = add_action(meeting=first, item=item, by=None, op_id=uuid4(), **facts)
        if data.draw(st.booleans(), "agreed to close in between"):
            record_outcome(action, between, Outcome.CLOSED, by=None)
        give_reference(action, at=_noon(before))
        if data.draw(st.booleans(), "reported on"):
            record_update(action, "We have begun.", by=None, on=day, at=_noon(day))
        on = data.draw(st.sampled_from([day, day + dt.timedelta(days=7)]), "decided on")
        if data.draw(st.booleans(), "proposed"):
            propose_completion(action, "It is done.", by=None, on=on, at=_noon(on))
        if data.draw(st.booleans(), "moved"):
            later = on + dt.timedelta(days=30)
            decide(
                action, EventKind.DUE_MOVED, by=approver, reason="Later", due_on=later, on=on, at=_noon(on)
            )
        if decision := data.draw(st.sampled_from([None, *ENDING]), "decision"):
            to_body = {"to_body": data.draw(words, "to body")} if decision == EventKind.TRANSFERRED else {}
            decide(action, decision, by=approver, reason="Decided", on=on, at=_noon(on), **to_body)


def _inserted(data, found: Meeting) -> None:
    """Something said that was added after the numbers were stored: 2.1.2A."""
    item = next((one for one in found.items.all() if one.exchanges.exists()), None)
    if item and data.draw(st.booleans(), "inserted"):
        said = [Spoken("comment", data.draw(words, "text"))]
        add_exchange(item, said, after=item.exchanges.first(), by=None)
        add_exchange(item, said, by=None)


def settled_doubt(data, found: Meeting) -> None:
    SettledDoubt.objects.create(
        meeting=found,
        code="weekday",
        where="date",
        sentence=data.draw(words, "sentence"),
        public_note=data.draw(words, "note"),
        at=_noon(found.date),
    )


def _noon(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(12), tzinfo=dt.UTC)
