"""Tables for the moment in which words beside the log may be replaced. What has been done before is
opened and closed at once, so that no event of the past can open anything."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


def close_the_past(apps, schema_editor):
    event, opened, closed, disposal = (
        apps.get_model("audit", name)
        for name in ("Event", "WordsOpened", "WordsClosed", "Disposal")
    )
    past = event.objects.filter(
        Q(verb="PSEUDONYMISED") | Q(verb="DISPOSED") | Q(verb="CHANGED", record_kind="USER")
    )
    keys = list(past.values_list("pk", flat=True))
    # A disposal opens words as long as no later one has.
    last = disposal.objects.order_by("pk").last()
    closed.objects.bulk_create([closed(event_id=key) for key in keys], batch_size=500)
    opened.objects.bulk_create(
        [opened(event_id=key, closing_id=key, disposal=last) for key in keys], batch_size=500
    )


class Migration(migrations.Migration):

    dependencies = [("audit", "0009_disposal_guard")]

    operations = [
        migrations.CreateModel(
            name="WordsClosed",
            fields=[
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        serialize=False,
                        to="audit.event",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="WordsOpened",
            fields=[
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="opened",
                        serialize=False,
                        to="audit.event",
                    ),
                ),
                (
                    "closing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="audit.wordsclosed",
                    ),
                ),
                (
                    "disposal",
                    models.ForeignKey(
                        help_text="The first of those whose words may be destroyed.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="audit.disposal",
                    ),
                ),
            ],
        ),
        migrations.RunPython(close_the_past, migrations.RunPython.noop),
    ]
