"""The columns stay as they are: only how Python writes into them is another way (documents.models.sections)."""

from django.db import migrations, models

from documents.models.sections import UnicodeJSONEncoder

BODIES = ("body", *(f"body_{language}" for language in ("bs", "cnr", "en", "hr", "mk", "sq", "sr")))


class Migration(migrations.Migration):
    dependencies = [("documents", "0009_corrigenda")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                *(
                    migrations.AlterField(
                        model_name="section",
                        name=name,
                        field=models.JSONField(blank=True, encoder=UnicodeJSONEncoder, null=True, verbose_name="text"),
                    )
                    for name in BODIES
                ),
                *(
                    migrations.AlterField(
                        model_name="sectionchange",
                        name=name,
                        field=models.JSONField(encoder=UnicodeJSONEncoder, null=True),
                    )
                    for name in ("before", "after")
                ),
            ]
        )
    ]
