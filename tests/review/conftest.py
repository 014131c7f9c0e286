"""A meeting at the gate. Publishing makes the web page alone; tests of paper say so."""

import pytest

from meetings.models import Meeting
from tests.review.records import minuted


@pytest.fixture(autouse=True)
def web_pages_alone(settings):
    settings.RENDITIONS = ["article"]


@pytest.fixture
def meeting(db) -> Meeting:
    """A minuted meeting that nothing stands in the way of."""
    return minuted()
