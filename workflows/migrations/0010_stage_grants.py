"""Grants of stages get a foreign key; those that are there name their stage in their reason."""

import re

import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

REASON = re.compile(r"review (\d+), stage (\d+)")


def fill(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    Grant, Stage = apps.get_model("people", "Grant"), apps.get_model("workflows", "Stage")
    StageGrant = apps.get_model("workflows", "StageGrant")
    stages = {(review, order): pk for pk, review, order in Stage.objects.values_list("pk", "review", "order")}
    rows = []
    for pk, reason in Grant.objects.filter(reason__startswith="review ").values_list("pk", "reason"):
        found = REASON.fullmatch(reason)
        stage = stages.get((int(found[1]), int(found[2]))) if found else None
        if stage is not None:
            rows.append(StageGrant(grant_id=pk, stage_id=stage))
    StageGrant.objects.bulk_create(rows, batch_size=1000)


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0007_word_templates"),
        ("workflows", "0009_guards"),
    ]
    operations = [
        migrations.CreateModel(
            name="StageGrant",
            fields=[
                (
                    "grant",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="of_stage",
                        serialize=False,
                        to="people.grant",
                    ),
                ),
                (
                    "stage",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grants",
                        to="workflows.stage",
                    ),
                ),
            ],
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
