import django.db.models.deletion
import samhandling.core.knowledge
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('records', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Actor',
            fields=[
                ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, serialize=False, to='records.record')),
                ('actor_kind', models.CharField(choices=[('ORGANISATION', 'organisation'), ('BODY', 'nätverk eller grupp'), ('CATEGORY', 'kategori'), ('SET', 'beskriven grupp')], max_length=15)),
                ('short_name', models.CharField(blank=True, max_length=60, verbose_name='kortnamn')),
                ('sector', models.CharField(blank=True, choices=[('STATE', 'stat'), ('REGION', 'region'), ('MUNICIPALITY', 'kommun'), ('UNIVERSITY', 'universitet'), ('CIVIL_SOCIETY', 'civilsamhälle'), ('BUSINESS', 'näringsliv'), ('OTHER', 'annan')], max_length=15, verbose_name='sektor')),
                ('note', models.TextField(blank=True, verbose_name='anteckning')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ActorRole',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField()),
                ('state', models.CharField(choices=[('HELD', 'har'), ('PROPOSED', 'föreslagen')], default='HELD', max_length=10)),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('actor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='roles', to='organisations.actor')),
                ('source', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.source')),
            ],
            options={
                'ordering': ['order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ActorSet',
            fields=[
                ('actor_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='organisations.actor')),
                ('stated_count', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('stated_total', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('quantifier', models.CharField(blank=True, help_text='As published: "de flesta".', max_length=60)),
                ('members_state', models.CharField(choices=[(samhandling.core.knowledge.Completeness['COMPLETE'], 'fullständig'), (samhandling.core.knowledge.Completeness['PARTIAL'], 'delvis känd'), (samhandling.core.knowledge.Completeness['UNKNOWN'], 'okänd'), (samhandling.core.knowledge.Completeness['NONE'], 'inga'), (samhandling.core.knowledge.Completeness['NOT_APPLICABLE'], 'inte aktuellt')], default=samhandling.core.knowledge.Completeness['UNKNOWN'], max_length=15)),
                ('members', models.ManyToManyField(blank=True, related_name='in_sets', to='organisations.actor')),
            ],
            options={
                'abstract': False,
            },
            bases=('organisations.actor',),
        ),
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('actor_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='organisations.actor')),
                ('subtype', models.CharField(blank=True, max_length=60, verbose_name='närmare slag')),
                ('visiting_address', models.CharField(blank=True, max_length=200, verbose_name='besöksadress')),
                ('phone', models.CharField(blank=True, max_length=40, verbose_name='telefon')),
                ('web', models.CharField(blank=True, max_length=200, verbose_name='webbplats')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-post')),
                ('operated_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='operates', to='organisations.organisation')),
            ],
            options={
                'abstract': False,
            },
            bases=('organisations.actor',),
        ),
        migrations.CreateModel(
            name='CollaborationBody',
            fields=[
                ('actor_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='organisations.actor')),
                ('kind', models.CharField(choices=[('COUNCIL', 'råd'), ('COORDINATION_GROUP', 'samordningsgrupp'), ('NETWORK', 'nätverk'), ('WORKING_GROUP', 'arbetsgrupp'), ('STEERING_GROUP', 'styrgrupp'), ('COOPERATION_COUNCIL', 'samverkansråd'), ('MANAGEMENT_GROUP', 'ledningsgrupp'), ('FORUM', 'forum')], max_length=20)),
                ('state', models.CharField(blank=True, choices=[('PROPOSED', 'föreslaget'), ('ACTIVE', 'aktivt'), ('UNDER_REVIEW', 'aktivt, uppdraget ses över'), ('DORMANT', 'vilande'), ('CLOSED', 'avslutat')], help_text='Empty when unknown.', max_length=15)),
                ('description', models.TextField(blank=True, verbose_name='beskrivning')),
                ('strength', models.TextField(blank=True, verbose_name='styrka')),
                ('is_collective', models.BooleanField(default=False, help_text='Stands for several bodies that the source does not name.')),
                ('reporting_frequency', models.CharField(blank=True, max_length=60)),
                ('started_earliest', models.DateField(blank=True, db_index=True, null=True)),
                ('started_latest', models.DateField(blank=True, null=True)),
                ('started_precision', models.CharField(blank=True, choices=[('DAY', 'DAY'), ('MONTH', 'MONTH'), ('YEAR', 'YEAR'), ('SEASON', 'SEASON'), ('TERM', 'TERM'), ('RANGE', 'RANGE'), ('OPEN', 'OPEN'), ('WORDING', 'WORDING')], max_length=10)),
                ('started_wording', models.CharField(blank=True, max_length=200, verbose_name='ordalydelse')),
                ('first_meeting_earliest', models.DateField(blank=True, db_index=True, null=True)),
                ('first_meeting_latest', models.DateField(blank=True, null=True)),
                ('first_meeting_precision', models.CharField(blank=True, choices=[('DAY', 'DAY'), ('MONTH', 'MONTH'), ('YEAR', 'YEAR'), ('SEASON', 'SEASON'), ('TERM', 'TERM'), ('RANGE', 'RANGE'), ('OPEN', 'OPEN'), ('WORDING', 'WORDING')], max_length=10)),
                ('first_meeting_wording', models.CharField(blank=True, max_length=200, verbose_name='ordalydelse')),
                ('meeting_rhythm', models.TextField(blank=True, verbose_name='möten')),
                ('members_state', models.CharField(choices=[(samhandling.core.knowledge.Completeness['COMPLETE'], 'fullständig'), (samhandling.core.knowledge.Completeness['PARTIAL'], 'delvis känd'), (samhandling.core.knowledge.Completeness['UNKNOWN'], 'okänd'), (samhandling.core.knowledge.Completeness['NONE'], 'inga'), (samhandling.core.knowledge.Completeness['NOT_APPLICABLE'], 'inte aktuellt')], default=samhandling.core.knowledge.Completeness['UNKNOWN'], max_length=15)),
                ('seat_level', models.CharField(blank=True, max_length=200, verbose_name='vilka som sitter')),
                ('members_note', models.TextField(blank=True)),
                ('successor_state', models.CharField(choices=[(samhandling.core.knowledge.Completeness['COMPLETE'], 'fullständig'), (samhandling.core.knowledge.Completeness['PARTIAL'], 'delvis känd'), (samhandling.core.knowledge.Completeness['UNKNOWN'], 'okänd'), (samhandling.core.knowledge.Completeness['NONE'], 'inga'), (samhandling.core.knowledge.Completeness['NOT_APPLICABLE'], 'inte aktuellt')], default=samhandling.core.knowledge.Completeness['NOT_APPLICABLE'], help_text='NONE: known that no body took over.', max_length=15)),
                ('assigned_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='assigns', to='organisations.actor')),
                ('part_of', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='groups', to='organisations.collaborationbody')),
                ('reports_to', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reporting_bodies', to='organisations.collaborationbody')),
                ('successor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='predecessors', to='organisations.collaborationbody')),
                ('coordinating_authority', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='coordinates', to='organisations.organisation')),
                ('led_by', models.ManyToManyField(blank=True, related_name='leads', to='organisations.organisation')),
            ],
            options={
                'abstract': False,
            },
            bases=('organisations.actor',),
        ),
        migrations.CreateModel(
            name='Mandate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField()),
                ('to_prioritise', models.CharField(choices=[('YES', 'räcker'), ('PARTLY', 'räcker delvis'), ('NO', 'räcker inte'), ('UNKNOWN', 'okänt')], default='UNKNOWN', help_text="Whether the mandate lets the body put the agreement's work first.", max_length=10)),
                ('valid_from_earliest', models.DateField(blank=True, db_index=True, null=True)),
                ('valid_from_latest', models.DateField(blank=True, null=True)),
                ('valid_from_precision', models.CharField(blank=True, choices=[('DAY', 'DAY'), ('MONTH', 'MONTH'), ('YEAR', 'YEAR'), ('SEASON', 'SEASON'), ('TERM', 'TERM'), ('RANGE', 'RANGE'), ('OPEN', 'OPEN'), ('WORDING', 'WORDING')], max_length=10)),
                ('valid_from_wording', models.CharField(blank=True, max_length=200, verbose_name='ordalydelse')),
                ('valid_until_earliest', models.DateField(blank=True, db_index=True, null=True)),
                ('valid_until_latest', models.DateField(blank=True, null=True)),
                ('valid_until_precision', models.CharField(blank=True, choices=[('DAY', 'DAY'), ('MONTH', 'MONTH'), ('YEAR', 'YEAR'), ('SEASON', 'SEASON'), ('TERM', 'TERM'), ('RANGE', 'RANGE'), ('OPEN', 'OPEN'), ('WORDING', 'WORDING')], max_length=10)),
                ('valid_until_wording', models.CharField(blank=True, max_length=200, verbose_name='ordalydelse')),
                ('granted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='granted_mandates', to='organisations.actor')),
                ('to_prioritise_ground', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='grounds_mandates', to='records.record')),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mandates', to='organisations.collaborationbody')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='LiaisonSeat',
            fields=[
                ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, serialize=False, to='records.record')),
                ('state', models.CharField(choices=[('PROPOSED', 'föreslagen'), ('DECIDED', 'beslutad'), ('REJECTED', 'avvisad')], default='PROPOSED', max_length=10)),
                ('proposed_on_earliest', models.DateField(blank=True, db_index=True, null=True)),
                ('proposed_on_latest', models.DateField(blank=True, null=True)),
                ('proposed_on_precision', models.CharField(blank=True, choices=[('DAY', 'DAY'), ('MONTH', 'MONTH'), ('YEAR', 'YEAR'), ('SEASON', 'SEASON'), ('TERM', 'TERM'), ('RANGE', 'RANGE'), ('OPEN', 'OPEN'), ('WORDING', 'WORDING')], max_length=10)),
                ('proposed_on_wording', models.CharField(blank=True, max_length=200, verbose_name='ordalydelse')),
                ('proposed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='proposed_liaisons', to='organisations.actor')),
                ('first_body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.collaborationbody')),
                ('second_body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.collaborationbody')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='BodyLifecycleEvent',
            fields=[
                ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, serialize=False, to='records.record')),
                ('kind', models.CharField(choices=[('PROPOSED', 'föreslogs'), ('STARTED', 'startade'), ('BECAME_DORMANT', 'blev vilande'), ('UNDER_REVIEW', 'uppdraget ses över'), ('CLOSED', 'avslutades')], max_length=15)),
                ('when_earliest', models.DateField(blank=True, db_index=True, null=True)),
                ('when_latest', models.DateField(blank=True, null=True)),
                ('when_precision', models.CharField(blank=True, choices=[('DAY', 'DAY'), ('MONTH', 'MONTH'), ('YEAR', 'YEAR'), ('SEASON', 'SEASON'), ('TERM', 'TERM'), ('RANGE', 'RANGE'), ('OPEN', 'OPEN'), ('WORDING', 'WORDING')], max_length=10)),
                ('when_wording', models.CharField(blank=True, max_length=200, verbose_name='ordalydelse')),
                ('reason', models.TextField(blank=True, verbose_name='skäl')),
                ('alternative', models.TextField(blank=True, verbose_name='alternativ')),
                ('condition', models.TextField(blank=True, verbose_name='villkor')),
                ('consequence', models.TextField(blank=True, verbose_name='följd')),
                ('carried_out_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.actor')),
                ('decided_with', models.ManyToManyField(blank=True, related_name='+', to='organisations.actor')),
                ('left_behind', models.ForeignKey(blank=True, help_text='What the body proposed for the time after it.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='left_by_bodies', to='records.record')),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lifecycle', to='organisations.collaborationbody')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('CHAIR', 'ordförande'), ('CONVENER', 'sammankallande'), ('DEPUTY', 'ersättare'), ('MEMBER', 'medlem')], default='MEMBER', max_length=10)),
                ('function', models.CharField(blank=True, max_length=200, verbose_name='funktion')),
                ('basis', models.CharField(choices=[(samhandling.core.knowledge.Basis['STATED'], 'står i källan'), (samhandling.core.knowledge.Basis['INFERRED'], 'härlett'), (samhandling.core.knowledge.Basis['UNKNOWN'], 'okänt'), (samhandling.core.knowledge.Basis['EXTERNAL'], 'tillagt utifrån')], default='STATED', max_length=10)),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('valid_from_earliest', models.DateField(blank=True, db_index=True, null=True)),
                ('valid_from_latest', models.DateField(blank=True, null=True)),
                ('valid_from_precision', models.CharField(blank=True, choices=[('DAY', 'DAY'), ('MONTH', 'MONTH'), ('YEAR', 'YEAR'), ('SEASON', 'SEASON'), ('TERM', 'TERM'), ('RANGE', 'RANGE'), ('OPEN', 'OPEN'), ('WORDING', 'WORDING')], max_length=10)),
                ('valid_from_wording', models.CharField(blank=True, max_length=200, verbose_name='ordalydelse')),
                ('valid_until_earliest', models.DateField(blank=True, db_index=True, null=True)),
                ('valid_until_latest', models.DateField(blank=True, null=True)),
                ('valid_until_precision', models.CharField(blank=True, choices=[('DAY', 'DAY'), ('MONTH', 'MONTH'), ('YEAR', 'YEAR'), ('SEASON', 'SEASON'), ('TERM', 'TERM'), ('RANGE', 'RANGE'), ('OPEN', 'OPEN'), ('WORDING', 'WORDING')], max_length=10)),
                ('valid_until_wording', models.CharField(blank=True, max_length=200, verbose_name='ordalydelse')),
                ('actor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='organisations.actor')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='accounts.person')),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='seats', to='organisations.collaborationbody')),
            ],
            options={
                'ordering': ['order', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('actor__isnull', False), ('person__isnull', False), models.Q(('function', ''), _negated=True), _connector='OR'), name='seat_is_held_by_somebody')],
            },
        ),
        migrations.CreateModel(
            name='Affiliation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('function', models.CharField(max_length=200, verbose_name='funktion')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='affiliations', to='accounts.person')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='affiliations', to='organisations.organisation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('person', 'organisation'), name='one_affiliation_per_organisation')],
            },
        ),
    ]
