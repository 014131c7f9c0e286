"""The table in which sign-in throttling counts, across worker processes."""

from django.core.management import call_command
from django.db import migrations


def create(apps, schema_editor):
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


def drop(apps, schema_editor):
    schema_editor.execute("DROP TABLE IF EXISTS throttle")


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_begin")]
    operations = [migrations.RunPython(create, drop)]
