import django.db.models.deletion
import samhandling.apps.records.models
import samhandling.core.knowledge
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Record',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.CharField(default=samhandling.apps.records.models.new_uid, editable=False, max_length=12, unique=True)),
                ('kind', models.CharField(choices=[('AGREEMENT', 'överenskommelse'), ('CLAUSE', 'avsnitt i överenskommelse'), ('GOAL', 'mål'), ('FOCUS_AREA', 'insatsområde'), ('TARGET_GROUP', 'målgrupp'), ('SCOPE_BOUNDARY', 'avgränsning'), ('DEFINITION', 'definition'), ('LEVEL', 'samverkansnivå'), ('GOVERNANCE_LINK', 'led i styrkedjan'), ('COMMITMENT', 'åtagande'), ('JOINT_ACTIVITY', 'gemensam aktivitet'), ('AREA_CRITERION', 'områdeskriterium'), ('PLAN', 'plan'), ('STRUCTURE_PROPOSAL', 'strukturförslag'), ('COVERAGE_GAP', 'täckningslucka'), ('ORGANISATION', 'organisation'), ('BODY', 'nätverk eller grupp'), ('ACTOR_CATEGORY', 'kategori av aktörer'), ('ACTOR_SET', 'beskriven grupp av aktörer'), ('LIFECYCLE_EVENT', 'händelse för nätverk'), ('LIAISON_SEAT', 'länkperson'), ('NEED', 'behov eller utmaning'), ('WORKSHOP_SERIES', 'behovsworkshoppar'), ('INITIATIVE', 'insats'), ('FUNDING', 'finansiering'), ('ROUND', 'uppföljning'), ('METHOD_NOTE', 'metoduppgift'), ('APPROACH_FINDING', 'iakttagelse om arbetssätt'), ('LESSON', 'lärdom'), ('RECOMMENDATION', 'rekommendation'), ('REPORT', 'rapport'), ('FOOTNOTE', 'fotnot'), ('QUANTITY', 'mängd'), ('MILESTONE', 'hållpunkt'), ('OPEN_QUESTION', 'öppen fråga')], db_index=True, max_length=30)),
                ('title', models.TextField(help_text='The name or sentence everybody sees.', verbose_name='namn')),
                ('title_en', models.TextField(blank=True, verbose_name='namn på engelska')),
                ('source_key', models.CharField(blank=True, max_length=40, null=True, unique=True)),
                ('merged_basis', models.CharField(blank=True, choices=[(samhandling.core.knowledge.Basis['STATED'], 'står i källan'), (samhandling.core.knowledge.Basis['INFERRED'], 'härlett'), (samhandling.core.knowledge.Basis['UNKNOWN'], 'okänt'), (samhandling.core.knowledge.Basis['EXTERNAL'], 'tillagt utifrån')], max_length=10)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_reason', models.TextField(blank=True)),
                ('made_up', models.BooleanField(default=False, help_text='Invented for the demo; every page and export says so.')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('merged_into', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='records.record')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('merged_into__isnull', False)), fields=['merged_into'], name='record_merged_into')],
                'constraints': [models.CheckConstraint(condition=models.Q(('withdrawn_at__isnull', True), models.Q(('withdrawn_reason', ''), _negated=True), _connector='OR'), name='withdrawal_has_a_reason'), models.CheckConstraint(condition=models.Q(('merged_into__isnull', True), models.Q(('merged_basis', ''), _negated=True), _connector='OR'), name='merge_has_a_basis')],
            },
        ),
        migrations.CreateModel(
            name='Source',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=30, unique=True)),
                ('title', models.CharField(max_length=300)),
                ('language', models.CharField(blank=True, help_text='ISO 639 code of its words.', max_length=8)),
                ('is_external', models.BooleanField(default=False, help_text='Added for understanding; never shown as a fact of the documents.')),
            ],
        ),
        migrations.CreateModel(
            name='SearchEntry',
            fields=[
                ('record', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='search_entry', serialize=False, to='records.record')),
                ('stems', models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name='FieldBasis',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('field', models.CharField(max_length=60)),
                ('basis', models.CharField(choices=[(samhandling.core.knowledge.Basis['STATED'], 'står i källan'), (samhandling.core.knowledge.Basis['INFERRED'], 'härlett'), (samhandling.core.knowledge.Basis['UNKNOWN'], 'okänt'), (samhandling.core.knowledge.Basis['EXTERNAL'], 'tillagt utifrån')], max_length=10)),
                ('ground', models.TextField(blank=True)),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='bases', to='records.record')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('record', 'field'), name='one_basis_per_field'), models.CheckConstraint(condition=models.Q(models.Q(('basis', samhandling.core.knowledge.Basis['INFERRED']), _negated=True), models.Q(('ground', ''), _negated=True), _connector='OR'), name='inference_has_a_ground')],
            },
        ),
        migrations.CreateModel(
            name='NameVariant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200)),
                ('where_used', models.CharField(blank=True, max_length=200)),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='name_variants', to='records.record')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('record', 'name'), name='one_row_per_name_variant')],
            },
        ),
        migrations.CreateModel(
            name='Citation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('passage', models.CharField(blank=True, max_length=200)),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='citations', to='records.record')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='citations', to='records.source')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('record', 'source', 'passage'), name='one_citation_per_passage')],
            },
        ),
        migrations.CreateModel(
            name='Footnote',
            fields=[
                ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, serialize=False, to='records.record')),
                ('number', models.PositiveSmallIntegerField()),
                ('url', models.URLField(blank=True, max_length=500)),
                ('about', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='footnotes', to='records.record')),
            ],
            options={
                'ordering': ['number', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Milestone',
            fields=[
                ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, serialize=False, to='records.record')),
                ('when_earliest', models.DateField(blank=True, db_index=True, null=True)),
                ('when_latest', models.DateField(blank=True, null=True)),
                ('when_precision', models.CharField(blank=True, choices=[('DAY', 'DAY'), ('MONTH', 'MONTH'), ('YEAR', 'YEAR'), ('SEASON', 'SEASON'), ('TERM', 'TERM'), ('RANGE', 'RANGE'), ('OPEN', 'OPEN'), ('WORDING', 'WORDING')], max_length=10)),
                ('when_wording', models.CharField(blank=True, max_length=200, verbose_name='ordalydelse')),
                ('about', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='milestones', to='records.record')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='OpenQuestion',
            fields=[
                ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, serialize=False, to='records.record')),
                ('kind', models.CharField(choices=[('AMBIGUITY', 'källorna är oklara'), ('TO_SETTLE', 'behöver avgöras')], max_length=10)),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('subjects', models.ManyToManyField(related_name='open_questions', to='records.record')),
            ],
            options={
                'ordering': ['order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Quantity',
            fields=[
                ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, serialize=False, to='records.record')),
                ('shape', models.CharField(choices=[('COUNT', 'antal'), ('CHANGE', 'före och efter'), ('SHARE', 'antal av alla'), ('RANGE', 'från och till')], default='COUNT', max_length=10)),
                ('value', models.DecimalField(decimal_places=2, help_text='The count, the after, the n or the upper end.', max_digits=14)),
                ('reference', models.DecimalField(blank=True, decimal_places=2, help_text='The before, the m of n, or the lower end; empty for a plain count.', max_digits=14, null=True)),
                ('told_for_year', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('key', models.CharField(blank=True, help_text="The measure's key in the source.", max_length=40)),
                ('about', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='quantities', to='records.record')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('reference__isnull', True), ('shape', 'COUNT')), models.Q(models.Q(('shape', 'COUNT'), _negated=True), ('reference__isnull', False)), _connector='OR'), name='quantity_shape_has_its_numbers')],
            },
        ),
    ]
