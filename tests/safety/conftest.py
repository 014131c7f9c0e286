"""The sample office, told once for every test of this folder; what a request does to it is undone."""

import pytest
from django.db import connection, transaction
from django.test import override_settings
from django.utils import timezone

from desk.sample import story
from tests.conftest import PASSWORD
from tests.safety.office import UnchangedOffice


@pytest.fixture(scope="package")
def db(django_db_setup, django_db_blocker):
    """The sample office in one long transaction, which is taken back at the end.

    It stands in for the fixture of this name, which empties the database after each test.
    """
    with django_db_blocker.unblock(), override_settings(RENDITIONS=["article"]), transaction.atomic():
        story.tell(timezone.localdate(), PASSWORD)
        count_rows()
        yield
        transaction.set_rollback(True)


def count_rows() -> None:
    """Let the database plan by what is there: nobody else can count what is not committed.

    Our own tables alone: PostgreSQL's are shared by all databases, and one process would wait for the other's end.
    """
    with connection.cursor() as cursor:
        for table in connection.introspection.django_table_names(only_existing=True):
            cursor.execute(f"ANALYZE {connection.ops.quote_name(table)}")


@pytest.fixture(scope="package")
def office(db) -> UnchangedOffice:
    return UnchangedOffice()
