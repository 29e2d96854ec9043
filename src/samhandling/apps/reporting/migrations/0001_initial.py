import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('followup', '0001_initial'),
        ('records', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Report',
            fields=[
                ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, serialize=False, to='records.record')),
                ('outline', models.SlugField(help_text='File name in data/outlines, no ending.', max_length=60)),
                ('state', models.CharField(choices=[('DRAFT', 'utkast'), ('IN_REVIEW', 'granskas'), ('SENT', 'skickad till rådet'), ('RECEIVED', 'mottagen och fryst')], default='DRAFT', max_length=10)),
                ('subtitle', models.CharField(blank=True, max_length=200)),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='written_reports', to='followup.followupround')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('round', 'outline'), name='one_report_per_outline')],
            },
        ),
        migrations.CreateModel(
            name='FrozenEdition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('frozen_at', models.DateTimeField(auto_now_add=True)),
                ('model', models.JSONField(help_text='The report model, see core.report_storage.to_json.')),
                ('model_sha256', models.CharField(max_length=64)),
                ('data_version', models.CharField(help_text='Id of the last audit event included.', max_length=64)),
                ('change_note', models.TextField(blank=True)),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='editions', to='reporting.report')),
            ],
            options={
                'ordering': ['number'],
                'constraints': [models.UniqueConstraint(fields=('report', 'number'), name='one_edition_per_number'), models.CheckConstraint(condition=models.Q(('number', 1), models.Q(('change_note', ''), _negated=True), _connector='OR'), name='a_later_edition_says_what_changed')],
            },
        ),
        migrations.CreateModel(
            name='ReportSection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(help_text="The section's key in the outline.", max_length=120)),
                ('text', models.TextField(blank=True)),
                ('deadline', models.DateField(blank=True, null=True)),
                ('state', models.CharField(choices=[('NOT_STARTED', 'ej påbörjat'), ('STARTED', 'påbörjat'), ('WRITTEN', 'skrivet'), ('RETURNED', 'återsänt')], default='NOT_STARTED', max_length=15)),
                ('returned_reason', models.TextField(blank=True)),
                ('author_key', models.CharField(blank=True, max_length=36)),
                ('author_name', models.CharField(blank=True, max_length=200)),
                ('taken_over_digest', models.CharField(blank=True, help_text="Set when the text stands in for what was drawn: the drawn text's SHA-256 then.", max_length=64)),
                ('taken_over_uids', models.JSONField(blank=True, default=list, help_text='Uids of the records behind the text taken over.')),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='report_sections', to='accounts.person')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sections', to='reporting.report')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('report', 'key'), name='one_text_per_section'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'RETURNED'), _negated=True), models.Q(('returned_reason', ''), _negated=True), _connector='OR'), name='a_returned_section_has_a_reason')],
            },
        ),
        migrations.CreateModel(
            name='ReportStateChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('DRAFT', 'utkast'), ('IN_REVIEW', 'granskas'), ('SENT', 'skickad till rådet'), ('RECEIVED', 'mottagen och fryst')], max_length=10)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('reason', models.TextField(blank=True)),
                ('actor_key', models.CharField(max_length=36)),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='state_changes', to='reporting.report')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='FrozenFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('format', models.CharField(max_length=5)),
                ('content', models.BinaryField()),
                ('sha256', models.CharField(max_length=64)),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='reporting.frozenedition')),
            ],
            options={
                'ordering': ['format'],
                'constraints': [models.UniqueConstraint(fields=('edition', 'format'), name='one_file_per_format')],
            },
        ),
    ]
