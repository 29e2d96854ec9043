import django.db.models.deletion
import samhandling.core.knowledge
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('agreements', '0001_initial'),
        ('organisations', '0001_initial'),
        ('records', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Cause',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(max_length=40, unique=True)),
                ('name', models.CharField(max_length=120, verbose_name='orsak')),
                ('order', models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                'ordering': ['order', 'name'],
            },
        ),
        migrations.CreateModel(
            name='NeedsWorkshopSeries',
            fields=[
                ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, serialize=False, to='records.record')),
                ('when_earliest', models.DateField(blank=True, db_index=True, null=True)),
                ('when_latest', models.DateField(blank=True, null=True)),
                ('when_precision', models.CharField(blank=True, choices=[('DAY', 'DAY'), ('MONTH', 'MONTH'), ('YEAR', 'YEAR'), ('SEASON', 'SEASON'), ('TERM', 'TERM'), ('RANGE', 'RANGE'), ('OPEN', 'OPEN'), ('WORDING', 'WORDING')], max_length=10)),
                ('when_wording', models.CharField(blank=True, max_length=200, verbose_name='ordalydelse')),
                ('is_carried_out', models.BooleanField(help_text='Null when unknown.', null=True)),
                ('participants_state', models.CharField(choices=[(samhandling.core.knowledge.Completeness['COMPLETE'], 'fullständig'), (samhandling.core.knowledge.Completeness['PARTIAL'], 'delvis känd'), (samhandling.core.knowledge.Completeness['UNKNOWN'], 'okänd'), (samhandling.core.knowledge.Completeness['NONE'], 'inga'), (samhandling.core.knowledge.Completeness['NOT_APPLICABLE'], 'inte aktuellt')], default=samhandling.core.knowledge.Completeness['UNKNOWN'], max_length=15)),
                ('result', models.TextField(blank=True, verbose_name='resultat')),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='workshop_series', to='agreements.agreement')),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.actor')),
                ('participants', models.ManyToManyField(blank=True, related_name='attended_workshops', to='organisations.actor')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Place',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, unique=True)),
                ('kind', models.CharField(choices=[('ABROAD', 'utanför Sverige'), ('COUNTY', 'län'), ('MUNICIPALITY', 'kommun'), ('LOCALITY', 'ort eller stadsdel')], max_length=15)),
                ('within', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='contains', to='situation.place')),
            ],
            options={
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='WorkshopTheme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('wording', models.CharField(max_length=120)),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('focus_area', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agreements.focusarea')),
                ('series', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='themes', to='situation.needsworkshopseries')),
            ],
            options={
                'ordering': ['order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Need',
            fields=[
                ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, serialize=False, to='records.record')),
                ('kind', models.CharField(choices=[('NEED', 'behov'), ('RESOURCES', 'resurser'), ('MANDATE', 'mandat'), ('CONTINUITY', 'kontinuitet'), ('STRATEGY', 'koppling till strategi'), ('DEPENDENCY', 'beroende av andra'), ('PARTICIPATION', 'deltagande'), ('COMPETENCE', 'kompetens'), ('COVERAGE_GAP', 'täckningslucka'), ('INFORMATION', 'information'), ('ASSIGNMENT', 'uppdrag'), ('STEERING', 'styrning'), ('KNOWLEDGE', 'kunskap'), ('CONCEPTS', 'begrepp'), ('RISK', 'risk'), ('UNKNOWN', 'okänt slag')], default='UNKNOWN', max_length=15, verbose_name='slag')),
                ('description', models.TextField(blank=True, verbose_name='beskrivning')),
                ('sharing', models.CharField(choices=[('DRAFT', 'utkast'), ('SHARED', 'delad')], default='DRAFT', max_length=10)),
                ('shared_at', models.DateTimeField(blank=True, null=True)),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='needs', to='agreements.agreement')),
                ('focus_area', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='needs', to='agreements.focusarea')),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='owned_needs', to='organisations.actor')),
                ('subject', models.ForeignKey(blank=True, help_text='Whose need it is or what it is told of: an actor, focus area or target group.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='needs_told_of', to='records.record')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('shared_at__isnull', True), ('sharing', 'DRAFT')), models.Q(('shared_at__isnull', False), ('sharing', 'SHARED')), _connector='OR'), name='shared_need_has_its_time')],
            },
        ),
    ]
