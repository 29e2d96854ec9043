import django.db.models.deletion
import django.db.models.functions.comparison
import samhandling.core.knowledge
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('agreements', '0001_initial'),
        ('organisations', '0001_initial'),
        ('records', '0001_initial'),
        ('situation', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='FundingPath',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('wording', models.CharField(max_length=200)),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='funding_paths', to='organisations.collaborationbody')),
            ],
            options={
                'ordering': ['order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Initiative',
            fields=[
                ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, serialize=False, to='records.record')),
                ('has_no_network', models.BooleanField(default=False, help_text='Known that no network answers for it; otherwise unknown.')),
                ('part_kind', models.CharField(choices=[('WHOLE', 'hel insats'), ('STEP', 'steg'), ('PART', 'del')], default='WHOLE', max_length=10)),
                ('order', models.PositiveIntegerField(default=0)),
                ('partners_state', models.CharField(choices=[(samhandling.core.knowledge.Completeness['COMPLETE'], 'fullständig'), (samhandling.core.knowledge.Completeness['PARTIAL'], 'delvis känd'), (samhandling.core.knowledge.Completeness['UNKNOWN'], 'okänd'), (samhandling.core.knowledge.Completeness['NONE'], 'inga'), (samhandling.core.knowledge.Completeness['NOT_APPLICABLE'], 'inte aktuellt')], default=samhandling.core.knowledge.Completeness['UNKNOWN'], max_length=15)),
                ('funding_state', models.CharField(choices=[(samhandling.core.knowledge.Completeness['COMPLETE'], 'fullständig'), (samhandling.core.knowledge.Completeness['PARTIAL'], 'delvis känd'), (samhandling.core.knowledge.Completeness['UNKNOWN'], 'okänd'), (samhandling.core.knowledge.Completeness['NONE'], 'inga'), (samhandling.core.knowledge.Completeness['NOT_APPLICABLE'], 'inte aktuellt')], default=samhandling.core.knowledge.Completeness['UNKNOWN'], max_length=15)),
                ('results_state', models.CharField(choices=[(samhandling.core.knowledge.Completeness['COMPLETE'], 'fullständig'), (samhandling.core.knowledge.Completeness['PARTIAL'], 'delvis känd'), (samhandling.core.knowledge.Completeness['UNKNOWN'], 'okänd'), (samhandling.core.knowledge.Completeness['NONE'], 'inga'), (samhandling.core.knowledge.Completeness['NOT_APPLICABLE'], 'inte aktuellt')], default=samhandling.core.knowledge.Completeness['UNKNOWN'], max_length=15)),
                ('status', models.CharField(db_index=True, default='UNKNOWN', max_length=20)),
                ('when_earliest', models.DateField(blank=True, db_index=True, null=True)),
                ('when_latest', models.DateField(blank=True, null=True)),
                ('when_precision', models.CharField(blank=True, choices=[('DAY', 'DAY'), ('MONTH', 'MONTH'), ('YEAR', 'YEAR'), ('SEASON', 'SEASON'), ('TERM', 'TERM'), ('RANGE', 'RANGE'), ('OPEN', 'OPEN'), ('WORDING', 'WORDING')], max_length=10)),
                ('when_wording', models.CharField(blank=True, max_length=200, verbose_name='ordalydelse')),
                ('purpose', models.TextField(blank=True, verbose_name='syfte')),
                ('content', models.TextField(blank=True, verbose_name='innehåll')),
                ('summary', models.TextField(blank=True, verbose_name='vad som hänt')),
                ('result', models.TextField(blank=True, verbose_name='resultat')),
                ('next_step', models.TextField(blank=True, verbose_name='nästa steg')),
                ('target_group', models.TextField(blank=True, verbose_name='målgrupp')),
                ('beneficiary', models.TextField(blank=True, verbose_name='vem det ytterst är till för')),
                ('scope', models.TextField(blank=True, verbose_name='omfattning')),
                ('method', models.TextField(blank=True, verbose_name='arbetssätt eller modell')),
                ('dependency', models.TextField(blank=True, verbose_name='beroende av andra')),
                ('obstacle', models.TextField(blank=True, verbose_name='hinder')),
                ('positive_effect', models.TextField(blank=True, verbose_name='oväntad god effekt')),
                ('is_conditional', models.BooleanField(help_text='Null when unknown.', null=True)),
                ('would_happen_anyway', models.CharField(choices=[('YES', 'ja'), ('PARTLY', 'delvis'), ('NO', 'nej'), ('UNKNOWN', 'okänt')], default='UNKNOWN', max_length=10, verbose_name='hade det hänt ändå?')),
                ('sharing', models.CharField(choices=[('DRAFT', 'utkast'), ('SHARED', 'delad')], default='DRAFT', max_length=10)),
                ('shared_at', models.DateTimeField(blank=True, null=True)),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='initiatives', to='agreements.agreement')),
                ('focus_area', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='initiatives', to='agreements.focusarea')),
                ('follows', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='followed_by', to='initiatives.initiative')),
                ('network', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='initiatives', to='organisations.collaborationbody')),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='owned_initiatives', to='organisations.actor')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='initiatives.initiative')),
                ('places', models.ManyToManyField(blank=True, related_name='initiatives', to='situation.place')),
            ],
            options={
                'indexes': [models.Index(fields=['agreement', 'status'], name='initiatives_agreeme_177281_idx'), models.Index(fields=['agreement', 'parent'], name='initiatives_agreeme_acb758_idx'), models.Index(fields=['agreement', 'order'], name='initiatives_agreeme_095a0b_idx'), models.Index(models.F('agreement'), django.db.models.functions.comparison.Coalesce('parent', 'record'), name='initiative_tree_order'), models.Index(condition=models.Q(('sharing', 'DRAFT')), fields=['owner'], name='initiative_drafts_by_owner')],
                'constraints': [models.CheckConstraint(condition=models.Q(('has_no_network', False), ('network__isnull', True), _connector='OR'), name='no_network_excludes_a_network'), models.CheckConstraint(condition=models.Q(models.Q(('parent__isnull', True), ('part_kind', 'WHOLE')), models.Q(('parent__isnull', False), models.Q(('part_kind', 'WHOLE'), _negated=True)), _connector='OR'), name='a_part_has_a_parent'), models.CheckConstraint(condition=models.Q(models.Q(('shared_at__isnull', True), ('sharing', 'DRAFT')), models.Q(('shared_at__isnull', False), ('sharing', 'SHARED')), _connector='OR'), name='shared_initiative_has_its_time')],
            },
        ),
        migrations.CreateModel(
            name='Funding',
            fields=[
                ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, serialize=False, to='records.record')),
                ('instrument', models.CharField(blank=True, max_length=120, verbose_name='bidrag eller stöd')),
                ('amount_sek', models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name='belopp i kronor')),
                ('state', models.CharField(choices=[('PREPARED', 'ansökan förbereds'), ('SOUGHT', 'söks'), ('GRANTED', 'beviljad'), ('IN_USE', 'används'), ('REFUSED', 'avslag'), ('ENDED', 'slut'), ('UNKNOWN', 'okänt läge')], default='UNKNOWN', max_length=10, verbose_name='läge')),
                ('ends_earliest', models.DateField(blank=True, db_index=True, null=True)),
                ('ends_latest', models.DateField(blank=True, null=True)),
                ('ends_precision', models.CharField(blank=True, choices=[('DAY', 'DAY'), ('MONTH', 'MONTH'), ('YEAR', 'YEAR'), ('SEASON', 'SEASON'), ('TERM', 'TERM'), ('RANGE', 'RANGE'), ('OPEN', 'OPEN'), ('WORDING', 'WORDING')], max_length=10)),
                ('ends_wording', models.CharField(blank=True, max_length=200, verbose_name='ordalydelse')),
                ('funder', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='funds', to='organisations.actor')),
                ('needs', models.ManyToManyField(blank=True, related_name='funding', to='situation.need')),
                ('recipient', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='receives_funds', to='organisations.actor')),
                ('initiatives', models.ManyToManyField(blank=True, related_name='funding', to='initiatives.initiative')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('amount_sek__isnull', True), ('amount_sek__gte', 0), _connector='OR'), name='amount_is_not_negative')],
            },
        ),
        migrations.CreateModel(
            name='FundingEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('PREPARED', 'ansökan förbereds'), ('SOUGHT', 'söks'), ('GRANTED', 'beviljad'), ('IN_USE', 'används'), ('REFUSED', 'avslag'), ('ENDED', 'slut'), ('UNKNOWN', 'okänt läge')], max_length=10)),
                ('when_earliest', models.DateField(blank=True, db_index=True, null=True)),
                ('when_latest', models.DateField(blank=True, null=True)),
                ('when_precision', models.CharField(blank=True, choices=[('DAY', 'DAY'), ('MONTH', 'MONTH'), ('YEAR', 'YEAR'), ('SEASON', 'SEASON'), ('TERM', 'TERM'), ('RANGE', 'RANGE'), ('OPEN', 'OPEN'), ('WORDING', 'WORDING')], max_length=10)),
                ('when_wording', models.CharField(blank=True, max_length=200, verbose_name='ordalydelse')),
                ('told_for_year', models.PositiveSmallIntegerField()),
                ('funding', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='events', to='initiatives.funding')),
            ],
            options={
                'ordering': ['told_for_year', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ExpectedResult',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(verbose_name='förväntat resultat')),
                ('indicator', models.TextField(blank=True, verbose_name='indikator')),
                ('baseline', models.CharField(blank=True, max_length=120, verbose_name='utgångsläge')),
                ('target', models.CharField(blank=True, max_length=120, verbose_name='målvärde')),
                ('actual', models.CharField(blank=True, max_length=120, verbose_name='utfall')),
                ('initiative', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='expected_results', to='initiatives.initiative')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='InitiativeActor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('PARTNER', 'medverkar'), ('PARTICIPANT', 'deltar'), ('COMMISSIONER', 'uppdragsgivare'), ('STEERING_GROUP', 'styrgrupp'), ('WORKING_GROUP', 'arbetsgrupp'), ('COOPERATING_NETWORK', 'samverkande nätverk')], default='PARTNER', max_length=20)),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('actor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='initiative_roles', to='organisations.actor')),
                ('initiative', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='actors', to='initiatives.initiative')),
            ],
            options={
                'ordering': ['order', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('initiative', 'actor', 'role'), name='one_row_per_actor_and_role')],
            },
        ),
        migrations.CreateModel(
            name='InitiativeLanguage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=8)),
                ('initiative', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='languages', to='initiatives.initiative')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('initiative', 'code'), name='one_row_per_language')],
            },
        ),
        migrations.CreateModel(
            name='InitiativeLevel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('basis', models.CharField(choices=[(samhandling.core.knowledge.Basis['STATED'], 'står i källan'), (samhandling.core.knowledge.Basis['INFERRED'], 'härlett'), (samhandling.core.knowledge.Basis['UNKNOWN'], 'okänt'), (samhandling.core.knowledge.Basis['EXTERNAL'], 'tillagt utifrån')], max_length=10)),
                ('initiative', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='levels', to='initiatives.initiative')),
                ('level', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='initiative_levels', to='agreements.collaborationlevel')),
            ],
            options={
                'ordering': ['level__order'],
                'constraints': [models.UniqueConstraint(fields=('initiative', 'level'), name='one_row_per_initiative_level')],
            },
        ),
        migrations.CreateModel(
            name='InitiativeNeed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_theme', models.BooleanField(default=False, help_text='The need is the theme under which the network tells of it.')),
                ('basis', models.CharField(choices=[(samhandling.core.knowledge.Basis['STATED'], 'står i källan'), (samhandling.core.knowledge.Basis['INFERRED'], 'härlett'), (samhandling.core.knowledge.Basis['UNKNOWN'], 'okänt'), (samhandling.core.knowledge.Basis['EXTERNAL'], 'tillagt utifrån')], default='STATED', max_length=10)),
                ('initiative', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='need_links', to='initiatives.initiative')),
                ('need', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='initiative_links', to='situation.need')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('initiative', 'need'), name='one_row_per_need_met')],
            },
        ),
        migrations.CreateModel(
            name='StatusEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('PROPOSED', 'Föreslagen'), ('UNDER_DISCUSSION', 'Diskuteras'), ('CONDITIONAL', 'Villkorad'), ('PLANNED', 'Planerad'), ('ONGOING', 'Pågående'), ('PAUSED', 'Pausad'), ('RESUMED', 'Återupptagen'), ('POSTPONED', 'Uppskjuten'), ('PARTLY_DONE', 'Delvis genomförd'), ('DONE', 'Genomförd'), ('NOT_CARRIED_OUT', 'Ej verkställd'), ('CLOSED', 'Avslutad'), ('ORDINARY_OPERATIONS', 'Nu ordinarie verksamhet'), ('UNKNOWN', 'Okänt')], max_length=20)),
                ('basis', models.CharField(choices=[(samhandling.core.knowledge.Basis['STATED'], 'står i källan'), (samhandling.core.knowledge.Basis['INFERRED'], 'härlett'), (samhandling.core.knowledge.Basis['UNKNOWN'], 'okänt'), (samhandling.core.knowledge.Basis['EXTERNAL'], 'tillagt utifrån')], default='STATED', max_length=10)),
                ('inferred_status', models.CharField(blank=True, choices=[('PROPOSED', 'Föreslagen'), ('UNDER_DISCUSSION', 'Diskuteras'), ('CONDITIONAL', 'Villkorad'), ('PLANNED', 'Planerad'), ('ONGOING', 'Pågående'), ('PAUSED', 'Pausad'), ('RESUMED', 'Återupptagen'), ('POSTPONED', 'Uppskjuten'), ('PARTLY_DONE', 'Delvis genomförd'), ('DONE', 'Genomförd'), ('NOT_CARRIED_OUT', 'Ej verkställd'), ('CLOSED', 'Avslutad'), ('ORDINARY_OPERATIONS', 'Nu ordinarie verksamhet'), ('UNKNOWN', 'Okänt')], help_text='A reading the source does not state.', max_length=20)),
                ('told_for_year', models.PositiveSmallIntegerField(db_index=True)),
                ('when_earliest', models.DateField(blank=True, db_index=True, null=True)),
                ('when_latest', models.DateField(blank=True, null=True)),
                ('when_precision', models.CharField(blank=True, choices=[('DAY', 'DAY'), ('MONTH', 'MONTH'), ('YEAR', 'YEAR'), ('SEASON', 'SEASON'), ('TERM', 'TERM'), ('RANGE', 'RANGE'), ('OPEN', 'OPEN'), ('WORDING', 'WORDING')], max_length=10)),
                ('when_wording', models.CharField(blank=True, max_length=200, verbose_name='ordalydelse')),
                ('postponed_to_earliest', models.DateField(blank=True, db_index=True, null=True)),
                ('postponed_to_latest', models.DateField(blank=True, null=True)),
                ('postponed_to_precision', models.CharField(blank=True, choices=[('DAY', 'DAY'), ('MONTH', 'MONTH'), ('YEAR', 'YEAR'), ('SEASON', 'SEASON'), ('TERM', 'TERM'), ('RANGE', 'RANGE'), ('OPEN', 'OPEN'), ('WORDING', 'WORDING')], max_length=10)),
                ('postponed_to_wording', models.CharField(blank=True, max_length=200, verbose_name='ordalydelse')),
                ('reason', models.TextField(blank=True, verbose_name='vad som hände')),
                ('recorded_at', models.DateTimeField(auto_now_add=True)),
                ('initiative', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='status_events', to='initiatives.initiative')),
            ],
            options={
                'ordering': ['told_for_year', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('postponed_to_precision', ''), ('status__in', ['POSTPONED', 'PAUSED']), _connector='OR'), name='only_the_postponed_has_a_new_date')],
            },
        ),
        migrations.CreateModel(
            name='InitiativeCause',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('DROVE', 'drev fram insatsen'), ('MADE_DEVIATE', 'gjorde att den avvek')], max_length=15)),
                ('basis', models.CharField(choices=[(samhandling.core.knowledge.Basis['STATED'], 'står i källan'), (samhandling.core.knowledge.Basis['INFERRED'], 'härlett'), (samhandling.core.knowledge.Basis['UNKNOWN'], 'okänt'), (samhandling.core.knowledge.Basis['EXTERNAL'], 'tillagt utifrån')], default='STATED', max_length=10)),
                ('text', models.TextField(blank=True)),
                ('cause', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='initiative_causes', to='situation.cause')),
                ('initiative', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='causes', to='initiatives.initiative')),
                ('event', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='causes', to='initiatives.statusevent')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('event__isnull', True), ('kind', 'DROVE')), models.Q(('event__isnull', False), ('kind', 'MADE_DEVIATE')), _connector='OR'), name='a_deviation_has_its_event')],
            },
        ),
    ]
