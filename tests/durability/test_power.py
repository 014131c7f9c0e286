"""Who is told that something is saved does not lose it with the machine's power either."""

import pytest
from django.db import connection

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        connection.vendor != "sqlite", reason="PostgreSQL waits for the disk unless it is told not to"
    ),
]
# SQLite's word for waiting, before it calls a transaction done, until the disk has its log.
FULL = 2


def test_sqlite_waits_for_the_disk_before_it_says_that_something_is_stored():
    with connection.cursor() as cursor:
        said = [cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in ["journal_mode", "synchronous"]]
    assert said == ["wal", FULL]
