from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("workflows", "0006_moved_reason")]

    operations = [
        migrations.AddField(
            model_name="procedure",
            name="names",
            field=models.JSONField(blank=True, default=dict, verbose_name="names"),
        ),
        migrations.AddField(
            model_name="stage",
            name="names",
            field=models.JSONField(blank=True, default=dict, verbose_name="names"),
        ),
    ]
