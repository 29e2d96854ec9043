"""The database refuses to destroy a comment or a file without its disposal (ADR 0014).

On SQLite a migration that makes one of these tables anew drops the triggers and must put them back;
tests/integration/privacy/test_disposal.py fails otherwise.
"""

from django.db import migrations

MARK = "[gallrad]"
NO_DISPOSAL = "words are destroyed by a disposal decision alone"
# table → (the UPDATE destroys what the row is, a disposal of the row stands)
GUARDED = {
    "discussion_comment": (
        f"NEW.text = '{MARK}' AND OLD.text <> '{MARK}'",
        "SELECT 1 FROM audit_disposal d WHERE d.kind = 'COMMENT'"
        " AND d.item = CAST(OLD.id AS varchar(20))",
    ),
    "discussion_attachment": (
        f"(NEW.name = '{MARK}' AND OLD.name <> '{MARK}') OR (NEW.file = '' AND OLD.file <> '')"
        " OR (NEW.sha256 = '' AND OLD.sha256 <> '')",
        "SELECT 1 FROM audit_disposal d WHERE d.kind = 'ATTACHMENT' AND d.item = OLD.uid",
    ),
}


def guard(apps, schema_editor):
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    for table, (destroys, disposed) in GUARDED.items():
        if is_sqlite:
            schema_editor.execute(
                f"CREATE TRIGGER {table}_disposed BEFORE UPDATE ON {table}"
                f" WHEN ({destroys}) AND NOT EXISTS ({disposed})"
                f" BEGIN SELECT RAISE(ABORT, '{NO_DISPOSAL}'); END"
            )
            continue
        schema_editor.execute(
            f"CREATE FUNCTION {table}_stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            f" IF EXISTS ({disposed}) THEN RETURN NEW; END IF;"
            f" RAISE EXCEPTION '{NO_DISPOSAL}' USING ERRCODE = 'restrict_violation'; END $$"
        )
        schema_editor.execute(
            f"CREATE TRIGGER {table}_disposed BEFORE UPDATE ON {table} FOR EACH ROW"
            f" WHEN ({destroys}) EXECUTE FUNCTION {table}_stays()"
        )


def unguard(apps, schema_editor):
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    for table in GUARDED:
        where = "" if is_sqlite else f" ON {table}"
        schema_editor.execute(f"DROP TRIGGER {table}_disposed{where}")
        if not is_sqlite:
            schema_editor.execute(f"DROP FUNCTION {table}_stays()")


class Migration(migrations.Migration):

    dependencies = [
        ("audit", "0009_disposal_guard"),
        ("discussion", "0001_comments_and_attachments"),
    ]

    operations = [migrations.RunPython(guard, unguard)]
