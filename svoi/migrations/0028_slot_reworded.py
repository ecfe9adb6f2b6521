"""A plan remembers that somebody chose its words by hand."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('svoi', '0027_allotments_closed'),
    ]

    operations = [
        migrations.AddField(
            model_name='slot',
            name='reworded_at',
            field=models.DateTimeField(null=True),
        ),
    ]
