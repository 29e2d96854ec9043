"""Comments and files are restored. What the log says of a restored file, its name, is opened by the
disposal of a file as the rest of its words are: the triggers of 0011, with one verb more.
"""

from importlib import import_module

from django.db import migrations, models

before = import_module("samhandling.apps.audit.migrations.0011_words_guard")

ONCE = "'ATTACHED', 'ATTACHMENT_WITHDRAWN'"
NOW = "'ATTACHED', 'ATTACHMENT_WITHDRAWN', 'ATTACHMENT_RESTORED'"


def put(schema_editor, old, new):
    """Put the triggers of destroyed words anew, with other verbs."""
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    made = before.sqlite_statements() if is_sqlite else before.postgresql_statements()
    for statement in made:
        for table in before.DESTROYED_WORDS:
            if is_sqlite and statement.startswith(f"CREATE TRIGGER {table}_words "):
                schema_editor.execute(f"DROP TRIGGER {table}_words")
                schema_editor.execute(statement.replace(old, new), None)
            elif statement.startswith(f"CREATE FUNCTION {table}_words()"):
                statement = statement.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
                schema_editor.execute(statement.replace(old, new), None)


def guard(apps, schema_editor):
    put(schema_editor, ONCE, NOW)


def unguard(apps, schema_editor):
    put(schema_editor, ONCE, ONCE)


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0011_words_guard'),
    ]

    operations = [
        migrations.AlterField(
            model_name='event',
            name='verb',
            field=models.CharField(choices=[('CREATED', 'skapade'), ('CHANGED', 'ändrade'), ('SHARED', 'delade'), ('STATUS_CHANGED', 'ändrade status på'), ('ADDED', 'lade till'), ('REMOVED', 'tog bort'), ('ANSWERED', 'svarade på'), ('WITHDRAWN', 'drog tillbaka'), ('RESTORED', 'återställde'), ('WROTE', 'skrev'), ('MOVED_ON', 'förde vidare'), ('RETURNED', 'återsände'), ('FROZEN', 'fryste'), ('ENDED', 'avslutade'), ('PSEUDONYMISED', 'pseudonymiserade'), ('DISPOSED', 'gallrade'), ('COMMENTED', 'kommenterade'), ('COMMENT_EDITED', 'ändrade en kommentar om'), ('COMMENT_WITHDRAWN', 'drog tillbaka en kommentar om'), ('COMMENT_RESTORED', 'återställde en kommentar om'), ('ATTACHED', 'bifogade en fil till'), ('ATTACHMENT_WITHDRAWN', 'drog tillbaka en bilaga till'), ('ATTACHMENT_RESTORED', 'återställde en bilaga till'), ('SUBMITTED', 'skickade in'), ('TAKEN_BACK', 'tog tillbaka'), ('APPROVED', 'godkände')], max_length=20),
        ),
        migrations.RunPython(guard, unguard),
    ]
