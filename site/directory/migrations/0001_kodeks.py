"""All tables, guards and rules of this app, as the first release has them. A database of a trial before it counts as upgraded where
it has every migration that this one replaces."""

import audit.guards
import directory.hours
import directory.models.records
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import modelcluster.fields
import pgtrigger.compiler
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('directory', '0001_initial')]

    initial = True

    dependencies = [
        ('public', '0001_kodeks'),
        ('audit', '0001_kodeks'),
        ('people', '0001_kodeks'),
        ('people', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('seal', models.CharField(default=directory.models.records.new_seal, editable=False, max_length=32)),
                ('key', models.SlugField(help_text='A short name for editors and addresses of pages. No street, no name of a person.', max_length=40, unique=True, verbose_name='key')),
                ('is_shown', models.BooleanField(default=True, verbose_name='shown in the directory')),
                ('website', models.URLField(blank=True, verbose_name='website')),
                ('country', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.country', verbose_name='country')),
            ],
            options={
                'verbose_name': 'organisation',
                'verbose_name_plural': 'organisations',
                'ordering': ['country', 'key'],
            },
        ),
        migrations.CreateModel(
            name='RecordChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('values', models.JSONField()),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('decided', models.DateTimeField(blank=True, null=True)),
                ('confirmed', models.BooleanField(default=False)),
                ('thing', models.CharField(db_index=True, max_length=40)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-at'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('decided', None)), fields=('thing',), name='directory_one_change_waits')],
            },
        ),
        migrations.CreateModel(
            name='Town',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('seal', models.CharField(default=directory.models.records.new_seal, editable=False, max_length=32)),
                ('key', models.SlugField(help_text='A short name for editors and addresses of pages. No street, no name of a person.', max_length=40, unique=True, verbose_name='key')),
                ('is_shown', models.BooleanField(default=True, verbose_name='shown in the directory')),
                ('latitude', models.DecimalField(decimal_places=6, max_digits=9, validators=[django.core.validators.MinValueValidator(38), django.core.validators.MaxValueValidator(48)], verbose_name='latitude')),
                ('longitude', models.DecimalField(decimal_places=6, max_digits=9, validators=[django.core.validators.MinValueValidator(12), django.core.validators.MaxValueValidator(25)], verbose_name='longitude')),
                ('country', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.country', verbose_name='country')),
            ],
            options={
                'verbose_name': 'town',
                'verbose_name_plural': 'towns',
                'ordering': ['country', 'key'],
            },
        ),
        migrations.CreateModel(
            name='OrganisationText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(choices=directory.models.records.content_languages, max_length=10, verbose_name='language')),
                ('name', models.CharField(max_length=160, verbose_name='name')),
                ('description', models.TextField(blank=True, verbose_name='what it does')),
                ('record', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='texts', to='directory.organisation')),
            ],
            options={
                'ordering': ['id'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('record', 'language'), name='organisation_text_once')],
            },
        ),
        migrations.CreateModel(
            name='Place',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('seal', models.CharField(default=directory.models.records.new_seal, editable=False, max_length=32)),
                ('key', models.SlugField(help_text='A short name for editors and addresses of pages. No street, no name of a person.', max_length=40, unique=True, verbose_name='key')),
                ('is_shown', models.BooleanField(default=True, verbose_name='shown in the directory')),
                ('address', models.CharField(blank=True, max_length=200, verbose_name='street and number')),
                ('latitude', models.DecimalField(blank=True, decimal_places=6, max_digits=9, null=True, validators=[django.core.validators.MinValueValidator(38), django.core.validators.MaxValueValidator(48)], verbose_name='latitude')),
                ('longitude', models.DecimalField(blank=True, decimal_places=6, max_digits=9, null=True, validators=[django.core.validators.MinValueValidator(12), django.core.validators.MaxValueValidator(25)], verbose_name='longitude')),
                ('seen_level', models.CharField(choices=[('public', 'Everybody'), ('region', 'Members of institutions in every country'), ('country', 'Members of institutions of the country'), ('named', 'Only the readers named here')], default='named', max_length=10, verbose_name='who may know of this place')),
                ('town_level', models.CharField(choices=[('public', 'Everybody'), ('region', 'Members of institutions in every country'), ('country', 'Members of institutions of the country'), ('named', 'Only the readers named here')], default='named', max_length=10, verbose_name='who may read the town')),
                ('address_level', models.CharField(choices=[('public', 'Everybody'), ('region', 'Members of institutions in every country'), ('country', 'Members of institutions of the country'), ('named', 'Only the readers named here')], default='named', max_length=10, verbose_name='who may read the address and the way there')),
                ('country', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.country', verbose_name='country')),
                ('reader_institutions', modelcluster.fields.ParentalManyToManyField(blank=True, related_name='+', to='people.institution', verbose_name='institutions that may read all')),
                ('reader_people', modelcluster.fields.ParentalManyToManyField(blank=True, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='people who may read all')),
                ('town', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='places', to='directory.town', verbose_name='town')),
            ],
            options={
                'verbose_name': 'place',
                'verbose_name_plural': 'places',
                'ordering': ['country', 'key'],
            },
        ),
        migrations.CreateModel(
            name='TownText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(choices=directory.models.records.content_languages, max_length=10, verbose_name='language')),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('record', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='texts', to='directory.town')),
            ],
            options={
                'ordering': ['id'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('record', 'language'), name='town_text_once')],
            },
        ),
        migrations.CreateModel(
            name='PlaceText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(choices=directory.models.records.content_languages, max_length=10, verbose_name='language')),
                ('name', models.CharField(max_length=160, verbose_name='name')),
                ('reach', models.TextField(blank=True, verbose_name='the way there')),
                ('accessible', models.TextField(blank=True, verbose_name='how it is accessible')),
                ('record', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='texts', to='directory.place')),
            ],
            options={
                'ordering': ['id'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('record', 'language'), name='place_text_once')],
            },
        ),
        migrations.CreateModel(
            name='Service',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('seal', models.CharField(default=directory.models.records.new_seal, editable=False, max_length=32)),
                ('key', models.SlugField(help_text='A short name for editors and addresses of pages. No street, no name of a person.', max_length=40, unique=True, verbose_name='key')),
                ('is_shown', models.BooleanField(default=True, verbose_name='shown in the directory')),
                ('kind', models.CharField(choices=[('advice', 'Advice and first contact'), ('shelter', 'A safe place to stay'), ('legal', 'Legal help'), ('health', 'Health care'), ('psychological', 'Psychological support'), ('children', 'Help for children and young people'), ('mobile', 'Help on the spot by a mobile team'), ('return', 'Help to return home'), ('work', 'Help with work and training')], max_length=20, verbose_name='kind')),
                ('for_whom', models.JSONField(default=list, verbose_name='for whom')),
                ('age_from', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MaxValueValidator(120)], verbose_name='youngest age')),
                ('age_to', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MaxValueValidator(120)], verbose_name='oldest age')),
                ('languages', models.JSONField(default=list, verbose_name='languages spoken')),
                ('free', models.BooleanField(default=True, verbose_name='free of charge')),
                ('hours', models.CharField(blank=True, help_text='As OpenStreetMap writes them: Mo-Fr 08:00-16:00; Sa 09:00-12:00. Always open: 24/7.', max_length=200, validators=[directory.hours.valid_hours], verbose_name='opening hours')),
                ('number', models.CharField(blank=True, max_length=40, verbose_name='number as shown')),
                ('tel', models.CharField(blank=True, max_length=20, validators=[django.core.validators.RegexValidator('^\\+?[0-9]{3,15}$', 'Digits only, with a + in front if needed.')], verbose_name='number to dial')),
                ('sms', models.CharField(blank=True, max_length=20, validators=[django.core.validators.RegexValidator('^\\+?[0-9]{3,15}$', 'Digits only, with a + in front if needed.')], verbose_name='number for text messages')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail address')),
                ('website', models.URLField(blank=True, verbose_name='website')),
                ('seen_level', models.CharField(choices=[('public', 'Everybody'), ('region', 'Members of institutions in every country'), ('country', 'Members of institutions of the country'), ('named', 'Only the readers named here')], default='public', max_length=10, verbose_name='who may know of this service')),
                ('number_level', models.CharField(choices=[('public', 'Everybody'), ('region', 'Members of institutions in every country'), ('country', 'Members of institutions of the country'), ('named', 'Only the readers named here')], default='public', max_length=10, verbose_name='who may read the number')),
                ('email_level', models.CharField(choices=[('public', 'Everybody'), ('region', 'Members of institutions in every country'), ('country', 'Members of institutions of the country'), ('named', 'Only the readers named here')], default='public', max_length=10, verbose_name='who may read the e-mail address and website')),
                ('hours_level', models.CharField(choices=[('public', 'Everybody'), ('region', 'Members of institutions in every country'), ('country', 'Members of institutions of the country'), ('named', 'Only the readers named here')], default='public', max_length=10, verbose_name='who may read the hours')),
                ('reach_level', models.CharField(choices=[('public', 'Everybody'), ('region', 'Members of institutions in every country'), ('country', 'Members of institutions of the country'), ('named', 'Only the readers named here')], default='public', max_length=10, verbose_name='who may read how to reach it')),
                ('confirmed', models.DateField(default=django.utils.timezone.localdate, editable=False, verbose_name='confirmed')),
                ('reminded', models.DateField(blank=True, editable=False, null=True)),
                ('confirmed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('country', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.country', verbose_name='country')),
                ('keeper', models.ForeignKey(blank=True, help_text='The publisher who is asked every 90 days whether all of this is still right.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='keeper')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='services', to='directory.organisation', verbose_name='organisation')),
                ('places', modelcluster.fields.ParentalManyToManyField(blank=True, related_name='services', to='directory.place', verbose_name='places')),
                ('reader_institutions', modelcluster.fields.ParentalManyToManyField(blank=True, related_name='+', to='people.institution', verbose_name='institutions that may read all')),
                ('reader_people', modelcluster.fields.ParentalManyToManyField(blank=True, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='people who may read all')),
            ],
            options={
                'verbose_name': 'service',
                'verbose_name_plural': 'services',
                'ordering': ['country', 'key'],
            },
        ),
        migrations.CreateModel(
            name='ServiceText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(choices=directory.models.records.content_languages, max_length=10, verbose_name='language')),
                ('name', models.CharField(max_length=160, verbose_name='name')),
                ('description', models.TextField(verbose_name='what it offers')),
                ('cost', models.CharField(blank=True, max_length=200, verbose_name='what it costs')),
                ('reach', models.TextField(blank=True, verbose_name='how to reach it')),
                ('bring', models.TextField(blank=True, verbose_name='what to bring')),
                ('record', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='texts', to='directory.service')),
            ],
            options={
                'ordering': ['id'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('record', 'language'), name='service_text_once')],
            },
        ),
        audit.guards.AddGuard(
            model_name='service',
            trigger=pgtrigger.compiler.Trigger(name='directory_service_number', sql=audit.guards.GuardSql(func=" BEGIN IF NEW.id < 1 THEN RAISE EXCEPTION 'rows are numbered from 1' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END ", hash='67ea2734c425e6c39925627972069feec143b152', operation='INSERT', pgid='pgtrigger_directory_service_number_34f35', table='directory_service', when='BEFORE')),
        ),
        audit.guards.AddGuard(
            model_name='service',
            trigger=pgtrigger.compiler.Trigger(name='directory_service_insert', sql=audit.guards.DeferredGuardSql(func=' BEGIN IF NEW.is_shown AND NOT EXISTS (SELECT 1 FROM "public".audit_entry a WHERE a.thing = \'service:\' || CAST(NEW.id AS TEXT) AND NOT a.refused AND a.verb IN (\'confirm_record\', \'enter_record\') AND a.detail ->> \'sealed_sha256\' = encode(sha256(convert_to(concat_ws(\'|\', NEW.seal, COALESCE(CAST(NEW.number AS TEXT), \'\'), COALESCE(CAST(NEW.tel AS TEXT), \'\'), COALESCE(CAST(NEW.sms AS TEXT), \'\'), COALESCE(CAST(NEW.email AS TEXT), \'\'), COALESCE(CAST(NEW.website AS TEXT), \'\'), COALESCE(CAST(NEW.seen_level AS TEXT), \'\'), COALESCE(CAST(NEW.number_level AS TEXT), \'\'), COALESCE(CAST(NEW.email_level AS TEXT), \'\'), COALESCE(CAST(NEW.hours_level AS TEXT), \'\'), COALESCE(CAST(NEW.reach_level AS TEXT), \'\')), \'UTF8\')), \'hex\')) THEN RAISE EXCEPTION \'the trail does not confirm this record\' USING ERRCODE = \'integrity_constraint_violation\'; END IF; RETURN NEW; END ', hash='cfe0841a7073c214eb47fccffff0d226889e65ef', operation='INSERT', pgid='pgtrigger_directory_service_insert_011ef', table='directory_service', when='AFTER')),
        ),
        audit.guards.AddGuard(
            model_name='service',
            trigger=pgtrigger.compiler.Trigger(name='directory_service_update', sql=audit.guards.DeferredGuardSql(func=' BEGIN IF NEW.is_shown AND NOT EXISTS (SELECT 1 FROM "public".audit_entry a WHERE a.thing = \'service:\' || CAST(NEW.id AS TEXT) AND NOT a.refused AND a.verb IN (\'confirm_record\', \'enter_record\') AND a.detail ->> \'sealed_sha256\' = encode(sha256(convert_to(concat_ws(\'|\', NEW.seal, COALESCE(CAST(NEW.number AS TEXT), \'\'), COALESCE(CAST(NEW.tel AS TEXT), \'\'), COALESCE(CAST(NEW.sms AS TEXT), \'\'), COALESCE(CAST(NEW.email AS TEXT), \'\'), COALESCE(CAST(NEW.website AS TEXT), \'\'), COALESCE(CAST(NEW.seen_level AS TEXT), \'\'), COALESCE(CAST(NEW.number_level AS TEXT), \'\'), COALESCE(CAST(NEW.email_level AS TEXT), \'\'), COALESCE(CAST(NEW.hours_level AS TEXT), \'\'), COALESCE(CAST(NEW.reach_level AS TEXT), \'\')), \'UTF8\')), \'hex\')) THEN RAISE EXCEPTION \'the trail does not confirm this record\' USING ERRCODE = \'integrity_constraint_violation\'; END IF; RETURN NEW; END ', hash='ce284b1c3e25a219b0aaa5171c635d98d7b71860', operation='UPDATE', pgid='pgtrigger_directory_service_update_1f24e', table='directory_service', when='AFTER')),
        ),
        audit.guards.AddGuard(
            model_name='place',
            trigger=pgtrigger.compiler.Trigger(name='directory_place_number', sql=audit.guards.GuardSql(func=" BEGIN IF NEW.id < 1 THEN RAISE EXCEPTION 'rows are numbered from 1' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END ", hash='59c7ccf9bb8060f9f7a6a84acea0a8814a6d813b', operation='INSERT', pgid='pgtrigger_directory_place_number_5a7ef', table='directory_place', when='BEFORE')),
        ),
        audit.guards.AddGuard(
            model_name='place',
            trigger=pgtrigger.compiler.Trigger(name='directory_place_insert', sql=audit.guards.DeferredGuardSql(func=' BEGIN IF NEW.is_shown AND NOT EXISTS (SELECT 1 FROM "public".audit_entry a WHERE a.thing = \'place:\' || CAST(NEW.id AS TEXT) AND NOT a.refused AND a.verb IN (\'confirm_record\', \'enter_record\') AND a.detail ->> \'sealed_sha256\' = encode(sha256(convert_to(concat_ws(\'|\', NEW.seal, COALESCE(CAST(NEW.address AS TEXT), \'\'), COALESCE(CAST(NEW.latitude AS TEXT), \'\'), COALESCE(CAST(NEW.longitude AS TEXT), \'\'), COALESCE(CAST(NEW.town_id AS TEXT), \'\'), COALESCE(CAST(NEW.seen_level AS TEXT), \'\'), COALESCE(CAST(NEW.town_level AS TEXT), \'\'), COALESCE(CAST(NEW.address_level AS TEXT), \'\')), \'UTF8\')), \'hex\')) THEN RAISE EXCEPTION \'the trail does not confirm this record\' USING ERRCODE = \'integrity_constraint_violation\'; END IF; RETURN NEW; END ', hash='d2262f26c67d03ddce4a1c67bbb0f01826f4615b', operation='INSERT', pgid='pgtrigger_directory_place_insert_1e39a', table='directory_place', when='AFTER')),
        ),
        audit.guards.AddGuard(
            model_name='place',
            trigger=pgtrigger.compiler.Trigger(name='directory_place_update', sql=audit.guards.DeferredGuardSql(func=' BEGIN IF NEW.is_shown AND NOT EXISTS (SELECT 1 FROM "public".audit_entry a WHERE a.thing = \'place:\' || CAST(NEW.id AS TEXT) AND NOT a.refused AND a.verb IN (\'confirm_record\', \'enter_record\') AND a.detail ->> \'sealed_sha256\' = encode(sha256(convert_to(concat_ws(\'|\', NEW.seal, COALESCE(CAST(NEW.address AS TEXT), \'\'), COALESCE(CAST(NEW.latitude AS TEXT), \'\'), COALESCE(CAST(NEW.longitude AS TEXT), \'\'), COALESCE(CAST(NEW.town_id AS TEXT), \'\'), COALESCE(CAST(NEW.seen_level AS TEXT), \'\'), COALESCE(CAST(NEW.town_level AS TEXT), \'\'), COALESCE(CAST(NEW.address_level AS TEXT), \'\')), \'UTF8\')), \'hex\')) THEN RAISE EXCEPTION \'the trail does not confirm this record\' USING ERRCODE = \'integrity_constraint_violation\'; END IF; RETURN NEW; END ', hash='bdffff79a12235fccf7d9ce24e02e9a4fc8e88ca', operation='UPDATE', pgid='pgtrigger_directory_place_update_baa65', table='directory_place', when='AFTER')),
        ),
    ]
