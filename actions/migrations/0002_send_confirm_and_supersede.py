import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

SUFFIX = "/{number}"


def count_by_series(apps, schema_editor):
    """What a year has given is what the series of that year has given."""
    series = apps.get_model("actions", "ReferenceSeries")
    for count in apps.get_model("actions", "ReferenceCount").objects.all():
        series.objects.create(series=f"{count.year}{SUFFIX}", last=count.last)


def count_by_year(apps, schema_editor):
    """Only the series of the default pattern can be counted by year."""
    counts = apps.get_model("actions", "ReferenceCount")
    for series in apps.get_model("actions", "ReferenceSeries").objects.filter(series__endswith=SUFFIX):
        year = series.series.removesuffix(SUFFIX)
        if year.isdigit() and len(year) == 4:
            counts.objects.create(year=int(year), last=series.last)


class Migration(migrations.Migration):
    dependencies = [
        ("actions", "0001_begin"),
        ("meetings", "0004_add_short_forms_and_commitments"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ReferencePattern",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("pattern", models.CharField(default="{year}/{number}", max_length=40)),
                (
                    "digits",
                    models.PositiveSmallIntegerField(
                        default=1, help_text="The number has at least as many, with zeros before it"
                    ),
                ),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="ReferenceSeries",
            fields=[
                ("series", models.CharField(max_length=100, primary_key=True, serialize=False)),
                ("last", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.RunPython(count_by_series, count_by_year),
        migrations.DeleteModel(
            name="ReferenceCount",
        ),
        migrations.AddField(
            model_name="action",
            name="given_in_error",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name="action",
            name="sent_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="sent to its owner at"),
        ),
        migrations.AddField(
            model_name="action",
            name="superseded_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="takes_place_of",
                to="actions.action",
            ),
        ),
        migrations.AddField(
            model_name="actionevent",
            name="other",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="events_elsewhere",
                to="actions.action",
            ),
        ),
        migrations.AddField(
            model_name="carriedaction",
            name="confirmed",
            field=models.OneToOneField(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="spoken",
                to="actions.actionevent",
            ),
        ),
        migrations.AddField(
            model_name="carriedaction",
            name="dropped_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="carriedaction",
            name="dropped_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="carriedaction",
            name="dropped_why",
            field=models.TextField(blank=True, editable=False),
        ),
        migrations.AddField(
            model_name="carriedaction",
            name="due_next",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="carriedaction",
            name="due_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="carriedaction",
            name="reason",
            field=models.TextField(blank=True, max_length=20000),
        ),
        migrations.AddField(
            model_name="historicalaction",
            name="given_in_error",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name="historicalaction",
            name="sent_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="sent to its owner at"),
        ),
        migrations.AddField(
            model_name="historicalaction",
            name="superseded_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="actions.action",
            ),
        ),
        migrations.AddConstraint(
            model_name="action",
            constraint=models.CheckConstraint(
                condition=models.Q(("sent_at", None), ("reference__isnull", False), _connector="OR"),
                name="action_sent_has_a_reference",
            ),
        ),
        migrations.AddConstraint(
            model_name="action",
            constraint=models.CheckConstraint(
                condition=models.Q(("superseded_by", None), ("state", "superseded"), _connector="OR"),
                name="action_that_is_replaced_is_superseded",
            ),
        ),
        migrations.AddConstraint(
            model_name="action",
            constraint=models.CheckConstraint(
                condition=models.Q(("given_in_error", False), ("state", "withdrawn"), _connector="OR"),
                name="action_given_in_error_is_withdrawn",
            ),
        ),
        migrations.AddConstraint(
            model_name="carriedaction",
            constraint=models.CheckConstraint(
                condition=models.Q(("dropped_at", None), ("confirmed", None), _connector="OR"),
                name="spoken_is_confirmed_or_dropped",
            ),
        ),
        migrations.AddField(
            model_name="referencepattern",
            name="by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
    ]
