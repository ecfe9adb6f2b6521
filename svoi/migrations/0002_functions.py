"""Installs the SQL functions and triggers that keep facts and number events."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parents[1] / "db" / "sql"


class Migration(migrations.Migration):
    dependencies = [("svoi", "0001_first")]
    operations = [
        migrations.RunSQL((SQL / name).read_text(encoding="utf-8"), migrations.RunSQL.noop)
        for name in ("append_only_v1.sql", "number_events_v1.sql")
    ]
