"""Points: the rules of a community, its budget, what orders earn; and what an order takes of them and gives back."""

from pathlib import Path

import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

SQL = Path(__file__).resolve().parents[1] / "db" / "sql" / "points_v1.sql"


class Migration(migrations.Migration):

    dependencies = [
        ('svoi', '0014_bulk'),
    ]

    operations = [
        migrations.CreateModel(
            name='BudgetChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('amount', models.IntegerField()),
                ('reason', models.CharField(max_length=200)),
                ('key', models.UUIDField()),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                'db_table': 'svoi_budgetchange',
            },
        ),
        migrations.CreateModel(
            name='Earning',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.CharField(max_length=40, unique=True)),
                ('kept_minor', models.BigIntegerField()),
                ('earn_percent', models.PositiveSmallIntegerField()),
                ('amount', models.IntegerField()),
                ('earned_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('paid_at', models.DateTimeField(null=True)),
            ],
            options={
                'db_table': 'svoi_earning',
            },
        ),
        migrations.CreateModel(
            name='PointsPolicy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('earn_percent', models.PositiveSmallIntegerField()),
                ('spend_percent', models.PositiveSmallIntegerField()),
                ('life_days', models.PositiveSmallIntegerField()),
                ('since_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                'db_table': 'svoi_pointspolicy',
            },
        ),
        migrations.RemoveConstraint(
            model_name='return',
            name='return_is_worth_something',
        ),
        migrations.AddField(
            model_name='order',
            name='points_spent',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='return',
            name='points_back',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddConstraint(
            model_name='order',
            constraint=models.CheckConstraint(condition=models.Q(('points_spent', 0), models.Q(('currency', 'RUB'), ('total_minor__gte', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('points_spent'), '*', models.Value(100)), '+', models.Value(100)))), _connector='OR'), name='order_leaves_something_to_pay'),
        ),
        migrations.AddConstraint(
            model_name='return',
            constraint=models.CheckConstraint(condition=models.Q(('amount_minor__gte', 0)), name='return_takes_nothing'),
        ),
        migrations.AddField(
            model_name='budgetchange',
            name='changed_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='budgetchange',
            name='community',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='svoi.community'),
        ),
        migrations.AddField(
            model_name='earning',
            name='community',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='svoi.community'),
        ),
        migrations.AddField(
            model_name='earning',
            name='member',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='pointspolicy',
            name='changed_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='pointspolicy',
            name='community',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='svoi.community'),
        ),
        migrations.AddIndex(
            model_name='budgetchange',
            index=models.Index(fields=['community', '-id'], name='budget_changes_of_shop'),
        ),
        migrations.AddConstraint(
            model_name='budgetchange',
            constraint=models.UniqueConstraint(fields=('changed_by', 'key'), name='one_budget_change_per_tap'),
        ),
        migrations.AddConstraint(
            model_name='budgetchange',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('amount', 0), _negated=True), ('amount__range', (-100000000, 100000000)), models.Q(('reason', ''), _negated=True)), name='budget_change_is_real'),
        ),
        migrations.AddIndex(
            model_name='earning',
            index=models.Index(condition=models.Q(('paid_at', None)), fields=['community', 'id'], name='earnings_owed'),
        ),
        migrations.AddConstraint(
            model_name='earning',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0), ('kept_minor__gt', 0)), name='earning_is_worth_something'),
        ),
        migrations.AddIndex(
            model_name='pointspolicy',
            index=models.Index(fields=['community', '-since_at', '-id'], name='points_policies_of_shop'),
        ),
        migrations.AddConstraint(
            model_name='pointspolicy',
            constraint=models.CheckConstraint(condition=models.Q(('earn_percent__lte', 50), ('life_days__lte', 3650), ('spend_percent__lte', 90)), name='points_policy_within_bounds'),
        ),
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop),
    ]
