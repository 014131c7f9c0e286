from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("actions", "0009_find_the_newest_event"),
    ]

    operations = [
        migrations.AlterField(
            model_name="actionevent",
            name="kind",
            field=models.CharField(
                choices=[
                    ("agreed", "Agreed"),
                    ("sent", "Sent to its owner"),
                    ("update", "Update received"),
                    ("proposed", "Completion proposed"),
                    ("date_proposed", "New date proposed"),
                    ("date_kept", "New date not agreed"),
                    ("returned", "Returned"),
                    ("retained", "Retained as a watching brief"),
                    ("closed", "Accepted and closed"),
                    ("reopened", "Opened again"),
                    ("superseded", "Superseded"),
                    ("withdrawn", "Withdrawn"),
                    ("not_used", "Not used"),
                    ("transferred", "Transferred"),
                    ("due_set", "Due date set"),
                    ("due_moved", "Due date moved"),
                    ("reworded", "Wording changed"),
                    ("reassigned", "Owner changed"),
                    ("helpers", "Supporting owners changed"),
                ],
                max_length=20,
            ),
        ),
    ]
