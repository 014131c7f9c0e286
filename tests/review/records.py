"""A made-up meeting, minuted through the services as an officer would."""

import datetime as dt
from uuid import uuid4

from actions.services import add_action, add_earlier_action, record_outcome
from meetings.models import Attendance, Meeting, MeetingType, Person, Role, Theme
from meetings.models.people import PublishAs
from meetings.services import (
    Spoken,
    add_attendee,
    add_exchange,
    add_item,
    change_meeting,
    plan_meeting,
    record_none,
)
from publications.models import Identity

DAY = dt.date(2025, 9, 24)
QUESTION, ANSWER, NARRATIVE = "question", "answer", "narrative"


def the_office() -> Identity:
    """Who the made-up office is; made once."""
    identity, _ = Identity.objects.get_or_create(
        starts=dt.date(2012, 11, 22),
        defaults={
            "office_name": "Police and Crime Commissioner for Marlshire",
            "office_short_name": "Marlshire PCC",
            "commissioner_title": "Police and Crime Commissioner",
            "force_name": "Marlshire Police",
            "email": "notes@office.example",
        },
    )
    return identity


def role(title: str, short: str = "", body: str = "force", publish_as: str = PublishAs.NAME) -> Role:
    found, _ = Role.objects.get_or_create(
        title=title, body=body, defaults={"abbreviation": short, "publish_as": publish_as}
    )
    return found


def attends(meeting: Meeting, name: str, role: Role, **facts) -> Attendance:
    person, _ = Person.objects.get_or_create(name=name)
    return add_attendee(meeting, person=person, role=role, abbreviation=role.abbreviation, by=None, **facts)


def planned(day: dt.date = DAY, **facts) -> Meeting:
    """A monthly meeting of that day, held, with nobody and nothing on it yet."""
    the_office()
    kind, _ = MeetingType.objects.get_or_create(name="Monthly Assurance Meeting")
    meeting = plan_meeting(type=kind, date=day, start=dt.time(10), venue="Marl Hall, room 2", by=None)
    return change_meeting(meeting, status=Meeting.Status.HELD, by=None, **facts)


def minuted(day: dt.date = DAY, **facts) -> Meeting:
    """A meeting with three people by name, one by role and one counted, sub-items, actions, and a next one."""
    meeting = planned(day, **facts)
    pcc = attends(
        meeting, "Ottilie Brand", role("Police and Crime Commissioner", "PCC", "office"), chair=True
    )
    cc = attends(meeting, "Rufus Marlowe", role("Chief Constable", "CC"))
    acc = attends(meeting, "Nadia Elgood", role("Assistant Chief Constable", "ACC"))
    attends(meeting, "Quentin Vetch", role("Staff Officer", "SO", publish_as=PublishAs.ROLE))
    attends(meeting, "Perpetua Lunn", role("Analyst", publish_as=PublishAs.COUNTED))
    arising = add_item(meeting, title="Matters arising", kind="matters_arising", label="1.", by=None)
    theme, _ = Theme.objects.get_or_create(name="Custody")
    holding = add_item(
        meeting, title="Holding to account – Custody", kind="holding_to_account", themes=[theme], by=None
    )
    waiting = add_item(meeting, title="Waiting times", parent=holding, by=None)
    told = add_exchange(
        arising, [Spoken(NARRATIVE, "A report had been provided before the meeting.")], by=None
    )
    asked = add_exchange(
        waiting,
        [
            Spoken(QUESTION, "asked how long people wait to be booked in.", pcc, lead="The PCC"),
            Spoken(ANSWER, "said that the median was nineteen minutes.", cc, lead="The CC", paragraph=False),
            Spoken(ANSWER, "added that nights take longer.", acc, lead="The ACC"),
        ],
        public_note="The figure was corrected by the force.",
        by=None,
    )
    add_exchange(
        waiting,
        [
            Spoken(QUESTION, "asked what would change", pcc, lead="The PCC"),
            Spoken(ANSWER, "and was told that two sergeants would join.", nobody_named=True, paragraph=False),
        ],
        by=None,
    )
    record_none(add_item(meeting, title="Any other business", kind="other_business", by=None), True, None)
    add_item(meeting, title="Next meeting", kind="next_meeting", by=None)
    following = dt.date(day.year + (day.month == 12), day.month % 12 + 1, 14)
    change_meeting(
        meeting,
        next_type="Thematic",
        next_subject="Budget",
        next_date=following,
        next_venue="Online",
        by=None,
    )
    earlier = add_earlier_action(
        recorded_in=meeting,
        item=arising,
        text="The CC will report on the lockers.",
        owner=cc.role,
        origin_text="June meeting",
        by=None,
        op_id=uuid4(),
    )
    record_outcome(earlier, meeting, "reported", exchanges=[told], by=None)
    add_action(
        meeting=meeting,
        item=waiting,
        after=asked,
        text="The CC will send the figures for nights.",
        owner=cc.role,
        supporting=[acc.role],
        due_next=True,
        heading="Action arising",
        by=None,
        op_id=uuid4(),
    )
    return meeting
