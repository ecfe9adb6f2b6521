"""Flash deals, and the statement that takes pieces of them."""

from pathlib import Path

import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models


SQL = Path(__file__).resolve().parents[1] / "db" / "sql" / "claim_flash_v1.sql"


class Migration(migrations.Migration):

    dependencies = [
        ('svoi', '0016_envelopes'),
    ]

    operations = [
        migrations.CreateModel(
            name='FlashDeal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('show_id', models.BigIntegerField()),
                ('price_minor', models.BigIntegerField()),
                ('lowest_minor', models.BigIntegerField()),
                ('currency', models.CharField(max_length=3)),
                ('quantity', models.PositiveIntegerField()),
                ('per_person', models.PositiveSmallIntegerField()),
                ('countdown_s', models.PositiveSmallIntegerField()),
                ('runs_s', models.PositiveSmallIntegerField()),
                ('reserve_s', models.PositiveSmallIntegerField()),
                ('age_days', models.PositiveSmallIntegerField()),
                ('armed_at', models.DateTimeField()),
                ('key', models.UUIDField()),
                ('armed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='flash_deals', to='svoi.community')),
                ('variant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='flash_deals', to='svoi.variant')),
            ],
            options={
                'db_table': 'svoi_flashdeal',
            },
        ),
        migrations.CreateModel(
            name='FlashSettling',
            fields=[
                ('deal', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='settling', serialize=False, to='svoi.flashdeal')),
                ('settled_at', models.DateTimeField()),
            ],
            options={
                'db_table': 'svoi_flashsettling',
            },
        ),
        migrations.CreateModel(
            name='FlashClaim',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('after', models.PositiveIntegerField(null=True)),
                ('position', models.PositiveIntegerField()),
                ('quantity', models.PositiveSmallIntegerField()),
                ('of', models.PositiveIntegerField()),
                ('key', models.UUIDField()),
                ('taken_at', models.DateTimeField()),
                ('until', models.DateTimeField()),
                ('member', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='flash_claims', to=settings.AUTH_USER_MODEL)),
                ('deal', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='claims', to='svoi.flashdeal')),
            ],
            options={
                'db_table': 'svoi_flashclaim',
            },
        ),
        migrations.CreateModel(
            name='FlashExtension',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('nth', models.PositiveSmallIntegerField()),
                ('until', models.DateTimeField()),
                ('extended_at', models.DateTimeField()),
                ('claim', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='extensions', to='svoi.flashclaim')),
            ],
            options={
                'db_table': 'svoi_flashextension',
            },
        ),
        migrations.CreateModel(
            name='FlashEnding',
            fields=[
                ('claim', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='ending', serialize=False, to='svoi.flashclaim')),
                ('ended_at', models.DateTimeField()),
                ('order', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='flash', to='svoi.order')),
            ],
            options={
                'db_table': 'svoi_flashending',
            },
        ),
        migrations.CreateModel(
            name='FlashClosing',
            fields=[
                ('deal', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='closing', serialize=False, to='svoi.flashdeal')),
                ('closed_for', models.CharField(choices=[('sold_out', 'sold_out'), ('ended', 'ended'), ('called_off', 'called_off')], max_length=10)),
                ('returned', models.PositiveIntegerField(default=0)),
                ('closed_at', models.DateTimeField()),
                ('closed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'svoi_flashclosing',
            },
        ),
        migrations.CreateModel(
            name='FlashFiring',
            fields=[
                ('deal', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='firing', serialize=False, to='svoi.flashdeal')),
                ('fired_at', models.DateTimeField()),
                ('opens_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('fired_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'svoi_flashfiring',
            },
        ),
        migrations.AddIndex(
            model_name='flashdeal',
            index=models.Index(fields=['show_id', '-armed_at'], name='flash_of_show'),
        ),
        migrations.AddIndex(
            model_name='flashdeal',
            index=models.Index(fields=['variant', '-armed_at'], name='flash_of_variant'),
        ),
        migrations.AddConstraint(
            model_name='flashdeal',
            constraint=models.CheckConstraint(condition=models.Q(('price_minor__gt', 0), ('price_minor__lt', models.F('lowest_minor'))), name='flash_is_below_the_lowest'),
        ),
        migrations.AddConstraint(
            model_name='flashdeal',
            constraint=models.CheckConstraint(condition=models.Q(('quantity__gte', 1), ('quantity__lte', 10000)), name='flash_quantity_fits'),
        ),
        migrations.AddConstraint(
            model_name='flashdeal',
            constraint=models.CheckConstraint(condition=models.Q(('per_person__gte', 1), ('per_person__lte', 20)), name='flash_per_person_fits'),
        ),
        migrations.AddConstraint(
            model_name='flashdeal',
            constraint=models.CheckConstraint(condition=models.Q(('countdown_s__gte', 10), ('countdown_s__lte', 300)), name='flash_countdown_s_fits'),
        ),
        migrations.AddConstraint(
            model_name='flashdeal',
            constraint=models.CheckConstraint(condition=models.Q(('runs_s__gte', 60), ('runs_s__lte', 1200)), name='flash_runs_s_fits'),
        ),
        migrations.AddConstraint(
            model_name='flashdeal',
            constraint=models.CheckConstraint(condition=models.Q(('reserve_s__gte', 120), ('reserve_s__lte', 1800)), name='flash_reserve_s_fits'),
        ),
        migrations.AddConstraint(
            model_name='flashdeal',
            constraint=models.CheckConstraint(condition=models.Q(('age_days__gte', 0), ('age_days__lte', 365)), name='flash_age_days_fits'),
        ),
        migrations.AddConstraint(
            model_name='flashdeal',
            constraint=models.UniqueConstraint(fields=('id', 'quantity'), name='flash_promises_once'),
        ),
        migrations.AddConstraint(
            model_name='flashdeal',
            constraint=models.UniqueConstraint(fields=('armed_by', 'key'), name='flash_armed_once'),
        ),
        migrations.AddConstraint(
            model_name='flashclaim',
            constraint=models.UniqueConstraint(fields=('deal', 'member'), name='flash_claim_once'),
        ),
        migrations.AddConstraint(
            model_name='flashclaim',
            constraint=models.UniqueConstraint(fields=('deal', 'position'), name='flash_position_once'),
        ),
        migrations.AddConstraint(
            model_name='flashclaim',
            constraint=models.UniqueConstraint(fields=('deal', 'after'), name='flash_follows_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='flashclaim',
            constraint=models.CheckConstraint(condition=models.Q(('position__lte', models.F('of')), ('quantity__gte', 1), ('position', django.db.models.expressions.CombinedExpression(django.db.models.functions.comparison.Coalesce(models.F('after'), models.Value(0)), '+', models.F('quantity')))), name='flash_claim_is_within'),
        ),
        migrations.AddConstraint(
            model_name='flashextension',
            constraint=models.UniqueConstraint(fields=('claim', 'nth'), name='flash_extension_once'),
        ),
        migrations.AddConstraint(
            model_name='flashclosing',
            constraint=models.CheckConstraint(condition=models.Q(('closed_for__in', ('sold_out', 'ended', 'called_off'))), name='flash_closing_reason_is_known'),
        ),
        migrations.AddConstraint(
            model_name='flashfiring',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('opens_at')), ('opens_at__gt', models.F('fired_at'))), name='flash_ends_after_it_opened'),
        ),
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), migrations.RunSQL.noop),
    ]
