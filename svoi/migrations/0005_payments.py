"""Payments grow: holds, refunds in part, receipts; refunds stay within what was taken."""

from pathlib import Path

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

SQL = Path(__file__).resolve().parents[1] / "payments" / "sql" / "refunds_within_v1.sql"
UNDO = "drop trigger svoi_refunds_within on svoi_refund; drop function svoi_refunds_within_v1();"


class Migration(migrations.Migration):
    dependencies = [("svoi", "0004_ledger")]

    operations = [
        migrations.CreateModel(
            name='BankRefund',
            fields=[
                ('refund_id', models.UUIDField(primary_key=True, serialize=False)),
                ('idempotence_key', models.UUIDField(unique=True)),
                ('amount_minor', models.BigIntegerField()),
                ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                'db_table': 'svoi_bankrefund',
            },
        ),
        migrations.CreateModel(
            name='Receipt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(unique=True)),
                ('kind', models.CharField(choices=[('prepayment', 'prepayment'), ('closing', 'closing'), ('refund', 'refund')], max_length=12)),
                ('customer', models.CharField(max_length=254)),
                ('amount_minor', models.BigIntegerField()),
                ('state', models.CharField(choices=[('due', 'due'), ('sent', 'sent'), ('registered', 'registered'), ('failed', 'failed'), ('dropped', 'dropped')], default='due', max_length=12)),
                ('provider_id', models.CharField(max_length=64, null=True)),
                ('failed_for', models.CharField(blank=True, max_length=40)),
                ('due_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('settled_at', models.DateTimeField(null=True)),
                ('look_again_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                'db_table': 'svoi_receipt',
            },
        ),
        migrations.CreateModel(
            name='ReceiptLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=128)),
                ('quantity', models.PositiveIntegerField()),
                ('price_minor', models.BigIntegerField()),
                ('vat_code', models.PositiveSmallIntegerField()),
                ('mode', models.CharField(choices=[('full_prepayment', 'full_prepayment'), ('full_payment', 'full_payment')], max_length=16)),
                ('about', models.CharField(default='commodity', max_length=16)),
            ],
            options={
                'db_table': 'svoi_receiptline',
            },
        ),
        migrations.CreateModel(
            name='Refund',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(unique=True)),
                ('amount_minor', models.BigIntegerField()),
                ('reason', models.CharField(max_length=40)),
                ('state', models.CharField(choices=[('due', 'due'), ('sent', 'sent'), ('succeeded', 'succeeded'), ('failed', 'failed')], default='due', max_length=12)),
                ('provider_id', models.CharField(max_length=64, null=True, unique=True)),
                ('failed_for', models.CharField(blank=True, max_length=40)),
                ('due_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('sent_at', models.DateTimeField(null=True)),
                ('settled_at', models.DateTimeField(null=True)),
                ('look_again_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                'db_table': 'svoi_refund',
            },
        ),
        migrations.RemoveConstraint(
            model_name='payment',
            name='paid_once_per_subject',
        ),
        migrations.RemoveField(
            model_name='payment',
            name='refund_due_at',
        ),
        migrations.RemoveField(
            model_name='payment',
            name='refunded_at',
        ),
        migrations.AddField(
            model_name='bankpage',
            name='hold',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='bankpage',
            name='method',
            field=models.CharField(blank=True, max_length=8),
        ),
        migrations.AddField(
            model_name='bankpage',
            name='reason',
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddField(
            model_name='bankpage',
            name='receipt',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='bankpage',
            name='taken_minor',
            field=models.BigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='payment',
            name='capture_due_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='payment',
            name='capture_minor',
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='payment',
            name='captured_minor',
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='payment',
            name='concluded_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='payment',
            name='held_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='payment',
            name='held_until',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='payment',
            name='hold',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='payment',
            name='look_again_at',
            field=models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
        ),
        migrations.AddField(
            model_name='payment',
            name='method',
            field=models.CharField(blank=True, choices=[('', ''), ('card', 'card'), ('sbp', 'sbp')], max_length=8),
        ),
        migrations.AddField(
            model_name='payment',
            name='surplus_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='payment',
            name='void_due_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='payment',
            name='withdrawn_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='paymentnotice',
            name='sender',
            field=models.CharField(blank=True, max_length=45),
        ),
        migrations.AlterField(
            model_name='payment',
            name='state',
            field=models.CharField(choices=[('requested', 'requested'), ('pending', 'pending'), ('held', 'held'), ('succeeded', 'succeeded'), ('declined', 'declined'), ('voided', 'voided'), ('expired', 'expired')], default='requested', max_length=12),
        ),
        migrations.AddIndex(
            model_name='bankpage',
            index=models.Index(condition=models.Q(('state__in', ['pending', 'held'])), fields=['opened_at'], name='bank_pages_open'),
        ),
        migrations.AddIndex(
            model_name='payment',
            index=models.Index(condition=models.Q(('concluded_at__isnull', True)), fields=['look_again_at'], name='payments_to_look_at'),
        ),
        migrations.AddConstraint(
            model_name='payment',
            constraint=models.CheckConstraint(condition=models.Q(('captured_minor__isnull', True), models.Q(('captured_minor__gt', 0), ('captured_minor__lte', models.F('amount_minor')), ('state', 'succeeded')), _connector='OR'), name='payment_takes_what_was_asked'),
        ),
        migrations.AddConstraint(
            model_name='payment',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ('held', 'succeeded')), ('surplus_at__isnull', True)), fields=('subject',), name='paid_once_per_subject'),
        ),
        migrations.AddField(
            model_name='bankrefund',
            name='page',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='refunds', to='svoi.bankpage'),
        ),
        migrations.AddField(
            model_name='receipt',
            name='payment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='receipts', to='svoi.payment'),
        ),
        migrations.AddField(
            model_name='receiptline',
            name='receipt',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='svoi.receipt'),
        ),
        migrations.AddField(
            model_name='refund',
            name='payment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='refunds', to='svoi.payment'),
        ),
        migrations.AddField(
            model_name='receipt',
            name='refund',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='receipt', to='svoi.refund'),
        ),
        migrations.AddConstraint(
            model_name='receiptline',
            constraint=models.CheckConstraint(condition=models.Q(('quantity__gte', 1), ('price_minor__gt', 0), ('vat_code__range', (1, 12))), name='receipt_line_is_real'),
        ),
        migrations.AddIndex(
            model_name='refund',
            index=models.Index(condition=models.Q(('state__in', ['due', 'sent'])), fields=['look_again_at'], name='refunds_to_look_at'),
        ),
        migrations.AddConstraint(
            model_name='refund',
            constraint=models.CheckConstraint(condition=models.Q(('amount_minor__gt', 0)), name='refund_gives_something'),
        ),
        migrations.AddIndex(
            model_name='receipt',
            index=models.Index(condition=models.Q(('state__in', ['due', 'sent'])), fields=['look_again_at'], name='receipts_to_look_at'),
        ),
        migrations.AddConstraint(
            model_name='receipt',
            constraint=models.CheckConstraint(condition=models.Q(('amount_minor__gt', 0)), name='receipt_is_for_something'),
        ),
        migrations.AddConstraint(
            model_name='receipt',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'prepayment')), fields=('payment',), name='one_prepayment_receipt'),
        ),
        migrations.AddConstraint(
            model_name='receipt',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'closing')), fields=('payment',), name='one_closing_receipt'),
        ),
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), UNDO),
    ]
