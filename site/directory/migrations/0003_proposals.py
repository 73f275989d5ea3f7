from django.db import migrations

from proposals.moved import take_over


def changes(apps, schema_editor):
    rows = apps.get_model("directory", "RecordChange").objects.order_by("pk")
    take_over(
        apps,
        "record",
        (
            {
                "thing": one.thing,
                "values": one.values,
                "proposed_by_id": one.by_id,
                "proposed": one.at,
                "decided_by_id": one.decided_by_id,
                "decided": one.decided,
                "confirmed": one.confirmed,
            }
            for one in rows
        ),
    )


class Migration(migrations.Migration):
    """The table stays for the release that runs meanwhile; the next one drops it."""

    dependencies = [
        ("directory", "0002_records_stay"),
        ("proposals", "0001_proposals"),
    ]

    operations = [
        migrations.RunPython(changes, migrations.RunPython.noop),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.DeleteModel(name="RecordChange"),
            ],
        ),
    ]
