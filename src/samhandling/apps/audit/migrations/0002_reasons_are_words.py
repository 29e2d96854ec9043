"""Reasons are words of a person and move to a table of their own, which can be pseudonymised."""

import django.db.models.deletion
from django.db import migrations, models


def move_reasons_out(apps, schema_editor):
    Event = apps.get_model("audit", "Event")
    Reason = apps.get_model("audit", "Reason")
    given = Event.objects.exclude(reason="").values_list("pk", "reason")
    Reason.objects.bulk_create(
        (Reason(event_id=pk, text=text) for pk, text in given.iterator()), batch_size=500
    )


def move_reasons_back(apps, schema_editor):
    Event = apps.get_model("audit", "Event")
    for pk, text in apps.get_model("audit", "Reason").objects.values_list("pk", "text").iterator():
        Event.objects.filter(pk=pk).update(reason=text)


class Migration(migrations.Migration):

    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Reason",
            fields=[
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="why",
                        serialize=False,
                        to="audit.event",
                    ),
                ),
                ("text", models.TextField()),
            ],
        ),
        migrations.RunPython(move_reasons_out, move_reasons_back),
    ]
