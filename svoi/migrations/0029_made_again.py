"""A refund or a closing receipt that failed knows what was made anew for it."""

from uuid import UUID, uuid5

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

AGAIN_KEYS = UUID("e3a1f0c7-90b4-4d1c-a6f2-1d8c5b7e2f60")  # what refunds made anew were keyed by


def link(apps, _schema_editor):
    """Refunds made anew before this point are told by their keys."""
    refunds = apps.get_model("svoi", "Refund").objects
    for failed in refunds.filter(state="failed"):
        refunds.filter(key=uuid5(AGAIN_KEYS, str(failed.key))).update(again_of=failed)


class Migration(migrations.Migration):

    dependencies = [
        ('svoi', '0028_slot_reworded'),
    ]

    operations = [
        migrations.AddField(
            model_name='refund',
            name='again_of',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='again', to='svoi.refund'),
        ),
        migrations.AddField(
            model_name='receipt',
            name='again_of',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='again', to='svoi.receipt'),
        ),
        migrations.RemoveConstraint(model_name='receipt', name='one_closing_receipt'),
        migrations.AddConstraint(
            model_name='receipt',
            constraint=models.UniqueConstraint(condition=Q(kind='closing', again_of=None), fields=('payment',), name='one_closing_receipt'),
        ),
        migrations.AddConstraint(
            model_name='receipt',
            constraint=models.CheckConstraint(condition=Q(again_of=None) | Q(kind='closing'), name='only_closing_receipts_again'),
        ),
        migrations.RunPython(link, migrations.RunPython.noop),
    ]
