"""The meeting of tests/meetings, at the desk."""

import datetime as dt

import pytest

from meetings import services
from tests.meetings.conftest import (  # noqa: F401
    answer,
    cc,
    chief_constable,
    commissioner,
    exchange,
    leadership,
    meeting,
    meeting_type,
    pcc,
    question,
)


@pytest.fixture
def said(exchange):  # noqa: F811
    """The question of 2.1.1."""
    return exchange.contributions.first()


@pytest.fixture
def another_meeting(meeting_type):  # noqa: F811
    """A later meeting of the same kind."""
    return services.plan_meeting(type=meeting_type, date=dt.date(2026, 10, 22), by=None)
