"""Letters, consents, exports and erasures."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from pathlib import Path

SQL = Path(__file__).resolve().parents[1] / "db" / "sql" / "law_v1.sql"


class Migration(migrations.Migration):

    dependencies = [
        ('svoi', '0008_orders'),
    ]

    operations = [
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('channel', models.CharField(choices=[('sign_up', 'sign_up'), ('own_page', 'own_page'), ('checkout', 'checkout'), ('erasure', 'erasure')], max_length=12)),
                ('given_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                'db_table': 'svoi_consent',
            },
        ),
        migrations.CreateModel(
            name='DataExport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(unique=True)),
                ('asked_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('ready_at', models.DateTimeField(null=True)),
                ('size_bytes', models.BigIntegerField(null=True)),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('gone_at', models.DateTimeField(null=True)),
            ],
            options={
                'db_table': 'svoi_dataexport',
            },
        ),
        migrations.CreateModel(
            name='Erasure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('asked_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('due_at', models.DateTimeField()),
                ('recalled_at', models.DateTimeField(null=True)),
                ('done_at', models.DateTimeField(null=True)),
            ],
            options={
                'db_table': 'svoi_erasure',
            },
        ),
        migrations.CreateModel(
            name='LegalText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('processing', 'processing'), ('marketing', 'marketing'), ('transfer', 'transfer'), ('privacy', 'privacy'), ('terms', 'terms'), ('cookies', 'cookies'), ('recommendations', 'recommendations')], max_length=16)),
                ('language', models.CharField(max_length=2)),
                ('version', models.PositiveIntegerField()),
                ('title', models.CharField(max_length=200)),
                ('body', models.TextField()),
                ('sha256', models.CharField(max_length=64)),
                ('kept_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                'db_table': 'svoi_legaltext',
            },
        ),
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=80, unique=True)),
                ('kind', models.CharField(max_length=40)),
                ('subject', models.CharField(blank=True, max_length=40)),
                ('language', models.CharField(max_length=2)),
                ('title', models.CharField(max_length=200)),
                ('text', models.TextField()),
                ('html', models.TextField()),
                ('written_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('taken_at', models.DateTimeField(null=True)),
                ('sent_at', models.DateTimeField(null=True)),
                ('withheld_for', models.CharField(blank=True, choices=[('no_address', 'no_address'), ('no_mail', 'no_mail'), ('turned_away', 'turned_away')], max_length=16)),
                ('error', models.CharField(blank=True, max_length=200)),
            ],
            options={
                'db_table': 'svoi_letter',
            },
        ),
        migrations.RemoveConstraint(
            model_name='member',
            name='member_can_be_reached',
        ),
        migrations.AddField(
            model_name='member',
            name='erased_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddConstraint(
            model_name='member',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('email__isnull', False), ('erased_at', None)), models.Q(('erased_at', None), ('phone__isnull', False)), models.Q(('email', None), ('erased_at__isnull', False), ('phone', None)), _connector='OR'), name='member_can_be_reached'),
        ),
        migrations.CreateModel(
            name='ConsentWithdrawal',
            fields=[
                ('consent', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='withdrawal', serialize=False, to='svoi.consent')),
                ('channel', models.CharField(choices=[('sign_up', 'sign_up'), ('own_page', 'own_page'), ('checkout', 'checkout'), ('erasure', 'erasure')], max_length=12)),
                ('withdrawn_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                'db_table': 'svoi_consentwithdrawal',
            },
        ),
        migrations.AddField(
            model_name='consent',
            name='member',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consents', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='dataexport',
            name='member',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='exports', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='erasure',
            name='member',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='erasures', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='legaltext',
            index=models.Index(fields=['sha256'], name='legal_text_by_hash'),
        ),
        migrations.AddConstraint(
            model_name='legaltext',
            constraint=models.UniqueConstraint(fields=('kind', 'language', 'version'), name='legal_text_version_once'),
        ),
        migrations.AddConstraint(
            model_name='legaltext',
            constraint=models.UniqueConstraint(fields=('kind', 'language', 'sha256'), name='legal_text_once'),
        ),
        migrations.AddField(
            model_name='consent',
            name='text',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='svoi.legaltext'),
        ),
        migrations.AddField(
            model_name='letter',
            name='member',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='letters', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='dataexport',
            index=models.Index(fields=['member', '-asked_at'], name='exports_of_member'),
        ),
        migrations.AddIndex(
            model_name='erasure',
            index=models.Index(condition=models.Q(('done_at', None), ('recalled_at', None)), fields=['due_at'], name='erasures_to_do'),
        ),
        migrations.AddConstraint(
            model_name='erasure',
            constraint=models.UniqueConstraint(condition=models.Q(('done_at', None), ('recalled_at', None)), fields=('member',), name='one_erasure_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='erasure',
            constraint=models.CheckConstraint(condition=models.Q(('recalled_at', None), ('done_at', None), _connector='OR'), name='erasure_recalled_or_done'),
        ),
        migrations.AddIndex(
            model_name='consent',
            index=models.Index(fields=['member', '-given_at'], name='consents_of_member'),
        ),
        migrations.AddIndex(
            model_name='letter',
            index=models.Index(fields=['member', '-written_at'], name='letters_of_member'),
        ),
        migrations.AddIndex(
            model_name='letter',
            index=models.Index(fields=['written_at'], name='letters_by_age'),
        ),
        migrations.AddConstraint(
            model_name='letter',
            constraint=models.CheckConstraint(condition=models.Q(('sent_at__isnull', True), ('withheld_for', ''), _connector='OR'), name='letter_sent_or_withheld'),
        ),
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), migrations.RunSQL.noop),
    ]
