"""Envelopes, and the statement that takes shares of them."""

from pathlib import Path

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


SQL = Path(__file__).resolve().parents[1] / "db" / "sql" / "claim_shares_v1.sql"


class Migration(migrations.Migration):

    dependencies = [
        ('svoi', '0015_points'),
    ]

    operations = [
        migrations.CreateModel(
            name='Envelope',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.UUIDField(unique=True)),
                ('place', models.CharField(choices=[('show', 'show'), ('community', 'community')], max_length=9)),
                ('place_id', models.BigIntegerField()),
                ('purse', models.CharField(choices=[('budget', 'budget'), ('own', 'own')], max_length=6)),
                ('mode', models.CharField(choices=[('random', 'random'), ('equal', 'equal'), ('tea', 'tea'), ('addressed', 'addressed')], max_length=9)),
                ('total', models.BigIntegerField()),
                ('shares', models.PositiveIntegerField()),
                ('least', models.PositiveIntegerField(default=1)),
                ('minutes', models.PositiveSmallIntegerField(default=0)),
                ('greeting', models.CharField(blank=True, max_length=140)),
                ('commitment', models.CharField(max_length=64)),
                ('age_days', models.PositiveSmallIntegerField()),
                ('daily_shares_max', models.PositiveSmallIntegerField()),
                ('pause_s', models.PositiveSmallIntegerField()),
                ('sent_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('key', models.UUIDField()),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='envelopes', to='svoi.community')),
                ('sender', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='envelopes_sent', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'svoi_envelope',
            },
        ),
        migrations.CreateModel(
            name='EnvelopeLimits',
            fields=[
                ('community', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='svoi.community')),
                ('age_days', models.PositiveSmallIntegerField(default=7)),
                ('daily_shares_max', models.PositiveSmallIntegerField(default=5)),
                ('pause_s', models.PositiveSmallIntegerField(default=10)),
                ('life_hours', models.PositiveSmallIntegerField(default=24)),
                ('sender_age_days', models.PositiveSmallIntegerField(default=30)),
                ('sender_pause_s', models.PositiveIntegerField(default=600)),
                ('own_total_max', models.PositiveIntegerField(default=5000)),
            ],
            options={
                'db_table': 'svoi_envelopelimits',
            },
        ),
        migrations.CreateModel(
            name='QuietTaker',
            fields=[
                ('member', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to=settings.AUTH_USER_MODEL)),
                ('since', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                'db_table': 'svoi_quiettaker',
            },
        ),
        migrations.CreateModel(
            name='EnvelopeDeal',
            fields=[
                ('envelope', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='deal', serialize=False, to='svoi.envelope')),
                ('seed', models.BinaryField()),
                ('amounts', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
            ],
            options={
                'db_table': 'svoi_envelopedeal',
            },
        ),
        migrations.CreateModel(
            name='EnvelopeGuest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('envelope', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='guests', to='svoi.envelope')),
                ('member', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'svoi_envelopeguest',
            },
        ),
        migrations.CreateModel(
            name='EnvelopeShare',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField()),
                ('amount', models.BigIntegerField()),
                ('key', models.UUIDField()),
                ('community_id', models.BigIntegerField()),
                ('day', models.DateField()),
                ('nth', models.PositiveSmallIntegerField()),
                ('taken_at', models.DateTimeField()),
                ('envelope', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='taken', to='svoi.envelope')),
                ('member', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='shares', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'svoi_envelopeshare',
            },
        ),
        migrations.CreateModel(
            name='EnvelopeClosing',
            fields=[
                ('envelope', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='closing', serialize=False, to='svoi.envelope')),
                ('closed_for', models.CharField(choices=[('empty', 'empty'), ('expired', 'expired')], max_length=7)),
                ('returned', models.BigIntegerField(default=0)),
                ('closed_at', models.DateTimeField()),
            ],
            options={
                'db_table': 'svoi_envelopeclosing',
                'constraints': [models.CheckConstraint(condition=models.Q(('closed_for__in', ('empty', 'expired'))), name='closing_reason_is_known'), models.CheckConstraint(condition=models.Q(('returned__gte', 0)), name='closing_returns_something_or_nothing')],
            },
        ),
        migrations.AddIndex(
            model_name='envelope',
            index=models.Index(fields=['place', 'place_id', '-sent_at'], name='envelopes_of_place'),
        ),
        migrations.AddIndex(
            model_name='envelope',
            index=models.Index(fields=['community', '-sent_at'], name='envelopes_of_community'),
        ),
        migrations.AddConstraint(
            model_name='envelope',
            constraint=models.CheckConstraint(condition=models.Q(('mode__in', ('random', 'equal', 'tea', 'addressed'))), name='envelope_mode_is_known'),
        ),
        migrations.AddConstraint(
            model_name='envelope',
            constraint=models.CheckConstraint(condition=models.Q(('place__in', ('show', 'community'))), name='envelope_place_is_known'),
        ),
        migrations.AddConstraint(
            model_name='envelope',
            constraint=models.CheckConstraint(condition=models.Q(('purse__in', ('budget', 'own'))), name='envelope_purse_is_known'),
        ),
        migrations.AddConstraint(
            model_name='envelope',
            constraint=models.CheckConstraint(condition=models.Q(('least__gte', 1), ('shares__gte', 1), ('shares__lte', 10000), ('total__lte', 10000000), ('total__gte', django.db.models.expressions.CombinedExpression(models.F('shares'), '*', models.F('least')))), name='envelope_has_enough'),
        ),
        migrations.AddConstraint(
            model_name='envelope',
            constraint=models.CheckConstraint(condition=models.Q(('commitment__regex', '^[0-9a-f]{64}$')), name='envelope_is_committed'),
        ),
        migrations.AddConstraint(
            model_name='envelope',
            constraint=models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('sent_at'))), name='envelope_ends_after_it_began'),
        ),
        migrations.AddConstraint(
            model_name='envelope',
            constraint=models.UniqueConstraint(fields=('sender', 'key'), name='envelope_once'),
        ),
        migrations.AddConstraint(
            model_name='envelopeguest',
            constraint=models.UniqueConstraint(fields=('envelope', 'member'), name='guest_once'),
        ),
        migrations.AddConstraint(
            model_name='envelopeshare',
            constraint=models.UniqueConstraint(fields=('envelope', 'member'), name='share_once'),
        ),
        migrations.AddConstraint(
            model_name='envelopeshare',
            constraint=models.UniqueConstraint(fields=('envelope', 'position'), name='share_position_once'),
        ),
        migrations.AddConstraint(
            model_name='envelopeshare',
            constraint=models.UniqueConstraint(fields=('member', 'community_id', 'day', 'nth'), name='share_of_day_once'),
        ),
        migrations.AddConstraint(
            model_name='envelopeshare',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gte', 1), ('nth__gte', 1), ('position__gte', 1)), name='share_is_something'),
        ),
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), migrations.RunSQL.noop),
    ]
