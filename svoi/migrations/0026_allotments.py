"""What a show may sell of a product, and who said so; and votes that do not wait for each other."""

from pathlib import Path

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

SQL = Path(__file__).resolve().parents[1] / "db" / "sql"


class Migration(migrations.Migration):

    dependencies = [
        ('svoi', '0025_honest_count'),
    ]

    operations = [
        migrations.CreateModel(
            name='Allotment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('show_id', models.BigIntegerField()),
                ('pieces', models.PositiveIntegerField()),
                ('taken', models.PositiveIntegerField(default=0)),
                ('product', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='svoi.product')),
            ],
            options={
                'db_table': 'svoi_allotment',
                'constraints': [models.UniqueConstraint(fields=('show_id', 'product'), name='allotment_once'), models.CheckConstraint(condition=models.Q(('taken__lte', models.F('pieces'))), name='allotment_is_never_oversold')],
            },
        ),
        migrations.CreateModel(
            name='AllotmentChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('show_id', models.BigIntegerField()),
                ('deed', models.CharField(choices=[('set', 'set'), ('tightened', 'tightened')], max_length=9)),
                ('before', models.PositiveIntegerField(null=True)),
                ('pieces', models.PositiveIntegerField()),
                ('taken', models.PositiveIntegerField()),
                ('reason', models.CharField(choices=[('plan', 'plan'), ('recount', 'recount'), ('quality', 'quality'), ('keep', 'keep')], max_length=8)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('product', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='svoi.product')),
            ],
            options={
                'db_table': 'svoi_allotmentchange',
                'indexes': [models.Index(fields=['show_id', 'product', '-id'], name='allotment_changes_of_show')],
                'constraints': [models.CheckConstraint(condition=models.Q(('deed', 'set'), models.Q(('before__gt', models.F('pieces')), ('deed', 'tightened')), _connector='OR'), name='allotment_only_tightens'), models.CheckConstraint(condition=models.Q(('reason__in', ('plan', 'recount', 'quality', 'keep'))), name='allotment_reason_is_known')],
            },
        ),
        *(
            migrations.RunSQL((SQL / name).read_text(encoding="utf-8"), migrations.RunSQL.noop)
            for name in ("allotments_v1.sql", "poll_votes_v1.sql")
        ),
    ]
