import django.db.models.deletion
import samhandling.core.knowledge
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('agreements', '0001_initial'),
        ('initiatives', '0001_initial'),
        ('organisations', '0001_initial'),
        ('records', '0001_initial'),
        ('situation', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='FollowUpRound',
            fields=[
                ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, serialize=False, to='records.record')),
                ('year', models.PositiveSmallIntegerField()),
                ('period_earliest', models.DateField(blank=True, db_index=True, null=True)),
                ('period_latest', models.DateField(blank=True, null=True)),
                ('period_precision', models.CharField(blank=True, choices=[('DAY', 'DAY'), ('MONTH', 'MONTH'), ('YEAR', 'YEAR'), ('SEASON', 'SEASON'), ('TERM', 'TERM'), ('RANGE', 'RANGE'), ('OPEN', 'OPEN'), ('WORDING', 'WORDING')], max_length=10)),
                ('period_wording', models.CharField(blank=True, max_length=200, verbose_name='ordalydelse')),
                ('state', models.CharField(choices=[('PLANNED', 'planerad'), ('COLLECTING', 'uppgifter samlas in'), ('REVIEWING', 'granskas'), ('CLOSED', 'avslutad')], default='PLANNED', max_length=10)),
                ('next_step', models.TextField(blank=True)),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rounds', to='agreements.agreement')),
                ('carried_out_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='rounds', to='organisations.organisation')),
                ('task_giver', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.actor')),
            ],
            options={
                'ordering': ['-year'],
                'constraints': [models.UniqueConstraint(fields=('agreement', 'year'), name='one_round_a_year')],
            },
        ),
        migrations.CreateModel(
            name='ApproachFinding',
            fields=[
                ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, serialize=False, to='records.record')),
                ('share', models.CharField(blank=True, max_length=60)),
                ('is_rule', models.BooleanField(default=False)),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='approach_findings', to='followup.followupround')),
            ],
            options={
                'ordering': ['order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Lesson',
            fields=[
                ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, serialize=False, to='records.record')),
                ('number', models.PositiveSmallIntegerField()),
                ('good_example', models.TextField(blank=True)),
                ('good_example_in', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='exemplifies', to='agreements.agreement')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lessons', to='followup.followupround')),
            ],
            options={
                'ordering': ['number'],
                'constraints': [models.UniqueConstraint(fields=('round', 'number'), name='one_lesson_per_number')],
            },
        ),
        migrations.CreateModel(
            name='LessonEvidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('lesson', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='evidence_links', to='followup.lesson')),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lesson_links', to='records.record')),
            ],
            options={
                'ordering': ['order', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('lesson', 'record'), name='one_row_per_evidence')],
            },
        ),
        migrations.CreateModel(
            name='LessonPoint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sign', models.CharField(choices=[('PLUS', 'styrka'), ('MINUS', 'svaghet'), ('ARGUMENT', 'skäl')], max_length=10)),
                ('text', models.TextField()),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('lesson', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='points', to='followup.lesson')),
            ],
            options={
                'ordering': ['order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='MethodNote',
            fields=[
                ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, serialize=False, to='records.record')),
                ('kind', models.CharField(choices=[('ASSIGNMENT', 'uppdrag'), ('PURPOSE', 'syfte'), ('METHOD', 'metod'), ('ANALYSIS', 'bearbetning'), ('READERS', 'läsare'), ('PRESENTATION', 'redovisning')], max_length=15)),
                ('informants', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='method_notes', to='followup.followupround')),
            ],
            options={
                'ordering': ['order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='NetworkReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('approach', models.CharField(choices=[('ORDINARY_MANDATE', 'inom ordinarie uppdrag'), ('SPECIAL_PLAN', 'särskild handlingsplan'), ('OWN_ASSIGNMENT', 'eget uppdrag som bidrar'), ('ACTIVE_WITH_TARGET_GROUP', 'aktivt med målgruppen'), ('UNKNOWN', 'okänt')], default='UNKNOWN', max_length=30)),
                ('approach_basis', models.CharField(blank=True, choices=[(samhandling.core.knowledge.Basis['STATED'], 'står i källan'), (samhandling.core.knowledge.Basis['INFERRED'], 'härlett'), (samhandling.core.knowledge.Basis['UNKNOWN'], 'okänt'), (samhandling.core.knowledge.Basis['EXTERNAL'], 'tillagt utifrån')], max_length=10)),
                ('approach_text', models.TextField(blank=True)),
                ('added_value', models.CharField(choices=[('GAVE', 'gav mervärde'), ('NOTHING_BEYOND_INVENTORY', 'inget utöver inventering'), ('NONE', 'inget mervärde'), ('UNKNOWN', 'okänt')], default='UNKNOWN', max_length=30)),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='organisations.collaborationbody')),
                ('focus_area', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='network_reports', to='agreements.focusarea')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='network_reports', to='followup.followupround')),
            ],
            options={
                'ordering': ['order', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('round', 'body'), name='one_report_a_body_and_round')],
            },
        ),
        migrations.CreateModel(
            name='InitiativeReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('told', models.TextField(blank=True, verbose_name='vad som berättas')),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('initiative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='initiatives.initiative')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='initiative_reports', to='followup.followupround')),
                ('network_report', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='initiative_reports', to='followup.networkreport')),
            ],
            options={
                'ordering': ['order', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('network_report', 'initiative'), name='told_once_a_network_report')],
            },
        ),
        migrations.CreateModel(
            name='NetworkReportLevel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('basis', models.CharField(choices=[(samhandling.core.knowledge.Basis['STATED'], 'står i källan'), (samhandling.core.knowledge.Basis['INFERRED'], 'härlett'), (samhandling.core.knowledge.Basis['UNKNOWN'], 'okänt'), (samhandling.core.knowledge.Basis['EXTERNAL'], 'tillagt utifrån')], max_length=10)),
                ('is_planned', models.BooleanField(default=False, help_text='Planned for the year after.')),
                ('level', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='network_levels', to='agreements.collaborationlevel')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='levels', to='followup.networkreport')),
            ],
            options={
                'ordering': ['level__order'],
                'constraints': [models.UniqueConstraint(fields=('report', 'level', 'is_planned'), name='one_row_per_network_level')],
            },
        ),
        migrations.CreateModel(
            name='NetworkStatement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('ASSESSMENT', 'bedömning av samverkan'), ('ADDED_VALUE', 'mervärde'), ('REDUNDANCY', 'varför överenskommelsen upplevs överflödig'), ('POSITIVE_EFFECT', 'god effekt'), ('MEETINGS', 'möten'), ('STRENGTH', 'styrka'), ('PLAN', 'om planen')], max_length=20)),
                ('text', models.TextField()),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='statements', to='followup.networkreport')),
                ('said_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.actor')),
            ],
            options={
                'ordering': ['order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='PlannedInitiative',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('initiative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='planned_by', to='initiatives.initiative')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='plans', to='followup.networkreport')),
            ],
            options={
                'ordering': ['order', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('report', 'initiative'), name='one_row_per_planned_initiative')],
            },
        ),
        migrations.CreateModel(
            name='Recommendation',
            fields=[
                ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, serialize=False, to='records.record')),
                ('number', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('applies_to', models.CharField(blank=True, max_length=200, verbose_name='gäller')),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('addressee', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='recommendations', to='organisations.actor')),
                ('adopted_in', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='meets_recommendations', to='agreements.agreement')),
                ('lesson', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='recommendations', to='followup.lesson')),
                ('origin', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='recommendations', to='records.record')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recommendations', to='followup.followupround')),
            ],
            options={
                'ordering': ['order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='RecommendationResponse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('answer', models.CharField(choices=[('ACCEPTED', 'antas'), ('PARTLY', 'antas delvis'), ('REJECTED', 'avvisas')], max_length=10, verbose_name='svar')),
                ('reason', models.TextField(verbose_name='skäl')),
                ('when_earliest', models.DateField(blank=True, db_index=True, null=True)),
                ('when_latest', models.DateField(blank=True, null=True)),
                ('when_precision', models.CharField(blank=True, choices=[('DAY', 'DAY'), ('MONTH', 'MONTH'), ('YEAR', 'YEAR'), ('SEASON', 'SEASON'), ('TERM', 'TERM'), ('RANGE', 'RANGE'), ('OPEN', 'OPEN'), ('WORDING', 'WORDING')], max_length=10)),
                ('when_wording', models.CharField(blank=True, max_length=200, verbose_name='ordalydelse')),
                ('given_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.actor')),
                ('recommendation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='responses', to='followup.recommendation')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='an_answer_has_a_reason')],
            },
        ),
        migrations.CreateModel(
            name='ReportedNeed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('need', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reported_by', to='situation.need')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='needs', to='followup.networkreport')),
            ],
            options={
                'ordering': ['order', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('report', 'need'), name='one_row_per_reported_need')],
            },
        ),
        migrations.AddField(
            model_name='lesson',
            name='evidence',
            field=models.ManyToManyField(related_name='proves', through='followup.LessonEvidence', to='records.record'),
        ),
    ]
