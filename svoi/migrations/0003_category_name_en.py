"""Categories speak a second language, as products do."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("svoi", "0002_functions")]
    operations = [
        migrations.AddField(
            model_name="category", name="name_en", field=models.CharField(blank=True, max_length=250, default=""),
            preserve_default=False,
        ),
    ]
