"""All tables, guards and rules of this app, as the first release has them. A database of a trial before it counts as upgraded where
it has every migration that this one replaces."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('search', '0001_initial'), ('search', '0002_glossary'), ('search', '0003_saved_searches'), ('search', '0004_unanswered'), ('search', '0005_edited_by_people'), ('search', '0006_plain_words'), ('search', '0007_questions'), ('search', '0008_synonyms'), ('search', '0009_askers')]

    initial = True

    dependencies = [
        ('people', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='AskedQuestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.CharField(db_index=True, max_length=80)),
                ('day', models.DateField()),
                ('askers', models.PositiveIntegerField(default=0)),
                ('in_office', models.BooleanField(default=False)),
            ],
            options={
                'verbose_name': 'question',
                'verbose_name_plural': 'questions',
                'indexes': [models.Index(fields=['day'], name='asked_day')],
                'constraints': [models.UniqueConstraint(fields=('words', 'day', 'in_office'), name='asked_once_a_day')],
            },
        ),
        migrations.CreateModel(
            name='AskedToday',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=32, unique=True)),
                ('day', models.DateField()),
            ],
            options={
                'verbose_name': 'question of today',
                'verbose_name_plural': 'questions of today',
            },
        ),
        migrations.CreateModel(
            name='GlossaryTerm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(max_length=120, unique=True, verbose_name='key')),
                ('en', models.CharField(max_length=400, verbose_name='English')),
                ('sq', models.CharField(blank=True, max_length=400, verbose_name='Shqip')),
                ('sr', models.CharField(blank=True, max_length=400, verbose_name='Српски (ћирилица)')),
                ('bs', models.CharField(blank=True, max_length=400, verbose_name='Bosanski')),
                ('hr', models.CharField(blank=True, max_length=400, verbose_name='Hrvatski')),
                ('cnr', models.CharField(blank=True, max_length=400, verbose_name='Crnogorski')),
                ('mk', models.CharField(blank=True, max_length=400, verbose_name='Македонски')),
                ('definition', models.TextField(blank=True, max_length=2000, verbose_name='what it means, in English')),
                ('shown', models.BooleanField(default=True, verbose_name='shown and used in search')),
                ('edited', models.BooleanField(default=False, editable=False, verbose_name='edited')),
                ('changed', models.DateTimeField(auto_now=True)),
            ],
            options={
                'verbose_name': 'term of the glossary',
                'verbose_name_plural': 'terms of the glossary',
                'ordering': ['en'],
            },
        ),
        migrations.CreateModel(
            name='Learned',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('table', models.JSONField(default=dict)),
                ('passages', models.PositiveIntegerField(default=0)),
                ('waiting', models.BooleanField(default=True)),
                ('made', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name': 'table of translations',
            },
        ),
        migrations.CreateModel(
            name='OutboxRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('edition', models.BigIntegerField()),
                ('uid', models.UUIDField(help_text='One section; empty for the whole edition.', null=True)),
                ('deny', models.BooleanField(default=False, help_text='Somebody may no longer read it: no query finds the edition until the index has caught up.')),
                ('drained', models.BooleanField(default=False, help_text='In the index in use, but perhaps not in the one that is being built.')),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'verbose_name': 'change for the search index',
                'verbose_name_plural': 'changes for the search index',
                'ordering': ['pk'],
                'indexes': [models.Index(fields=['drained', 'tries', 'id'], name='outbox_waiting'), models.Index(condition=models.Q(('deny', True), ('drained', False)), fields=['edition'], name='outbox_denied')],
            },
        ),
        migrations.CreateModel(
            name='RewordedQuestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('before', models.CharField(max_length=80)),
                ('after', models.CharField(max_length=80)),
                ('week', models.DateField()),
                ('times', models.PositiveIntegerField(default=0)),
            ],
            options={
                'verbose_name': 'reworded question',
                'verbose_name_plural': 'reworded questions',
                'indexes': [models.Index(fields=['week'], name='reworded_week')],
                'constraints': [models.UniqueConstraint(fields=('before', 'after', 'week'), name='reworded_once_a_week')],
            },
        ),
        migrations.CreateModel(
            name='SavedSearch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100, verbose_name='name')),
                ('query', models.TextField()),
                ('often', models.CharField(choices=[('never', 'No e-mails'), ('daily', 'Every day'), ('weekly', 'Every week')], default='never', max_length=10, verbose_name='e-mail alerts')),
                ('known', models.JSONField(null=True)),
                ('looked', models.DateField(null=True)),
                ('made', models.DateTimeField(default=django.utils.timezone.now)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='saved_searches', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'saved search',
                'verbose_name_plural': 'saved searches',
                'ordering': ['name', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='SynonymGroup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(max_length=120, unique=True, verbose_name='key')),
                ('en', models.CharField(blank=True, max_length=600, verbose_name='English')),
                ('sq', models.CharField(blank=True, max_length=600, verbose_name='Shqip')),
                ('hbs', models.CharField(blank=True, max_length=600, verbose_name='Bosanski, hrvatski, crnogorski, srpski')),
                ('mk', models.CharField(blank=True, max_length=600, verbose_name='Македонски')),
                ('shown', models.BooleanField(default=True, verbose_name='used in search')),
                ('edited', models.BooleanField(default=False, editable=False, verbose_name='edited')),
                ('changed', models.DateTimeField(auto_now=True)),
            ],
            options={
                'verbose_name': 'group of synonyms',
                'verbose_name_plural': 'groups of synonyms',
                'ordering': ['key'],
            },
        ),
        migrations.CreateModel(
            name='Unanswered',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.CharField(max_length=80)),
                ('day', models.DateField()),
                ('times', models.PositiveIntegerField(default=0)),
            ],
            options={
                'verbose_name': 'search without results',
                'verbose_name_plural': 'searches without results',
                'indexes': [models.Index(fields=['day'], name='unanswered_day')],
                'constraints': [models.UniqueConstraint(fields=('words', 'day'), name='unanswered_once_a_day')],
            },
        ),
    ]
