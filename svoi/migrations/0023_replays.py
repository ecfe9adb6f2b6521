"""Clips and their drafts, the log of claims said on air, and notes of debriefs."""

import datetime
from pathlib import Path

import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models

SQL = Path(__file__).resolve().parents[1] / "db" / "sql" / "claims_said_v1.sql"


class Migration(migrations.Migration):

    dependencies = [
        ('svoi', '0022_rundowns'),
    ]

    operations = [
        migrations.CreateModel(
            name='Clip',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.UUIDField(unique=True)),
                ('begins_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('place_of_show', models.PositiveSmallIntegerField()),
                ('place_of_product', models.PositiveSmallIntegerField()),
                ('asked_at', models.DateTimeField()),
                ('made_at', models.DateTimeField(null=True)),
                ('cut_from', models.DateTimeField(null=True)),
                ('cut_until', models.DateTimeField(null=True)),
                ('size_bytes', models.PositiveBigIntegerField(null=True)),
                ('failed_at', models.DateTimeField(null=True)),
                ('failed_for', models.CharField(blank=True, max_length=40)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('product', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='svoi.product')),
                ('show', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='clips', to='svoi.show')),
            ],
            options={
                'db_table': 'svoi_clip',
            },
        ),
        migrations.CreateModel(
            name='DebriefNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('keep', 'keep'), ('change', 'change')], max_length=6)),
                ('text', models.CharField(max_length=500)),
                ('key', models.UUIDField()),
                ('written_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(null=True)),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='debrief_notes', to=settings.AUTH_USER_MODEL)),
                ('closed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('show', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='debrief_notes', to='svoi.show')),
            ],
            options={
                'db_table': 'svoi_debriefnote',
            },
        ),
        migrations.CreateModel(
            name='StoryDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=2)),
                ('text', models.TextField()),
                ('begun_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('left_at', models.DateTimeField(null=True)),
                ('handed_over_at', models.DateTimeField(null=True)),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='story_drafts', to=settings.AUTH_USER_MODEL)),
                ('clip', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='draft', to='svoi.clip')),
            ],
            options={
                'db_table': 'svoi_storydraft',
            },
        ),
        migrations.CreateModel(
            name='ClaimSaid',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('media_at', models.DateTimeField()),
                ('text', models.CharField(max_length=500)),
                ('evidence', models.JSONField(default=dict)),
                ('marked_at', models.DateTimeField()),
                ('marked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('product', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='svoi.product')),
                ('said_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='claims_said', to=settings.AUTH_USER_MODEL)),
                ('show', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='claims_said', to='svoi.show')),
            ],
            options={
                'db_table': 'svoi_claimsaid',
                'indexes': [models.Index(fields=['product', '-media_at'], name='claims_of_product'), models.Index(fields=['said_by', '-media_at'], name='claims_of_speaker'), models.Index(fields=['marked_at'], name='claims_by_age')],
                'constraints': [models.UniqueConstraint(fields=('show', 'product', 'said_by', 'media_at', 'text'), name='claim_said_once')],
            },
        ),
        migrations.AddIndex(
            model_name='clip',
            index=models.Index(fields=['show', 'begins_at'], name='clips_of_show'),
        ),
        migrations.AddConstraint(
            model_name='clip',
            constraint=models.UniqueConstraint(condition=models.Q(('failed_at__isnull', True)), fields=('show', 'place_of_show'), name='clip_place_of_show_once'),
        ),
        migrations.AddConstraint(
            model_name='clip',
            constraint=models.UniqueConstraint(condition=models.Q(('failed_at__isnull', True)), fields=('show', 'product', 'place_of_product'), name='clip_place_of_product_once'),
        ),
        migrations.AddConstraint(
            model_name='clip',
            constraint=models.CheckConstraint(condition=models.Q(('place_of_product__gte', 1), ('place_of_product__lte', 3), ('place_of_show__gte', 1), ('place_of_show__lte', 20)), name='clip_has_a_place'),
        ),
        migrations.AddConstraint(
            model_name='clip',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at__gte', django.db.models.expressions.CombinedExpression(models.F('begins_at'), '+', models.Value(datetime.timedelta(seconds=5)))), ('ends_at__lte', django.db.models.expressions.CombinedExpression(models.F('begins_at'), '+', models.Value(datetime.timedelta(seconds=90))))), name='clip_length_fits'),
        ),
        migrations.AddConstraint(
            model_name='clip',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('cut_from', None), ('cut_until', None), ('made_at', None), ('size_bytes', None)), models.Q(('cut_from__isnull', False), ('cut_until__gt', models.F('cut_from')), ('cut_until__isnull', False), ('failed_at', None), ('made_at__isnull', False), ('size_bytes__isnull', False)), _connector='OR'), name='clip_made_or_failed'),
        ),
        migrations.AddIndex(
            model_name='debriefnote',
            index=models.Index(condition=models.Q(('closed_at', None)), fields=['show'], name='debrief_notes_open'),
        ),
        migrations.AddConstraint(
            model_name='debriefnote',
            constraint=models.UniqueConstraint(fields=('author', 'key'), name='debrief_note_once'),
        ),
        migrations.AddConstraint(
            model_name='debriefnote',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ('keep', 'change'))), name='debrief_note_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='debriefnote',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at', None), ('closed_by', None)), models.Q(('closed_at__gte', models.F('written_at')), ('closed_at__isnull', False), ('closed_by__isnull', False)), _connector='OR'), name='debrief_note_is_closed_by_a_person'),
        ),
        migrations.AddConstraint(
            model_name='storydraft',
            constraint=models.CheckConstraint(condition=models.Q(('left_at', None), ('handed_over_at', None), _connector='OR'), name='draft_left_or_handed_over'),
        ),
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), migrations.RunSQL.noop),
    ]
