"""The table of counts. It is not written to the log of the database: a power cut may forget a minute."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = []  # type: ignore[var-annotated]
    operations = [
        migrations.CreateModel(
            name="RequestCount",
            fields=[
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("number", models.PositiveIntegerField()),
                ("until", models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.RunSQL(
            "ALTER TABLE limits_requestcount SET UNLOGGED", "ALTER TABLE limits_requestcount SET LOGGED"
        ),
    ]
