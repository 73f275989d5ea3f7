import audit.guards
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations

from documents.actions.audit_payloads import reason_hash
from proposals.moved import take_over


def classifications(apps, schema_editor):
    rows = apps.get_model("documents", "ClassificationProposal").objects.order_by("pk")
    take_over(
        apps,
        "classification",
        (
            {
                "thing": f"instrument:{one.instrument_id}",
                "values": {"classification": one.classification},
                "reason": one.reason,
                "proposed_by_id": one.proposed_by_id,
                "proposed": one.proposed,
                "decided_by_id": one.confirmed_by_id,
                "decided": one.decided,
                "confirmed": one.confirmed_by_id is not None,
            }
            for one in rows
        ),
    )


ACT = ("body", "kind", "number", "protocol", "session", "gazette", "gazette_number", "gazette_year")


def prior_adoptions(apps, schema_editor):
    rows = apps.get_model("documents", "PriorAdoption").objects.order_by("pk")
    take_over(
        apps,
        "prior",
        (
            {
                "thing": f"edition:{one.edition_id}",
                "values": {name: getattr(one, name) for name in ACT}
                | {
                    "date": str(one.date),
                    "published": str(one.published) if one.published else None,
                    "valid_from": str(one.valid_from),
                    "sha256": one.edition_sha256,
                    "signed_file": one.signed_file_id,
                },
                "proposed_by_id": one.proposed_by_id,
                "proposed": one.proposed,
                "decided_by_id": one.confirmed_by_id,
                "decided": one.confirmed or one.refused,
                "confirmed": one.confirmed is not None,
            }
            for one in rows
        ),
    )


def corrigenda(apps, schema_editor):
    """Those that wait for a second person."""
    rows = apps.get_model("documents", "Corrigendum").objects.filter(recorded=None, withdrawn=None)
    take_over(
        apps,
        "corrigendum",
        (
            {
                "thing": f"corrigendum:{one.pk}",
                "values": {"sha256": one.sha256, "reason_sha256": reason_hash(one.reason)},
                "proposed_by_id": one.proposed_by_id,
                "proposed": one.proposed,
            }
            for one in rows.order_by("pk")
        ),
    )


def redactions(apps, schema_editor):
    """Those that wait for a second person."""
    rows = apps.get_model("documents", "Redaction").objects.filter(state="proposed")
    take_over(
        apps,
        "redaction",
        (
            {
                "thing": f"edition:{one.edition_id}",
                "values": {
                    "redaction": one.pk,
                    "source_sha256": one.source_sha256,
                    "sha256": one.sha256,
                },
                "proposed_by_id": one.proposed_by_id,
                "proposed": one.proposed,
            }
            for one in rows.order_by("pk")
        ),
    )


