import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(auto_now_add=True, db_index=True)),
                ('actor_key', models.CharField(max_length=36)),
                ('verb', models.CharField(choices=[('CREATED', 'skapade'), ('CHANGED', 'ändrade'), ('SHARED', 'delade'), ('STATUS_CHANGED', 'ändrade status på'), ('ADDED', 'lade till'), ('REMOVED', 'tog bort'), ('ANSWERED', 'svarade på'), ('WITHDRAWN', 'drog tillbaka'), ('RESTORED', 'återställde'), ('WROTE', 'skrev'), ('MOVED_ON', 'förde vidare'), ('FROZEN', 'fryste')], max_length=20)),
                ('record_uid', models.CharField(db_index=True, max_length=12)),
                ('record_kind', models.CharField(max_length=30)),
                ('scope_uid', models.CharField(blank=True, db_index=True, help_text='Record uid of the agreement concerned.', max_length=12)),
                ('field_names', models.JSONField(default=list, help_text='Names of the changed fields, no values.')),
                ('reason', models.TextField(blank=True)),
            ],
            options={
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='KnownPerson',
            fields=[
                ('key', models.CharField(max_length=36, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name='Revision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('field', models.CharField(max_length=60)),
                ('before', models.TextField(blank=True)),
                ('after', models.TextField(blank=True)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='revisions', to='audit.event')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('event', 'field'), name='one_revision_per_field')],
            },
        ),
    ]
