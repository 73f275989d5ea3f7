from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("documents", "0019_carry_suggestions")]

    operations = [
        migrations.RemoveField("suggestion", "old"),
        migrations.RemoveField("suggestion", "new"),
        migrations.RemoveField("suggestion", "place"),
    ]
