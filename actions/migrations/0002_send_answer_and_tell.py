import django.db.models.deletion
import simple_history.models
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    # They came one by one before the first release; a database that has them needs nothing more.
    replaces = [
        ('actions', '0002_send_confirm_and_supersede'),
        ('actions', '0003_keep_messages'),
        ('actions', '0004_propose_another_date'),
        ('actions', '0005_tell_the_public_why'),
        ('actions', '0006_keep_evidence'),
        ('actions', '0007_give_calendars_an_address'),
        ('actions', '0008_tell_of_sending_and_errors'),
        ('actions', '0009_find_the_newest_event'),
        ('actions', '0010_tell_who_helps'),
    ]

    dependencies = [
        ('accounts', '0003_remember_changes_of_users'),
        ('actions', '0001_begin'),
        ('meetings', '0002_undo_more_and_type_at_speed'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ReferenceSeries',
            fields=[
                ('series', models.CharField(max_length=100, primary_key=True, serialize=False)),
                ('last', models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='ReferencePattern',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('pattern', models.CharField(default='{year}/{number}', max_length=40)),
                ('digits', models.PositiveSmallIntegerField(default=1, help_text='The number has at least as many, with zeros before it')),
                ('at', models.DateTimeField()),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.DeleteModel(
            name='ReferenceCount',
        ),
        migrations.AddField(
            model_name='action',
            name='given_in_error',
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name='action',
            name='sent_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='sent to its owner at'),
        ),
        migrations.AddField(
            model_name='action',
            name='superseded_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='takes_place_of', to='actions.action'),
        ),
        migrations.AddField(
            model_name='actionevent',
            name='other',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='events_elsewhere', to='actions.action'),
        ),
        migrations.AddField(
            model_name='carriedaction',
            name='confirmed',
            field=models.OneToOneField(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='spoken', to='actions.actionevent'),
        ),
        migrations.AddField(
            model_name='carriedaction',
            name='dropped_at',
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='carriedaction',
            name='dropped_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='carriedaction',
            name='dropped_why',
            field=models.TextField(blank=True, editable=False),
        ),
        migrations.AddField(
            model_name='carriedaction',
            name='due_next',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='carriedaction',
            name='due_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='carriedaction',
            name='reason',
            field=models.TextField(blank=True, max_length=20000),
        ),
        migrations.AddField(
            model_name='historicalaction',
            name='given_in_error',
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name='historicalaction',
            name='sent_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='sent to its owner at'),
        ),
        migrations.AddField(
            model_name='historicalaction',
            name='superseded_by',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='actions.action'),
        ),
        migrations.AddConstraint(
            model_name='action',
            constraint=models.CheckConstraint(condition=models.Q(('sent_at', None), ('reference__isnull', False), _connector='OR'), name='action_sent_has_a_reference'),
        ),
        migrations.AddConstraint(
            model_name='action',
            constraint=models.CheckConstraint(condition=models.Q(('superseded_by', None), ('state', 'superseded'), _connector='OR'), name='action_that_is_replaced_is_superseded'),
        ),
        migrations.AddConstraint(
            model_name='action',
            constraint=models.CheckConstraint(condition=models.Q(('given_in_error', False), ('state', 'withdrawn'), _connector='OR'), name='action_given_in_error_is_withdrawn'),
        ),
        migrations.AddConstraint(
            model_name='carriedaction',
            constraint=models.CheckConstraint(condition=models.Q(('dropped_at', None), ('confirmed', None), _connector='OR'), name='spoken_is_confirmed_or_dropped'),
        ),
        migrations.AddField(
            model_name='referencepattern',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
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
        migrations.AlterField(
            model_name='action',
            name='state',
            field=models.CharField(choices=[('open', 'Open'), ('proposed', 'Completion proposed'), ('date_proposed', 'New date proposed'), ('returned', 'Returned'), ('retained', 'Retained as a watching brief'), ('closed', 'Closed'), ('superseded', 'Superseded'), ('withdrawn', 'Withdrawn'), ('transferred', 'Transferred')], default='open', editable=False, max_length=20),
        ),
        migrations.AlterField(
            model_name='actionevent',
            name='from_state',
            field=models.CharField(blank=True, choices=[('open', 'Open'), ('proposed', 'Completion proposed'), ('date_proposed', 'New date proposed'), ('returned', 'Returned'), ('retained', 'Retained as a watching brief'), ('closed', 'Closed'), ('superseded', 'Superseded'), ('withdrawn', 'Withdrawn'), ('transferred', 'Transferred')], max_length=20),
        ),
        migrations.AlterField(
            model_name='actionevent',
            name='kind',
            field=models.CharField(choices=[('agreed', 'Agreed'), ('sent', 'Sent to its owner'), ('update', 'Update received'), ('proposed', 'Completion proposed'), ('date_proposed', 'New date proposed'), ('date_kept', 'New date not agreed'), ('returned', 'Returned'), ('retained', 'Retained as a watching brief'), ('closed', 'Accepted and closed'), ('reopened', 'Opened again'), ('superseded', 'Superseded'), ('withdrawn', 'Withdrawn'), ('not_used', 'Not used'), ('transferred', 'Transferred'), ('due_set', 'Due date set'), ('due_moved', 'Due date moved'), ('reworded', 'Wording changed'), ('reassigned', 'Owner changed'), ('helpers', 'Supporting owners changed')], max_length=20),
        ),
        migrations.AlterField(
            model_name='actionevent',
            name='to_state',
            field=models.CharField(blank=True, choices=[('open', 'Open'), ('proposed', 'Completion proposed'), ('date_proposed', 'New date proposed'), ('returned', 'Returned'), ('retained', 'Retained as a watching brief'), ('closed', 'Closed'), ('superseded', 'Superseded'), ('withdrawn', 'Withdrawn'), ('transferred', 'Transferred')], max_length=20),
        ),
        migrations.AlterField(
            model_name='historicalaction',
            name='state',
            field=models.CharField(choices=[('open', 'Open'), ('proposed', 'Completion proposed'), ('date_proposed', 'New date proposed'), ('returned', 'Returned'), ('retained', 'Retained as a watching brief'), ('closed', 'Closed'), ('superseded', 'Superseded'), ('withdrawn', 'Withdrawn'), ('transferred', 'Transferred')], default='open', editable=False, max_length=20),
        ),
        migrations.CreateModel(
            name='HistoricalPublicReason',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('text', models.TextField(blank=True, max_length=2000)),
                ('at', models.DateTimeField()),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('event', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='actions.actionevent')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical public reason',
                'verbose_name_plural': 'historical public reasons',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='PublicReason',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(blank=True, max_length=2000)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('event', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='public_reason', to='actions.actionevent')),
            ],
        ),
        migrations.CreateModel(
            name='HistoricalEvidence',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('removed_at', models.DateTimeField(editable=False, null=True)),
                ('name', models.CharField(max_length=300)),
                ('kind', models.CharField(choices=[('pdf', 'PDF'), ('docx', 'Word document'), ('doc', 'Word document (97 to 2003)'), ('png', 'PNG image'), ('jpeg', 'JPEG image')], max_length=10)),
                ('size', models.PositiveBigIntegerField(help_text='In bytes')),
                ('sha256', models.CharField(max_length=64)),
                ('stored_as', models.CharField(db_index=True, max_length=64)),
                ('body', models.CharField(choices=[('office', 'The office'), ('force', 'The force'), ('other', 'Another body')], max_length=10, verbose_name='given by')),
                ('at', models.DateTimeField()),
                ('why_removed', models.CharField(blank=True, max_length=2000)),
                ('swept_at', models.DateTimeField(editable=False, help_text='Since when its bytes are gone', null=True)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('action', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='actions.action')),
                ('by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('event', models.ForeignKey(blank=True, db_constraint=False, help_text='The update that it was given with', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='actions.actionevent')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('removed_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical evidence',
                'verbose_name_plural': 'historical evidence',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('removed_at', models.DateTimeField(editable=False, null=True)),
                ('name', models.CharField(max_length=300)),
                ('kind', models.CharField(choices=[('pdf', 'PDF'), ('docx', 'Word document'), ('doc', 'Word document (97 to 2003)'), ('png', 'PNG image'), ('jpeg', 'JPEG image')], max_length=10)),
                ('size', models.PositiveBigIntegerField(help_text='In bytes')),
                ('sha256', models.CharField(max_length=64)),
                ('stored_as', models.CharField(max_length=64, unique=True)),
                ('body', models.CharField(choices=[('office', 'The office'), ('force', 'The force'), ('other', 'Another body')], max_length=10, verbose_name='given by')),
                ('at', models.DateTimeField()),
                ('why_removed', models.CharField(blank=True, max_length=2000)),
                ('swept_at', models.DateTimeField(editable=False, help_text='Since when its bytes are gone', null=True)),
                ('action', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='actions.action')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('event', models.ForeignKey(help_text='The update that it was given with', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='actions.actionevent')),
                ('removed_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'evidence',
                'ordering': ['at', 'pk'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('removed_at', None), ('removed_by', None)), models.Q(('removed_at__isnull', False), ('removed_by__isnull', False)), _connector='OR'), name='evidence_removal_says_who_and_when'), models.CheckConstraint(condition=models.Q(('removed_at', None), models.Q(('why_removed', ''), _negated=True), _connector='OR'), name='evidence_removal_says_why'), models.CheckConstraint(condition=models.Q(('swept_at', None), ('removed_at__isnull', False), _connector='OR'), name='only_removed_evidence_is_swept')],
            },
        ),
        migrations.CreateModel(
            name='CalendarAddress',
            fields=[
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='calendar_address', serialize=False, to=settings.AUTH_USER_MODEL)),
                ('token_sha256', models.CharField(max_length=64, unique=True)),
                ('made_at', models.DateTimeField()),
            ],
        ),
        migrations.AddIndex(
            model_name='actionevent',
            index=models.Index(fields=['action', '-id'], name='events_of_action_newest'),
        ),
    ]
