"""The sample office on a server of its own, told once for all tests of this folder.

What they change stays until the folder is done: each works on meetings of its own.
"""

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import override_settings
from django.utils import timezone
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from desk.sample import story
from publications import triggers
from tests.browser.conftest import IN_BRITAIN, watch
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


@pytest.fixture(scope="package")
def browsers(chromium, server):
    """A browser of each person, in which the files that all pages share are fetched once."""
    made = {}
    yield made
    for browser in made.values():
        browser.close()


@pytest.fixture
def tab_of(chromium, server, office, browsers):
    """A tab in the browser of this person: `tab_of("officer")`; "nobody" is the public."""
    tabs, faults = [], []

    def open_it(who: str) -> Page:
        is_new = who not in browsers
        if is_new:
            browsers[who] = chromium.new_context(base_url=server.url, **IN_BRITAIN)
        tab = browsers[who].new_page()
        if is_new and who != "nobody":
            come_in(tab, User.objects.get(pk=office.users[who].pk))
        watch(tab, faults)
        tabs.append(tab)
        return tab

    yield open_it
    for tab in tabs:
        tab.close()
    assert faults == []


@pytest.fixture
def window_of(new_page, office):
    """A window in which this person is signed in: `window_of("officer")`; "nobody" is the public."""

    def make(who: str, **options):
        page = new_page(**options)
        if who != "nobody":
            come_in(page, User.objects.get(pk=office.users[who].pk))
        return page

    return make
