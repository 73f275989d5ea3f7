"""Carries the apps and recovery codes of Kodeks's own second factor over to allauth."""

from typing import Any

from django.db import migrations

from people.tokens import encrypt


def carry_over(apps: Any, schema_editor: Any) -> None:
    """The key of an app is encrypted. Of recovery codes only the hashes are known (people.forms)."""
    old, new = apps.get_model("people", "SecondFactor"), apps.get_model("mfa", "Authenticator")
    for factor in old.objects.filter(confirmed__isnull=False).order_by("pk"):
        app = {"secret": encrypt(factor.secret), "last_step": factor.last_step}
        codes = {"migrated_codes": [], "hashes": factor.recovery, "viewed_at": factor.confirmed.timestamp()}
        for kind, data in (("totp", app), ("recovery_codes", codes)):
            new.objects.create(user_id=factor.user_id, type=kind, data=data, created_at=factor.confirmed)
    schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class Migration(migrations.Migration):
    dependencies = [("people", "0001_kodeks"), ("mfa", "0003_authenticator_type_uniq")]
    operations = [
        migrations.RunPython(carry_over),
        migrations.DeleteModel("SecondFactor"),
    ]
