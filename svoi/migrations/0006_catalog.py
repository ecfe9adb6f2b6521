"""The catalogue grows up: price history, search, stock told by programs of the shop."""

from pathlib import Path

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.conf import settings
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models

SQL = Path(__file__).resolve().parents[1] / "db" / "sql"


class Migration(migrations.Migration):
    dependencies = [("svoi", "0005_payments")]
    operations = [
        TrigramExtension(),
        migrations.CreateModel(
            name='ApiCall',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('scope', models.CharField(max_length=20)),
                ('at', models.DateTimeField()),
            ],
            options={
                'db_table': 'svoi_apicall',
            },
        ),
        migrations.CreateModel(
            name='ApiToken',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80)),
                ('token_hash', models.CharField(max_length=64, unique=True)),
                ('scopes', models.JSONField(default=list)),
                ('issued_at', models.DateTimeField()),
                ('revoked_at', models.DateTimeField(null=True)),
            ],
            options={
                'db_table': 'svoi_apitoken',
            },
        ),
        migrations.CreateModel(
            name='PriceRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('price_minor', models.BigIntegerField()),
                ('currency', models.CharField(max_length=3)),
                ('began_at', models.DateTimeField()),
            ],
            options={
                'db_table': 'svoi_pricerecord',
            },
        ),
        migrations.CreateModel(
            name='ProductText',
            fields=[
                ('product', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='text', serialize=False, to='svoi.product')),
                ('lowest_minor', models.BigIntegerField()),
                ('highest_minor', models.BigIntegerField()),
                ('words', django.contrib.postgres.search.SearchVectorField()),
                ('stale_since', models.DateTimeField(null=True)),
            ],
            options={
                'db_table': 'svoi_producttext',
            },
        ),
        migrations.CreateModel(
            name='SearchWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('word', models.CharField(max_length=40)),
                ('spread', models.IntegerField(help_text='in how many products it stands')),
            ],
            options={
                'db_table': 'svoi_searchword',
            },
        ),
        migrations.AddIndex(
            model_name='variant',
            index=models.Index(condition=models.Q(('vendor_code', ''), _negated=True), fields=['community', 'vendor_code'], name='variant_article'),
        ),
        migrations.AddField(
            model_name='apitoken',
            name='community',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='api_tokens', to='svoi.community'),
        ),
        migrations.AddField(
            model_name='apitoken',
            name='issued_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='apicall',
            name='token',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='calls', to='svoi.apitoken'),
        ),
        migrations.AddField(
            model_name='pricerecord',
            name='variant',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='price_records', to='svoi.variant'),
        ),
        migrations.AddField(
            model_name='producttext',
            name='category',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='svoi.category'),
        ),
        migrations.AddField(
            model_name='producttext',
            name='community',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='svoi.community'),
        ),
        migrations.AddField(
            model_name='searchword',
            name='community',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='svoi.community'),
        ),
        migrations.AddIndex(
            model_name='apicall',
            index=models.Index(fields=['token', 'at'], name='api_call_recent'),
        ),
        migrations.AddIndex(
            model_name='pricerecord',
            index=models.Index(fields=['variant', 'began_at', 'id'], name='price_history'),
        ),
        migrations.AddIndex(
            model_name='producttext',
            index=django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['words'], name='product_words'),
        ),
        migrations.AddIndex(
            model_name='producttext',
            index=models.Index(condition=models.Q(('stale_since__isnull', False)), fields=['community'], name='product_text_stale'),
        ),
        migrations.AddIndex(
            model_name='searchword',
            index=django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['word'], name='search_word_alike', opclasses=['gin_trgm_ops']),
        ),
        migrations.AddConstraint(
            model_name='searchword',
            constraint=models.UniqueConstraint(fields=('community', 'word'), name='search_word_once'),
        ),
        migrations.RunSQL((SQL / "price_history_v1.sql").read_text(encoding="utf-8"), migrations.RunSQL.noop),
    ]
