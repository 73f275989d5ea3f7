from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("workflows", "0005_letters")]

    operations = [
        migrations.AddField(model_name="stage", name="moved_reason", field=models.TextField(blank=True))
    ]
