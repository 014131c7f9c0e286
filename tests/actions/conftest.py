"""A small office whose meetings promise things, minuted through the services."""

import datetime as dt
from types import SimpleNamespace
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from accounts.models import Body
from actions import services
from actions.messages import send_due
from actions.models import Action
from meetings.models import AgendaItem, Meeting, MeetingType, Person, Role, RoleContact
from meetings.services import add_item, appoint, plan_meeting

TODAY = dt.date(2026, 10, 6)
SEPTEMBER, OCTOBER, NOVEMBER = dt.date(2026, 9, 24), dt.date(2026, 10, 28), dt.date(2026, 11, 25)


def make_office() -> SimpleNamespace:
    """Three posts, and three types of meeting of which the first two share their actions."""
    cc = Role.objects.create(title="Chief Constable", abbreviation="CC", body=Body.FORCE)
    acc = Role.objects.create(title="Assistant Chief Constable", abbreviation="ACC", body=Body.FORCE)
    pcc = Role.objects.create(title="Police and Crime Commissioner", abbreviation="PCC", body=Body.OFFICE)
    appoint(cc, Person.objects.create(name="Imogen Vale"), starts=dt.date(2024, 5, 1), by=None)
    monthly = MeetingType.objects.create(name="Monthly Assurance Meeting")
    thematic = MeetingType.objects.create(name="Thematic")
    public = MeetingType.objects.create(name="Public Meeting")
    monthly.shares_actions_with.add(thematic)
    return SimpleNamespace(cc=cc, acc=acc, pcc=pcc, monthly=monthly, thematic=thematic, public=public)


def a_meeting(kind: MeetingType, date: dt.date | None, **fields) -> Meeting:
    """A meeting with one item in which things are promised."""
    meeting = plan_meeting(type=kind, date=date, by=None, **fields)
    add_item(meeting, title="Response times", kind="holding_to_account", by=None)
    return meeting


def promise(
    meeting: Meeting, owner: Role | None, text="provide an update on response times", **fields
) -> Action:
    """A provisional action that arose under the meeting's item."""
    item = AgendaItem.objects.filter(meeting=meeting).last()
    return services.add_action(
        meeting=meeting, item=item, text=text, owner=owner, **{"by": None, "op_id": uuid4()} | fields
    )


@pytest.fixture
def office(db) -> SimpleNamespace:
    return make_office()


@pytest.fixture
def september(office) -> Meeting:
    return a_meeting(office.monthly, SEPTEMBER)


@pytest.fixture
def october(office, september) -> Meeting:
    return a_meeting(office.monthly, OCTOBER)


@pytest.fixture
def new_action(office, september) -> Action:
    """Provisional: minuted, and not yet sent."""
    return promise(september, office.cc, due_on=OCTOBER)


@pytest.fixture
def action(new_action) -> Action:
    """2026/1, owed by the Chief Constable, due on 28 October 2026."""
    services.give_references(new_action.meeting)
    new_action.refresh_from_db()
    return new_action


@pytest.fixture
def sent_action(action) -> Action:
    """The same, sent on the day of the meeting to the Chief Constable's staff, who do not know of it yet."""
    RoleContact.objects.create(role=action.owner, email="chief.staff@force.example")
    sent_at = dt.datetime.combine(SEPTEMBER, dt.time(11), tzinfo=ZoneInfo("Europe/London"))
    Action.objects.filter(pk=action.pk).update(sent_at=sent_at)
    action.refresh_from_db()
    return action


@pytest.fixture
def told_action(sent_action, mailoutbox) -> Action:
    """The same, after the e-mail about it; the outbox is empty again."""
    send_due(now=sent_action.sent_at)
    mailoutbox.clear()
    return sent_action
