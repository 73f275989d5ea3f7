"""All tables, guards and rules of this app, as the first release has them. A database of a trial before it counts as upgraded where
it has every migration that this one replaces."""

import audit.guards
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('people', '0001_initial'), ('people', '0002_sign_in_tries'), ('people', '0003_second_person'), ('people', '0004_verbs_share_calls'), ('people', '0005_mail_links'), ('people', '0006_correct'), ('people', '0007_word_templates'), ('people', '0008_guards'), ('people', '0009_entered_roles'), ('people', '0010_role_guards'), ('people', '0011_plain_words'), ('people', '0012_user_dismissed'), ('people', '0013_mail_link_onward')]

    initial = True

    dependencies = [
        ('audit', '0001_kodeks'),
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.CreateModel(
            name='Country',
            fields=[
                ('code', models.CharField(max_length=2, primary_key=True, serialize=False, verbose_name='code')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('name_en', models.CharField(max_length=120, null=True, verbose_name='name')),
                ('name_sq', models.CharField(max_length=120, null=True, verbose_name='name')),
                ('name_sr', models.CharField(max_length=120, null=True, verbose_name='name')),
                ('name_bs', models.CharField(max_length=120, null=True, verbose_name='name')),
                ('name_hr', models.CharField(max_length=120, null=True, verbose_name='name')),
                ('name_cnr', models.CharField(max_length=120, null=True, verbose_name='name')),
                ('name_mk', models.CharField(max_length=120, null=True, verbose_name='name')),
                ('footnote', models.TextField(blank=True, verbose_name='footnote')),
                ('footnote_en', models.TextField(blank=True, null=True, verbose_name='footnote')),
                ('footnote_sq', models.TextField(blank=True, null=True, verbose_name='footnote')),
                ('footnote_sr', models.TextField(blank=True, null=True, verbose_name='footnote')),
                ('footnote_bs', models.TextField(blank=True, null=True, verbose_name='footnote')),
                ('footnote_hr', models.TextField(blank=True, null=True, verbose_name='footnote')),
                ('footnote_cnr', models.TextField(blank=True, null=True, verbose_name='footnote')),
                ('footnote_mk', models.TextField(blank=True, null=True, verbose_name='footnote')),
                ('time_zone', models.CharField(default='Europe/Belgrade', max_length=40, verbose_name='time zone')),
                ('languages', models.JSONField(default=list, verbose_name='official languages')),
            ],
            options={
                'verbose_name': 'country',
                'verbose_name_plural': 'countries',
                'ordering': ['code'],
            },
        ),
        migrations.CreateModel(
            name='SignInTry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('who', models.CharField(max_length=64)),
                ('where', models.CharField(max_length=64)),
                ('failed', models.BooleanField()),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'indexes': [models.Index(fields=['who', 'at'], name='people_sign_who_33fbd0_idx'), models.Index(fields=['where', 'at'], name='people_sign_where_29dddf_idx'), models.Index(fields=['at'], name='people_sign_at_3db620_idx')],
            },
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('email', models.EmailField(max_length=254, unique=True, verbose_name='e-mail address')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('actor', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('language', models.CharField(default='en', max_length=10, verbose_name='language of e-mails and pages')),
                ('is_active', models.BooleanField(default=True, verbose_name='can sign in')),
                ('joined', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('dismissed', models.JSONField(default=list, editable=False)),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'verbose_name': 'person',
                'verbose_name_plural': 'people',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='Institution',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(max_length=60, unique=True, verbose_name='key')),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('name_en', models.CharField(max_length=200, null=True, verbose_name='name')),
                ('name_sq', models.CharField(max_length=200, null=True, verbose_name='name')),
                ('name_sr', models.CharField(max_length=200, null=True, verbose_name='name')),
                ('name_bs', models.CharField(max_length=200, null=True, verbose_name='name')),
                ('name_hr', models.CharField(max_length=200, null=True, verbose_name='name')),
                ('name_cnr', models.CharField(max_length=200, null=True, verbose_name='name')),
                ('name_mk', models.CharField(max_length=200, null=True, verbose_name='name')),
                ('kind', models.CharField(choices=[('coordination', 'National coordination'), ('ministry', 'Ministry'), ('agency', 'Agency'), ('court', 'Court or prosecution'), ('ngo', 'Non-governmental organisation'), ('international', 'International organisation')], default='ministry', max_length=20, verbose_name='kind')),
                ('country', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='institutions', to='people.country', verbose_name='country')),
            ],
            options={
                'verbose_name': 'institution',
                'verbose_name_plural': 'institutions',
                'ordering': ['country', 'key'],
            },
        ),
        migrations.CreateModel(
            name='SecondFactor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('secret', models.CharField(max_length=64)),
                ('confirmed', models.DateTimeField(blank=True, null=True)),
                ('last_step', models.BigIntegerField(default=0)),
                ('recovery', models.JSONField(default=list)),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='second_factor', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Grant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=60)),
                ('verb', models.CharField(choices=[('read', 'Read'), ('create', 'Create a new document'), ('draft', 'Edit the text'), ('translate', 'Translate the text'), ('outline', 'Change the outline'), ('assign', 'Assign people'), ('revise', 'Start a new edition'), ('submit', 'Submit for review'), ('comment', 'Comment'), ('sign_off', 'Sign off'), ('reopen', 'Reopen the text'), ('adopt', 'Record the adoption'), ('correct', 'Propose a correction'), ('record', 'Record an earlier adoption'), ('classify', 'Change the classification'), ('share', 'Add readers'), ('calls', 'Edit telephone numbers'), ('templates', 'Manage Word templates'), ('invite', 'Invite people'), ('audit', 'Read the audit trail')], max_length=20)),
                ('languages', models.JSONField(blank=True, default=list)),
                ('reason', models.CharField(max_length=200)),
                ('for_role', models.CharField(blank=True, choices=[('drafter', 'Drafter'), ('translator', 'Translator'), ('reviewer', 'Reviewer'), ('coordinator', 'Coordinator'), ('practitioner', 'Practitioner'), ('publisher', 'Campaign publisher'), ('regional_partner', 'Regional partner'), ('operator', 'Operator')], max_length=20)),
                ('starts', models.DateField(default=django.utils.timezone.localdate)),
                ('ends', models.DateField(blank=True, null=True)),
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='grants', to=settings.AUTH_USER_MODEL)),
                ('for_institution', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.institution')),
                ('institution', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='grants', to='people.institution')),
            ],
            options={
                'indexes': [models.Index(fields=['key', 'verb'], name='people_gran_key_c94f58_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('institution__isnull', True), ('user__isnull', False)), models.Q(('institution__isnull', False), ('user__isnull', True)), _connector='OR'), name='grant_to_one')],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail address')),
                ('role', models.CharField(choices=[('drafter', 'Drafter'), ('translator', 'Translator'), ('reviewer', 'Reviewer'), ('coordinator', 'Coordinator'), ('practitioner', 'Practitioner'), ('publisher', 'Campaign publisher'), ('regional_partner', 'Regional partner'), ('operator', 'Operator')], max_length=20, verbose_name='role')),
                ('languages', models.JSONField(blank=True, default=list, verbose_name='languages')),
                ('language', models.CharField(default='en', max_length=10, verbose_name='language of the e-mail')),
                ('token_sha256', models.CharField(max_length=64, unique=True)),
                ('expires', models.DateTimeField()),
                ('accepted', models.DateTimeField(blank=True, null=True)),
                ('institution', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='people.institution', verbose_name='institution')),
                ('invited_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-expires'],
            },
        ),
        migrations.CreateModel(
            name='MailLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(max_length=254)),
                ('token_sha256', models.CharField(max_length=64, unique=True)),
                ('onward', models.CharField(blank=True, max_length=300)),
                ('about', models.CharField(blank=True, max_length=120)),
                ('made', models.DateTimeField(default=django.utils.timezone.now)),
                ('expires', models.DateTimeField()),
                ('used', models.DateTimeField(blank=True, null=True)),
                ('institution', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.institution')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['email', 'made'], name='people_mail_email_a50f56_idx')],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('drafter', 'Drafter'), ('translator', 'Translator'), ('reviewer', 'Reviewer'), ('coordinator', 'Coordinator'), ('practitioner', 'Practitioner'), ('publisher', 'Campaign publisher'), ('regional_partner', 'Regional partner'), ('operator', 'Operator')], max_length=20, verbose_name='role')),
                ('languages', models.JSONField(blank=True, default=list, verbose_name='languages')),
                ('starts', models.DateField(default=django.utils.timezone.localdate, verbose_name='from')),
                ('ends', models.DateField(blank=True, null=True, verbose_name='until')),
                ('confirmed', models.DateTimeField(default=django.utils.timezone.now, editable=False, null=True)),
                ('confirmed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('given_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('institution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='people.institution', verbose_name='institution')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to=settings.AUTH_USER_MODEL, verbose_name='person')),
            ],
            options={
                'verbose_name': 'membership',
                'verbose_name_plural': 'memberships',
                'ordering': ['institution', 'role', 'user'],
            },
        ),
        audit.guards.AddGuard(
            model_name='user',
            trigger=pgtrigger.compiler.Trigger(name='people_user_actor', sql=audit.guards.GuardSql(func=" BEGIN IF OLD.actor <> NEW.actor THEN RAISE EXCEPTION 'whom the trail names is never changed' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END ", hash='c0213fe03f0e4d059c50895edc7886328f792b71', operation='UPDATE', pgid='pgtrigger_people_user_actor_9e201', table='people_user', when='BEFORE')),
        ),
        audit.guards.AddGuard(
            model_name='invitation',
            trigger=pgtrigger.compiler.Trigger(name='people_invitation_number', sql=audit.guards.GuardSql(func=" BEGIN IF NEW.id < 1 THEN RAISE EXCEPTION 'rows are numbered from 1' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END ", hash='48e67a10a9a13d78a59230c3d608b17817083a50', operation='INSERT', pgid='pgtrigger_people_invitation_number_3ce4b', table='people_invitation', when='BEFORE')),
        ),
        audit.guards.AddGuard(
            model_name='invitation',
            trigger=pgtrigger.compiler.Trigger(name='people_invitation_made', sql=audit.guards.DeferredGuardSql(func=' BEGIN IF NOT EXISTS (SELECT 1 FROM "public".audit_entry a WHERE a.thing = \'invitation:\' || CAST(NEW.id AS TEXT) AND NOT a.refused AND a.verb IN (\'invite\')) THEN RAISE EXCEPTION \'the trail does not say that anybody was invited\' USING ERRCODE = \'integrity_constraint_violation\'; END IF; RETURN NEW; END ', hash='d4169ba35d40ee6e6ca6db34c4592c1bfa44d34b', operation='INSERT', pgid='pgtrigger_people_invitation_made_94345', table='people_invitation', when='AFTER')),
        ),
        audit.guards.AddGuard(
            model_name='invitation',
            trigger=pgtrigger.compiler.Trigger(name='people_invitation_update', sql=audit.guards.GuardSql(func=" BEGIN IF (OLD.id, OLD.email, OLD.institution_id, OLD.role, OLD.token_sha256, OLD.invited_by_id) IS DISTINCT FROM (NEW.id, NEW.email, NEW.institution_id, NEW.role, NEW.token_sha256, NEW.invited_by_id) THEN RAISE EXCEPTION 'an invitation is never changed' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END ", hash='0c33915817e5478cfba5bc3d4d990b903820f904', operation='UPDATE', pgid='pgtrigger_people_invitation_update_65411', table='people_invitation', when='BEFORE')),
        ),
        audit.guards.AddGuard(
            model_name='membership',
            trigger=pgtrigger.compiler.Trigger(name='people_membership_number', sql=audit.guards.GuardSql(func=" BEGIN IF NEW.id < 1 THEN RAISE EXCEPTION 'rows are numbered from 1' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END ", hash='525b6f7def03d72470b57574a9537594cd716eb7', operation='INSERT', pgid='pgtrigger_people_membership_number_fc0f9', table='people_membership', when='BEFORE')),
        ),
        audit.guards.AddGuard(
            model_name='membership',
            trigger=pgtrigger.compiler.Trigger(name='people_membership_granted', sql=audit.guards.DeferredGuardSql(func=' BEGIN IF NOT EXISTS (SELECT 1 FROM "public".audit_entry a WHERE a.thing = \'membership:\' || CAST(NEW.id AS TEXT) AND NOT a.refused AND a.verb IN (\'join\', \'take_over\', \'add_operator\', \'enter_role\')) THEN RAISE EXCEPTION \'the trail grants this role to nobody\' USING ERRCODE = \'integrity_constraint_violation\'; END IF; RETURN NEW; END ', hash='f80943e7836db0b698b3953f1a4eca1c92405414', operation='INSERT', pgid='pgtrigger_people_membership_granted_8f8ed', table='people_membership', when='AFTER')),
        ),
        audit.guards.AddGuard(
            model_name='membership',
            trigger=pgtrigger.compiler.Trigger(name='people_membership_update', sql=audit.guards.GuardSql(func=" BEGIN IF (OLD.id, OLD.user_id, OLD.institution_id, OLD.role) <> (NEW.id, NEW.user_id, NEW.institution_id, NEW.role) THEN RAISE EXCEPTION 'a role is ended and given anew, never changed' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END ", hash='aa6dfa881185e064d8f783e8860b5a7f6daad155', operation='UPDATE', pgid='pgtrigger_people_membership_update_2eb2b', table='people_membership', when='BEFORE')),
        ),
        audit.guards.AddGuard(
            model_name='membership',
            trigger=pgtrigger.compiler.Trigger(name='people_membership_confirmed', sql=audit.guards.DeferredGuardSql(func=' BEGIN IF OLD.confirmed IS NULL AND NEW.confirmed IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "public".audit_entry a WHERE a.thing = \'membership:\' || CAST(NEW.id AS TEXT) AND NOT a.refused AND a.verb IN (\'confirm_role\')) THEN RAISE EXCEPTION \'the trail does not say that this role was confirmed\' USING ERRCODE = \'integrity_constraint_violation\'; END IF; RETURN NEW; END ', hash='01066d48002f88e1e23023c93692dc7d8bad0943', operation='UPDATE', pgid='pgtrigger_people_membership_confirmed_6f103', table='people_membership', when='AFTER')),
        ),
    ]
