"""Publishing in tests makes the web page alone; tests of paper say so."""

import pytest

from tests.factories_notes import office


@pytest.fixture(autouse=True)
def web_pages_alone(settings):
    settings.RENDITIONS = ["article"]


@pytest.fixture
def identity(db):
    return office()
