"""One thing done to many orders, and what a shop's keeper reads by an index: orders under way, deeds by their order."""

import django.db.models.deletion
import django.db.models.fields.json
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('svoi', '0012_points'),
    ]

    operations = [
        migrations.CreateModel(
            name='BulkRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('verb', models.CharField(choices=[('pack', 'pack'), ('send', 'send')], max_length=8)),
                ('key', models.UUIDField()),
                ('asked_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('ended_at', models.DateTimeField(null=True)),
            ],
            options={
                'db_table': 'svoi_bulkrun',
            },
        ),
        migrations.CreateModel(
            name='BulkStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('told_at', models.DateTimeField(null=True)),
                ('refused_for', models.CharField(blank=True, max_length=40)),
            ],
            options={
                'db_table': 'svoi_bulkstep',
            },
        ),
        migrations.AddIndex(
            model_name='order',
            index=models.Index(condition=models.Q(('cancelled_at', None), ('collected_at', None), ('withdrawn_at', None)), fields=['community', '-placed_at', '-id'], name='orders_under_way'),
        ),
        migrations.AddIndex(
            model_name='outboxevent',
            index=models.Index(django.db.models.fields.json.KeyTextTransform('order_id', 'payload'), condition=models.Q(('payload__has_key', 'by_id'), ('payload__has_key', 'order_id')), name='events_done_to_order'),
        ),
        migrations.AddIndex(
            model_name='outboxevent',
            index=models.Index(django.db.models.fields.json.KeyTextTransform('subject', 'payload'), condition=models.Q(('payload__has_key', 'by_id'), ('payload__has_key', 'subject')), name='events_done_to_subject'),
        ),
        migrations.AddField(
            model_name='bulkrun',
            name='asked_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='bulkrun',
            name='community',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='svoi.community'),
        ),
        migrations.AddField(
            model_name='bulkstep',
            name='order',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='svoi.order'),
        ),
        migrations.AddField(
            model_name='bulkstep',
            name='run',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='svoi.bulkrun'),
        ),
        migrations.AddIndex(
            model_name='bulkrun',
            index=models.Index(fields=['community', '-id'], name='bulk_runs_of_shop'),
        ),
        migrations.AddIndex(
            model_name='bulkrun',
            index=models.Index(condition=models.Q(('ended_at', None)), fields=['asked_at'], name='bulk_runs_under_way'),
        ),
        migrations.AddConstraint(
            model_name='bulkrun',
            constraint=models.UniqueConstraint(fields=('asked_by', 'key'), name='one_bulk_run_per_tap'),
        ),
        migrations.AddIndex(
            model_name='bulkstep',
            index=models.Index(condition=models.Q(('told_at', None)), fields=['run', 'id'], name='bulk_steps_left'),
        ),
        migrations.AddConstraint(
            model_name='bulkstep',
            constraint=models.UniqueConstraint(fields=('run', 'order'), name='bulk_step_once'),
        ),
        migrations.AddConstraint(
            model_name='bulkstep',
            constraint=models.CheckConstraint(condition=models.Q(('refused_for', ''), ('told_at__isnull', False), _connector='OR'), name='bulk_step_is_refused_at_a_moment'),
        ),
    ]
