"""All tables, guards and rules of this app, as the first release has them. A database of a trial before it counts as upgraded where
it has every migration that this one replaces."""

import audit.guards
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import documents.models.sections
import pgtrigger.compiler
import workflows.models.procedures
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('workflows', '0001_initial'), ('workflows', '0002_procedures'), ('workflows', '0003_deadlines'), ('workflows', '0004_delegates'), ('workflows', '0005_letters'), ('workflows', '0006_moved_reason'), ('workflows', '0007_names'), ('workflows', '0008_answered_texts'), ('workflows', '0009_guards'), ('workflows', '0010_stage_grants'), ('workflows', '0011_plain_words'), ('workflows', '0012_taken_back')]

    initial = True

    dependencies = [
        ('audit', '0001_kodeks'),
        ('documents', '0001_kodeks'),
        ('people', '0001_kodeks'),
        ('people', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='AnsweredText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=5)),
                ('text', models.JSONField(encoder=documents.models.sections.UnicodeJSONEncoder)),
                ('sha256', models.CharField(max_length=64)),
                ('key', models.CharField(max_length=64)),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.edition')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('edition', 'language', 'sha256'), name='answered_text_once')],
            },
        ),
        migrations.CreateModel(
            name='CalendarFeed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token_sha256', models.CharField(max_length=64, unique=True)),
                ('made', models.DateTimeField(default=django.utils.timezone.now)),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='calendar_feed', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Delegate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts', models.DateField(verbose_name='from')),
                ('until', models.DateField(verbose_name='until')),
                ('reason', models.CharField(max_length=400, verbose_name='reason')),
                ('by_coordinator', models.BooleanField(default=False)),
                ('given', models.DateTimeField(default=django.utils.timezone.now)),
                ('ended', models.DateTimeField(blank=True, null=True)),
                ('asked', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='delegates', to=settings.AUTH_USER_MODEL)),
                ('given_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('institution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.institution')),
                ('to', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='delegated', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'delegate',
                'verbose_name_plural': 'delegates',
                'ordering': ['-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('asked', models.F('to')), _negated=True), ('until__gte', models.F('starts'))), name='delegate_to_another')],
            },
        ),
        migrations.CreateModel(
            name='Procedure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(max_length=60, unique=True, verbose_name='key')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('names', models.JSONField(blank=True, default=dict, verbose_name='names')),
                ('stages', models.JSONField(default=list, validators=[workflows.models.procedures.clean_stages], verbose_name='stages')),
                ('order', models.PositiveSmallIntegerField(default=100, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(1000)], verbose_name='order')),
                ('active', models.BooleanField(default=True, verbose_name='available')),
                ('country', models.ForeignKey(blank=True, help_text='Leave empty to make it available to all countries.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='procedures', to='people.country', verbose_name='country')),
            ],
            options={
                'verbose_name': 'procedure',
                'verbose_name_plural': 'procedures',
                'ordering': ['order', 'key'],
            },
        ),
        migrations.CreateModel(
            name='Review',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('round', models.PositiveSmallIntegerField(verbose_name='round')),
                ('procedure', models.JSONField(verbose_name='procedure')),
                ('state', models.CharField(choices=[('running', 'In progress'), ('done', 'Adopted'), ('voided', 'Ended without a result'), ('withdrawn', 'Withdrawn'), ('returned', 'Returned')], default='running', max_length=10, verbose_name='state')),
                ('started', models.DateTimeField(default=django.utils.timezone.now, verbose_name='started')),
                ('ended', models.DateTimeField(blank=True, null=True, verbose_name='ended')),
                ('end_reason', models.TextField(blank=True, verbose_name='reason')),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='documents.edition', verbose_name='edition')),
                ('manifest', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='review', to='documents.manifest')),
                ('submitted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='submitted by')),
            ],
            options={
                'verbose_name': 'review',
                'verbose_name_plural': 'reviews',
                'ordering': ['-id'],
                'constraints': [models.UniqueConstraint(fields=('edition', 'round'), name='review_round'), models.UniqueConstraint(condition=models.Q(('state', 'running')), fields=('edition',), name='one_running_review')],
            },
        ),
        migrations.CreateModel(
            name='SectionRead',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField()),
                ('language', models.CharField(max_length=5)),
                ('text_hash', models.CharField(blank=True, max_length=64)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='documents.edition')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('user', 'edition', 'uid', 'language'), name='section_read_once')],
            },
        ),
        migrations.CreateModel(
            name='RoundText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=5)),
                ('text', models.JSONField(encoder=documents.models.sections.UnicodeJSONEncoder)),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='texts', to='workflows.review')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('review', 'language'), name='round_text_once')],
            },
        ),
        migrations.CreateModel(
            name='Stage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(verbose_name='order')),
                ('step', models.PositiveSmallIntegerField(default=1)),
                ('kind', models.CharField(choices=[('consultation', 'Consultation'), ('coordination', 'Coordination'), ('opinion', 'Opinion'), ('translation', 'Translation check'), ('sign_off', 'Sign-off'), ('adoption', 'Adoption')], max_length=15, verbose_name='kind')),
                ('name', models.CharField(blank=True, max_length=120, verbose_name='name')),
                ('names', models.JSONField(blank=True, default=dict, verbose_name='names')),
                ('quorum', models.CharField(max_length=5, verbose_name='quorum')),
                ('days', models.PositiveSmallIntegerField(verbose_name='days')),
                ('working', models.BooleanField(default=False)),
                ('silence', models.CharField(choices=[('nothing', 'the answer is still required and marked as late'), ('assent', 'it counts as agreement')], default='nothing', max_length=10)),
                ('delegate', models.CharField(choices=[('nobody', 'nobody'), ('asked', 'the assigned reviewer'), ('coordinator', 'only the coordinator')], default='asked', max_length=12)),
                ('second_factor', models.BooleanField(default=False)),
                ('locked', models.BooleanField(default=True)),
                ('opened', models.DateTimeField(blank=True, null=True, verbose_name='opened')),
                ('due', models.DateTimeField(blank=True, null=True, verbose_name='deadline')),
                ('moved_reason', models.TextField(blank=True)),
                ('closed', models.DateTimeField(blank=True, null=True, verbose_name='ended')),
                ('outcome', models.CharField(blank=True, choices=[('passed', 'Passed'), ('returned', 'Returned'), ('failed', 'Too few agreed'), ('voided', 'Ended without a result')], max_length=10, verbose_name='outcome')),
                ('kept', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workflows.stage')),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stages', to='workflows.review')),
            ],
            options={
                'verbose_name': 'stage',
                'verbose_name_plural': 'stages',
                'ordering': ['review', 'order'],
                'constraints': [models.UniqueConstraint(fields=('review', 'order'), name='stage_order')],
            },
        ),
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('due', models.DateField()),
                ('kind', models.CharField(max_length=10)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('stage', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reminders', to='workflows.stage')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('stage', 'due', 'kind'), name='reminder_once')],
            },
        ),
        migrations.CreateModel(
            name='Seat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reminded', models.DateTimeField(blank=True, null=True, verbose_name='last reminder')),
                ('assented', models.DateTimeField(blank=True, null=True)),
                ('institution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seats', to='people.institution', verbose_name='institution')),
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='seats', to=settings.AUTH_USER_MODEL, verbose_name='assigned reviewer')),
                ('stage', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seats', to='workflows.stage')),
            ],
            options={
                'verbose_name': 'reviewing institution',
                'verbose_name_plural': 'reviewing institutions',
                'ordering': ['stage', 'id'],
                'constraints': [models.UniqueConstraint(fields=('stage', 'institution'), name='one_vote_an_institution')],
            },
        ),
        migrations.CreateModel(
            name='StageGrant',
            fields=[
                ('grant', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='of_stage', serialize=False, to='people.grant')),
                ('stage', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='grants', to='workflows.stage')),
            ],
        ),
        migrations.CreateModel(
            name='SignOff',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('choice', models.CharField(choices=[('agree', 'Agree'), ('agree_with_remarks', 'Agree with remarks'), ('return', 'Return'), ('abstain', 'Abstain')], max_length=20, verbose_name='answer')),
                ('reason', models.TextField(blank=True, verbose_name='reason')),
                ('manifest_sha256', models.CharField(max_length=64)),
                ('covers', models.JSONField()),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('voided_at', models.DateTimeField(blank=True, null=True)),
                ('void_reason', models.TextField(blank=True)),
                ('taken_back', models.BooleanField(default=False)),
                ('instead_of', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('manifest', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sign_offs', to='documents.manifest')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sign_offs', to=settings.AUTH_USER_MODEL)),
                ('seat', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sign_offs', to='workflows.seat')),
            ],
            options={
                'verbose_name': 'sign-off',
                'verbose_name_plural': 'sign-offs',
                'ordering': ['id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('voided_at__isnull', True)), fields=('seat',), name='one_sign_off_a_seat')],
            },
        ),
        audit.guards.AddGuard(
            model_name='answeredtext',
            trigger=pgtrigger.compiler.Trigger(name='workflows_answeredtext_insert', sql=audit.guards.GuardSql(func=' BEGIN IF NOT EXISTS (SELECT 1 FROM "public".workflows_signoff g JOIN "public".documents_manifest m ON m.id = g.manifest_id JOIN "public".workflows_seat t ON t.id = g.seat_id JOIN "public".workflows_stage s ON s.id = t.stage_id WHERE m.edition_id = NEW.edition_id AND NOT s.locked AND REPLACE(NEW.language, \'"\', \'\') = NEW.language AND REPLACE(NEW.sha256, \'"\', \'\') = NEW.sha256 AND REPLACE(CAST(m.versions AS TEXT), \'"\' || NEW.language || \'": "\' || NEW.sha256 || \'"\', \'\') <> CAST(m.versions AS TEXT)) THEN RAISE EXCEPTION \'a text is kept as answered once somebody has answered for it\' USING ERRCODE = \'integrity_constraint_violation\'; END IF; RETURN NEW; END ', hash='15c5f556678455a429aa09f562f6288d83538d1d', operation='INSERT', pgid='pgtrigger_workflows_answeredtext_insert_dccda', table='workflows_answeredtext', when='BEFORE')),
        ),
        audit.guards.AddGuard(
            model_name='answeredtext',
            trigger=pgtrigger.compiler.Trigger(name='workflows_answeredtext_update', sql=audit.guards.GuardSql(func=" BEGIN IF 1 = 1 THEN RAISE EXCEPTION 'a text that was answered is never changed' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END ", hash='7f173630d46c6c2e378758997085155c9d291b86', operation='UPDATE', pgid='pgtrigger_workflows_answeredtext_update_3ae12', table='workflows_answeredtext', when='BEFORE')),
        ),
        audit.guards.AddGuard(
            model_name='answeredtext',
            trigger=pgtrigger.compiler.Trigger(name='workflows_answeredtext_delete', sql=audit.guards.GuardSql(func=" BEGIN IF 1 = 1 THEN RAISE EXCEPTION 'a text that was answered is never changed' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN OLD; END ", hash='4c69bddf17ecfec9abb2972ca51ef3dc32f1cd13', operation='DELETE', pgid='pgtrigger_workflows_answeredtext_delete_38aa3', table='workflows_answeredtext', when='BEFORE')),
        ),
        audit.guards.AddGuard(
            model_name='answeredtext',
            trigger=pgtrigger.compiler.Trigger(name='workflows_answeredtext_truncate', sql=audit.guards.GuardSql(func=' BEGIN IF EXISTS (SELECT 1 FROM "public".workflows_answeredtext) THEN RAISE EXCEPTION \'a text that was answered is never changed\' USING ERRCODE = \'integrity_constraint_violation\'; END IF; RETURN NULL; END ', hash='d25737dc35ca5c0a2bb4175184a62b2bc4fe40ab', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_workflows_answeredtext_truncate_546c8', table='workflows_answeredtext', when='BEFORE')),
        ),
        audit.guards.AddGuard(
            model_name='delegate',
            trigger=pgtrigger.compiler.Trigger(name='workflows_delegate_update', sql=audit.guards.GuardSql(func=" BEGIN IF OLD.ended IS NOT NULL OR OLD.institution_id <> NEW.institution_id OR OLD.asked_id <> NEW.asked_id OR OLD.to_id <> NEW.to_id OR OLD.starts <> NEW.starts OR OLD.until <> NEW.until OR OLD.reason <> NEW.reason OR OLD.given_by_id <> NEW.given_by_id THEN RAISE EXCEPTION 'a delegate can only be ended' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END ", hash='b6d212295aa9da801bcfbd77fcb68937dc23ccf0', operation='UPDATE', pgid='pgtrigger_workflows_delegate_update_27ce2', table='workflows_delegate', when='BEFORE')),
        ),
        audit.guards.AddGuard(
            model_name='delegate',
            trigger=pgtrigger.compiler.Trigger(name='workflows_delegate_delete', sql=audit.guards.GuardSql(func=" BEGIN IF 1 = 1 THEN RAISE EXCEPTION 'a delegate is never removed' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN OLD; END ", hash='5d0c413d76e74b0453bab34fab6a7afd3b64a16b', operation='DELETE', pgid='pgtrigger_workflows_delegate_delete_a4685', table='workflows_delegate', when='BEFORE')),
        ),
        audit.guards.AddGuard(
            model_name='delegate',
            trigger=pgtrigger.compiler.Trigger(name='workflows_delegate_truncate', sql=audit.guards.GuardSql(func=' BEGIN IF EXISTS (SELECT 1 FROM "public".workflows_delegate) THEN RAISE EXCEPTION \'a delegate is never removed\' USING ERRCODE = \'integrity_constraint_violation\'; END IF; RETURN NULL; END ', hash='a3ca4135bf15ecd1ea2d251e000e9e99b6b4d5a0', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_workflows_delegate_truncate_b6ca9', table='workflows_delegate', when='BEFORE')),
        ),
        audit.guards.AddGuard(
            model_name='review',
            trigger=pgtrigger.compiler.Trigger(name='workflows_review_update', sql=audit.guards.GuardSql(func=' BEGIN IF OLD.edition_id <> NEW.edition_id OR OLD.round <> NEW.round OR OLD.procedure <> NEW.procedure OR OLD.submitted_by_id <> NEW.submitted_by_id OR OLD.started <> NEW.started OR (OLD.manifest_id <> NEW.manifest_id AND EXISTS (SELECT 1 FROM "public".workflows_stage s WHERE s.review_id = OLD.id AND s.locked AND s.opened IS NOT NULL)) OR (OLD.state <> \'running\' AND OLD.state <> NEW.state) THEN RAISE EXCEPTION \'a review keeps what it started with\' USING ERRCODE = \'integrity_constraint_violation\'; END IF; RETURN NEW; END ', hash='0b681fea44140889b8d3dc6c683a93efd167430a', operation='UPDATE', pgid='pgtrigger_workflows_review_update_baa5b', table='workflows_review', when='BEFORE')),
        ),
        audit.guards.AddGuard(
            model_name='review',
            trigger=pgtrigger.compiler.Trigger(name='workflows_review_delete', sql=audit.guards.GuardSql(func=" BEGIN IF 1 = 1 THEN RAISE EXCEPTION 'a review is never removed' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN OLD; END ", hash='147107a5ac81a943e5b6faa0bd154f0e99d654e4', operation='DELETE', pgid='pgtrigger_workflows_review_delete_10fc0', table='workflows_review', when='BEFORE')),
        ),
        audit.guards.AddGuard(
            model_name='review',
            trigger=pgtrigger.compiler.Trigger(name='workflows_review_truncate', sql=audit.guards.GuardSql(func=' BEGIN IF EXISTS (SELECT 1 FROM "public".workflows_review) THEN RAISE EXCEPTION \'a review is never removed\' USING ERRCODE = \'integrity_constraint_violation\'; END IF; RETURN NULL; END ', hash='0b1d88278d182f84d79ffc257d39a3809e01c293', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_workflows_review_truncate_ac0eb', table='workflows_review', when='BEFORE')),
        ),
        audit.guards.AddGuard(
            model_name='roundtext',
            trigger=pgtrigger.compiler.Trigger(name='workflows_roundtext_insert', sql=audit.guards.GuardSql(func=' BEGIN IF EXISTS (SELECT 1 FROM "public".workflows_review r WHERE r.id = NEW.review_id AND r.state IN (\'running\', \'done\')) OR NOT EXISTS (SELECT 1 FROM "public".workflows_review r JOIN "public".documents_edition e ON e.id = r.edition_id JOIN "public".documents_instrument i ON i.id = e.instrument_id WHERE r.id = NEW.review_id AND REPLACE(NEW.language, \'"\', \'\') = NEW.language AND REPLACE(CAST(i.languages AS TEXT), \'"\' || NEW.language || \'"\', \'\') <> CAST(i.languages AS TEXT)) THEN RAISE EXCEPTION \'the text of a round is kept when the round has ended without an adoption\' USING ERRCODE = \'integrity_constraint_violation\'; END IF; RETURN NEW; END ', hash='4ca6afcb33c6564a3de1ea049e46dbef79541cc4', operation='INSERT', pgid='pgtrigger_workflows_roundtext_insert_21ebb', table='workflows_roundtext', when='BEFORE')),
        ),
        audit.guards.AddGuard(
            model_name='roundtext',
            trigger=pgtrigger.compiler.Trigger(name='workflows_roundtext_update', sql=audit.guards.GuardSql(func=" BEGIN IF 1 = 1 THEN RAISE EXCEPTION 'the text of a round is never changed' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END ", hash='9b0b5533695a6522832e5d04fded1a38e863cc4f', operation='UPDATE', pgid='pgtrigger_workflows_roundtext_update_98ab8', table='workflows_roundtext', when='BEFORE')),
        ),
        audit.guards.AddGuard(
            model_name='roundtext',
            trigger=pgtrigger.compiler.Trigger(name='workflows_roundtext_delete', sql=audit.guards.GuardSql(func=" BEGIN IF 1 = 1 THEN RAISE EXCEPTION 'the text of a round is never changed' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN OLD; END ", hash='36deae3748502f27adefefd51779f8ea915b7682', operation='DELETE', pgid='pgtrigger_workflows_roundtext_delete_cffea', table='workflows_roundtext', when='BEFORE')),
        ),
        audit.guards.AddGuard(
            model_name='roundtext',
            trigger=pgtrigger.compiler.Trigger(name='workflows_roundtext_truncate', sql=audit.guards.GuardSql(func=' BEGIN IF EXISTS (SELECT 1 FROM "public".workflows_roundtext) THEN RAISE EXCEPTION \'the text of a round is never changed\' USING ERRCODE = \'integrity_constraint_violation\'; END IF; RETURN NULL; END ', hash='d7ee9862ab8bdcb45287041dff7c8b3ca75718a5', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_workflows_roundtext_truncate_0a488', table='workflows_roundtext', when='BEFORE')),
        ),
        audit.guards.AddGuard(
            model_name='signoff',
            trigger=pgtrigger.compiler.Trigger(name='workflows_signoff_insert', sql=audit.guards.GuardSql(func=' BEGIN IF NEW.taken_back OR NOT EXISTS (SELECT 1 FROM "public".workflows_seat t JOIN "public".workflows_stage s ON s.id = t.stage_id WHERE t.id = NEW.seat_id AND s.opened IS NOT NULL AND s.closed IS NULL) THEN RAISE EXCEPTION \'a sign-off is given in an open stage\' USING ERRCODE = \'integrity_constraint_violation\'; END IF; RETURN NEW; END ', hash='e5789c814fc7c6df0f25b151b5a577b11fb07030', operation='INSERT', pgid='pgtrigger_workflows_signoff_insert_2343f', table='workflows_signoff', when='BEFORE')),
        ),
        audit.guards.AddGuard(
            model_name='signoff',
            trigger=pgtrigger.compiler.Trigger(name='workflows_signoff_update', sql=audit.guards.GuardSql(func=" BEGIN IF OLD.voided_at IS NOT NULL OR NEW.voided_at IS NULL OR OLD.seat_id <> NEW.seat_id OR OLD.choice <> NEW.choice OR OLD.reason <> NEW.reason OR OLD.person_id <> NEW.person_id OR OLD.manifest_id <> NEW.manifest_id OR OLD.manifest_sha256 <> NEW.manifest_sha256 OR OLD.covers <> NEW.covers OR OLD.at <> NEW.at OR COALESCE(OLD.instead_of_id, 0) <> COALESCE(NEW.instead_of_id, 0) THEN RAISE EXCEPTION 'a sign-off is never changed' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END ", hash='f430b9b755c881fbe0bf6bc38f98540543edf8a9', operation='UPDATE', pgid='pgtrigger_workflows_signoff_update_12d55', table='workflows_signoff', when='BEFORE')),
        ),
        audit.guards.AddGuard(
            model_name='signoff',
            trigger=pgtrigger.compiler.Trigger(name='workflows_signoff_taken_back', sql=audit.guards.GuardSql(func=' BEGIN IF NEW.taken_back AND NOT EXISTS (SELECT 1 FROM "public".workflows_seat t JOIN "public".workflows_stage s ON s.id = t.stage_id JOIN "public".workflows_review r ON r.id = s.review_id WHERE t.id = NEW.seat_id AND s.opened IS NOT NULL AND s.closed IS NULL AND r.state = \'running\') THEN RAISE EXCEPTION \'an answer is taken back while its stage is open\' USING ERRCODE = \'integrity_constraint_violation\'; END IF; RETURN NEW; END ', hash='220b2cfac92d57bcebdbb467b60533343a94f699', operation='UPDATE', pgid='pgtrigger_workflows_signoff_taken_back_b0a4d', table='workflows_signoff', when='BEFORE')),
        ),
        audit.guards.AddGuard(
            model_name='signoff',
            trigger=pgtrigger.compiler.Trigger(name='workflows_signoff_delete', sql=audit.guards.GuardSql(func=" BEGIN IF 1 = 1 THEN RAISE EXCEPTION 'a sign-off is never changed' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN OLD; END ", hash='c1fe2e23644beafe044a81553c06089c647d5b28', operation='DELETE', pgid='pgtrigger_workflows_signoff_delete_b9f31', table='workflows_signoff', when='BEFORE')),
        ),
        audit.guards.AddGuard(
            model_name='signoff',
            trigger=pgtrigger.compiler.Trigger(name='workflows_signoff_truncate', sql=audit.guards.GuardSql(func=' BEGIN IF EXISTS (SELECT 1 FROM "public".workflows_signoff) THEN RAISE EXCEPTION \'a sign-off is never changed\' USING ERRCODE = \'integrity_constraint_violation\'; END IF; RETURN NULL; END ', hash='f1ff1ff23126d254e74e4075ca6c9c5be613b3f9', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_workflows_signoff_truncate_8ce5c', table='workflows_signoff', when='BEFORE')),
        ),
        audit.guards.AddGuard(
            model_name='stage',
            trigger=pgtrigger.compiler.Trigger(name='workflows_stage_update', sql=audit.guards.GuardSql(func=' BEGIN IF OLD.closed IS NOT NULL OR OLD.review_id <> NEW.review_id OR OLD."order" <> NEW."order" OR OLD.step <> NEW.step OR OLD.kind <> NEW.kind OR OLD.quorum <> NEW.quorum OR OLD.silence <> NEW.silence OR OLD.locked <> NEW.locked OR (OLD.second_factor AND NOT NEW.second_factor) THEN RAISE EXCEPTION \'a stage that has ended does not change\' USING ERRCODE = \'integrity_constraint_violation\'; END IF; RETURN NEW; END ', hash='5ada7173bf594bfa7dcef91b7a5558938c32aa0c', operation='UPDATE', pgid='pgtrigger_workflows_stage_update_fadfe', table='workflows_stage', when='BEFORE')),
        ),
        audit.guards.AddGuard(
            model_name='stage',
            trigger=pgtrigger.compiler.Trigger(name='workflows_stage_insert', sql=audit.guards.GuardSql(func=' BEGIN IF NOT EXISTS (SELECT 1 FROM "public".workflows_review r WHERE r.id = NEW.review_id AND r.state = \'running\') THEN RAISE EXCEPTION \'a review that has ended gets no stage\' USING ERRCODE = \'integrity_constraint_violation\'; END IF; RETURN NEW; END ', hash='52484b7f7674bd695403ba11d95a7adfdef75a3c', operation='INSERT', pgid='pgtrigger_workflows_stage_insert_8a95f', table='workflows_stage', when='BEFORE')),
        ),
        audit.guards.AddGuard(
            model_name='stage',
            trigger=pgtrigger.compiler.Trigger(name='workflows_stage_skipped', sql=audit.guards.GuardSql(func=' BEGIN IF OLD.opened IS NULL AND NEW.opened IS NOT NULL AND EXISTS (SELECT 1 FROM "public".workflows_stage s WHERE s.review_id = NEW.review_id AND s.step < NEW.step AND s.closed IS NULL) THEN RAISE EXCEPTION \'no stage is skipped\' USING ERRCODE = \'integrity_constraint_violation\'; END IF; RETURN NEW; END ', hash='37b56f2f9b37f1a1d8b02097d676032f885a8829', operation='UPDATE', pgid='pgtrigger_workflows_stage_skipped_72278', table='workflows_stage', when='BEFORE')),
        ),
        audit.guards.AddGuard(
            model_name='stage',
            trigger=pgtrigger.compiler.Trigger(name='workflows_stage_delete', sql=audit.guards.GuardSql(func=" BEGIN IF 1 = 1 THEN RAISE EXCEPTION 'a stage is never removed' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN OLD; END ", hash='54b66a8e3d78037a108d5ac6ab5a7036fdd6156b', operation='DELETE', pgid='pgtrigger_workflows_stage_delete_f26c4', table='workflows_stage', when='BEFORE')),
        ),
        audit.guards.AddGuard(
            model_name='stage',
            trigger=pgtrigger.compiler.Trigger(name='workflows_stage_truncate', sql=audit.guards.GuardSql(func=' BEGIN IF EXISTS (SELECT 1 FROM "public".workflows_stage) THEN RAISE EXCEPTION \'a stage is never removed\' USING ERRCODE = \'integrity_constraint_violation\'; END IF; RETURN NULL; END ', hash='a2d58c5cc03fc54ffaa93c37b593a627835a62c5', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_workflows_stage_truncate_b927f', table='workflows_stage', when='BEFORE')),
        ),
        audit.guards.AddGuard(
            model_name='seat',
            trigger=pgtrigger.compiler.Trigger(name='workflows_seat_insert', sql=audit.guards.GuardSql(func=' BEGIN IF NOT EXISTS (SELECT 1 FROM "public".workflows_stage s JOIN "public".workflows_review r ON r.id = s.review_id WHERE s.id = NEW.stage_id AND s.closed IS NULL AND r.state = \'running\') THEN RAISE EXCEPTION \'a stage or review that has ended asks nobody more\' USING ERRCODE = \'integrity_constraint_violation\'; END IF; RETURN NEW; END ', hash='b042f9003bc74a7fd697af38bdaa7071474a8a3a', operation='INSERT', pgid='pgtrigger_workflows_seat_insert_fcee7', table='workflows_seat', when='BEFORE')),
        ),
        audit.guards.AddGuard(
            model_name='seat',
            trigger=pgtrigger.compiler.Trigger(name='workflows_seat_update', sql=audit.guards.GuardSql(func=" BEGIN IF OLD.stage_id <> NEW.stage_id OR OLD.institution_id <> NEW.institution_id THEN RAISE EXCEPTION 'the institutions of a stage do not change' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END ", hash='5f6c51c49a88ba196a7f2ff6b096c828db4fcde4', operation='UPDATE', pgid='pgtrigger_workflows_seat_update_340d1', table='workflows_seat', when='BEFORE')),
        ),
        audit.guards.AddGuard(
            model_name='seat',
            trigger=pgtrigger.compiler.Trigger(name='workflows_seat_delete', sql=audit.guards.GuardSql(func=" BEGIN IF 1 = 1 THEN RAISE EXCEPTION 'an institution asked is never removed' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN OLD; END ", hash='bb6f9652eba9ba59d90c7503ab9f1a2c94f9022d', operation='DELETE', pgid='pgtrigger_workflows_seat_delete_c6525', table='workflows_seat', when='BEFORE')),
        ),
        audit.guards.AddGuard(
            model_name='seat',
            trigger=pgtrigger.compiler.Trigger(name='workflows_seat_truncate', sql=audit.guards.GuardSql(func=' BEGIN IF EXISTS (SELECT 1 FROM "public".workflows_seat) THEN RAISE EXCEPTION \'an institution asked is never removed\' USING ERRCODE = \'integrity_constraint_violation\'; END IF; RETURN NULL; END ', hash='f34e6937d14664bff261eed021d51929e251d591', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_workflows_seat_truncate_1813a', table='workflows_seat', when='BEFORE')),
        ),
    ]
