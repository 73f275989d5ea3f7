"""All tables, guards and rules of this app, as the first release has them. A database of a trial before it counts as upgraded where
it has every migration that this one replaces."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('mail', '0001_initial'), ('mail', '0002_digests'), ('mail', '0003_saved_searches'), ('mail', '0004_withdrawn'), ('mail', '0005_opens')]

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='DigestReader',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(max_length=254, unique=True)),
                ('language', models.CharField(max_length=10)),
                ('sent', models.DateField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('to', models.EmailField(max_length=254)),
                ('subject', models.CharField(max_length=250)),
                ('text', models.TextField()),
                ('html', models.TextField(blank=True)),
                ('language', models.CharField(max_length=10)),
                ('template', models.CharField(max_length=60)),
                ('about', models.CharField(blank=True, help_text='Kind and id of what it is about, e.g. edition:12', max_length=120)),
                ('message_id', models.CharField(max_length=200, unique=True)),
                ('written', models.DateTimeField(default=django.utils.timezone.now)),
                ('sent', models.DateTimeField(blank=True, null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('problem', models.CharField(blank=True, max_length=250)),
                ('taken', models.DateTimeField(blank=True, help_text='When a worker took it in hand: no other one sends it meanwhile.', null=True)),
                ('next_try', models.DateTimeField(blank=True, help_text='Not before that moment.', null=True)),
                ('unsubscribe', models.URLField(blank=True, help_text='Where its reader ends mails of this kind, by one click in a mail program.', max_length=300)),
                ('opens', models.CharField(blank=True, help_text='The address in its text that signs its reader in (people.actions.mail_link).', max_length=300)),
                ('opens_for', models.CharField(blank=True, help_text='For which institution, by its key.', max_length=60)),
                ('withdrawn', models.DateTimeField(blank=True, help_text='It never leaves: whom it was for is not there any more.', null=True)),
                ('held', models.BooleanField(default=False, help_text='Waits for the digest of its reader.')),
                ('digest', models.ForeignKey(blank=True, help_text='The digest it went with.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='mail.message')),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
    ]
