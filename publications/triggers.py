"""What was published does not change: the database itself refuses.

Four tables are only ever added to. UPDATE and DELETE are refused everywhere, TRUNCATE on
PostgreSQL. SQLite replaces rows on `INSERT OR REPLACE` without running the trigger for
DELETE, so there a key that exists is refused before the insert.

`install` runs after every migration, because SQLite drops the triggers of a table that a
migration rebuilds; `missing` is asked by a system check.
"""

from dataclasses import dataclass

from django.apps import apps
from django.core import checks
from django.db import connections, models

FUNCTION = "publications_refuse_change"
WORDS = "What is published does not change: rows are only ever added"


@dataclass(frozen=True)
class Trigger:
    name: str
    table: str
    sql: str


def append_only() -> list[type[models.Model]]:
    """The models whose rows nobody may change or take away."""
    names = ["PublishedMeeting", "Edition", "Rendition", "RegisterEntry"]
    return [apps.get_model("publications", name) for name in names]


def unique_keys(model: type[models.Model]) -> list[list[str]]:
    """The columns of each key that a row of this model has to itself."""
    fields = [[field.column] for field in model._meta.fields if field.unique]
    constraints = [
        [model._meta.get_field(name).column for name in constraint.fields]
        for constraint in model._meta.constraints
        # A key that holds on a condition is covered by the one that it narrows.
        if isinstance(constraint, models.UniqueConstraint) and constraint.condition is None
    ]
    return fields + constraints


def on_sqlite(model: type[models.Model]) -> list[Trigger]:
    table = model._meta.db_table
    refuse = f"SELECT RAISE(ABORT, '{WORDS}');"
    taken = " OR ".join(
        "(" + " AND ".join(f'"{column}" IS NEW."{column}"' for column in key) + ")"
        for key in unique_keys(model)
    )
    # "IS" takes two NULLs for equal: the editions of the action log belong to no meeting.
    exists = f'EXISTS (SELECT 1 FROM "{table}" WHERE {taken})'  # noqa: S608
    makings = [
        ("update", f'BEFORE UPDATE ON "{table}" BEGIN {refuse} END'),
        ("delete", f'BEFORE DELETE ON "{table}" BEGIN {refuse} END'),
        ("replace", f'BEFORE INSERT ON "{table}" WHEN {exists} BEGIN {refuse} END'),
    ]
    return [
        Trigger(f"{table}_no_{verb}", table, f'CREATE TRIGGER "{table}_no_{verb}" {making}')
        for verb, making in makings
    ]


def on_postgresql(model: type[models.Model]) -> list[Trigger]:
    table = model._meta.db_table
    makings = [
        ("change", f'BEFORE UPDATE OR DELETE ON "{table}" FOR EACH ROW'),
        ("truncate", f'BEFORE TRUNCATE ON "{table}" FOR EACH STATEMENT'),
    ]
    return [
        Trigger(
            f"{table}_no_{verb}",
            table,
            f'CREATE TRIGGER "{table}_no_{verb}" {making} EXECUTE FUNCTION {FUNCTION}()',
        )
        for verb, making in makings
    ]


def triggers_for(connection) -> list[Trigger]:
    """Every trigger that this database has to have."""
    make = {"sqlite": on_sqlite, "postgresql": on_postgresql}[connection.vendor]
    present = set(connection.introspection.table_names())
    return [trigger for model in append_only() if model._meta.db_table in present for trigger in make(model)]


def installed(connection) -> dict[str, str]:
    """The name of each trigger that is there and switched on, with the table it guards."""
    query = {
        "sqlite": "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname, relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
        " WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(query)
        return dict(cursor.fetchall())


def missing(connection) -> list[Trigger]:
    """The triggers that should be there and are not."""
    there = installed(connection)
    return [trigger for trigger in triggers_for(connection) if there.get(trigger.name) != trigger.table]


def install(connection) -> None:
    """Make whatever trigger is missing; nothing happens where all are there."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                f"CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $$"
                f" BEGIN RAISE EXCEPTION '{WORDS}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
            )
        for trigger in missing(connection):
            cursor.execute(trigger.sql)


def remove(connection) -> None:
    """Lift the triggers: for tests that empty the database, and for erasure that the law orders."""
    drop = {"sqlite": 'DROP TRIGGER IF EXISTS "{}"', "postgresql": 'DROP TRIGGER IF EXISTS "{}" ON "{}"'}
    with connection.cursor() as cursor:
        for trigger in triggers_for(connection):
            cursor.execute(drop[connection.vendor].format(trigger.name, trigger.table))


def install_after_migrating(using: str, **kwargs) -> None:
    """Django's own hook after `migrate` and after a test's flush."""
    install(connections[using])


def check_triggers(app_configs, databases, **kwargs) -> list[checks.CheckMessage]:
    """One error for each trigger that a database should have and has not."""
    return [
        checks.Error(
            f"{trigger.name} is missing: {trigger.table} could be changed.",
            hint=f"Put it back with: manage.py migrate --database {alias} --skip-checks",
            id="publications.E001",
        )
        for alias in databases or []
        for trigger in missing(connections[alias])
    ]
