from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("actions", "0008_tell_of_sending_and_errors")]

    operations = [
        migrations.AddIndex(
            model_name="actionevent",
            index=models.Index(fields=["action", "-id"], name="events_of_action_newest"),
        ),
    ]
