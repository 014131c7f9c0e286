import django.db.models.deletion
import simple_history.models
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_remember_changes_of_users'),
        ('actions', '0002_send_confirm_and_supersede'),
        ('meetings', '0004_add_short_forms_and_commitments'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='DigestChoice',
            fields=[
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='digest_choice', serialize=False, to=settings.AUTH_USER_MODEL)),
                ('often', models.CharField(choices=[('weekly', 'Every Monday'), ('daily', 'Every weekday'), ('never', 'Never')], default='weekly', max_length=10, verbose_name='how often')),
            ],
        ),
        migrations.CreateModel(
            name='MessageRules',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('remind_before', models.PositiveSmallIntegerField(default=7, verbose_name='days before the due date')),
                ('repeat_after', models.PositiveSmallIntegerField(default=7, verbose_name='days between reminders once it is overdue')),
                ('reply_days', models.PositiveSmallIntegerField(default=30, verbose_name='days for which a reply address works')),
                ('reply_once', models.BooleanField(default=False, verbose_name='a reply address works once')),
                ('paused_until', models.DateField(blank=True, null=True, verbose_name='nothing goes out before')),
            ],
            options={
                'verbose_name_plural': 'message rules',
            },
        ),
        migrations.CreateModel(
            name='RoleMessages',
            fields=[
                ('role', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='message_rules', serialize=False, to='meetings.role')),
                ('to_holder', models.BooleanField(default=False, verbose_name='the holder gets them too')),
                ('paused_until', models.DateField(blank=True, null=True, verbose_name='nothing goes out before')),
            ],
            options={
                'verbose_name_plural': 'role messages',
            },
        ),
        migrations.CreateModel(
            name='HistoricalMessage',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('kind', models.CharField(choices=[('sent', 'Action sent to its owner'), ('changed', 'Action changed'), ('before', 'Reminder before it is due'), ('on_day', 'Reminder on the day'), ('after', 'Reminder after it was due'), ('decided', 'Decision told'), ('digest', 'Outstanding actions')], editable=False, max_length=10)),
                ('day', models.DateField(editable=False, help_text='The day for which it is meant')),
                ('told_until', models.BigIntegerField(editable=False, help_text='The newest event that it tells of', null=True)),
                ('state', models.CharField(choices=[('planned', 'Planned'), ('skipped', 'Skipped'), ('going', 'Going out, or gone')], default='planned', editable=False, max_length=10)),
                ('subject', models.CharField(blank=True, max_length=200)),
                ('words', models.TextField(blank=True, max_length=5000)),
                ('held_until', models.DateField(blank=True, null=True, verbose_name='not before')),
                ('going_at', models.DateTimeField(editable=False, null=True)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('action', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='actions.action')),
                ('event', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='actions.actionevent')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('reader', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('role', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='meetings.role')),
            ],
            options={
                'verbose_name': 'historical message',
                'verbose_name_plural': 'historical messages',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalMessageRules',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('remind_before', models.PositiveSmallIntegerField(default=7, verbose_name='days before the due date')),
                ('repeat_after', models.PositiveSmallIntegerField(default=7, verbose_name='days between reminders once it is overdue')),
                ('reply_days', models.PositiveSmallIntegerField(default=30, verbose_name='days for which a reply address works')),
                ('reply_once', models.BooleanField(default=False, verbose_name='a reply address works once')),
                ('paused_until', models.DateField(blank=True, null=True, verbose_name='nothing goes out before')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical message rules',
                'verbose_name_plural': 'historical message rules',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalRoleMessages',
            fields=[
                ('to_holder', models.BooleanField(default=False, verbose_name='the holder gets them too')),
                ('paused_until', models.DateField(blank=True, null=True, verbose_name='nothing goes out before')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('role', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='meetings.role')),
            ],
            options={
                'verbose_name': 'historical role messages',
                'verbose_name_plural': 'historical role messages',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('sent', 'Action sent to its owner'), ('changed', 'Action changed'), ('before', 'Reminder before it is due'), ('on_day', 'Reminder on the day'), ('after', 'Reminder after it was due'), ('decided', 'Decision told'), ('digest', 'Outstanding actions')], editable=False, max_length=10)),
                ('day', models.DateField(editable=False, help_text='The day for which it is meant')),
                ('told_until', models.BigIntegerField(editable=False, help_text='The newest event that it tells of', null=True)),
                ('state', models.CharField(choices=[('planned', 'Planned'), ('skipped', 'Skipped'), ('going', 'Going out, or gone')], default='planned', editable=False, max_length=10)),
                ('subject', models.CharField(blank=True, max_length=200)),
                ('words', models.TextField(blank=True, max_length=5000)),
                ('held_until', models.DateField(blank=True, null=True, verbose_name='not before')),
                ('facts', models.JSONField(default=dict, editable=False)),
                ('going_at', models.DateTimeField(editable=False, null=True)),
                ('action', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='actions.action')),
                ('event', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='actions.actionevent')),
                ('reader', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('role', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='meetings.role')),
            ],
            options={
                'ordering': ['-going_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('line', models.CharField(choices=[('to', 'To'), ('copy', 'Copy')], default='to', max_length=4)),
                ('address', models.CharField(max_length=320)),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('claimed', 'Being sent'), ('sent', 'Sent'), ('failed', 'Given up')], default='waiting', max_length=10)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('try_at', models.DateTimeField()),
                ('claim', models.UUIDField(null=True)),
                ('claimed_at', models.DateTimeField(null=True)),
                ('sent_at', models.DateTimeField(null=True)),
                ('perhaps_twice', models.BooleanField(default=False)),
                ('problem', models.CharField(blank=True, help_text='What the mail server said', max_length=500)),
                ('reply_hash', models.CharField(blank=True, db_index=True, max_length=64)),
                ('reply_until', models.DateField(null=True)),
                ('reply_revoked_at', models.DateTimeField(null=True)),
                ('reply_revoked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('message', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='actions.message')),
            ],
            options={
                'verbose_name_plural': 'deliveries',
                'ordering': ['-line', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Reply',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('delivery', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='replies', to='actions.delivery')),
                ('event', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='reply', to='actions.actionevent')),
            ],
            options={
                'verbose_name_plural': 'replies',
            },
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(fields=['state', 'kind'], name='actions_mes_state_9575fb_idx'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.UniqueConstraint(condition=models.Q(('event', None)), fields=('action', 'kind', 'day', 'role'), name='one_message_per_action_kind_and_day'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.UniqueConstraint(condition=models.Q(('event__isnull', False)), fields=('event', 'kind', 'role'), name='one_message_per_event_and_role'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.UniqueConstraint(condition=models.Q(('reader__isnull', False)), fields=('reader', 'kind', 'day'), name='one_digest_per_reader_and_day'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('action__isnull', False), ('reader', None), ('role__isnull', False)), models.Q(('action', None), ('reader__isnull', False), ('role', None)), _connector='OR'), name='message_has_a_role_or_a_reader'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(fields=['state', 'try_at'], name='actions_del_state_2654df_idx'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(fields=['claim'], name='actions_del_claim_08cf57_idx'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.UniqueConstraint(fields=('message', 'address'), name='one_delivery_per_address'),
        ),
    ]
