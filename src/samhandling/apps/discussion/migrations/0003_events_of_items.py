import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("discussion", "0002_disposal_guard"),
    ]

    operations = [
        migrations.CreateModel(
            name='ItemEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('event_id', models.BigIntegerField(help_text='Number of the event in the log.', unique=True)),
                ('attachment', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='item_events', to='discussion.attachment')),
                ('comment', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='item_events', to='discussion.comment')),
            ],
            options={
                'ordering': ['-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('attachment__isnull', False), ('comment__isnull', True)), models.Q(('attachment__isnull', True), ('comment__isnull', False)), _connector='OR'), name='an_event_is_of_a_comment_or_a_file')],
            },
        ),
    ]
