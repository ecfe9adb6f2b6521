"""The cart, the stages of an order, returns."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("svoi", "0007_pickup")]
    operations = [
        migrations.AlterField(
            model_name="rolegrant",
            name="role",
            field=models.CharField(
                choices=[(role, role) for role in ("owner", "producer", "host", "moderator", "clerk")], max_length=10
            ),
        ),
    ]
