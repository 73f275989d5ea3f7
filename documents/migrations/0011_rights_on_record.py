"""Each assignment, and each link that still signs in, is in the audit trail, from which on the guards and
`verify_audit` ask it."""

from django.db import migrations, transaction
from django.utils import timezone


def record(apps, schema_editor):
    import audit
    from documents.guards.assignments import UNTOLD_ASSIGNMENTS

    assignments = apps.get_model("documents", "Assignment").objects
    with transaction.atomic():
        for one in assignments.raw(UNTOLD_ASSIGNMENTS):
            to, uid = str(one.user.actor), one.uid and str(one.uid)
            audit.record("assign", f"edition:{one.edition_id}", None, to=to, language=one.language, uid=uid)
        links = apps.get_model("people", "MailLink").objects.filter(used=None, expires__gt=timezone.now())
        for link in links.select_related("institution").order_by("pk"):
            audit.record(
                "mail_link",
                f"user:{link.user_id}",
                None,
                institution=link.institution.key,
                link_sha256=link.token_sha256,
            )


class Migration(migrations.Migration):

    atomic = False
    dependencies = [
        ("documents", "0010_guarded_assignments"),
        ("people", "0006_guarded_rights_and_links"),
        ("audit", "0003_refusals_count_up"),
    ]

    operations = [migrations.RunPython(record, migrations.RunPython.noop, elidable=True)]
