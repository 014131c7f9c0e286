from django.db import migrations, models
from django.db.models import F

ENDED = ["closed", "superseded", "withdrawn", "transferred", "withheld"]
# What notes said of an action was kept as a code, and is kept in words from here on.
OUTCOMES = {
    "reported": "Reported on",
    "closed": "Agreed to close",
    "returned": "Returned",
    "retained": "Kept as a watching brief",
    "new_date": "Agreed a new date",
    "not_reached": "Not reached, carried forward",
}


def say_it_of_what_notes_told(apps, schema_editor):
    """Notes tell it by the dates; only the action log says it in so many words."""
    for name in ("PublishedAction", "PublishedMention"):
        rows = apps.get_model("publications", name).objects.using(schema_editor.connection.alias)
        rows.filter(due_on__lt=F("as_of")).exclude(state__in=ENDED).update(overdue=True)
    mentions = apps.get_model("publications", "PublishedMention").objects.using(schema_editor.connection.alias)
    for code, words in OUTCOMES.items():
        mentions.filter(outcome=code).update(outcome=words)


def say_it_by_code(apps, schema_editor):
    mentions = apps.get_model("publications", "PublishedMention").objects.using(schema_editor.connection.alias)
    for code, words in OUTCOMES.items():
        mentions.filter(outcome=words).update(outcome=code)


class Migration(migrations.Migration):
    dependencies = [("publications", "0001_begin")]

    operations = [
        migrations.AddField(
            model_name="publishedaction",
            name="overdue",
            field=models.BooleanField(default=False, help_text="As it was published, of that day"),
        ),
        migrations.AddField(
            model_name="publishedmention",
            name="overdue",
            field=models.BooleanField(default=False, help_text="As it was published, of that day"),
        ),
        migrations.AlterField(
            model_name="publishedmention",
            name="outcome",
            field=models.TextField(blank=True, help_text="What is said of it besides, a line each"),
        ),
        migrations.RunPython(say_it_of_what_notes_told, say_it_by_code),
    ]
