"""Three policy officers before the product's own server, which stores in the test's database."""

import datetime as dt

import pytest
from django.conf import settings

from accounts.models import DutyKind
from meetings import services
from meetings.models import Meeting, MeetingType
from tests.conftest import person, signed_in
from tests.desk.conftest import said  # noqa: F401
from tests.durability.browsing import Browser
from tests.durability.server import Server
from tests.meetings.conftest import (  # noqa: F401
    cc,
    chief_constable,
    commissioner,
    exchange,
    leadership,
    meeting,
    meeting_type,
    pcc,
)


@pytest.fixture(autouse=True)
def web_pages_alone(settings):
    settings.RENDITIONS = ["article"]


@pytest.fixture
def server(transactional_db, tmp_path):
    """A server that was not started yet; what is left of it is killed afterwards."""
    server = Server(tmp_path)
    yield server
    server.put_away()


@pytest.fixture
def sessions(transactional_db) -> list[str]:
    """Three people who sign in before the server starts: their cookies."""
    people = [
        person(f"{name}@office.example", name.title(), DutyKind.POLICY_OFFICER)
        for name in ["ada", "bea", "cyd"]
    ]
    return [signed_in(one).cookies[settings.SESSION_COOKIE_NAME].value for one in people]


@pytest.fixture
def new_meeting(meeting_type):  # noqa: F811
    """Plan meetings, each on a day of its own, of a kind that those of `tests.review.records` are not."""
    MeetingType.objects.filter(pk=meeting_type.pk).update(name="Weekly Meeting")

    def plan(day: int = 0) -> Meeting:
        return services.plan_meeting(
            type=meeting_type, date=dt.date(2024, 6, 3) + dt.timedelta(days=day), by=None
        )

    return plan


def browsers_of(server: Server, sessions: list[str]) -> list[Browser]:
    return [Browser(server.address, session) for session in sessions]
