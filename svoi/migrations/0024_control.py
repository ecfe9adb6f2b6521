"""The control room: cues, who steers, duties, crew notes, pinned messages, incidents and polls."""

from pathlib import Path

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

SQL = Path(__file__).resolve().parents[1] / "db" / "sql" / "control_v1.sql"


class Migration(migrations.Migration):

    dependencies = [
        ('svoi', '0023_replays'),
    ]

    operations = [
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('message', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='answer', serialize=False, to='svoi.chatmessage')),
                ('answered_at', models.DateTimeField()),
                ('answered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'svoi_answer',
            },
        ),
        migrations.CreateModel(
            name='Poll',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('question_ru', models.CharField(max_length=140)),
                ('question_en', models.CharField(blank=True, max_length=140)),
                ('options', models.JSONField()),
                ('runs_s', models.PositiveSmallIntegerField()),
                ('armed_at', models.DateTimeField()),
                ('key', models.UUIDField()),
                ('fired_at', models.DateTimeField(null=True)),
                ('closes_at', models.DateTimeField(null=True)),
                ('closed_at', models.DateTimeField(null=True)),
                ('armed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('closed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('fired_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('show', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='polls', to='svoi.show')),
            ],
            options={
                'db_table': 'svoi_poll',
            },
        ),
        migrations.CreateModel(
            name='PollVote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveSmallIntegerField()),
                ('voted_at', models.DateTimeField()),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='poll_votes', to=settings.AUTH_USER_MODEL)),
                ('poll', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='votes', to='svoi.poll')),
            ],
            options={
                'db_table': 'svoi_pollvote',
            },
        ),
        migrations.CreateModel(
            name='CrewNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('audience', models.CharField(choices=[('crew', 'crew'), ('host', 'host')], max_length=4)),
                ('text', models.CharField(max_length=280)),
                ('at', models.DateTimeField()),
                ('key', models.UUIDField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('show', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='crew_notes', to='svoi.show')),
            ],
            options={
                'db_table': 'svoi_crewnote',
                'indexes': [models.Index(fields=['show', '-id'], name='crew_notes_of_show')],
                'constraints': [models.UniqueConstraint(fields=('by', 'key'), name='crew_note_once'), models.CheckConstraint(condition=models.Q(('audience__in', ('crew', 'host'))), name='crew_note_audience_is_known')],
            },
        ),
        migrations.CreateModel(
            name='Cue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('after', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='svoi.cue')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('segment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cues', to='svoi.segment')),
                ('show', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cues', to='svoi.show')),
            ],
            options={
                'db_table': 'svoi_cue',
                'constraints': [models.UniqueConstraint(fields=('show', 'after'), name='cue_follows_once', nulls_distinct=False)],
            },
        ),
        migrations.CreateModel(
            name='Duties',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('acts', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('hide', 'hide'), ('mute', 'mute'), ('policy', 'policy'), ('pin', 'pin'), ('answer', 'answer'), ('incident', 'incident')], max_length=8), default=list, size=None)),
                ('given_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='duties', to='svoi.community')),
                ('given_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('show', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='duties', to='svoi.show')),
            ],
            options={
                'db_table': 'svoi_duties',
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('community', 'show', 'member'), name='duties_stated_once', nulls_distinct=False), models.CheckConstraint(condition=models.Q(('acts__contained_by', ['hide', 'mute', 'policy', 'pin', 'answer', 'incident'])), name='duties_are_known')],
            },
        ),
        migrations.CreateModel(
            name='Hold',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('taken_at', models.DateTimeField()),
                ('seen_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('show', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holds', to='svoi.show')),
            ],
            options={
                'db_table': 'svoi_hold',
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('show',), name='one_hold_at_a_time'), models.CheckConstraint(condition=models.Q(('seen_at__gte', models.F('taken_at'))), name='hold_is_seen_after_it_began')],
            },
        ),
        migrations.CreateModel(
            name='Incident',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('technical', 'technical'), ('claim', 'claim'), ('conduct', 'conduct'), ('payment', 'payment')], max_length=9)),
                ('note', models.CharField(max_length=2000)),
                ('at', models.DateTimeField()),
                ('key', models.UUIDField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('show', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='incidents', to='svoi.show')),
            ],
            options={
                'db_table': 'svoi_incident',
                'constraints': [models.UniqueConstraint(fields=('by', 'key'), name='incident_once'), models.CheckConstraint(condition=models.Q(('kind__in', ('technical', 'claim', 'conduct', 'payment'))), name='incident_kind_is_known')],
            },
        ),
        migrations.CreateModel(
            name='MessagePin',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('pinned_at', models.DateTimeField()),
                ('unpinned_at', models.DateTimeField(null=True)),
                ('message', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pins', to='svoi.chatmessage')),
                ('pinned_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('show', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='message_pins', to='svoi.show')),
                ('unpinned_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'svoi_messagepin',
                'constraints': [models.UniqueConstraint(condition=models.Q(('unpinned_at__isnull', True)), fields=('show',), name='one_message_pinned'), models.CheckConstraint(condition=models.Q(models.Q(('unpinned_at__isnull', True), ('unpinned_by__isnull', True)), models.Q(('unpinned_at__isnull', False), ('unpinned_by__isnull', False)), _connector='OR'), name='message_is_unpinned_by_somebody')],
            },
        ),
        migrations.AddConstraint(
            model_name='poll',
            constraint=models.UniqueConstraint(fields=('armed_by', 'key'), name='poll_armed_once'),
        ),
        migrations.AddConstraint(
            model_name='poll',
            constraint=models.UniqueConstraint(condition=models.Q(('closed_at__isnull', True)), fields=('show',), name='one_poll_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='poll',
            constraint=models.CheckConstraint(condition=models.Q(('runs_s__gte', 10), ('runs_s__lte', 600)), name='poll_runs_fit'),
        ),
        migrations.AddConstraint(
            model_name='poll',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closes_at__isnull', True), ('fired_at__isnull', True), ('fired_by__isnull', True)), models.Q(('closes_at__gt', models.F('fired_at')), ('fired_at__isnull', False), ('fired_by__isnull', False)), _connector='OR'), name='poll_closes_after_it_opened'),
        ),
        migrations.AddConstraint(
            model_name='pollvote',
            constraint=models.UniqueConstraint(fields=('poll', 'member'), name='poll_vote_once'),
        ),
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), migrations.RunSQL.noop),
    ]
