"""All tables, guards and rules of this app, as the first release has them. A database of a trial before it counts as upgraded where
it has every migration that this one replaces."""

import audit.guards
import django.db.models.deletion
import pgtrigger.compiler
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('audit', '0001_initial'), ('audit', '0002_reasons'), ('audit', '0003_guards')]

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('actor', models.UUIDField(null=True)),
                ('verb', models.CharField(max_length=60)),
                ('thing', models.CharField(help_text='Kind and id, e.g. edition:12', max_length=120)),
                ('detail', models.JSONField(default=dict)),
                ('refused', models.BooleanField(default=False)),
                ('previous', models.CharField(max_length=64)),
                ('sha256', models.CharField(max_length=64, unique=True)),
            ],
            options={
                'ordering': ['id'],
                'indexes': [models.Index(fields=['thing', 'id'], name='audit_entry_thing_9622f0_idx'), models.Index(fields=['actor', 'id'], name='audit_entry_actor_bd4146_idx'), models.Index(fields=['verb', 'at'], name='audit_entry_verb_c8c008_idx')],
            },
        ),
        migrations.CreateModel(
            name='Reason',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField()),
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, to='audit.entry')),
            ],
        ),
        audit.guards.AddGuard(
            model_name='entry',
            trigger=pgtrigger.compiler.Trigger(name='audit_entry_update', sql=audit.guards.GuardSql(func=" BEGIN IF 1 = 1 THEN RAISE EXCEPTION 'the audit trail is never changed' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END ", hash='2c1ec7dcd87b3c47fc557fda4a01ce211641fb7d', operation='UPDATE', pgid='pgtrigger_audit_entry_update_ecf91', table='audit_entry', when='BEFORE')),
        ),
        audit.guards.AddGuard(
            model_name='entry',
            trigger=pgtrigger.compiler.Trigger(name='audit_entry_delete', sql=audit.guards.GuardSql(func=" BEGIN IF 1 = 1 THEN RAISE EXCEPTION 'the audit trail is never changed' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN OLD; END ", hash='87905015136dcbe2a403e752ed0ac95190465c6f', operation='DELETE', pgid='pgtrigger_audit_entry_delete_8e323', table='audit_entry', when='BEFORE')),
        ),
        audit.guards.AddGuard(
            model_name='entry',
            trigger=pgtrigger.compiler.Trigger(name='audit_entry_truncate', sql=audit.guards.GuardSql(func=' BEGIN IF EXISTS (SELECT 1 FROM "public".audit_entry) THEN RAISE EXCEPTION \'the audit trail is never changed\' USING ERRCODE = \'integrity_constraint_violation\'; END IF; RETURN NULL; END ', hash='f15f6ee6890feb6f653645c662eeff73de9e8ab2', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_audit_entry_truncate_ba546', table='audit_entry', when='BEFORE')),
        ),
    ]
