import django.db.models.deletion
import django.db.models.functions.text
import samhandling.apps.accounts.models
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('records', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(default=samhandling.apps.accounts.models.new_person_key, editable=False, max_length=36, unique=True)),
                ('name', models.CharField(max_length=200, verbose_name='namn')),
                ('work_email', models.EmailField(blank=True, max_length=254, verbose_name='e-post i arbetet')),
                ('made_up', models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('email', models.EmailField(max_length=254, unique=True, verbose_name='e-postadress')),
                ('is_active', models.BooleanField(default=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='user', to='accounts.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='one_user_per_address_whatever_case')],
            },
        ),
        migrations.CreateModel(
            name='RoleGrant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('PROCESS_LEADER', 'processledare'), ('COORDINATION_GROUP', 'samordningsgruppen'), ('READER', 'läsare')], max_length=20)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='roles', to='accounts.person')),
                ('scope', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='role_grants', to='records.record')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('person', 'role', 'scope'), name='one_grant_per_person_role_scope'), models.UniqueConstraint(condition=models.Q(('scope__isnull', True)), fields=('person', 'role'), name='one_grant_for_the_whole')],
            },
        ),
    ]
