"""A meeting of made-up people, minuted through the services as the office does it."""

import datetime as dt

import pytest

from accounts.models import Body
from meetings import services
from meetings.models import MeetingType, Person, Role, UsualItem, UsualPerson
from meetings.models.people import PublishAs
from publications.notes import ItemKind

HELD_ON = dt.date(2026, 9, 24)  # a Thursday


def post(title: str, short: str, body: str, holder: str, publish_as: str = PublishAs.NAME) -> Role:
    """A role with its holder since 2024."""
    role = Role.objects.create(title=title, abbreviation=short, body=body, publish_as=publish_as)
    services.appoint(role, Person.objects.create(name=holder), starts=dt.date(2024, 5, 1), by=None)
    return role


@pytest.fixture
def commissioner(db) -> Role:
    return post("Police and Crime Commissioner", "PCC", Body.OFFICE, "Rowan Ashdown")


@pytest.fixture
def chief_constable(db) -> Role:
    return post("Chief Constable", "CC", Body.FORCE, "Imogen Vale")


@pytest.fixture
def meeting_type(commissioner, chief_constable) -> MeetingType:
    """A monthly meeting: three usual items, of which the second has two sub-items; the two usual people."""
    kind = MeetingType.objects.create(name="Monthly Assurance Meeting", venue="Conference room")
    UsualItem.objects.create(type=kind, title="Matters arising", kind=ItemKind.MATTERS_ARISING, order=0)
    main = UsualItem.objects.create(
        type=kind, title="Holding to account", kind=ItemKind.HOLDING_TO_ACCOUNT, order=1
    )
    UsualItem.objects.create(type=kind, parent=main, title="Leadership", order=0)
    UsualItem.objects.create(type=kind, parent=main, title="Performance", order=1)
    UsualItem.objects.create(type=kind, title="Next meeting", kind=ItemKind.NEXT_MEETING, order=2)
    UsualPerson.objects.create(type=kind, role=commissioner, chair=True, order=0)
    UsualPerson.objects.create(type=kind, role=chief_constable, order=1)
    return kind


@pytest.fixture
def meeting(meeting_type):
    """Planned for a Thursday that is past: agenda and attendance as usual, nothing minuted yet."""
    return services.plan_meeting(type=meeting_type, date=HELD_ON, start=dt.time(10), by=None)


@pytest.fixture
def pcc(meeting):
    return meeting.attendances.get(abbreviation="PCC")


@pytest.fixture
def cc(meeting):
    return meeting.attendances.get(abbreviation="CC")


@pytest.fixture
def leadership(meeting):
    return meeting.items.get(title="Leadership")


def question(speaker, text="asked whether the plan was on course.") -> services.Spoken:
    return services.Spoken("question", text, speaker=speaker, lead=speaker.printed)


def answer(speaker, text="replied that it was.") -> services.Spoken:
    return services.Spoken("answer", text, speaker=speaker, lead=speaker.printed)


@pytest.fixture
def exchange(leadership, pcc, cc):
    """2.1.1: a question and its answer."""
    return services.add_exchange(leadership, [question(pcc), answer(cc)], by=None)
