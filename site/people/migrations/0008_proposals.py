from django.db import migrations

from proposals.moved import take_over


def roles(apps, schema_editor):
    """Those that wait for a second person."""
    rows = apps.get_model("people", "Membership").objects.filter(confirmed=None, ends=None)
    take_over(
        apps,
        "role",
        (
            {
                "thing": f"membership:{one.pk}",
                "values": {"role": one.role},
                "proposed_by_id": one.given_by_id,
            }
            for one in rows.exclude(given_by=None).order_by("pk")
        ),
    )


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0007_roles_stay"),
        ("proposals", "0001_proposals"),
    ]

    operations = [
        migrations.RunPython(roles, migrations.RunPython.noop),
    ]
