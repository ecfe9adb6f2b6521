"""Claims in a burst: one look for all in place of foreign keys row by row, and a pay-out that does no more than it needs."""

from pathlib import Path

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

SQL = Path(__file__).resolve().parents[1] / "db" / "sql"


class Migration(migrations.Migration):

    dependencies = [
        ('svoi', '0017_flash'),
    ]

    operations = [
        migrations.AlterField(
            model_name='accountbalance',
            name='account',
            field=models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='stored', serialize=False, to='svoi.account'),
        ),
        migrations.AlterField(
            model_name='envelopeshare',
            name='envelope',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='taken', to='svoi.envelope'),
        ),
        migrations.AlterField(
            model_name='envelopeshare',
            name='member',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='shares', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='flashclaim',
            name='member',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='flash_claims', to=settings.AUTH_USER_MODEL),
        ),
        *(
            migrations.RunSQL((SQL / name).read_text(encoding="utf-8"), migrations.RunSQL.noop)
            for name in ("ledger_pay_out_v1.sql", "claim_shares_v2.sql", "flash_known_v1.sql")
        ),
        migrations.RunSQL(
            "drop function svoi_claim_shares_v1(bigint[], bigint[], uuid[], integer[], date, timestamptz)",
            migrations.RunSQL.noop,
        ),
    ]
