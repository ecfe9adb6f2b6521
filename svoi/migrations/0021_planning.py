"""The calendar of the conveyor: studios, slots, shifts, series, approvals, samples, training, reminders."""

from pathlib import Path

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

SQL = Path(__file__).resolve().parents[1] / "db" / "sql" / "planning_v1.sql"


class Migration(migrations.Migration):

    dependencies = [
        ('svoi', '0020_live_weights'),
    ]

    operations = [
        migrations.CreateModel(
            name='CalendarFeed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token_hash', models.CharField(max_length=64, unique=True)),
                ('issued_at', models.DateTimeField()),
                ('revoked_at', models.DateTimeField(null=True)),
            ],
            options={
                'db_table': 'svoi_calendarfeed',
            },
        ),
        migrations.CreateModel(
            name='ConflictAcceptance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField()),
                ('conflict', models.CharField(max_length=160)),
                ('others', models.JSONField(default=list)),
                ('reason', models.CharField(max_length=200)),
                ('accepted_at', models.DateTimeField()),
            ],
            options={
                'db_table': 'svoi_conflictacceptance',
            },
        ),
        migrations.CreateModel(
            name='PlanningTerms',
            fields=[
                ('community', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='planning_terms', serialize=False, to='svoi.community')),
                ('time_zone', models.CharField(max_length=40)),
                ('rest_min', models.PositiveSmallIntegerField(default=60)),
                ('day_max_min', models.PositiveSmallIntegerField(default=240)),
                ('week_max_min', models.PositiveSmallIntegerField(default=1200)),
                ('untrained', models.CharField(choices=[('warn', 'warn'), ('refuse', 'refuse')], default='warn', max_length=6)),
                ('changed_at', models.DateTimeField()),
            ],
            options={
                'db_table': 'svoi_planningterms',
            },
        ),
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ahead_min', models.PositiveSmallIntegerField()),
                ('asked_at', models.DateTimeField()),
                ('recalled_at', models.DateTimeField(null=True)),
                ('rung_at', models.DateTimeField(null=True)),
            ],
            options={
                'db_table': 'svoi_reminder',
            },
        ),
        migrations.CreateModel(
            name='Sample',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('pieces', models.PositiveIntegerField()),
                ('said_at', models.DateTimeField()),
            ],
            options={
                'db_table': 'svoi_sample',
            },
        ),
        migrations.CreateModel(
            name='SampleBooking',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('pieces', models.PositiveIntegerField()),
                ('booked_at', models.DateTimeField()),
            ],
            options={
                'db_table': 'svoi_samplebooking',
            },
        ),
        migrations.CreateModel(
            name='Series',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title_ru', models.CharField(max_length=140)),
                ('title_en', models.CharField(blank=True, max_length=140)),
                ('about_ru', models.TextField(blank=True)),
                ('about_en', models.TextField(blank=True)),
                ('length_min', models.PositiveSmallIntegerField(default=60)),
                ('preparation_min', models.PositiveSmallIntegerField(default=30)),
                ('time_zone', models.CharField(max_length=40)),
                ('weekdays', models.PositiveSmallIntegerField()),
                ('local_time', models.TimeField()),
                ('starts_on', models.DateField()),
                ('until', models.DateField(null=True)),
                ('weeks_ahead', models.PositiveSmallIntegerField(default=4)),
                ('version', models.PositiveIntegerField(default=1)),
                ('planned_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
            ],
            options={
                'db_table': 'svoi_series',
            },
        ),
        migrations.CreateModel(
            name='SeriesHost',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
            ],
            options={
                'db_table': 'svoi_serieshost',
                'ordering': ['position'],
            },
        ),
        migrations.CreateModel(
            name='SeriesSkip',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('local_date', models.DateField()),
                ('skipped_at', models.DateTimeField()),
                ('reason', models.CharField(blank=True, max_length=200)),
            ],
            options={
                'db_table': 'svoi_seriesskip',
            },
        ),
        migrations.CreateModel(
            name='Shift',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('host', 'host'), ('producer', 'producer'), ('assistant', 'assistant'), ('editor', 'editor'), ('moderator', 'moderator')], max_length=10)),
                ('begins_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('sequence', models.PositiveIntegerField(default=0)),
                ('assigned_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('changed_at', models.DateTimeField()),
                ('removed_at', models.DateTimeField(null=True)),
            ],
            options={
                'db_table': 'svoi_shift',
            },
        ),
        migrations.CreateModel(
            name='ShowTemplate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title_ru', models.CharField(max_length=140)),
                ('title_en', models.CharField(blank=True, max_length=140)),
                ('about_ru', models.TextField(blank=True)),
                ('about_en', models.TextField(blank=True)),
                ('length_min', models.PositiveSmallIntegerField(default=60)),
                ('preparation_min', models.PositiveSmallIntegerField(default=30)),
                ('kept_at', models.DateTimeField()),
                ('dropped_at', models.DateTimeField(null=True)),
            ],
            options={
                'db_table': 'svoi_showtemplate',
            },
        ),
        migrations.CreateModel(
            name='Slot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('local_date', models.DateField(null=True)),
                ('begins_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('preparation_min', models.PositiveSmallIntegerField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('planned_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('moved_at', models.DateTimeField(null=True)),
                ('removed_at', models.DateTimeField(null=True)),
                ('removed_for', models.CharField(blank=True, max_length=200)),
            ],
            options={
                'db_table': 'svoi_slot',
            },
        ),
        migrations.CreateModel(
            name='SlotApproval',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField()),
                ('asked_at', models.DateTimeField()),
                ('decision', models.CharField(blank=True, choices=[('approved', 'approved'), ('declined', 'declined')], max_length=8)),
                ('decided_at', models.DateTimeField(null=True)),
                ('reason', models.CharField(blank=True, max_length=200)),
            ],
            options={
                'db_table': 'svoi_slotapproval',
            },
        ),
        migrations.CreateModel(
            name='Studio',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name_ru', models.CharField(max_length=80)),
                ('name_en', models.CharField(blank=True, max_length=80)),
                ('turn_around_min', models.PositiveSmallIntegerField(default=30)),
                ('time_zone', models.CharField(max_length=40)),
                ('opened_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('closed_at', models.DateTimeField(null=True)),
            ],
            options={
                'db_table': 'svoi_studio',
            },
        ),
        migrations.CreateModel(
            name='TrainingMark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('done_at', models.DateTimeField()),
                ('confirmed_at', models.DateTimeField(null=True)),
            ],
            options={
                'db_table': 'svoi_trainingmark',
            },
        ),
        migrations.CreateModel(
            name='TrainingStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title_ru', models.CharField(max_length=140)),
                ('title_en', models.CharField(blank=True, max_length=140)),
                ('position', models.PositiveSmallIntegerField()),
                ('added_at', models.DateTimeField()),
                ('dropped_at', models.DateTimeField(null=True)),
            ],
            options={
                'db_table': 'svoi_trainingstep',
                'ordering': ['position', 'id'],
            },
        ),
        migrations.AddField(
            model_name='show',
            name='called_off_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddConstraint(
            model_name='show',
            constraint=models.CheckConstraint(condition=models.Q(('called_off_at__isnull', True), ('went_live_at__isnull', True), _connector='OR'), name='show_called_off_never_aired'),
        ),
        migrations.AddField(
            model_name='calendarfeed',
            name='member',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='calendar_feeds', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='conflictacceptance',
            name='accepted_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='planningterms',
            name='changed_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='reminder',
            name='member',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reminders', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='reminder',
            name='show',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reminders', to='svoi.show'),
        ),
        migrations.AddField(
            model_name='sample',
            name='community',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='samples', to='svoi.community'),
        ),
        migrations.AddField(
            model_name='sample',
            name='product',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='sample', to='svoi.product'),
        ),
        migrations.AddField(
            model_name='sample',
            name='said_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='samplebooking',
            name='booked_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='samplebooking',
            name='holder',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='samples_held', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='samplebooking',
            name='sample',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bookings', to='svoi.sample'),
        ),
        migrations.AddField(
            model_name='series',
            name='community',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='svoi.community'),
        ),
        migrations.AddField(
            model_name='series',
            name='planned_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='serieshost',
            name='member',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='serieshost',
            name='series',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='hosts', to='svoi.series'),
        ),
        migrations.AddField(
            model_name='seriesskip',
            name='series',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='skips', to='svoi.series'),
        ),
        migrations.AddField(
            model_name='seriesskip',
            name='skipped_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='shift',
            name='assigned_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='shift',
            name='member',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shifts', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='showtemplate',
            name='community',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='svoi.community'),
        ),
        migrations.AddField(
            model_name='showtemplate',
            name='host',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='showtemplate',
            name='kept_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='slot',
            name='community',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='slots', to='svoi.community'),
        ),
        migrations.AddField(
            model_name='slot',
            name='moved_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='slot',
            name='planned_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='slot',
            name='removed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='slot',
            name='series',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='slots', to='svoi.series'),
        ),
        migrations.AddField(
            model_name='slot',
            name='show',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='slot', to='svoi.show'),
        ),
        migrations.AddField(
            model_name='shift',
            name='slot',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shifts', to='svoi.slot'),
        ),
        migrations.AddField(
            model_name='samplebooking',
            name='slot',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bookings', to='svoi.slot'),
        ),
        migrations.AddField(
            model_name='conflictacceptance',
            name='slot',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='acceptances', to='svoi.slot'),
        ),
        migrations.AddField(
            model_name='slotapproval',
            name='asked_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='slotapproval',
            name='decided_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='slotapproval',
            name='slot',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='approvals', to='svoi.slot'),
        ),
        migrations.AddField(
            model_name='studio',
            name='community',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='studios', to='svoi.community'),
        ),
        migrations.AddField(
            model_name='studio',
            name='opened_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='slot',
            name='studio',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='slots', to='svoi.studio'),
        ),
        migrations.AddField(
            model_name='showtemplate',
            name='studio',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='svoi.studio'),
        ),
        migrations.AddField(
            model_name='series',
            name='studio',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='series', to='svoi.studio'),
        ),
        migrations.AddField(
            model_name='trainingmark',
            name='confirmed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='trainingmark',
            name='member',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='training_marks', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='trainingstep',
            name='added_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='trainingstep',
            name='community',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='training_steps', to='svoi.community'),
        ),
        migrations.AddField(
            model_name='trainingmark',
            name='step',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='marks', to='svoi.trainingstep'),
        ),
        migrations.AddConstraint(
            model_name='calendarfeed',
            constraint=models.UniqueConstraint(condition=models.Q(('revoked_at__isnull', True)), fields=('member',), name='one_feed_a_member'),
        ),
        migrations.AddConstraint(
            model_name='planningterms',
            constraint=models.CheckConstraint(condition=models.Q(('rest_min__gte', 0), ('rest_min__lte', 2880)), name='planning_rest_min_fits'),
        ),
        migrations.AddConstraint(
            model_name='planningterms',
            constraint=models.CheckConstraint(condition=models.Q(('day_max_min__gte', 5), ('day_max_min__lte', 1440)), name='planning_day_max_min_fits'),
        ),
        migrations.AddConstraint(
            model_name='planningterms',
            constraint=models.CheckConstraint(condition=models.Q(('week_max_min__gte', 5), ('week_max_min__lte', 10080)), name='planning_week_max_min_fits'),
        ),
        migrations.AddConstraint(
            model_name='planningterms',
            constraint=models.CheckConstraint(condition=models.Q(('untrained__in', ('warn', 'refuse'))), name='planning_untrained_is_known'),
        ),
        migrations.AddConstraint(
            model_name='reminder',
            constraint=models.UniqueConstraint(fields=('show', 'member'), name='reminder_once'),
        ),
        migrations.AddConstraint(
            model_name='reminder',
            constraint=models.CheckConstraint(condition=models.Q(('ahead_min__in', (5, 15, 30, 60, 180, 1440))), name='reminder_time_is_offered'),
        ),
        migrations.AddConstraint(
            model_name='reminder',
            constraint=models.CheckConstraint(condition=models.Q(('recalled_at', None), ('rung_at', None), _connector='OR'), name='reminder_rings_or_is_recalled'),
        ),
        migrations.AddConstraint(
            model_name='sample',
            constraint=models.CheckConstraint(condition=models.Q(('pieces__gte', 0), ('pieces__lte', 10000)), name='sample_pieces_fit'),
        ),
        migrations.AddConstraint(
            model_name='serieshost',
            constraint=models.UniqueConstraint(fields=('series', 'position'), name='series_turn_once'),
        ),
        migrations.AddConstraint(
            model_name='serieshost',
            constraint=models.UniqueConstraint(fields=('series', 'member'), name='series_host_once'),
        ),
        migrations.AddConstraint(
            model_name='seriesskip',
            constraint=models.UniqueConstraint(fields=('series', 'local_date'), name='series_skip_once'),
        ),
        migrations.AddIndex(
            model_name='shift',
            index=models.Index(fields=['member', 'begins_at'], name='shifts_of_member'),
        ),
        migrations.AddConstraint(
            model_name='shift',
            constraint=models.UniqueConstraint(fields=('slot', 'member', 'role'), name='shift_once'),
        ),
        migrations.AddConstraint(
            model_name='shift',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('begins_at'))), name='shift_ends_after_it_began'),
        ),
        migrations.AddConstraint(
            model_name='samplebooking',
            constraint=models.UniqueConstraint(fields=('slot', 'sample'), name='sample_booked_once'),
        ),
        migrations.AddConstraint(
            model_name='samplebooking',
            constraint=models.CheckConstraint(condition=models.Q(('pieces__gte', 1)), name='sample_booking_holds_something'),
        ),
        migrations.AddConstraint(
            model_name='conflictacceptance',
            constraint=models.UniqueConstraint(fields=('slot', 'version', 'conflict'), name='conflict_accepted_once'),
        ),
        migrations.AddConstraint(
            model_name='conflictacceptance',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='conflict_accepted_for_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='slotapproval',
            constraint=models.UniqueConstraint(condition=models.Q(('decided_at__isnull', True)), fields=('slot', 'version'), name='approval_asked_once'),
        ),
        migrations.AddConstraint(
            model_name='slotapproval',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', None), ('decision', '')), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), ('decision__in', ('approved', 'declined'))), _connector='OR'), name='approval_decided_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='slotapproval',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decision', 'declined'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='approval_declined_for_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='studio',
            constraint=models.UniqueConstraint(fields=('community', 'name_ru'), name='studio_named_once'),
        ),
        migrations.AddConstraint(
            model_name='studio',
            constraint=models.CheckConstraint(condition=models.Q(('turn_around_min__gte', 0), ('turn_around_min__lte', 480)), name='studio_turn_around_fits'),
        ),
        migrations.AddIndex(
            model_name='slot',
            index=models.Index(fields=['community', 'begins_at'], name='slots_of_community'),
        ),
        migrations.AddConstraint(
            model_name='slot',
            constraint=models.UniqueConstraint(fields=('series', 'local_date'), name='series_date_once'),
        ),
        migrations.AddConstraint(
            model_name='slot',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('local_date', None), ('series', None)), models.Q(('local_date__isnull', False), ('series__isnull', False)), _connector='OR'), name='slot_of_series_has_its_date'),
        ),
        migrations.AddConstraint(
            model_name='slot',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('begins_at'))), name='slot_ends_after_it_began'),
        ),
        migrations.AddConstraint(
            model_name='slot',
            constraint=models.CheckConstraint(condition=models.Q(('preparation_min__gte', 0), ('preparation_min__lte', 480)), name='slot_preparation_fits'),
        ),
        migrations.AddConstraint(
            model_name='showtemplate',
            constraint=models.CheckConstraint(condition=models.Q(('length_min__gte', 5), ('length_min__lte', 780)), name='template_length_fits'),
        ),
        migrations.AddConstraint(
            model_name='showtemplate',
            constraint=models.CheckConstraint(condition=models.Q(('preparation_min__gte', 0), ('preparation_min__lte', 480)), name='template_preparation_fits'),
        ),
        migrations.AddConstraint(
            model_name='series',
            constraint=models.CheckConstraint(condition=models.Q(('length_min__gte', 5), ('length_min__lte', 780)), name='series_length_fits'),
        ),
        migrations.AddConstraint(
            model_name='series',
            constraint=models.CheckConstraint(condition=models.Q(('preparation_min__gte', 0), ('preparation_min__lte', 480)), name='series_preparation_fits'),
        ),
        migrations.AddConstraint(
            model_name='series',
            constraint=models.CheckConstraint(condition=models.Q(('weeks_ahead__gte', 1), ('weeks_ahead__lte', 26)), name='series_weeks_fit'),
        ),
        migrations.AddConstraint(
            model_name='series',
            constraint=models.CheckConstraint(condition=models.Q(('weekdays__gte', 1), ('weekdays__lte', 127)), name='series_has_a_day'),
        ),
        migrations.AddConstraint(
            model_name='series',
            constraint=models.CheckConstraint(condition=models.Q(('until', None), ('until__gte', models.F('starts_on')), _connector='OR'), name='series_ends_after_it_began'),
        ),
        migrations.AddConstraint(
            model_name='trainingmark',
            constraint=models.UniqueConstraint(fields=('step', 'member'), name='training_mark_once'),
        ),
        migrations.AddConstraint(
            model_name='trainingmark',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at', None), ('confirmed_by', None)), models.Q(('confirmed_at__isnull', False), ('confirmed_by__isnull', False), models.Q(('confirmed_by', models.F('member')), _negated=True)), _connector='OR'), name='training_confirmed_by_another'),
        ),
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), migrations.RunSQL.noop),
    ]
