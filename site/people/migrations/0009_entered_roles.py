"""The trail names every role that was given before it had to."""

from django.db import migrations

GRANTING = ("join", "take_over", "add_operator", "enter_role")


def name_roles(apps, schema_editor):
    from audit.trail import record

    Entry, Membership = apps.get_model("audit", "Entry"), apps.get_model("people", "Membership")
    named = set(Entry.objects.filter(verb__in=GRANTING, refused=False).values_list("thing", flat=True))
    for held in Membership.objects.select_related("user", "institution").order_by("pk"):
        thing = f"membership:{held.pk}"
        if thing not in named:
            person, place = str(held.user.actor), held.institution.key
            record("enter_role", thing, None, institution=place, role=held.role, to=person)


class Migration(migrations.Migration):
    dependencies = [("people", "0008_guards"), ("audit", "0003_guards")]

    operations = [migrations.RunPython(name_roles, migrations.RunPython.noop)]
