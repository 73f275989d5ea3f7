"""The column stays as it is: only how Python writes into it is another way (documents.models.sections)."""

from django.db import migrations, models

from documents.models.sections import UnicodeJSONEncoder


class Migration(migrations.Migration):
    dependencies = [("workflows", "0004_delegates")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name="roundtext", name="text", field=models.JSONField(encoder=UnicodeJSONEncoder)
                )
            ]
        )
    ]
