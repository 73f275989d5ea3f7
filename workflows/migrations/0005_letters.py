"""The column stays as it is: only how Python writes into it is another way (documents.models.letters)."""

from django.db import migrations, models

from documents.models.letters import Letters


class Migration(migrations.Migration):
    dependencies = [("workflows", "0004_delegates")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name="roundtext", name="text", field=models.JSONField(encoder=Letters)
                )
            ]
        )
    ]
