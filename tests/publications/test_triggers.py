"""What is published does not change: the database refuses, on SQLite and on PostgreSQL."""

import pytest
from django.core import checks
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from publications import triggers
from publications.models import Edition, PublishedMeeting, RegisterEntry, Rendition
from tests.factories_notes import published

pytestmark = pytest.mark.django_db

TABLES = [PublishedMeeting, Edition, Rendition, RegisterEntry]
on_sqlite = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="SQLite's own way to replace a row")
on_postgresql = pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="only PostgreSQL knows TRUNCATE"
)


def refused(sql: str, *values) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, values)
    except DatabaseError as error:
        return triggers.WORDS in str(error)
    return False


def key_of(model) -> str:
    return model._meta.pk.column


@pytest.mark.parametrize("model", TABLES)
def test_nobody_changes_a_row(model):
    published()
    column = key_of(model)
    assert refused(f'UPDATE "{model._meta.db_table}" SET "{column}" = "{column}"')  # noqa: S608


@pytest.mark.parametrize("model", TABLES)
def test_nobody_takes_a_row_away(model):
    published()
    assert refused(f'DELETE FROM "{model._meta.db_table}"')  # noqa: S608


@pytest.mark.parametrize("model", TABLES)
def test_a_queryset_is_refused_too(model):
    published()
    with pytest.raises(DatabaseError, match=triggers.WORDS), transaction.atomic():
        model.objects.all()._raw_delete(using="default")


@on_postgresql
@pytest.mark.parametrize("model", TABLES)
def test_nobody_empties_a_table(model):
    published()
    connection.check_constraints()  # what waits to be checked would be another reason to refuse
    assert refused(f'TRUNCATE "{model._meta.db_table}" CASCADE')


def columns_and_values(row, **changes) -> tuple[str, str, list]:
    values = {field.column: getattr(row, field.attname) for field in row._meta.fields} | changes
    prepared = [
        row._meta.get_field(field.name).get_db_prep_value(values[field.column], connection)
        for field in row._meta.fields
    ]
    return ", ".join(f'"{name}"' for name in values), ", ".join(["%s"] * len(values)), prepared


def insert(verb: str, model, columns: str, places: str) -> str:
    return f'{verb} INTO "{model._meta.db_table}" ({columns}) VALUES ({places})'


@on_sqlite
@pytest.mark.parametrize("model", TABLES)
def test_nobody_replaces_a_row_by_its_key(model):
    published()
    columns, places, values = columns_and_values(model.objects.first())
    assert refused(insert("INSERT OR REPLACE", model, columns, places), *values)


@on_sqlite
def test_nobody_replaces_an_edition_by_its_number():
    edition = published()
    columns, places, values = columns_and_values(edition, id=edition.pk + 1000)
    assert refused(insert("INSERT OR REPLACE", Edition, columns, places), *values)


@pytest.mark.parametrize("model", TABLES)
def test_an_upsert_is_refused(model):
    published()
    key = key_of(model)
    columns, places, values = columns_and_values(model.objects.first())
    otherwise = f' ON CONFLICT ("{key}") DO UPDATE SET "{key}" = excluded."{key}"'
    assert refused(insert("INSERT", model, columns, places) + otherwise, *values)


def test_the_check_finds_a_trigger_that_is_gone():
    name = triggers.triggers_for(connection)[0].name
    triggers.remove(connection)
    found = [message.msg for message in checks.run_checks(tags=[checks.Tags.database], databases=["default"])]
    triggers.install(connection)
    assert any(name in message for message in found)


def test_the_check_is_content_when_all_are_there():
    assert triggers.check_triggers(None, ["default"]) == []


def test_migrating_puts_a_trigger_back():
    triggers.remove(connection)
    call_command("migrate", verbosity=0, skip_checks=True)
    assert triggers.missing(connection) == []
