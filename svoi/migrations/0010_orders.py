"""Carts, the way of an order after payment, and returns; each line keeps the origin of its order."""

from pathlib import Path

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

SQL = Path(__file__).resolve().parents[1] / "db" / "sql" / "returns_v1.sql"
KEEP_ORIGINS = """
update svoi_orderline l set origin_kind = o.origin_kind, origin_id = o.origin_id from svoi_order o where o.id = l.order_id
"""


class Migration(migrations.Migration):

    dependencies = [
        ('svoi', '0009_law'),
    ]

    operations = [
        migrations.CreateModel(
            name='CartLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('quantity', models.PositiveSmallIntegerField()),
                ('shown_minor', models.BigIntegerField()),
                ('currency', models.CharField(default='RUB', max_length=3)),
                ('origin_kind', models.CharField(choices=[('show', 'show'), ('product', 'product'), ('story', 'story'), ('clip', 'clip'), ('pool', 'pool'), ('envelope', 'envelope'), ('host', 'host'), ('person', 'person')], max_length=12)),
                ('origin_id', models.BigIntegerField(null=True)),
                ('added_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                'db_table': 'svoi_cartline',
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Return',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField()),
                ('reason', models.CharField(choices=[('changed_mind', 'changed_mind'), ('does_not_fit', 'does_not_fit'), ('wrong_item', 'wrong_item'), ('defect', 'defect'), ('damaged', 'damaged')], max_length=16)),
                ('words', models.CharField(blank=True, max_length=500)),
                ('is_right', models.BooleanField()),
                ('amount_minor', models.BigIntegerField()),
                ('asked_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('accepted_at', models.DateTimeField(null=True)),
                ('declined_at', models.DateTimeField(null=True)),
                ('decided_words', models.CharField(blank=True, max_length=500)),
                ('dropped_at', models.DateTimeField(null=True)),
                ('dropped_for', models.CharField(blank=True, max_length=16)),
                ('received_at', models.DateTimeField(null=True)),
            ],
            options={
                'db_table': 'svoi_return',
            },
        ),
        migrations.CreateModel(
            name='ReturnLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('quantity', models.PositiveSmallIntegerField()),
            ],
            options={
                'db_table': 'svoi_returnline',
            },
        ),
        migrations.RemoveIndex(
            model_name='order',
            name='orders_to_expire',
        ),
        migrations.AddField(
            model_name='order',
            name='collected_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='order',
            name='extended',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='order',
            name='held_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='order',
            name='kept_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='order',
            name='method',
            field=models.CharField(blank=True, max_length=8),
        ),
        migrations.AddField(
            model_name='order',
            name='receipt_to',
            field=models.CharField(blank=True, max_length=254),
        ),
        migrations.AddField(
            model_name='order',
            name='restocked_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='order',
            name='returned_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='order',
            name='withdrawn_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='order',
            name='withdrawn_for',
            field=models.CharField(blank=True, choices=[('buyer', 'buyer'), ('shop', 'shop'), ('not_collected', 'not_collected')], max_length=16),
        ),
        migrations.AddField(
            model_name='orderline',
            name='origin_id',
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='orderline',
            name='origin_kind',
            field=models.CharField(choices=[('show', 'show'), ('product', 'product'), ('story', 'story'), ('clip', 'clip'), ('pool', 'pool'), ('envelope', 'envelope'), ('host', 'host'), ('person', 'person')], default='product', max_length=12),
        ),
        migrations.AddIndex(
            model_name='order',
            index=models.Index(fields=['community', '-placed_at', '-id'], name='orders_of_shop'),
        ),
        migrations.AddIndex(
            model_name='order',
            index=models.Index(condition=models.Q(('cancelled_at__isnull', True), ('held_at__isnull', True), ('paid_at__isnull', True)), fields=['reserved_until'], name='orders_to_expire'),
        ),
        migrations.AddIndex(
            model_name='order',
            index=models.Index(condition=models.Q(('collected_at__isnull', False), ('kept_at__isnull', True), ('returned_at__isnull', True)), fields=['collected_at'], name='orders_to_keep'),
        ),
        migrations.AddIndex(
            model_name='orderline',
            index=models.Index(fields=['origin_kind', 'origin_id'], name='order_lines_of_origin'),
        ),
        migrations.AddConstraint(
            model_name='order',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('collected_at', None), ('withdrawn_at', None)), models.Q(('paid_at__isnull', False), models.Q(('withdrawn_at', None), ('collected_at', None), _connector='OR')), _connector='OR'), name='order_withdrawn_or_collected_after_payment'),
        ),
        migrations.AddConstraint(
            model_name='order',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kept_at', None), ('returned_at', None)), models.Q(('collected_at__isnull', False), models.Q(('kept_at', None), ('returned_at', None), _connector='OR')), _connector='OR'), name='order_kept_or_returned_after_collection'),
        ),
        migrations.AddField(
            model_name='cartline',
            name='community',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='svoi.community'),
        ),
        migrations.AddField(
            model_name='cartline',
            name='member',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='cart_lines', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='cartline',
            name='variant',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='svoi.variant'),
        ),
        migrations.AddField(
            model_name='return',
            name='decided_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='return',
            name='order',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='returns', to='svoi.order'),
        ),
        migrations.AddField(
            model_name='returnline',
            name='order_line',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='return_lines', to='svoi.orderline'),
        ),
        migrations.AddField(
            model_name='returnline',
            name='returning',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='svoi.return'),
        ),
        migrations.AddConstraint(
            model_name='cartline',
            constraint=models.UniqueConstraint(fields=('member', 'variant'), name='cart_line_once'),
        ),
        migrations.AddConstraint(
            model_name='cartline',
            constraint=models.CheckConstraint(condition=models.Q(('quantity__range', (1, 20)), ('shown_minor__gt', 0)), name='cart_line_is_real'),
        ),
        migrations.AddIndex(
            model_name='return',
            index=models.Index(fields=['order', '-id'], name='returns_of_order'),
        ),
        migrations.AddIndex(
            model_name='return',
            index=models.Index(condition=models.Q(('declined_at', None), ('dropped_at', None), ('received_at', None)), fields=['accepted_at'], name='returns_open'),
        ),
        migrations.AddConstraint(
            model_name='return',
            constraint=models.UniqueConstraint(fields=('order', 'key'), name='one_return_per_tap'),
        ),
        migrations.AddConstraint(
            model_name='return',
            constraint=models.CheckConstraint(condition=models.Q(('amount_minor__gt', 0)), name='return_is_worth_something'),
        ),
        migrations.AddConstraint(
            model_name='return',
            constraint=models.CheckConstraint(condition=models.Q(('accepted_at', None), ('declined_at', None), _connector='OR'), name='return_accepted_or_declined'),
        ),
        migrations.AddConstraint(
            model_name='return',
            constraint=models.CheckConstraint(condition=models.Q(('received_at', None), models.Q(('accepted_at__isnull', False), ('dropped_at', None)), _connector='OR'), name='return_received_after_acceptance'),
        ),
        migrations.AddConstraint(
            model_name='return',
            constraint=models.CheckConstraint(condition=models.Q(('is_right', False), ('declined_at', None), _connector='OR'), name='return_by_right_is_never_declined'),
        ),
        migrations.AddConstraint(
            model_name='returnline',
            constraint=models.UniqueConstraint(fields=('returning', 'order_line'), name='return_line_once'),
        ),
        migrations.AddConstraint(
            model_name='returnline',
            constraint=models.CheckConstraint(condition=models.Q(('quantity__gte', 1)), name='return_line_is_real'),
        ),
        migrations.RunSQL(KEEP_ORIGINS, migrations.RunSQL.noop),
        migrations.RunSQL(SQL.read_text(encoding="utf-8")),
    ]
