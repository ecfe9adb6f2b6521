"""An allotment ends with its show."""

from pathlib import Path

from django.db import migrations, models

SQL = Path(__file__).resolve().parents[1] / "db" / "sql" / "allotments_closed_v1.sql"


class Migration(migrations.Migration):

    dependencies = [
        ('svoi', '0026_allotments'),
    ]

    operations = [
        migrations.AddField(
            model_name='allotment',
            name='closed_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), migrations.RunSQL.noop),
    ]
