from django.conf import settings
from django.db import migrations, models

import documents.models.uploads


class Migration(migrations.Migration):
    """The typed columns of a suggestion beside its former ones."""

    dependencies = [
        ("documents", "0017_section_level"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            "returnedfile",
            "state",
            models.CharField(
                choices=[
                    ("waiting", "waiting to be read"),
                    ("reading", "being read"),
                    ("ready", "read"),
                    ("refused", "refused"),
                ],
                default="ready",
                max_length=10,
            ),
        ),
        migrations.AddField(
            "returnedfile", "changed", models.DateTimeField(default=documents.models.uploads.changed_now)
        ),
        migrations.AddField("returnedfile", "problem", models.TextField(blank=True)),
        migrations.AddField(
            "returnedfile",
            "file",
            models.FileField(blank=True, max_length=200, upload_to=documents.models.uploads.upload_path),
        ),
        migrations.AddField("returnedfile", "blocks", models.JSONField(default=dict)),
        migrations.AddField("returnedfile", "outline", models.JSONField(default=list)),
        migrations.AddField("suggestion", "block_hash", models.CharField(blank=True, max_length=64)),
        migrations.AddField("suggestion", "position", models.IntegerField(default=0)),
        migrations.AddField("suggestion", "target", models.IntegerField(null=True)),
        migrations.AddField("suggestion", "level", models.PositiveSmallIntegerField(null=True)),
        migrations.AddField("suggestion", "changes", models.JSONField(default=list)),
        migrations.AddField("suggestion", "note", models.TextField(blank=True)),
        migrations.AddField("suggestion", "batch", models.UUIDField(null=True)),
        migrations.AddField("suggestion", "result", models.JSONField(null=True)),
        migrations.AddField("suggestion", "replaced", models.JSONField(null=True)),
        migrations.AlterField("suggestion", "before", models.JSONField(default=dict)),
        migrations.AlterField("suggestion", "after", models.JSONField(default=dict)),
        migrations.AlterField(
            "suggestion",
            "kind",
            models.CharField(
                choices=[
                    ("changed", "Changed"),
                    ("looks", "Only the look"),
                    ("added", "Added"),
                    ("removed", "Removed"),
                    ("moved", "Moved within the section"),
                    ("heading", "Heading"),
                    ("section_added", "New section"),
                    ("section_removed", "Section taken out"),
                    ("section_moved", "Section moved"),
                ],
                max_length=16,
            ),
        ),
        migrations.AlterField(
            "suggestion",
            "state",
            models.CharField(
                choices=[
                    ("open", "open"),
                    ("accepted", "accepted"),
                    ("refused", "refused"),
                    ("present", "in the draft already"),
                    ("closed", "closed"),
                ],
                default="open",
                max_length=10,
            ),
        ),
    ]
