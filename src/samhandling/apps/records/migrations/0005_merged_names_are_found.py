"""What was merged before this is found by the names it had."""

from django.db import migrations

from samhandling.apps.records.stemming import stems


def index_merged_names(apps, schema_editor):
    entries = apps.get_model("records", "SearchEntry").objects
    for merged in apps.get_model("records", "Record").objects.filter(merged_into__isnull=False):
        entry = entries.filter(record_id=merged.merged_into_id).first()
        if entry is not None:
            words = stems(f"{merged.title} {merged.title_en}")
            entry.stems = " ".join([*words, entry.stems])
            entry.save(update_fields=["stems"])


class Migration(migrations.Migration):
    dependencies = [("records", "0004_search_forgets")]

    operations = [migrations.RunPython(index_merged_names, migrations.RunPython.noop)]
