"""Weights of what is heard in a live room, reactions, and recounts of shows."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

SQL = Path(__file__).resolve().parents[1] / "db" / "sql" / "recount_guard_v1.sql"


class Migration(migrations.Migration):

    dependencies = [
        ('svoi', '0019_trust'),
    ]

    operations = [
        migrations.CreateModel(
            name='MessageWeight',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('viewer', models.CharField(max_length=64)),
                ('member_id', models.BigIntegerField(null=True)),
                ('at', models.DateTimeField()),
                ('weight', models.PositiveSmallIntegerField(null=True)),
                ('reasons', models.PositiveSmallIntegerField(null=True)),
                ('device', models.BigIntegerField(null=True)),
                ('network', models.BigIntegerField(null=True)),
                ('key', models.UUIDField()),
            ],
            options={
                'db_table': 'svoi_messageweight',
            },
        ),
        migrations.CreateModel(
            name='Reaction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('viewer', models.CharField(max_length=64)),
                ('member_id', models.BigIntegerField(null=True)),
                ('at', models.DateTimeField()),
                ('weight', models.PositiveSmallIntegerField(null=True)),
                ('reasons', models.PositiveSmallIntegerField(null=True)),
                ('device', models.BigIntegerField(null=True)),
                ('network', models.BigIntegerField(null=True)),
            ],
            options={
                'db_table': 'svoi_reaction',
            },
        ),
        migrations.CreateModel(
            name='Recount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('version', models.PositiveSmallIntegerField()),
                ('limits', models.JSONField(default=dict)),
                ('viewers_raw', models.PositiveIntegerField()),
                ('viewers_counted', models.PositiveIntegerField()),
                ('peak_raw', models.PositiveIntegerField()),
                ('peak_counted', models.PositiveIntegerField()),
                ('reactions_raw', models.PositiveBigIntegerField()),
                ('reactions_counted', models.PositiveBigIntegerField()),
                ('reasons', models.JSONField(default=dict)),
                ('why', models.CharField(max_length=200)),
                ('is_dry', models.BooleanField()),
            ],
            options={
                'db_table': 'svoi_recount',
            },
        ),
        migrations.AddField(
            model_name='watchbeat',
            name='device',
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='watchbeat',
            name='network',
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='watchbeat',
            name='reasons',
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='watchbeat',
            name='weight',
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='watchsample',
            name='mode',
            field=models.CharField(default='off', max_length=10),
        ),
        migrations.AddField(
            model_name='watchsample',
            name='present',
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='watchsample',
            name='reactions_counted',
            field=models.PositiveBigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='watchsample',
            name='reactions_raw',
            field=models.PositiveBigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='watchsample',
            name='reasons',
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name='watchsample',
            name='weighed',
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddIndex(
            model_name='watchbeat',
            index=models.Index(condition=models.Q(('device__isnull', False), ('network__isnull', False), _connector='OR'), fields=['at'], name='watch_beats_traced'),
        ),
        migrations.AddConstraint(
            model_name='watchbeat',
            constraint=models.CheckConstraint(condition=models.Q(('weight__lte', 2)), name='watch_beat_weighs_to_two_halves'),
        ),
        migrations.AddConstraint(
            model_name='watchsample',
            constraint=models.CheckConstraint(condition=models.Q(('reactions_counted__lte', models.F('reactions_raw'))), name='watch_sample_reactions_are_possible'),
        ),
        migrations.AddField(
            model_name='messageweight',
            name='show',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='svoi.show'),
        ),
        migrations.AddField(
            model_name='reaction',
            name='show',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='svoi.show'),
        ),
        migrations.AddField(
            model_name='recount',
            name='show',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recounts', to='svoi.show'),
        ),
        migrations.AddIndex(
            model_name='messageweight',
            index=models.Index(fields=['show', 'at'], name='message_weights_of_show'),
        ),
        migrations.AddIndex(
            model_name='messageweight',
            index=models.Index(condition=models.Q(('device__isnull', False), ('network__isnull', False), _connector='OR'), fields=['at'], name='message_traced'),
        ),
        migrations.AddConstraint(
            model_name='messageweight',
            constraint=models.CheckConstraint(condition=models.Q(('weight__lte', 2)), name='message_weighs_to_two_halves'),
        ),
        migrations.AddIndex(
            model_name='reaction',
            index=models.Index(fields=['show', 'at'], name='reactions_of_show'),
        ),
        migrations.AddIndex(
            model_name='reaction',
            index=models.Index(condition=models.Q(('device__isnull', False), ('network__isnull', False), _connector='OR'), fields=['at'], name='reactions_traced'),
        ),
        migrations.AddConstraint(
            model_name='reaction',
            constraint=models.CheckConstraint(condition=models.Q(('weight__lte', 2)), name='reaction_weighs_to_two_halves'),
        ),
        migrations.AddIndex(
            model_name='recount',
            index=models.Index(fields=['show', '-at'], name='recounts_of_show'),
        ),
        migrations.AddConstraint(
            model_name='recount',
            constraint=models.CheckConstraint(condition=models.Q(('viewers_counted__lte', models.F('viewers_raw')), ('peak_counted__lte', models.F('peak_raw')), ('reactions_counted__lte', models.F('reactions_raw'))), name='recount_is_possible'),
        ),
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), migrations.RunSQL.noop),
    ]
