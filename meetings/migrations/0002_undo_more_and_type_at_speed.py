import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    # They came one by one before the first release; a database that has them needs nothing more.
    replaces = [
        ('meetings', '0002_undo_more_removals'),
        ('meetings', '0003_keep_history_of_identity'),
        ('meetings', '0004_add_short_forms_and_commitments'),
        ('meetings', '0005_keep_rough_lines'),
        ('meetings', '0006_lay_transcripts_beside_meetings'),
    ]

    dependencies = [
        ('meetings', '0001_begin'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='HistoricalUsualItem',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('removed_at', models.DateTimeField(editable=False, null=True)),
                ('title', models.CharField(max_length=300)),
                ('kind', models.CharField(choices=[('apologies', 'Apologies'), ('previous_notes', 'Previous notes'), ('matters_arising', 'Matters arising'), ('action_review', 'Action review'), ('holding_to_account', 'Holding to account'), ('performance', 'Performance'), ('inspection', 'Inspection'), ('public_questions', 'Public questions'), ('decision', 'Decision'), ('other_business', 'Other business'), ('next_meeting', 'Next meeting'), ('other', 'Other')], default='other', max_length=30)),
                ('order', models.PositiveIntegerField(default=0)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical usual item',
                'verbose_name_plural': 'historical usual items',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalUsualPerson',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('removed_at', models.DateTimeField(editable=False, null=True)),
                ('chair', models.BooleanField(default=False, verbose_name='chairs')),
                ('minute_taker', models.BooleanField(default=False, verbose_name='takes the minutes')),
                ('order', models.PositiveIntegerField(default=0)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical usual person',
                'verbose_name_plural': 'historical usual people',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.AlterModelOptions(
            name='usualperson',
            options={'ordering': ['order', 'pk'], 'verbose_name_plural': 'usual people'},
        ),
        migrations.RemoveConstraint(
            model_name='appointment',
            name='one_appointment_per_person_role_and_day',
        ),
        migrations.RemoveConstraint(
            model_name='usualperson',
            name='one_usual_person_per_role',
        ),
        migrations.AddField(
            model_name='appointment',
            name='removed_at',
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='appointment',
            name='removed_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalappointment',
            name='removed_at',
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='historicalappointment',
            name='removed_by',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='usualitem',
            name='removed_at',
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='usualitem',
            name='removed_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='usualperson',
            name='removed_at',
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='usualperson',
            name='removed_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='appointment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('removed_at', None), ('removed_by', None)), models.Q(('removed_at__isnull', False), ('removed_by__isnull', False)), _connector='OR'), name='appointment_removal_says_who_and_when'),
        ),
        migrations.AddConstraint(
            model_name='appointment',
            constraint=models.UniqueConstraint(condition=models.Q(('removed_at', None)), fields=('role', 'person', 'starts'), name='one_appointment_per_person_role_and_day'),
        ),
        migrations.AddConstraint(
            model_name='usualitem',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('removed_at', None), ('removed_by', None)), models.Q(('removed_at__isnull', False), ('removed_by__isnull', False)), _connector='OR'), name='usualitem_removal_says_who_and_when'),
        ),
        migrations.AddConstraint(
            model_name='usualperson',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('removed_at', None), ('removed_by', None)), models.Q(('removed_at__isnull', False), ('removed_by__isnull', False)), _connector='OR'), name='usualperson_removal_says_who_and_when'),
        ),
        migrations.AddConstraint(
            model_name='usualperson',
            constraint=models.UniqueConstraint(condition=models.Q(('removed_at', None)), fields=('type', 'role'), name='one_usual_person_per_role'),
        ),
        migrations.AddField(
            model_name='historicalusualitem',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalusualitem',
            name='parent',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='meetings.usualitem'),
        ),
        migrations.AddField(
            model_name='historicalusualitem',
            name='removed_by',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalusualitem',
            name='type',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='meetings.meetingtype'),
        ),
        migrations.AddField(
            model_name='historicalusualperson',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalusualperson',
            name='removed_by',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalusualperson',
            name='role',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='meetings.role'),
        ),
        migrations.AddField(
            model_name='historicalusualperson',
            name='type',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='meetings.meetingtype'),
        ),
        migrations.CreateModel(
            name='HistoricalIdentity',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('starts', models.DateField(db_index=True, verbose_name='from')),
                ('office_name', models.CharField(help_text='As people know it', max_length=200, verbose_name='name of the office')),
                ('office_short_name', models.CharField(max_length=80, verbose_name='short name of the office')),
                ('commissioner_title', models.CharField(help_text='For example Police and Crime Commissioner', max_length=120, verbose_name='title of the person who holds the force to account')),
                ('force_name', models.CharField(max_length=200, verbose_name='name of the force')),
                ('area', models.CharField(blank=True, max_length=200)),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='public e-mail address')),
                ('telephone', models.CharField(blank=True, max_length=40)),
                ('postal_address', models.TextField(blank=True, max_length=500)),
                ('website', models.URLField(blank=True)),
                ('accent_colour', models.CharField(default='#1f4f5f', max_length=7, validators=[django.core.validators.RegexValidator('^#[0-9a-fA-F]{6}$', 'Enter a colour as # and six digits, for example #1f4f5f')], verbose_name='colour')),
                ('changed_at', models.DateTimeField(blank=True, editable=False)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical identity',
                'verbose_name_plural': 'historical identities',
                'db_table': 'meetings_identity_history',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.AddField(
            model_name='contribution',
            name='commitment',
            field=models.CharField(blank=True, choices=[('', 'Not asked yet'), ('action', 'An action'), ('none', 'Not an action')], default='', max_length=10, verbose_name='is a commitment'),
        ),
        migrations.CreateModel(
            name='HistoricalShortForm',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('removed_at', models.DateTimeField(editable=False, null=True)),
                ('short', models.CharField(max_length=20, verbose_name='short form')),
                ('full', models.CharField(max_length=200, verbose_name='words')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('owner', models.ForeignKey(blank=True, db_constraint=False, help_text="Empty: the office's", null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('removed_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical short form',
                'verbose_name_plural': 'historical short forms',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='ShortForm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('removed_at', models.DateTimeField(editable=False, null=True)),
                ('short', models.CharField(max_length=20, verbose_name='short form')),
                ('full', models.CharField(max_length=200, verbose_name='words')),
                ('owner', models.ForeignKey(blank=True, help_text="Empty: the office's", null=True, on_delete=django.db.models.deletion.PROTECT, related_name='short_forms', to=settings.AUTH_USER_MODEL)),
                ('removed_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': [django.db.models.functions.text.Lower('short'), 'pk'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('removed_at', None), ('removed_by', None)), models.Q(('removed_at__isnull', False), ('removed_by__isnull', False)), _connector='OR'), name='shortform_removal_says_who_and_when'), models.UniqueConstraint(django.db.models.functions.text.Lower('short'), condition=models.Q(('owner', None), ('removed_at', None)), name='one_short_form_of_the_office'), models.UniqueConstraint(django.db.models.functions.text.Lower('short'), models.F('owner'), condition=models.Q(('owner__isnull', False), ('removed_at', None)), name='one_short_form_per_owner')],
            },
        ),
        migrations.AddField(
            model_name='contribution',
            name='rough',
            field=models.TextField(blank=True, max_length=200000, verbose_name='rough line'),
        ),
        migrations.AddField(
            model_name='contribution',
            name='to_write_up',
            field=models.BooleanField(default=False, verbose_name='still to be written up'),
        ),
        migrations.AddConstraint(
            model_name='contribution',
            constraint=models.CheckConstraint(condition=models.Q(('to_write_up', False), models.Q(('rough', ''), _negated=True), _connector='OR'), name='to_write_up_has_a_rough_line'),
        ),
        migrations.CreateModel(
            name='Transcript',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('removed_at', models.DateTimeField(editable=False, null=True)),
                ('name', models.CharField(help_text='Of the file; empty for pasted text', max_length=200)),
                ('content', models.BinaryField()),
                ('passages', models.JSONField(help_text='What was read in it: speaker, words, second')),
                ('speakers', models.JSONField(default=dict, help_text='Whom somebody said a name means: the id of an attendance, by the name')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='transcripts', to='meetings.meeting')),
                ('removed_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['at', 'pk'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('removed_at', None), ('removed_by', None)), models.Q(('removed_at__isnull', False), ('removed_by__isnull', False)), _connector='OR'), name='transcript_removal_says_who_and_when')],
            },
        ),
    ]
