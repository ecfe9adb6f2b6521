"""Modes of the rules that weigh counts, searches for groups, what they found, and what people said of it."""

from pathlib import Path

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

SQL = Path(__file__).resolve().parents[1] / "db" / "sql" / "trust_v1.sql"


class Migration(migrations.Migration):

    dependencies = [
        ('svoi', '0018_quicker_claims'),
    ]

    operations = [
        migrations.CreateModel(
            name='Search',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateTimeField()),
                ('until', models.DateTimeField()),
                ('mode', models.CharField(choices=[('off', 'off'), ('shadow', 'shadow'), ('live', 'live')], max_length=6)),
                ('engine', models.CharField(max_length=16)),
                ('seed', models.BigIntegerField()),
                ('facts_read', models.PositiveIntegerField()),
                ('took_ms', models.PositiveIntegerField()),
                ('is_dry', models.BooleanField(default=False)),
                ('found', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=64), default=list, size=None)),
                ('at', models.DateTimeField()),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='searches', to='svoi.community')),
            ],
            options={
                'db_table': 'svoi_search',
            },
        ),
        migrations.CreateModel(
            name='FoundGroup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=64)),
                ('began_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField()),
                ('nats', models.FloatField()),
                ('q_value', models.FloatField()),
                ('targets', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
                ('evidence', models.JSONField()),
                ('sentence_ru', models.TextField()),
                ('sentence_en', models.TextField()),
                ('first_found_at', models.DateTimeField()),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='found_groups', to='svoi.community')),
                ('grown_from', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='grown_into', to='svoi.foundgroup')),
                ('search', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='groups', to='svoi.search')),
            ],
            options={
                'db_table': 'svoi_foundgroup',
            },
        ),
        migrations.CreateModel(
            name='FoundMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('group', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='members', to='svoi.foundgroup')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'svoi_foundmember',
                'constraints': [models.UniqueConstraint(fields=('group', 'member'), name='found_member_once'), models.UniqueConstraint(fields=('group', 'number'), name='found_number_once'), models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='found_number_is_one')],
            },
        ),
        migrations.CreateModel(
            name='GroupVerdict',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('verdict', models.CharField(choices=[('dismissed', 'dismissed'), ('confirmed', 'confirmed')], max_length=9)),
                ('reason', models.CharField(max_length=500)),
                ('key', models.UUIDField()),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='verdicts', to='svoi.foundgroup')),
            ],
            options={
                'db_table': 'svoi_groupverdict',
                'constraints': [models.CheckConstraint(condition=models.Q(('verdict__in', ('dismissed', 'confirmed'))), name='verdict_is_known'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='verdict_has_a_reason'), models.UniqueConstraint(fields=('group', 'by', 'key'), name='verdict_once')],
            },
        ),
        migrations.CreateModel(
            name='RuleMode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rule', models.CharField(choices=[('live_weights', 'live_weights'), ('groups', 'groups')], max_length=16)),
                ('mode', models.CharField(choices=[('off', 'off'), ('shadow', 'shadow'), ('live', 'live')], max_length=6)),
                ('why', models.CharField(blank=True, max_length=500)),
                ('key', models.UUIDField(null=True)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rule_modes', to='svoi.community')),
            ],
            options={
                'db_table': 'svoi_rulemode',
                'indexes': [models.Index(fields=['community', 'rule', '-id'], name='modes_of_rule')],
                'constraints': [models.CheckConstraint(condition=models.Q(('rule__in', ('live_weights', 'groups'))), name='rule_is_known'), models.CheckConstraint(condition=models.Q(('mode__in', ('off', 'shadow', 'live'))), name='rule_mode_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('by__isnull', True), ('key__isnull', True), ('mode', 'shadow')), models.Q(('by__isnull', False), ('key__isnull', False), models.Q(('why', ''), _negated=True)), _connector='OR'), name='rule_mode_has_a_reason'), models.UniqueConstraint(fields=('community', 'rule', 'by', 'key'), name='rule_mode_once')],
            },
        ),
        migrations.AddIndex(
            model_name='search',
            index=models.Index(fields=['community', '-id'], name='searches_of_community'),
        ),
        migrations.AddConstraint(
            model_name='search',
            constraint=models.CheckConstraint(condition=models.Q(('mode__in', ('off', 'shadow', 'live'))), name='search_mode_is_known'),
        ),
        migrations.AddConstraint(
            model_name='search',
            constraint=models.CheckConstraint(condition=models.Q(('until__gt', models.F('since'))), name='search_window_is_one'),
        ),
        migrations.AddConstraint(
            model_name='search',
            constraint=models.CheckConstraint(condition=models.Q(('is_dry', True), models.Q(('mode', 'off'), _negated=True), _connector='OR'), name='search_runs_unless_off'),
        ),
        migrations.AddIndex(
            model_name='foundgroup',
            index=models.Index(fields=['community', '-id'], name='groups_of_community'),
        ),
        migrations.AddConstraint(
            model_name='foundgroup',
            constraint=models.UniqueConstraint(fields=('community', 'key'), name='group_found_once'),
        ),
        migrations.AddConstraint(
            model_name='foundgroup',
            constraint=models.CheckConstraint(condition=models.Q(('key__regex', '^[0-9a-f]{64}$')), name='group_key_is_a_hash'),
        ),
        migrations.AddConstraint(
            model_name='foundgroup',
            constraint=models.CheckConstraint(condition=models.Q(('q_value__gte', 0), ('q_value__lte', 1)), name='group_q_is_a_rate'),
        ),
        migrations.AddConstraint(
            model_name='foundgroup',
            constraint=models.CheckConstraint(condition=models.Q(('ended_at__gte', models.F('began_at'))), name='group_ends_after_it_began'),
        ),
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), migrations.RunSQL.noop),
    ]
