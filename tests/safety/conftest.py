"""The sample office, told once for every test of this folder; what a request does to it is undone."""

import pytest
from django.db import connection, transaction
from django.test import override_settings
from django.utils import timezone

from desk.sample import story
from tests.conftest import PASSWORD
from tests.safety.office import Office


@pytest.fixture(scope="package")
def db(django_db_setup, django_db_blocker):
    """The sample office in one long transaction, which is taken back at the end.

    It stands in for the fixture of this name, which empties the database after each test.
    """
    with django_db_blocker.unblock(), override_settings(RENDITIONS=["article"]), transaction.atomic():
        story.tell(timezone.localdate(), PASSWORD)
        # A database plans by what it has counted, and nobody else can count what is not committed.
        connection.cursor().execute("ANALYZE")
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="package")
def office(db) -> Office:
    return Office()
