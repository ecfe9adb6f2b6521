"""Points are found by an index, and know the time zone of their hours."""

import django.contrib.postgres.indexes
from django.db import migrations, models
from django.db.models import F, Value
from django.db.models.functions import Concat, Lower, Replace

WORDS = ('city', 'city_en', 'name', 'name_en', 'address', 'address_en', 'metro', 'metro_en')


class Migration(migrations.Migration):
    dependencies = [("svoi", "0011_operators")]
    operations = [
        migrations.AddField(
            model_name='pickuppoint',
            name='time_zone',
            field=models.CharField(blank=True, default='', max_length=40),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='pickuppoint',
            name='words',
            field=models.GeneratedField(
                db_persist=True,
                expression=Replace(
                    Lower(Concat(*(part for name in WORDS for part in (F(name), Value(' '))))), Value('ё'), Value('е')
                ),
                output_field=models.TextField(),
            ),
        ),
        migrations.AddIndex(
            model_name='pickuppoint',
            index=models.Index(condition=models.Q(('closed_at', None)), fields=['community', 'city', 'name', 'id'], name='points_open'),
        ),
        migrations.AddIndex(
            model_name='pickuppoint',
            index=django.contrib.postgres.indexes.GinIndex(condition=models.Q(('closed_at', None)), fastupdate=False, fields=['words'], name='points_by_words', opclasses=['gin_trgm_ops']),
        ),
    ]
