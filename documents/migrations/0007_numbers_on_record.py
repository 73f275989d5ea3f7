"""Each number to call that stands is in the audit trail, from which on the guards and `verify_audit` ask it."""

from django.db import migrations, transaction


def record(apps, schema_editor):
    import audit
    from documents.actions.audit_payloads import contact_payload

    with transaction.atomic():
        for contact in apps.get_model("documents", "Contact").objects.order_by("pk"):
            audit.record("enter_contact", f"contact:{contact.pk}", None, **contact_payload(contact))


class Migration(migrations.Migration):

    atomic = False
    dependencies = [
        ("documents", "0006_numbers_by_two_people"),
        ("audit", "0003_refusals_count_up"),
    ]

    operations = [migrations.RunPython(record, migrations.RunPython.noop, elidable=True)]
