"""All tables, guards and rules of this app, as the first release has them. A database of a trial before it counts as upgraded where
it has every migration that this one replaces."""

import audit.guards
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import modelcluster.fields
import modelsearch.index
import pgtrigger.compiler
import public.models.hotlines
import taggit.managers
import wagtail.fields
import wagtail.images.models
import wagtail.models.media
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('public', '0001_initial'), ('public', '0002_plain_words'), ('public', '0003_second_person_for_numbers'), ('public', '0004_front_door')]

    initial = True

    dependencies = [
        ('audit', '0001_kodeks'),
        ('people', '0001_kodeks'),
        ('people', '__first__'),
        ('taggit', '0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx'),
        ('wagtailcore', '0098_apitoken'),
    ]

    operations = [
        migrations.CreateModel(
            name='HomePage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('lead', models.TextField(blank=True, max_length=400, verbose_name='one sentence')),
                ('about', wagtail.fields.RichTextField(blank=True, help_text='Organisation, address, who is responsible, and how to write to you. Shown on its own page.', verbose_name='who runs this site')),
            ],
            options={
                'verbose_name': 'home page',
                'verbose_name_plural': 'home pages',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='Hotline',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('helpline', 'helpline'), ('emergency', 'all emergencies'), ('police', 'police'), ('ambulance', 'ambulance')], default='helpline', max_length=12, verbose_name='kind')),
                ('key', models.SlugField(help_text='A short name for editors.', max_length=40, unique=True, verbose_name='key')),
                ('number', models.CharField(max_length=40, verbose_name='number as shown')),
                ('tel', models.CharField(max_length=20, validators=[django.core.validators.RegexValidator('^\\+?[0-9]{3,15}$', 'Digits only, with a + in front if needed.')], verbose_name='number to dial')),
                ('abroad', models.CharField(blank=True, help_text='Leave it empty if callers can dial the number in its own country only.', max_length=20, validators=[django.core.validators.RegexValidator('^\\+?[0-9]{3,15}$', 'Digits only, with a + in front if needed.')], verbose_name='number from another country')),
                ('sms', models.CharField(blank=True, max_length=20, validators=[django.core.validators.RegexValidator('^\\+?[0-9]{3,15}$', 'Digits only, with a + in front if needed.')], verbose_name='number for text messages')),
                ('chat', models.URLField(blank=True, verbose_name='chat address')),
                ('free', models.BooleanField(default=True, verbose_name='free of charge')),
                ('anonymous', models.BooleanField(default=True, verbose_name='no name required')),
                ('languages', models.JSONField(default=list, help_text="Put the country's own languages first.", verbose_name='languages spoken')),
                ('checked', models.DateField(help_text='Date of the last call made to check the number.', verbose_name='last checked')),
                ('source', models.URLField(blank=True, help_text='Page of the service that names this number.', verbose_name='source')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
                ('is_shown', models.BooleanField(default=True, verbose_name='shown on the public site')),
                ('country', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hotlines', to='people.country', verbose_name='country')),
            ],
            options={
                'verbose_name': 'number to call',
                'verbose_name_plural': 'numbers to call',
                'ordering': ['country', 'position', 'key'],
            },
        ),
        migrations.CreateModel(
            name='Picture',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=255, verbose_name='title')),
                ('file', wagtail.images.models.WagtailImageField(height_field='height', upload_to=wagtail.images.models.get_upload_to, verbose_name='file', width_field='width')),
                ('description', models.CharField(blank=True, default='', max_length=255, verbose_name='description')),
                ('width', models.IntegerField(editable=False, verbose_name='width')),
                ('height', models.IntegerField(editable=False, verbose_name='height')),
                ('created_at', models.DateTimeField(auto_now_add=True, db_index=True, verbose_name='created at')),
                ('focal_point_x', models.PositiveIntegerField(blank=True, null=True)),
                ('focal_point_y', models.PositiveIntegerField(blank=True, null=True)),
                ('focal_point_width', models.PositiveIntegerField(blank=True, null=True)),
                ('focal_point_height', models.PositiveIntegerField(blank=True, null=True)),
                ('file_size', models.PositiveIntegerField(editable=False, null=True)),
                ('file_hash', models.CharField(blank=True, db_index=True, editable=False, max_length=40)),
                ('collection', models.ForeignKey(default=wagtail.models.media.get_root_collection_id, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='wagtailcore.collection', verbose_name='collection')),
                ('tags', taggit.managers.TaggableManager(blank=True, help_text=None, through='taggit.TaggedItem', to='taggit.Tag', verbose_name='tags')),
                ('uploaded_by_user', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, to=settings.AUTH_USER_MODEL, verbose_name='uploaded by user')),
            ],
            options={
                'verbose_name': 'picture',
                'verbose_name_plural': 'pictures',
                'abstract': False,
            },
            bases=(wagtail.images.models.ImageFileMixin, modelsearch.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name='CampaignPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('situation', models.CharField(blank=True, choices=[('offer', 'check this offer'), ('work', 'somebody offers me work abroad'), ('papers', 'they hold my papers'), ('move', 'I am on the move'), ('child', 'I am worried about a child'), ('online', 'somebody follows me online'), ('other', 'I worry about somebody else'), ('practice', 'I work with people at risk')], default='', help_text='The first page lists it under this situation. Leave it empty for a campaign.', max_length=12, verbose_name='situation')),
                ('lead', models.TextField(help_text='The main message for a reader in a hurry.', max_length=400, verbose_name='one sentence')),
                ('art', models.CharField(blank=True, choices=[('', 'none'), ('door', 'an open door')], default='', max_length=20, verbose_name='drawing')),
                ('body', wagtail.fields.StreamField([('hotline', 3), ('numbers', 4), ('now', 7), ('check', 18), ('signs', 24), ('prepare', 25), ('call', 30), ('rights', 31), ('story', 35), ('materials', 42), ('text', 44)], blank=True, block_lookup={0: ('wagtail.blocks.CharBlock', (), {'label': 'Heading', 'max_length': 160}), 1: ('wagtail.snippets.blocks.SnippetChooserBlock', ('public.Hotline',), {'label': 'Number to call'}), 2: ('wagtail.blocks.TextBlock', (), {'help_text': 'For example, what a call leaves on the phone.', 'label': 'Note', 'required': False}), 3: ('wagtail.blocks.StructBlock', [[('heading', 0), ('hotline', 1), ('note', 2)]], {}), 4: ('wagtail.blocks.StructBlock', [[('heading', 0)]], {}), 5: ('wagtail.blocks.TextBlock', (), {'label': 'Point'}), 6: ('wagtail.blocks.ListBlock', (5,), {'label': 'Points', 'min_num': 1}), 7: ('wagtail.blocks.StructBlock', [[('heading', 0), ('points', 6)]], {'icon': 'list-ol', 'label': 'What to do now', 'template': 'public/blocks/now.html'}), 8: ('wagtail.blocks.CharBlock', (), {'label': 'Question', 'max_length': 200}), 9: ('wagtail.blocks.CharBlock', (), {'label': 'Answer', 'max_length': 160}), 10: ('wagtail.blocks.TextBlock', (), {'help_text': 'What the reader should check or do. Leave it empty if the answer is no reason to worry.', 'label': 'What it means', 'required': False}), 11: ('wagtail.blocks.IntegerBlock', (), {'help_text': 'Its number. Leave it empty for the question that follows. Enter 0 to end the check.', 'label': 'Next question', 'min_value': 0, 'required': False}), 12: ('wagtail.blocks.StructBlock', [[('text', 9), ('meaning', 10), ('goes_to', 11)]], {}), 13: ('wagtail.blocks.ListBlock', (12,), {'label': 'Answers', 'min_num': 2}), 14: ('wagtail.blocks.StructBlock', [[('text', 8), ('answers', 13)]], {}), 15: ('wagtail.blocks.ListBlock', (14,), {'label': 'Questions', 'min_num': 1}), 16: ('wagtail.blocks.ListBlock', (5,), {'help_text': 'Shown at the end, whatever the answers.', 'label': 'What everybody should check', 'min_num': 1}), 17: ('wagtail.blocks.TextBlock', (), {'help_text': 'The numbers to call follow this text.', 'label': 'Whom to ask'}), 18: ('wagtail.blocks.StructBlock', [[('heading', 0), ('questions', 15), ('verify', 16), ('ask', 17)]], {}), 19: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('passport', 'a passport'), ('debt', 'money owed'), ('door', 'a door'), ('threat', 'a threat'), ('rest', 'the moon: no rest'), ('phone', 'a telephone'), ('heart', 'a heart'), ('eye', 'an eye'), ('warn', 'a warning')], 'label': 'Picture'}), 20: ('wagtail.blocks.CharBlock', (), {'label': 'Sign', 'max_length': 160}), 21: ('wagtail.blocks.StructBlock', [[('picture', 19), ('text', 20)]], {}), 22: ('wagtail.blocks.ListBlock', (21,), {'label': 'Signs', 'min_num': 1}), 23: ('wagtail.blocks.CharBlock', (), {'label': 'Closing line', 'max_length': 160, 'required': False}), 24: ('wagtail.blocks.StructBlock', [[('heading', 0), ('signs', 22), ('closing', 23)]], {}), 25: ('wagtail.blocks.StructBlock', [[('heading', 0), ('points', 6)]], {'label': 'Before you leave'}), 26: ('wagtail.blocks.CharBlock', (), {'label': 'Title', 'max_length': 160}), 27: ('wagtail.blocks.TextBlock', (), {'label': 'Text', 'required': False}), 28: ('wagtail.blocks.StructBlock', [[('title', 26), ('text', 27)]], {}), 29: ('wagtail.blocks.ListBlock', (28,), {'label': 'Steps', 'min_num': 1}), 30: ('wagtail.blocks.StructBlock', [[('heading', 0), ('steps', 29)]], {}), 31: ('wagtail.blocks.StructBlock', [[('heading', 0), ('points', 6)]], {'icon': 'list-ol', 'label': 'Rights'}), 32: ('wagtail.blocks.CharBlock', (), {'help_text': 'Shown before the story opens.', 'label': 'Content warning', 'max_length': 240}), 33: ('wagtail.blocks.CharBlock', (), {'label': 'Text that opens the story', 'max_length': 120}), 34: ('wagtail.blocks.TextBlock', (), {'help_text': 'Leave an empty line to start a new paragraph.', 'label': 'Story'}), 35: ('wagtail.blocks.StructBlock', [[('heading', 0), ('warning', 32), ('summary', 33), ('text', 34)]], {}), 36: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('poster', 'poster'), ('card', 'card'), ('share', 'picture to share'), ('audio', 'recording')], 'label': 'Kind'}), 37: ('wagtail.blocks.CharBlock', (), {'label': 'Name', 'max_length': 120}), 38: ('wagtail.blocks.CharBlock', (), {'help_text': 'For a recording: how long it is. The size of the file is added automatically.', 'label': 'Length', 'max_length': 60, 'required': False}), 39: ('wagtail.documents.blocks.DocumentChooserBlock', (), {'label': 'File'}), 40: ('wagtail.blocks.StructBlock', [[('kind', 36), ('name', 37), ('note', 38), ('file', 39)]], {}), 41: ('wagtail.blocks.ListBlock', (40,), {'label': 'Materials'}), 42: ('wagtail.blocks.StructBlock', [[('heading', 0), ('materials', 41)]], {}), 43: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'ol', 'ul', 'link'], 'label': 'Text'}), 44: ('wagtail.blocks.StructBlock', [[('heading', 0), ('text', 43)]], {})}, verbose_name='content')),
                ('country', models.ForeignKey(blank=True, help_text='Your country. Only its publishers can change the campaign.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.country', verbose_name='country')),
                ('picture', models.ForeignKey(blank=True, help_text='Never use a photograph that could put a person in danger.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='public.picture', verbose_name='picture instead of the drawing')),
            ],
            options={
                'verbose_name': 'campaign',
                'verbose_name_plural': 'campaigns',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='HotlineChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('values', models.JSONField()),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('decided', models.DateTimeField(blank=True, null=True)),
                ('confirmed', models.BooleanField(default=False)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('hotline', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='public.hotline')),
            ],
            options={
                'ordering': ['-at'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('decided', None)), fields=('hotline',), name='hotline_one_change_waits')],
            },
        ),
        migrations.CreateModel(
            name='HotlineText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(choices=public.models.hotlines.content_languages, max_length=10, verbose_name='language')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('hours', models.CharField(max_length=250, verbose_name='hours')),
                ('call', models.TextField(verbose_name='what happens when you call')),
                ('hotline', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='texts', to='public.hotline')),
            ],
            options={
                'verbose_name': 'text in one language',
                'verbose_name_plural': 'text by language',
                'ordering': ['id'],
                'constraints': [models.UniqueConstraint(fields=('hotline', 'language'), name='hotline_text_once')],
            },
        ),
        migrations.CreateModel(
            name='Rendition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('filter_spec', models.CharField(db_index=True, max_length=255)),
                ('file', wagtail.images.models.WagtailImageField(height_field='height', storage=wagtail.images.models.get_rendition_storage, upload_to=wagtail.images.models.get_rendition_upload_to, width_field='width')),
                ('width', models.IntegerField(editable=False)),
                ('height', models.IntegerField(editable=False)),
                ('focal_point_key', models.CharField(blank=True, default='', editable=False, max_length=16)),
                ('image', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='renditions', to='public.picture')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('image', 'filter_spec', 'focal_point_key'), name='one_picture_of_a_size')],
            },
            bases=(wagtail.images.models.ImageFileMixin, models.Model),
        ),
        audit.guards.AddGuard(
            model_name='hotline',
            trigger=pgtrigger.compiler.Trigger(name='public_hotline_number', sql=audit.guards.GuardSql(func=" BEGIN IF NEW.id < 1 THEN RAISE EXCEPTION 'rows are numbered from 1' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END ", hash='a0d2d81cb0c1e41a4cd097619e2fefbbd44507b0', operation='INSERT', pgid='pgtrigger_public_hotline_number_6f6b5', table='public_hotline', when='BEFORE')),
        ),
        audit.guards.AddGuard(
            model_name='hotline',
            trigger=pgtrigger.compiler.Trigger(name='public_hotline_insert', sql=audit.guards.DeferredGuardSql(func=' BEGIN IF NEW.is_shown AND NOT EXISTS (SELECT 1 FROM "public".audit_entry a WHERE a.thing = \'hotline:\' || CAST(NEW.id AS TEXT) AND NOT a.refused AND a.verb IN (\'confirm_hotline\', \'enter_hotline\') AND COALESCE(a.detail ->> \'number\', \'\') = NEW.number AND COALESCE(a.detail ->> \'tel\', \'\') = NEW.tel AND COALESCE(a.detail ->> \'sms\', \'\') = NEW.sms AND COALESCE(a.detail ->> \'chat\', \'\') = NEW.chat AND COALESCE(a.detail ->> \'abroad\', \'\') = NEW.abroad) THEN RAISE EXCEPTION \'the trail does not confirm this number\' USING ERRCODE = \'integrity_constraint_violation\'; END IF; RETURN NEW; END ', hash='73cd46d93ec76f7273666ba6edfe147c4857c150', operation='INSERT', pgid='pgtrigger_public_hotline_insert_fbe13', table='public_hotline', when='AFTER')),
        ),
        audit.guards.AddGuard(
            model_name='hotline',
            trigger=pgtrigger.compiler.Trigger(name='public_hotline_update', sql=audit.guards.DeferredGuardSql(func=' BEGIN IF NEW.is_shown AND NOT EXISTS (SELECT 1 FROM "public".audit_entry a WHERE a.thing = \'hotline:\' || CAST(NEW.id AS TEXT) AND NOT a.refused AND a.verb IN (\'confirm_hotline\', \'enter_hotline\') AND COALESCE(a.detail ->> \'number\', \'\') = NEW.number AND COALESCE(a.detail ->> \'tel\', \'\') = NEW.tel AND COALESCE(a.detail ->> \'sms\', \'\') = NEW.sms AND COALESCE(a.detail ->> \'chat\', \'\') = NEW.chat AND COALESCE(a.detail ->> \'abroad\', \'\') = NEW.abroad) THEN RAISE EXCEPTION \'the trail does not confirm this number\' USING ERRCODE = \'integrity_constraint_violation\'; END IF; RETURN NEW; END ', hash='e1db96ed7c0aa94cfef345d9ff5db988325ae043', operation='UPDATE', pgid='pgtrigger_public_hotline_update_e0203', table='public_hotline', when='AFTER')),
        ),
    ]
