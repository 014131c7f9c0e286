"""Compile a record, import the result into an empty office, compile again: the two are equal."""

import pytest
from django.apps import apps
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from importing.services import make_record
from review.compilation import compile_notes
from tests.review import generated

pytestmark = pytest.mark.django_db
# Every example writes a whole meeting twice; looking for a smaller one that fails would take minutes.
EXAMPLES = settings(
    max_examples=20,  # on each of the two databases
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def empty_the_office() -> None:
    """Delete every row of the record, as if it had never been here; who the office is stays."""
    with connection.cursor() as cursor:
        for app in ("actions", "importing", "review", "meetings"):
            for model in apps.get_app_config(app).get_models(include_auto_created=True):
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608


def lines_of(notes) -> list[str]:
    """The document line by line, so that a failure shows the line that differs."""
    return notes.model_dump_json(indent=1).splitlines()


@EXAMPLES
@given(data=st.data())
def test_what_the_office_compiled_comes_back_the_same_from_an_empty_database(approver, data):
    with transaction.atomic():
        meeting = generated.meeting(data, approver)
        generated.settled_doubt(data, meeting)
        before = compile_notes(meeting, "office")
        empty_the_office()
        again = make_record(before, by=None)
        assert lines_of(compile_notes(again, "office")) == lines_of(before)
        transaction.set_rollback(True)


@EXAMPLES
@given(data=st.data())
def test_what_the_public_read_comes_back_the_same_from_an_empty_database(approver, data):
    with transaction.atomic():
        meeting = generated.meeting(data, approver)
        before = compile_notes(meeting, "public")
        empty_the_office()
        again = make_record(before, names_are_public=True, by=None)
        assert lines_of(compile_notes(again, "public")) == lines_of(before)
        transaction.set_rollback(True)
