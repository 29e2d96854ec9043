"""SQLite's index only noted that words taken away no longer count: it is made anew of what stands."""

from django.db import migrations


def rebuild(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("INSERT INTO records_search(records_search) VALUES ('rebuild')")


class Migration(migrations.Migration):
    dependencies = [("records", "0003_case_number_and_secrecy_mark")]

    operations = [migrations.RunPython(rebuild, migrations.RunPython.noop)]
