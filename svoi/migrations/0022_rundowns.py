"""Rundowns of shows: segments, claims with evidence, product stories and who let them be said."""

from pathlib import Path

import django.contrib.postgres.fields
import django.db.models.constraints
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

SQL = Path(__file__).resolve().parents[1] / "db" / "sql" / "rundowns_v1.sql"


class Migration(migrations.Migration):

    dependencies = [
        ('svoi', '0021_planning'),
    ]

    operations = [
        migrations.AlterField(
            model_name='rolegrant',
            name='role',
            field=models.CharField(choices=[('owner', 'owner'), ('producer', 'producer'), ('host', 'host'), ('editor', 'editor'), ('moderator', 'moderator'), ('clerk', 'clerk')], max_length=10),
        ),
        migrations.CreateModel(
            name='Claim',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('composition', 'composition'), ('origin', 'origin'), ('property', 'property'), ('effect', 'effect'), ('comparison', 'comparison'), ('price', 'price')], max_length=11)),
                ('text', models.CharField(max_length=300)),
                ('text_en', models.CharField(blank=True, max_length=300)),
                ('written_at', models.DateTimeField()),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='claims', to='svoi.community')),
                ('product', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='claims', to='svoi.product')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'svoi_claim',
            },
        ),
        migrations.CreateModel(
            name='Rundown',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name_ru', models.CharField(blank=True, max_length=140)),
                ('name_en', models.CharField(blank=True, max_length=140)),
                ('slot_s', models.PositiveIntegerField(default=3600)),
                ('version', models.PositiveIntegerField(default=0)),
                ('made_at', models.DateTimeField()),
                ('retired_at', models.DateTimeField(null=True)),
                ('show', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='rundown', to='svoi.show')),
                ('template_of', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='rundown_templates', to='svoi.community')),
            ],
            options={
                'db_table': 'svoi_rundown',
            },
        ),
        migrations.CreateModel(
            name='Segment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(null=True)),
                ('kind', models.CharField(choices=[('opening', 'opening'), ('product', 'product'), ('talk', 'talk'), ('envelope', 'envelope'), ('flash', 'flash'), ('poll', 'poll'), ('break', 'break'), ('closing', 'closing')], max_length=8)),
                ('title_ru', models.CharField(max_length=140)),
                ('title_en', models.CharField(blank=True, max_length=140)),
                ('length_s', models.PositiveIntegerField()),
                ('beats', models.JSONField(default=list)),
                ('props', models.CharField(blank=True, max_length=500)),
                ('offer', models.CharField(blank=True, max_length=500)),
                ('fallback', models.CharField(blank=True, max_length=500)),
                ('target', models.PositiveIntegerField(null=True)),
                ('target_unit', models.CharField(blank=True, choices=[('orders', 'orders'), ('minutes', 'minutes')], max_length=7)),
                ('flash_price_minor', models.BigIntegerField(null=True)),
                ('flash_lowest_minor', models.BigIntegerField(null=True)),
                ('flash_currency', models.CharField(blank=True, max_length=3)),
                ('flash_quantity', models.PositiveIntegerField(null=True)),
                ('flash_per_person', models.PositiveSmallIntegerField(null=True)),
                ('envelope_mode', models.CharField(blank=True, choices=[('random', 'random'), ('equal', 'equal'), ('tea', 'tea'), ('addressed', 'addressed')], max_length=9)),
                ('envelope_total', models.PositiveBigIntegerField(null=True)),
                ('envelope_shares', models.PositiveIntegerField(null=True)),
                ('removed_at', models.DateTimeField(null=True)),
                ('copied_from', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='svoi.segment')),
                ('flash_variant', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='svoi.variant')),
                ('product', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='svoi.product')),
                ('rundown', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='segments', to='svoi.rundown')),
            ],
            options={
                'db_table': 'svoi_segment',
            },
        ),
        migrations.CreateModel(
            name='RundownChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField()),
                ('deed', models.CharField(choices=[('opened', 'opened'), ('added', 'added'), ('edited', 'edited'), ('moved', 'moved'), ('removed', 'removed'), ('claimed', 'claimed'), ('proved', 'proved'), ('slotted', 'slotted'), ('copied', 'copied')], max_length=7)),
                ('names', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), default=list, size=None)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('rundown', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='svoi.rundown')),
                ('segment', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='svoi.segment')),
            ],
            options={
                'db_table': 'svoi_rundownchange',
            },
        ),
        migrations.CreateModel(
            name='SegmentAuthor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('wrote_at', models.DateTimeField()),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('segment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='authors', to='svoi.segment')),
            ],
            options={
                'db_table': 'svoi_segmentauthor',
            },
        ),
        migrations.CreateModel(
            name='SegmentClaim',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('claim', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='said', to='svoi.claim')),
                ('segment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='said', to='svoi.segment')),
            ],
            options={
                'db_table': 'svoi_segmentclaim',
            },
        ),
        migrations.AddField(
            model_name='claim',
            name='segments',
            field=models.ManyToManyField(related_name='claims', through='svoi.SegmentClaim', to='svoi.segment'),
        ),
        migrations.CreateModel(
            name='StoryStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('step', models.CharField(choices=[('asked', 'asked'), ('approved', 'approved'), ('sent_back', 'sent_back')], max_length=9)),
                ('fingerprint', models.CharField(max_length=64)),
                ('content', models.JSONField()),
                ('reason', models.CharField(blank=True, max_length=500)),
                ('version', models.PositiveIntegerField()),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('carried_from', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='svoi.storystep')),
                ('segment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='svoi.segment')),
            ],
            options={
                'db_table': 'svoi_storystep',
            },
        ),
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('link', 'link'), ('document', 'document'), ('laboratory', 'laboratory'), ('certificate', 'certificate')], max_length=11)),
                ('reference', models.CharField(max_length=500)),
                ('says', models.CharField(max_length=500)),
                ('valid_until', models.DateTimeField(null=True)),
                ('added_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('claim', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='svoi.claim')),
                ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'svoi_evidence',
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ('link', 'document', 'laboratory', 'certificate'))), name='evidence_kind_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'link'), _negated=True), ('reference__iregex', '^https?://[^\\s/]'), _connector='OR'), name='evidence_link_is_of_the_web'), models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at__isnull', True), ('withdrawn_by__isnull', True)), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False)), _connector='OR'), name='evidence_is_withdrawn_by_somebody')],
            },
        ),
        migrations.AddConstraint(
            model_name='rundown',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('retired_at__isnull', True), ('show__isnull', False), ('template_of__isnull', True)), models.Q(('show__isnull', True), ('template_of__isnull', False), models.Q(('name_ru', ''), _negated=True)), _connector='OR'), name='rundown_of_a_show_or_a_template'),
        ),
        migrations.AddConstraint(
            model_name='rundown',
            constraint=models.CheckConstraint(condition=models.Q(('slot_s__gte', 60), ('slot_s__lte', 86400)), name='rundown_slot_fits'),
        ),
        migrations.AddConstraint(
            model_name='segment',
            constraint=models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('rundown', 'position'), name='segment_place_once'),
        ),
        migrations.AddConstraint(
            model_name='segment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('position__isnull', True), ('removed_at__isnull', False)), models.Q(('position__isnull', False), ('removed_at__isnull', True)), _connector='OR'), name='segment_has_a_place_or_is_removed'),
        ),
        migrations.AddConstraint(
            model_name='segment',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ('opening', 'product', 'talk', 'envelope', 'flash', 'poll', 'break', 'closing'))), name='segment_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='segment',
            constraint=models.CheckConstraint(condition=models.Q(('length_s__gte', 1), ('length_s__lte', 14400)), name='segment_length_fits'),
        ),
        migrations.AddConstraint(
            model_name='segment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('target__isnull', True), ('target_unit', '')), models.Q(('target__gte', 1), ('target__isnull', False), ('target_unit__in', ('orders', 'minutes'))), _connector='OR'), name='segment_target_has_a_unit'),
        ),
        migrations.AddConstraint(
            model_name='segment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('flash_currency', ''), ('flash_lowest_minor', None), ('flash_per_person', None), ('flash_price_minor', None), ('flash_quantity', None), ('flash_variant', None)), models.Q(('flash_lowest_minor__isnull', False), ('flash_per_person__gte', 1), ('flash_per_person__isnull', False), ('flash_price_minor__gt', 0), ('flash_price_minor__isnull', False), ('flash_price_minor__lt', models.F('flash_lowest_minor')), ('flash_quantity__gte', models.F('flash_per_person')), ('flash_quantity__isnull', False), ('flash_variant__isnull', False)), _connector='OR'), name='segment_flash_is_whole'),
        ),
        migrations.AddConstraint(
            model_name='segment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('envelope_mode', ''), ('envelope_shares', None), ('envelope_total', None)), models.Q(('envelope_mode__in', ('random', 'equal', 'tea', 'addressed')), ('envelope_shares__gte', 1), ('envelope_shares__isnull', False), ('envelope_total__gte', models.F('envelope_shares')), ('envelope_total__isnull', False)), _connector='OR'), name='segment_envelope_is_whole'),
        ),
        migrations.AddConstraint(
            model_name='rundownchange',
            constraint=models.UniqueConstraint(fields=('rundown', 'version'), name='rundown_version_once'),
        ),
        migrations.AddConstraint(
            model_name='rundownchange',
            constraint=models.CheckConstraint(condition=models.Q(('deed__in', ('opened', 'added', 'edited', 'moved', 'removed', 'claimed', 'proved', 'slotted', 'copied'))), name='rundown_deed_is_known'),
        ),
        migrations.AddConstraint(
            model_name='segmentauthor',
            constraint=models.UniqueConstraint(fields=('segment', 'member'), name='segment_author_once'),
        ),
        migrations.AddConstraint(
            model_name='segmentclaim',
            constraint=models.UniqueConstraint(fields=('segment', 'claim'), name='segment_claim_once'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ('composition', 'origin', 'property', 'effect', 'comparison', 'price'))), name='claim_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.UniqueConstraint(fields=('product', 'kind', 'text'), name='claim_once'),
        ),
        migrations.AddIndex(
            model_name='storystep',
            index=models.Index(fields=['segment', '-id'], name='story_steps_of_segment'),
        ),
        migrations.AddConstraint(
            model_name='storystep',
            constraint=models.CheckConstraint(condition=models.Q(('step__in', ('asked', 'approved', 'sent_back'))), name='story_step_is_known'),
        ),
        migrations.AddConstraint(
            model_name='storystep',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('step', 'sent_back'), models.Q(('reason', ''), _negated=True)), models.Q(models.Q(('step', 'sent_back'), _negated=True), ('reason', '')), _connector='OR'), name='story_is_sent_back_for_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='storystep',
            constraint=models.CheckConstraint(condition=models.Q(('carried_from', None), ('step', 'approved'), _connector='OR'), name='story_carries_approvals'),
        ),
        migrations.AddConstraint(
            model_name='storystep',
            constraint=models.CheckConstraint(condition=models.Q(('fingerprint__regex', '^[0-9a-f]{64}$')), name='story_has_a_fingerprint'),
        ),
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), migrations.RunSQL.noop),
    ]
