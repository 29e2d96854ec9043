import django.db.models.deletion
import samhandling.core.knowledge
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organisations', '0001_initial'),
        ('records', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='SteeringDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, unique=True)),
                ('short_name', models.CharField(blank=True, max_length=40)),
            ],
        ),
        migrations.CreateModel(
            name='Agreement',
            fields=[
                ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, serialize=False, to='records.record')),
                ('slug', models.SlugField(max_length=30, unique=True)),
                ('short_name', models.CharField(max_length=80, verbose_name='kort namn')),
                ('focus_area_term', models.CharField(help_text='insatsområde or samverkansområde', max_length=40, verbose_name='vad områdena kallas')),
                ('purpose', models.TextField(blank=True, verbose_name='syfte')),
                ('focus', models.TextField(blank=True, verbose_name='fokus')),
                ('adopted_earliest', models.DateField(blank=True, db_index=True, null=True)),
                ('adopted_latest', models.DateField(blank=True, null=True)),
                ('adopted_precision', models.CharField(blank=True, choices=[('DAY', 'DAY'), ('MONTH', 'MONTH'), ('YEAR', 'YEAR'), ('SEASON', 'SEASON'), ('TERM', 'TERM'), ('RANGE', 'RANGE'), ('OPEN', 'OPEN'), ('WORDING', 'WORDING')], max_length=10)),
                ('adopted_wording', models.CharField(blank=True, max_length=200, verbose_name='ordalydelse')),
                ('adopted_at', models.CharField(blank=True, max_length=200, verbose_name='antagen vid')),
                ('valid_from_earliest', models.DateField(blank=True, db_index=True, null=True)),
                ('valid_from_latest', models.DateField(blank=True, null=True)),
                ('valid_from_precision', models.CharField(blank=True, choices=[('DAY', 'DAY'), ('MONTH', 'MONTH'), ('YEAR', 'YEAR'), ('SEASON', 'SEASON'), ('TERM', 'TERM'), ('RANGE', 'RANGE'), ('OPEN', 'OPEN'), ('WORDING', 'WORDING')], max_length=10)),
                ('valid_from_wording', models.CharField(blank=True, max_length=200, verbose_name='ordalydelse')),
                ('valid_until_earliest', models.DateField(blank=True, db_index=True, null=True)),
                ('valid_until_latest', models.DateField(blank=True, null=True)),
                ('valid_until_precision', models.CharField(blank=True, choices=[('DAY', 'DAY'), ('MONTH', 'MONTH'), ('YEAR', 'YEAR'), ('SEASON', 'SEASON'), ('TERM', 'TERM'), ('RANGE', 'RANGE'), ('OPEN', 'OPEN'), ('WORDING', 'WORDING')], max_length=10)),
                ('valid_until_wording', models.CharField(blank=True, max_length=200, verbose_name='ordalydelse')),
                ('parties_state', models.CharField(choices=[(samhandling.core.knowledge.Completeness['COMPLETE'], 'fullständig'), (samhandling.core.knowledge.Completeness['PARTIAL'], 'delvis känd'), (samhandling.core.knowledge.Completeness['UNKNOWN'], 'okänd'), (samhandling.core.knowledge.Completeness['NONE'], 'inga'), (samhandling.core.knowledge.Completeness['NOT_APPLICABLE'], 'inte aktuellt')], default=samhandling.core.knowledge.Completeness['UNKNOWN'], max_length=15)),
                ('signatures_state', models.CharField(choices=[(samhandling.core.knowledge.Completeness['COMPLETE'], 'fullständig'), (samhandling.core.knowledge.Completeness['PARTIAL'], 'delvis känd'), (samhandling.core.knowledge.Completeness['UNKNOWN'], 'okänd'), (samhandling.core.knowledge.Completeness['NONE'], 'inga'), (samhandling.core.knowledge.Completeness['NOT_APPLICABLE'], 'inte aktuellt')], default=samhandling.core.knowledge.Completeness['UNKNOWN'], max_length=15)),
                ('goals_state', models.CharField(choices=[(samhandling.core.knowledge.Completeness['COMPLETE'], 'fullständig'), (samhandling.core.knowledge.Completeness['PARTIAL'], 'delvis känd'), (samhandling.core.knowledge.Completeness['UNKNOWN'], 'okänd'), (samhandling.core.knowledge.Completeness['NONE'], 'inga'), (samhandling.core.knowledge.Completeness['NOT_APPLICABLE'], 'inte aktuellt')], default=samhandling.core.knowledge.Completeness['UNKNOWN'], max_length=15)),
                ('coordinated_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='coordinated_agreements', to='organisations.collaborationbody')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decided', to='organisations.collaborationbody')),
                ('followed_up_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='follows_up', to='organisations.organisation')),
                ('ordered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='ordered', to='organisations.collaborationbody')),
                ('prioritised_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='priorities', to='organisations.collaborationbody')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='AgreementClause',
            fields=[
                ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, serialize=False, to='records.record')),
                ('kind', models.CharField(choices=[('HEADING', 'rubrik'), ('RATIONALE', 'skäl'), ('RISK_NOTE', 'risker'), ('LEVEL_OF_WORK', 'på vilken nivå arbetet sker'), ('AUTONOMY', 'parternas frihet'), ('ADAPTATION', 'lokal anpassning'), ('REPORTING', 'rapportering'), ('PREREQUISITE', 'förutsättning'), ('LEVEL_RULE', 'om samverkansnivåerna'), ('CRITERIA_NOTE', 'om områdeskriterierna')], max_length=15)),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('is_paraphrase', models.BooleanField(default=True)),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='clauses', to='agreements.agreement')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='agreements.agreementclause')),
            ],
            options={
                'ordering': ['order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='AreaCriterion',
            fields=[
                ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, serialize=False, to='records.record')),
                ('direction', models.CharField(choices=[('BELOW', 'under riksgenomsnittet'), ('ABOVE', 'över riksgenomsnittet')], max_length=5)),
                ('order', models.PositiveSmallIntegerField()),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='area_criteria', to='agreements.agreement')),
            ],
            options={
                'ordering': ['order'],
            },
        ),
        migrations.CreateModel(
            name='Commitment',
            fields=[
                ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, serialize=False, to='records.record')),
                ('order', models.PositiveSmallIntegerField()),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='commitments', to='agreements.agreement')),
            ],
            options={
                'ordering': ['order'],
            },
        ),
        migrations.CreateModel(
            name='Definition',
            fields=[
                ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, serialize=False, to='records.record')),
                ('text', models.TextField()),
                ('is_umbrella', models.BooleanField(default=False, help_text='The word used for all of them.')),
                ('years_min', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('years_max', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='definitions', to='agreements.agreement')),
            ],
            options={
                'ordering': ['order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='FocusArea',
            fields=[
                ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, serialize=False, to='records.record')),
                ('code', models.CharField(max_length=8, verbose_name='kod')),
                ('colour', models.PositiveSmallIntegerField(default=1, help_text='1–6, index into the palette.')),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('note', models.TextField(blank=True)),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='focus_areas', to='agreements.agreement')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sub_areas', to='agreements.focusarea')),
            ],
            options={
                'ordering': ['order', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('agreement', 'code'), name='one_focus_area_per_code')],
            },
        ),
        migrations.CreateModel(
            name='CoverageGap',
            fields=[
                ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, serialize=False, to='records.record')),
                ('since_earliest', models.DateField(blank=True, db_index=True, null=True)),
                ('since_latest', models.DateField(blank=True, null=True)),
                ('since_precision', models.CharField(blank=True, choices=[('DAY', 'DAY'), ('MONTH', 'MONTH'), ('YEAR', 'YEAR'), ('SEASON', 'SEASON'), ('TERM', 'TERM'), ('RANGE', 'RANGE'), ('OPEN', 'OPEN'), ('WORDING', 'WORDING')], max_length=10)),
                ('since_wording', models.CharField(blank=True, max_length=200, verbose_name='ordalydelse')),
                ('until_earliest', models.DateField(blank=True, db_index=True, null=True)),
                ('until_latest', models.DateField(blank=True, null=True)),
                ('until_precision', models.CharField(blank=True, choices=[('DAY', 'DAY'), ('MONTH', 'MONTH'), ('YEAR', 'YEAR'), ('SEASON', 'SEASON'), ('TERM', 'TERM'), ('RANGE', 'RANGE'), ('OPEN', 'OPEN'), ('WORDING', 'WORDING')], max_length=10)),
                ('until_wording', models.CharField(blank=True, max_length=200, verbose_name='ordalydelse')),
                ('cause', models.TextField(blank=True)),
                ('note', models.TextField(blank=True)),
                ('caused_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='left_gaps', to='organisations.collaborationbody')),
                ('focus_area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='coverage_gaps', to='agreements.focusarea')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='CollaborationPlan',
            fields=[
                ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, serialize=False, to='records.record')),
                ('kind', models.CharField(choices=[('ANNEX', 'bilaga till överenskommelsen'), ('ACTION_PLAN', 'handlingsplan'), ('OPERATIONAL_PLAN', 'verksamhetsplan'), ('INTERNAL_AGREEMENT', 'intern överenskommelse')], max_length=20)),
                ('adopted_earliest', models.DateField(blank=True, db_index=True, null=True)),
                ('adopted_latest', models.DateField(blank=True, null=True)),
                ('adopted_precision', models.CharField(blank=True, choices=[('DAY', 'DAY'), ('MONTH', 'MONTH'), ('YEAR', 'YEAR'), ('SEASON', 'SEASON'), ('TERM', 'TERM'), ('RANGE', 'RANGE'), ('OPEN', 'OPEN'), ('WORDING', 'WORDING')], max_length=10)),
                ('adopted_wording', models.CharField(blank=True, max_length=200, verbose_name='ordalydelse')),
                ('is_living', models.BooleanField(help_text='Changed as needs change; null when unknown.', null=True)),
                ('content_available', models.BooleanField(help_text='Null when unknown.', null=True)),
                ('describes', models.TextField(blank=True)),
                ('note', models.TextField(blank=True)),
                ('agreement', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='plans', to='agreements.agreement')),
                ('network', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='plans', to='organisations.collaborationbody')),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='owned_plans', to='organisations.actor')),
                ('regulates', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='regulated_by', to='records.record')),
                ('focus_area', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='plans', to='agreements.focusarea')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='AreaResponsibility',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('valid_from_earliest', models.DateField(blank=True, db_index=True, null=True)),
                ('valid_from_latest', models.DateField(blank=True, null=True)),
                ('valid_from_precision', models.CharField(blank=True, choices=[('DAY', 'DAY'), ('MONTH', 'MONTH'), ('YEAR', 'YEAR'), ('SEASON', 'SEASON'), ('TERM', 'TERM'), ('RANGE', 'RANGE'), ('OPEN', 'OPEN'), ('WORDING', 'WORDING')], max_length=10)),
                ('valid_from_wording', models.CharField(blank=True, max_length=200, verbose_name='ordalydelse')),
                ('valid_until_earliest', models.DateField(blank=True, db_index=True, null=True)),
                ('valid_until_latest', models.DateField(blank=True, null=True)),
                ('valid_until_precision', models.CharField(blank=True, choices=[('DAY', 'DAY'), ('MONTH', 'MONTH'), ('YEAR', 'YEAR'), ('SEASON', 'SEASON'), ('TERM', 'TERM'), ('RANGE', 'RANGE'), ('OPEN', 'OPEN'), ('WORDING', 'WORDING')], max_length=10)),
                ('valid_until_wording', models.CharField(blank=True, max_length=200, verbose_name='ordalydelse')),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='responsible_for', to='organisations.collaborationbody')),
                ('focus_area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='responsibilities', to='agreements.focusarea')),
                ('sub_area', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agreements.focusarea')),
            ],
            options={
                'ordering': ['order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Goal',
            fields=[
                ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, serialize=False, to='records.record')),
                ('is_overall', models.BooleanField(default=False)),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='goals', to='agreements.agreement')),
            ],
            options={
                'ordering': ['order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='GovernanceLink',
            fields=[
                ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, serialize=False, to='records.record')),
                ('step', models.CharField(choices=[('DECIDE', 'beslut'), ('COORDINATE', 'koordinering'), ('CARRY_OUT', 'genomförande')], max_length=10)),
                ('order', models.PositiveSmallIntegerField()),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='governance_links', to='agreements.agreement')),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='governance_links', to='organisations.collaborationbody')),
            ],
            options={
                'ordering': ['order'],
                'constraints': [models.CheckConstraint(condition=models.Q(('order__gte', 1)), name='governance_starts_at_one')],
            },
        ),
        migrations.CreateModel(
            name='JointActivity',
            fields=[
                ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, serialize=False, to='records.record')),
                ('order', models.PositiveSmallIntegerField()),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='joint_activities', to='agreements.agreement')),
            ],
            options={
                'ordering': ['order'],
            },
        ),
        migrations.CreateModel(
            name='NetworkAssignment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_counted', models.BooleanField(default=True, help_text='One of the published number of networks.')),
                ('scope', models.CharField(choices=[('INSIDE', 'ingår'), ('OUTSIDE', 'utanför överenskommelsen'), ('UNKNOWN', 'okänt')], default='INSIDE', max_length=10)),
                ('scope_note', models.TextField(blank=True)),
                ('position', models.TextField(blank=True, verbose_name='ståndpunkt')),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='network_assignments', to='agreements.agreement')),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='organisations.collaborationbody')),
            ],
            options={
                'ordering': ['order', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('agreement', 'body'), name='one_assignment_per_body')],
            },
        ),
        migrations.CreateModel(
            name='Party',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('decided_by', models.CharField(blank=True, max_length=200, verbose_name='beslutande organ')),
                ('decision_reference', models.CharField(blank=True, max_length=100, verbose_name='paragraf och ärende')),
                ('decided_on_earliest', models.DateField(blank=True, db_index=True, null=True)),
                ('decided_on_latest', models.DateField(blank=True, null=True)),
                ('decided_on_precision', models.CharField(blank=True, choices=[('DAY', 'DAY'), ('MONTH', 'MONTH'), ('YEAR', 'YEAR'), ('SEASON', 'SEASON'), ('TERM', 'TERM'), ('RANGE', 'RANGE'), ('OPEN', 'OPEN'), ('WORDING', 'WORDING')], max_length=10)),
                ('decided_on_wording', models.CharField(blank=True, max_length=200, verbose_name='ordalydelse')),
                ('signed_on_earliest', models.DateField(blank=True, db_index=True, null=True)),
                ('signed_on_latest', models.DateField(blank=True, null=True)),
                ('signed_on_precision', models.CharField(blank=True, choices=[('DAY', 'DAY'), ('MONTH', 'MONTH'), ('YEAR', 'YEAR'), ('SEASON', 'SEASON'), ('TERM', 'TERM'), ('RANGE', 'RANGE'), ('OPEN', 'OPEN'), ('WORDING', 'WORDING')], max_length=10)),
                ('signed_on_wording', models.CharField(blank=True, max_length=200, verbose_name='ordalydelse')),
                ('joined_on_earliest', models.DateField(blank=True, db_index=True, null=True)),
                ('joined_on_latest', models.DateField(blank=True, null=True)),
                ('joined_on_precision', models.CharField(blank=True, choices=[('DAY', 'DAY'), ('MONTH', 'MONTH'), ('YEAR', 'YEAR'), ('SEASON', 'SEASON'), ('TERM', 'TERM'), ('RANGE', 'RANGE'), ('OPEN', 'OPEN'), ('WORDING', 'WORDING')], max_length=10)),
                ('joined_on_wording', models.CharField(blank=True, max_length=200, verbose_name='ordalydelse')),
                ('withdrew_on_earliest', models.DateField(blank=True, db_index=True, null=True)),
                ('withdrew_on_latest', models.DateField(blank=True, null=True)),
                ('withdrew_on_precision', models.CharField(blank=True, choices=[('DAY', 'DAY'), ('MONTH', 'MONTH'), ('YEAR', 'YEAR'), ('SEASON', 'SEASON'), ('TERM', 'TERM'), ('RANGE', 'RANGE'), ('OPEN', 'OPEN'), ('WORDING', 'WORDING')], max_length=10)),
                ('withdrew_on_wording', models.CharField(blank=True, max_length=200, verbose_name='ordalydelse')),
                ('actor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='accessions', to='organisations.actor')),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='parties', to='agreements.agreement')),
                ('represented_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='represents', to='organisations.actor')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('agreement', 'actor'), name='one_accession_per_actor')],
            },
        ),
        migrations.CreateModel(
            name='RecordFocusArea',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('basis', models.CharField(choices=[(samhandling.core.knowledge.Basis['STATED'], 'står i källan'), (samhandling.core.knowledge.Basis['INFERRED'], 'härlett'), (samhandling.core.knowledge.Basis['UNKNOWN'], 'okänt'), (samhandling.core.knowledge.Basis['EXTERNAL'], 'tillagt utifrån')], default='STATED', max_length=10)),
                ('body', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.actor')),
                ('focus_area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='record_links', to='agreements.focusarea')),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='focus_area_links', to='records.record')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('record', 'focus_area'), name='one_link_per_area')],
            },
        ),
        migrations.CreateModel(
            name='ScopeBoundary',
            fields=[
                ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, serialize=False, to='records.record')),
                ('is_excluded', models.BooleanField(default=False)),
                ('proposal', models.TextField(blank=True, verbose_name='förslag')),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='scope_boundaries', to='agreements.agreement')),
                ('concerns', models.ForeignKey(blank=True, help_text='What it limits, where that is not the agreement itself.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='scope_boundaries', to='records.record')),
            ],
            options={
                'ordering': ['order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='StrategyRelation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('ALIGNED', 'i linje med'), ('UNCLEAR', 'oklart'), ('TO_SPREAD', 'ska spridas och genomföras')], max_length=10)),
                ('text', models.TextField(blank=True)),
                ('part', models.CharField(blank=True, max_length=200, verbose_name='vilken del')),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='strategy_relations', to='agreements.agreement')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='relations', to='agreements.steeringdocument')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='StructureProposal',
            fields=[
                ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, serialize=False, to='records.record')),
                ('proposed_on_earliest', models.DateField(blank=True, db_index=True, null=True)),
                ('proposed_on_latest', models.DateField(blank=True, null=True)),
                ('proposed_on_precision', models.CharField(blank=True, choices=[('DAY', 'DAY'), ('MONTH', 'MONTH'), ('YEAR', 'YEAR'), ('SEASON', 'SEASON'), ('TERM', 'TERM'), ('RANGE', 'RANGE'), ('OPEN', 'OPEN'), ('WORDING', 'WORDING')], max_length=10)),
                ('proposed_on_wording', models.CharField(blank=True, max_length=200, verbose_name='ordalydelse')),
                ('state', models.CharField(choices=[('PROPOSED', 'föreslagen'), ('DECIDED', 'beslutad'), ('REJECTED', 'avvisad')], default='PROPOSED', max_length=10)),
                ('focus_area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='structure_proposals', to='agreements.focusarea')),
                ('proposed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='structure_proposals', to='organisations.actor')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='StructureProposalRole',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(verbose_name='roll')),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proposed_roles', to='organisations.collaborationbody')),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='roles', to='agreements.structureproposal')),
            ],
            options={
                'ordering': ['order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='TargetGroup',
            fields=[
                ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, serialize=False, to='records.record')),
                ('is_primary', models.BooleanField(default=False)),
                ('qualifier', models.CharField(choices=[('NONE', 'ingen'), ('GEOGRAPHIC', 'geografisk')], default='NONE', max_length=10)),
                ('included_by_definition', models.BooleanField(default=False)),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='target_groups', to='agreements.agreement')),
                ('definition', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='target_groups', to='agreements.definition')),
            ],
            options={
                'ordering': ['order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='AgreementLineage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('REPLACES', 'ersätter'), ('EXTENDS', 'förlänger'), ('MERGES', 'slår ihop'), ('ENDED_BY_WITHDRAWAL', 'upphör genom utträde')], max_length=20)),
                ('state', models.CharField(choices=[('POSSIBLE', 'möjligt'), ('DECIDED', 'beslutat')], max_length=10)),
                ('reason', models.TextField(blank=True)),
                ('when_earliest', models.DateField(blank=True, db_index=True, null=True)),
                ('when_latest', models.DateField(blank=True, null=True)),
                ('when_precision', models.CharField(blank=True, choices=[('DAY', 'DAY'), ('MONTH', 'MONTH'), ('YEAR', 'YEAR'), ('SEASON', 'SEASON'), ('TERM', 'TERM'), ('RANGE', 'RANGE'), ('OPEN', 'OPEN'), ('WORDING', 'WORDING')], max_length=10)),
                ('when_wording', models.CharField(blank=True, max_length=200, verbose_name='ordalydelse')),
                ('earlier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='successions', to='agreements.agreement')),
                ('later', models.ForeignKey(blank=True, help_text='Empty while the later agreement does not exist.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='origins', to='agreements.agreement')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('state', 'POSSIBLE'), ('later__isnull', False), ('kind', 'ENDED_BY_WITHDRAWAL'), _connector='OR'), name='decided_lineage_names_the_later')],
            },
        ),
        migrations.CreateModel(
            name='CollaborationLevel',
            fields=[
                ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, serialize=False, to='records.record')),
                ('key', models.SlugField(max_length=40)),
                ('label', models.CharField(help_text='The agreement\'s own word: "basnivå".', max_length=60)),
                ('order', models.PositiveSmallIntegerField()),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='levels', to='agreements.agreement')),
            ],
            options={
                'ordering': ['order'],
                'constraints': [models.UniqueConstraint(fields=('agreement', 'key'), name='one_level_per_key')],
            },
        ),
        migrations.CreateModel(
            name='CoverageGapHandling',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('extent', models.CharField(choices=[('PARTLY', 'delvis'), ('FULLY', 'helt')], max_length=10)),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='handles', to='organisations.collaborationbody')),
                ('gap', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='handlings', to='agreements.coveragegap')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('gap', 'body'), name='one_handling_per_body')],
            },
        ),
    ]
