"""The sample office on a server of its own, told once for all tests of this folder.

What they change stays until the folder is done: each works on meetings of its own.
"""

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import override_settings
from django.utils import timezone
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from desk.sample import story
from publications import triggers
from tests.browser.pages import come_in
from tests.conftest import PASSWORD
from tests.safety.office import Office


@pytest.fixture(scope="package")
def db(django_db_setup, django_db_blocker):
    """The sample office, stored for good: a server reads it from threads of its own.

    It stands in for the fixture of this name, which empties the database after each test.
    """
    with django_db_blocker.unblock(), override_settings(RENDITIONS=["article"]):
        story.tell(timezone.localdate(), PASSWORD)
        yield
        triggers.remove(connection)
        call_command("flush", interactive=False, verbosity=0)


@pytest.fixture(scope="package")
def server(db):
    with override_settings(ALLOWED_HOSTS=["*"]):
        running = LiveServer("localhost")
        yield running
        running.stop()


@pytest.fixture
def address(server) -> str:
    return server.url


@pytest.fixture(scope="package")
def office(db) -> Office:
    return Office()


@pytest.fixture
def window_of(new_page, office):
    """A window in which this person is signed in: `window_of("officer")`; "nobody" is the public."""

    def make(who: str, **options):
        page = new_page(**options)
        if who != "nobody":
            come_in(page, User.objects.get(pk=office.users[who].pk))
        return page

    return make
