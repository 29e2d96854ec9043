"""The table in which attempts are counted, where settings.CACHES keeps the cache in the database.

Here rather than in a command of its own: whoever has run the migrations has everything.
"""

from django.core.management import call_command
from django.db import migrations


def make_table(apps, schema_editor):
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_language")]
    operations = [migrations.RunPython(make_table, migrations.RunPython.noop)]
