"""Messages counted beside viewers and hearts, and the habit of a room, which is only looked at."""

from pathlib import Path

from django.db import migrations, models

SQL = Path(__file__).resolve().parents[1] / "db" / "sql" / "room_habit_v1.sql"


class Migration(migrations.Migration):

    dependencies = [
        ('svoi', '0024_control'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='rulemode',
            name='rule_is_known',
        ),
        migrations.AddField(
            model_name='recount',
            name='messages_counted',
            field=models.PositiveBigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='recount',
            name='messages_raw',
            field=models.PositiveBigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='watchsample',
            name='acted',
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='watchsample',
            name='excess',
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='watchsample',
            name='messages_counted',
            field=models.PositiveBigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='watchsample',
            name='messages_raw',
            field=models.PositiveBigIntegerField(null=True),
        ),
        migrations.AlterField(
            model_name='rulemode',
            name='rule',
            field=models.CharField(choices=[('live_weights', 'live_weights'), ('groups', 'groups'), ('room_habit', 'room_habit')], max_length=16),
        ),
        migrations.AddConstraint(
            model_name='recount',
            constraint=models.CheckConstraint(condition=models.Q(('messages_counted__lte', models.F('messages_raw'))), name='recount_messages_are_possible'),
        ),
        migrations.AddConstraint(
            model_name='rulemode',
            constraint=models.CheckConstraint(condition=models.Q(('rule__in', ('live_weights', 'groups', 'room_habit'))), name='rule_is_known'),
        ),
        migrations.AddConstraint(
            model_name='rulemode',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('mode', 'live'), _negated=True), models.Q(('rule__in', ['room_habit']), _negated=True), _connector='OR'), name='rule_in_force_is_proven'),
        ),
        migrations.AddConstraint(
            model_name='watchsample',
            constraint=models.CheckConstraint(condition=models.Q(('messages_counted__lte', models.F('messages_raw'))), name='watch_sample_messages_are_possible'),
        ),
        migrations.AddConstraint(
            model_name='watchsample',
            constraint=models.CheckConstraint(condition=models.Q(('excess__lte', models.F('weighed'))), name='watch_sample_excess_is_possible'),
        ),
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), migrations.RunSQL.noop),
    ]
