"""The database refuses to change or delete the log (ADR 0010).

Rows may be added. Of the rest only words may be replaced, which pseudonymisation needs: the name of
a known person, a reason, the text before and after a change.
"""

from django.db import migrations, models

# table → the columns that may never change
KEPT = {
    "audit_event": [
        "id", "at", "actor_key", "verb", "record_uid", "record_kind", "scope_uid", "field_names",
    ],
    "audit_revision": ["id", "event_id", "field"],
    "audit_reason": ["event_id"],
    "audit_knownperson": ["key"],
}  # fmt: skip
# How a row of the table is found again; SQLite's INSERT OR REPLACE would put another in its place
# without asking the triggers of UPDATE and DELETE.
SAME = {
    "audit_event": "id = NEW.id",
    "audit_revision": "id = NEW.id OR (event_id = NEW.event_id AND field = NEW.field)",
    "audit_reason": "event_id = NEW.event_id",
    "audit_knownperson": "key = NEW.key",
}
REFUSED = "the log is append-only"
FUNCTION = "audit_refuse"


def sqlite_statements(table):
    differ = " OR ".join(f'NEW."{column}" IS NOT OLD."{column}"' for column in KEPT[table])
    refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
    yield f"CREATE TRIGGER {table}_kept BEFORE UPDATE ON {table} WHEN {differ} {refuse}"
    yield f"CREATE TRIGGER {table}_stays BEFORE DELETE ON {table} {refuse}"
    yield (
        f"CREATE TRIGGER {table}_not_replaced BEFORE INSERT ON {table}"
        f" WHEN EXISTS (SELECT 1 FROM {table} WHERE {SAME[table]}) {refuse}"  # nosec B608 - own words
    )


def postgresql_statements(table):
    differ = " OR ".join(f'NEW."{column}" IS DISTINCT FROM OLD."{column}"' for column in KEPT[table])
    run = f"EXECUTE FUNCTION {FUNCTION}()"
    yield (
        f"CREATE TRIGGER {table}_kept BEFORE UPDATE ON {table}"
        f" FOR EACH ROW WHEN ({differ}) {run}"
    )
    yield f"CREATE TRIGGER {table}_stays BEFORE DELETE ON {table} FOR EACH ROW {run}"
    yield f"CREATE TRIGGER {table}_not_emptied BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {run}"


def guard(apps, schema_editor):
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    if not is_sqlite:
        schema_editor.execute(
            f"CREATE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $$"
            f" BEGIN RAISE EXCEPTION '{REFUSED}' USING ERRCODE = 'restrict_violation'; END $$"
        )
    for table in KEPT:
        statements = sqlite_statements if is_sqlite else postgresql_statements
        for statement in statements(table):
            schema_editor.execute(statement)


def unguard(apps, schema_editor):
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    for table in KEPT:
        for name in ("kept", "stays", "not_replaced" if is_sqlite else "not_emptied"):
            where = "" if is_sqlite else f" ON {table}"
            schema_editor.execute(f"DROP TRIGGER {table}_{name}{where}")
    if not is_sqlite:
        schema_editor.execute(f"DROP FUNCTION {FUNCTION}()")


class Migration(migrations.Migration):

    dependencies = [("audit", "0002_reasons_are_words")]

    operations = [
        migrations.RemoveField(model_name="event", name="reason"),
        migrations.AlterField(
            model_name="event",
            name="verb",
            field=models.CharField(
                choices=[
                    ("CREATED", "skapade"),
                    ("CHANGED", "ändrade"),
                    ("SHARED", "delade"),
                    ("STATUS_CHANGED", "ändrade status på"),
                    ("ADDED", "lade till"),
                    ("REMOVED", "tog bort"),
                    ("ANSWERED", "svarade på"),
                    ("WITHDRAWN", "drog tillbaka"),
                    ("RESTORED", "återställde"),
                    ("WROTE", "skrev"),
                    ("MOVED_ON", "förde vidare"),
                    ("RETURNED", "återsände"),
                    ("FROZEN", "fryste"),
                ],
                max_length=20,
            ),
        ),
        migrations.RunPython(guard, unguard),
    ]