class Migration(migrations.Migration):
    """The two tables of proposals stay for the release that runs meanwhile; the next one drops them."""

    dependencies = [
        ("documents", "0012_states_as_the_trail_tells"),
        ("proposals", "0001_proposals"),
    ]

    operations = [
        migrations.RunPython(classifications, migrations.RunPython.noop),
        migrations.RunPython(prior_adoptions, migrations.RunPython.noop),
        migrations.RunPython(corrigenda, migrations.RunPython.noop),
        migrations.RunPython(redactions, migrations.RunPython.noop),
        pgtrigger.migrations.RemoveTrigger(
            model_name='blobuse',
            name='documents_blobuse_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='instrument',
            name='documents_instrument_opened',
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='blobuse',
            trigger=pgtrigger.compiler.Trigger(name='documents_blobuse_insert', sql=audit.guards.GuardSql(func=' BEGIN IF (EXISTS (SELECT 1 FROM "public".documents_blob b WHERE b.sha256 = NEW.blob_id AND b.kind = \'signed\') AND NOT (EXISTS (SELECT 1 FROM "public".documents_adoptionact a WHERE a.edition_id = NEW.edition_id AND a.signed_file_id = NEW.blob_id) OR EXISTS (SELECT 1 FROM "public".proposals_proposal p WHERE p.kind = \'prior\' AND p.thing = \'edition:\' || CAST(NEW.edition_id AS TEXT) AND p.values->>\'signed_file\' = NEW.blob_id) OR EXISTS (SELECT 1 FROM "public".documents_corrigendumact a JOIN "public".documents_corrigendum c ON c.id = a.corrigendum_id WHERE c.edition_id = NEW.edition_id AND a.signed_file_id = NEW.blob_id))) OR (NOT EXISTS (SELECT 1 FROM "public".documents_blob b WHERE b.sha256 = NEW.blob_id AND b.kind = \'signed\') AND NOT NEW.drafters_only AND COALESCE((SELECT state FROM "public".documents_edition WHERE id = NEW.edition_id), \'draft\') <> \'draft\') THEN RAISE EXCEPTION \'an edition serves its own files\' USING ERRCODE = \'integrity_constraint_violation\'; END IF; RETURN NEW; END ', hash='69b6e42ae15ca51e14d489f42b425843170ad338', operation='INSERT', pgid='pgtrigger_documents_blobuse_insert_af63b', table='documents_blobuse', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='instrument',
            trigger=pgtrigger.compiler.Trigger(name='documents_instrument_opened', sql=audit.guards.GuardSql(func=' BEGIN IF ((OLD.classification = \'official\' AND NEW.classification = \'public\') OR (OLD.classification = \'official\' AND NEW.classification = \'tlp_clear\') OR (OLD.classification = \'official\' AND NEW.classification = \'tlp_green\') OR (OLD.classification = \'official\' AND NEW.classification = \'tlp_amber\') OR (OLD.classification = \'official\' AND NEW.classification = \'tlp_red\') OR (OLD.classification = \'tlp_green\' AND NEW.classification = \'public\') OR (OLD.classification = \'tlp_green\' AND NEW.classification = \'tlp_clear\') OR (OLD.classification = \'tlp_amber\' AND NEW.classification = \'public\') OR (OLD.classification = \'tlp_amber\' AND NEW.classification = \'official\') OR (OLD.classification = \'tlp_amber\' AND NEW.classification = \'tlp_clear\') OR (OLD.classification = \'tlp_amber\' AND NEW.classification = \'tlp_green\') OR (OLD.classification = \'tlp_amber\' AND NEW.classification = \'tlp_red\') OR (OLD.classification = \'tlp_amber_strict\' AND NEW.classification = \'public\') OR (OLD.classification = \'tlp_amber_strict\' AND NEW.classification = \'official\') OR (OLD.classification = \'tlp_amber_strict\' AND NEW.classification = \'tlp_clear\') OR (OLD.classification = \'tlp_amber_strict\' AND NEW.classification = \'tlp_green\') OR (OLD.classification = \'tlp_amber_strict\' AND NEW.classification = \'tlp_amber\') OR (OLD.classification = \'tlp_amber_strict\' AND NEW.classification = \'tlp_red\') OR (OLD.classification = \'tlp_red\' AND NEW.classification = \'public\') OR (OLD.classification = \'tlp_red\' AND NEW.classification = \'official\') OR (OLD.classification = \'tlp_red\' AND NEW.classification = \'tlp_clear\') OR (OLD.classification = \'tlp_red\' AND NEW.classification = \'tlp_green\') OR (OLD.classification = \'tlp_red\' AND NEW.classification = \'tlp_amber\') OR (OLD.classification = \'tlp_red\' AND NEW.classification = \'tlp_amber_strict\')) AND NOT EXISTS (SELECT 1 FROM "public".proposals_proposal p WHERE p.kind = \'classification\' AND p.confirmed AND p.thing = \'instrument:\' || CAST(NEW.id AS TEXT) AND p.values->>\'classification\' = NEW.classification AND p.decided_by_id <> p.proposed_by_id) THEN RAISE EXCEPTION \'a classification is lowered by two people\' USING ERRCODE = \'integrity_constraint_violation\'; END IF; RETURN NEW; END ', hash='0e4b1584aeed2432bfb2a9dc6ef90dc6f3fca897', operation='UPDATE', pgid='pgtrigger_documents_instrument_opened_4f6e2', table='documents_instrument', when='BEFORE')),
        ),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveField(
                    model_name='classificationproposal',
                    name='confirmed_by',
                ),
                migrations.RemoveField(
                    model_name='classificationproposal',
                    name='instrument',
                ),
                migrations.RemoveField(
                    model_name='classificationproposal',
                    name='proposed_by',
                ),
                migrations.RemoveField(
                    model_name='prioradoption',
                    name='confirmed_by',
                ),
                migrations.RemoveField(
                    model_name='prioradoption',
                    name='edition',
                ),
                migrations.RemoveField(
                    model_name='prioradoption',
                    name='proposed_by',
                ),
                migrations.RemoveField(
                    model_name='prioradoption',
                    name='signed_file',
                ),
                migrations.DeleteModel(
                    name='ClassificationProposal',
                ),
                migrations.DeleteModel(
                    name='PriorAdoption',
                ),
            ],
        ),
    ]
