"""The cast of the tests: the people who use an office, and their browsers without a screen.

Each person is a user with one duty; `stranger` has an account and no duty. `officer_client` and its
like are Django's test clients with that person signed in; `client` is the public.
"""

import gc
from functools import cache

import pytest
from django.db import connection
from django.test import Client
from simple_history.manager import HistoryManager

from accounts.models import Body, Duty, DutyKind, User
from publications import triggers

# Each change of a record makes a class anew to note it by, always the same one; tests make a hundred thousand changes.
HistoryManager.from_queryset = cache(HistoryManager.from_queryset)


def pytest_collection_finish():
    """Spare the garbage collector what all tests share: it took a sixth of their time to look through it."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


def person(email: str, name: str, *kinds: DutyKind, body: Body = Body.OFFICE) -> User:
    """Store a user with these duties; the password is `PASSWORD`."""
    user = User.objects.create_user(email=email, name=name, password=PASSWORD, body=body)
    Duty.objects.bulk_create(Duty(user=user, kind=kind) for kind in kinds)
    return user


PASSWORD = "seven quiet otters"


@pytest.fixture
def officer(db) -> User:
    """Plans meetings, takes minutes, publishes exactly what is approved."""
    return person("officer@office.example", "Olive Farrow", DutyKind.POLICY_OFFICER)


@pytest.fixture
def approver(db) -> User:
    """Approves notes and decides on actions."""
    return person("approver@office.example", "Adam Prentice", DutyKind.APPROVER)


@pytest.fixture
def liaison(db) -> User:
    """Answers for the force what is sent to it."""
    return person("liaison@force.example", "Leila Marsh", DutyKind.LIAISON, body=Body.FORCE)


@pytest.fixture
def administrator(db) -> User:
    """Looks after users, roles, themes and meeting types; reads no unpublished record."""
    return person("admin@office.example", "Agnes Dole", DutyKind.ADMINISTRATOR)


@pytest.fixture
def stranger(db) -> User:
    """Can sign in and may do nothing."""
    return person("stranger@office.example", "Sam Nobody")


def is_emptied_afterwards(request) -> bool:
    """Whether the test commits, so that Django empties every table when it ends."""
    marker = request.node.get_closest_marker("django_db")
    return bool({"transactional_db", "live_server"} & set(request.fixturenames)) or (
        marker is not None and marker.kwargs.get("transaction", False)
    )


@pytest.fixture(autouse=True)
def _published_may_go_with_its_test(request):
    """Lift the triggers that guard editions around Django's emptying of the tables, and only there.

    Emptying ends with the signal that puts them back.
    """
    if not is_emptied_afterwards(request):
        yield
        return
    request.getfixturevalue("transactional_db")  # so that this ends before the emptying begins
    yield
    triggers.remove(connection)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def officer_client(officer) -> Client:
    return signed_in(officer)


@pytest.fixture
def approver_client(approver) -> Client:
    return signed_in(approver)


@pytest.fixture
def liaison_client(liaison) -> Client:
    return signed_in(liaison)


@pytest.fixture
def administrator_client(administrator) -> Client:
    return signed_in(administrator)


@pytest.fixture
def stranger_client(stranger) -> Client:
    return signed_in(stranger)


@pytest.fixture(scope="session")
def playwright():
    """What drives Chromium: one for all tests of a process, which allows no second."""
    # Here, so that tests without a browser do not wait for it.
    from playwright.sync_api import sync_playwright

    with pytest.MonkeyPatch.context() as environment, sync_playwright() as started:
        # Its event loop makes Django think that tests are asynchronous code; they are not.
        environment.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield started
