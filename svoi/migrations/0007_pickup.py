"""Parcels and their pickup codes, who works at a point, what carriers told us."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("svoi", "0006_catalog")]
    operations = [
        migrations.AddField(
            model_name='pickuppoint',
            name='carrier',
            field=models.CharField(blank=True, default='', max_length=12),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='pickuppoint',
            name='carrier_city',
            field=models.CharField(blank=True, default='', max_length=12),
            preserve_default=False,
        ),
        migrations.CreateModel(
            name='CarrierNotice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('carrier', models.CharField(max_length=12)),
                ('key', models.CharField(max_length=64)),
                ('body', models.JSONField()),
                ('received_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('applied_at', models.DateTimeField(null=True)),
            ],
            options={
                'db_table': 'svoi_carriernotice',
                'indexes': [models.Index(condition=models.Q(('applied_at', None)), fields=['received_at'], name='carrier_notices_open')],
                'constraints': [models.UniqueConstraint(fields=('carrier', 'key'), name='carrier_notice_once')],
            },
        ),
        migrations.CreateModel(
            name='Parcel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.CharField(max_length=40, unique=True)),
                ('carrier', models.CharField(blank=True, max_length=12)),
                ('carrier_id', models.CharField(max_length=64, null=True)),
                ('tracking', models.CharField(blank=True, max_length=64)),
                ('prepared_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('sent_at', models.DateTimeField(null=True)),
                ('arrived_at', models.DateTimeField(null=True)),
                ('keep_until', models.DateTimeField(null=True)),
                ('handed_over_at', models.DateTimeField(null=True)),
                ('not_collected_at', models.DateTimeField(null=True)),
                ('came_back_at', models.DateTimeField(null=True)),
                ('handed_over_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('pickup_point', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='parcels', to='svoi.pickuppoint')),
            ],
            options={
                'db_table': 'svoi_parcel',
            },
        ),
        migrations.CreateModel(
            name='PointWorker',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('called_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('called_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('pickup_point', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='workers', to='svoi.pickuppoint')),
            ],
            options={
                'db_table': 'svoi_pointworker',
            },
        ),
        migrations.CreateModel(
            name='ReturnTaken',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('claim', models.CharField(blank=True, max_length=40)),
                ('taken_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('parcel', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='returns', to='svoi.parcel')),
                ('taken_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'svoi_returntaken',
            },
        ),
        migrations.CreateModel(
            name='WrongCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('parcel', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='wrong_codes', to='svoi.parcel')),
                ('typed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'svoi_wrongcode',
            },
        ),
        migrations.AddIndex(
            model_name='parcel',
            index=models.Index(fields=['pickup_point', '-id'], name='parcels_of_point'),
        ),
        migrations.AddIndex(
            model_name='parcel',
            index=models.Index(condition=models.Q(('arrived_at__isnull', False), ('handed_over_at', None), ('not_collected_at', None)), fields=['keep_until'], name='parcels_waiting'),
        ),
        migrations.AddConstraint(
            model_name='parcel',
            constraint=models.UniqueConstraint(fields=('carrier', 'carrier_id'), name='parcel_of_carrier_once'),
        ),
        migrations.AddConstraint(
            model_name='parcel',
            constraint=models.CheckConstraint(condition=models.Q(('handed_over_at', None), ('not_collected_at', None), _connector='OR'), name='parcel_handed_over_or_not_collected'),
        ),
        migrations.AddConstraint(
            model_name='parcel',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('arrived_at', None), ('handed_over_at', None), ('keep_until', None)), models.Q(('arrived_at__isnull', False), ('keep_until__isnull', False)), _connector='OR'), name='parcel_is_kept_from_its_arrival'),
        ),
        migrations.AddConstraint(
            model_name='parcel',
            constraint=models.CheckConstraint(condition=models.Q(('came_back_at', None), ('not_collected_at__isnull', False), _connector='OR'), name='parcel_comes_back_uncollected'),
        ),
        migrations.AddConstraint(
            model_name='pointworker',
            constraint=models.UniqueConstraint(fields=('pickup_point', 'member'), name='point_worker_once'),
        ),
        migrations.AddConstraint(
            model_name='returntaken',
            constraint=models.UniqueConstraint(fields=('parcel', 'claim'), name='return_taken_once'),
        ),
        migrations.AddIndex(
            model_name='wrongcode',
            index=models.Index(fields=['parcel', '-at'], name='wrong_codes_of_parcel'),
        ),
        migrations.AddIndex(
            model_name='wrongcode',
            index=models.Index(fields=['typed_by', '-at'], name='wrong_codes_of_worker'),
        ),
    ]
