"""Which event of the log is of which comment or file that was withdrawn before this was written down.

It was written right after the moment of the withdrawal, with the same reason or, where not all who
read the log saw the comment, without one.
"""

from datetime import timedelta

from django.db import migrations, models

RIGHT_AFTER = timedelta(minutes=1)


def find_events(apps, schema_editor):
    Event = apps.get_model("audit", "Event")
    ItemEvent = apps.get_model("discussion", "ItemEvent")
    used = set()
    for name, verb in (("Comment", "COMMENT_WITHDRAWN"), ("Attachment", "ATTACHMENT_WITHDRAWN")):
        rows = apps.get_model("discussion", name).objects.filter(withdrawn_at__isnull=False)
        for row in rows.select_related("record").order_by("withdrawn_at", "pk"):
            told = Event.objects.filter(
                record_uid=row.record.uid,
                verb=verb,
                at__gte=row.withdrawn_at,
                at__lt=row.withdrawn_at + RIGHT_AFTER,
            ).exclude(pk__in=used)
            told = told.filter(
                models.Q(why__text=row.withdrawn_reason) | models.Q(why__isnull=True)
            )
            if name == "Attachment":
                told = told.filter(revisions__before=row.name)
            event = told.order_by("pk").first()
            if event is not None:
                used.add(event.pk)
                ItemEvent.objects.create(event_id=event.pk, **{name.lower(): row})


class Migration(migrations.Migration):

    dependencies = [
        ("audit", "0012_a_file_is_restored"),
        ("discussion", "0003_events_of_items"),
    ]

    operations = [migrations.RunPython(find_events, migrations.RunPython.noop)]
