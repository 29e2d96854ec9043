"""The database refuses to destroy words of the log without a disposal, and to change one (ADR 0014).

Words may still be replaced, which pseudonymising needs; they may be emptied, or give way to the mark
of what is destroyed, only where a disposal of the record stands. The triggers name other tables, so
a migration that makes audit_event or audit_disposal anew on SQLite must drop them first and put them
back.
"""

from django.db import migrations

# table → the columns that may never change; the rest is words, in which a person may be named
KEPT = {
    "audit_disposaldecision": [
        "id", "decided_on", "kinds", "made_from", "made_until", "registered_at", "actor_key",
    ],
    "audit_disposal": ["id", "decision_id", "kind", "record_uid", "item", "at", "actor_key"],
}  # fmt: skip
# How a row is found that SQLite's INSERT OR REPLACE would put another in the place of.
SAME = {
    "audit_disposaldecision": "id = NEW.id",
    "audit_disposal": "id = NEW.id OR (kind = NEW.kind AND record_uid = NEW.record_uid"
    " AND item = NEW.item)",
}
WORDS = {"audit_revision": ["before", "after"], "audit_reason": ["text"]}
MARK = "[gallrad]"
REFUSED = "the log is append-only"
NO_DISPOSAL = "words are destroyed by a disposal decision alone"
DISPOSED = (
    "EXISTS (SELECT 1 FROM audit_disposal d JOIN audit_event e ON e.record_uid = d.record_uid"
    " WHERE e.id = OLD.event_id)"
)


def destroys(columns, differs):
    """That an UPDATE takes away what stood in a column."""
    return " OR ".join(
        f"(NEW.\"{one}\" {differs} OLD.\"{one}\" AND OLD.\"{one}\" <> ''"
        f" AND NEW.\"{one}\" IN ('', '{MARK}'))"
        for one in columns
    )


def sqlite_statements():
    for table, columns in KEPT.items():
        differ = " OR ".join(f'NEW."{column}" IS NOT OLD."{column}"' for column in columns)
        refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
        yield f"CREATE TRIGGER {table}_kept BEFORE UPDATE ON {table} WHEN {differ} {refuse}"
        yield f"CREATE TRIGGER {table}_stays BEFORE DELETE ON {table} {refuse}"
        yield (
            f"CREATE TRIGGER {table}_not_replaced BEFORE INSERT ON {table}"
            f" WHEN EXISTS (SELECT 1 FROM {table} WHERE {SAME[table]}) {refuse}"  # nosec B608 - own words
        )
    for table, columns in WORDS.items():
        yield (
            f"CREATE TRIGGER {table}_words BEFORE UPDATE ON {table}"
            f" WHEN ({destroys(columns, 'IS NOT')}) AND NOT {DISPOSED}"
            f" BEGIN SELECT RAISE(ABORT, '{NO_DISPOSAL}'); END"
        )


def postgresql_statements():
    yield (
        "CREATE FUNCTION audit_words_stay() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" IF {DISPOSED} THEN RETURN NEW; END IF;"
        f" RAISE EXCEPTION '{NO_DISPOSAL}' USING ERRCODE = 'restrict_violation'; END $$"
    )
    for table, columns in KEPT.items():
        differ = " OR ".join(f'NEW."{column}" IS DISTINCT FROM OLD."{column}"' for column in columns)
        run = "EXECUTE FUNCTION audit_refuse()"
        yield (
            f"CREATE TRIGGER {table}_kept BEFORE UPDATE ON {table}"
            f" FOR EACH ROW WHEN ({differ}) {run}"
        )
        yield f"CREATE TRIGGER {table}_stays BEFORE DELETE ON {table} FOR EACH ROW {run}"
        yield (
            f"CREATE TRIGGER {table}_not_emptied BEFORE TRUNCATE ON {table}"
            f" FOR EACH STATEMENT {run}"
        )
    for table, columns in WORDS.items():
        yield (
            f"CREATE TRIGGER {table}_words BEFORE UPDATE ON {table} FOR EACH ROW"
            f" WHEN ({destroys(columns, 'IS DISTINCT FROM')})"
            " EXECUTE FUNCTION audit_words_stay()"
        )


def guard(apps, schema_editor):
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    for statement in sqlite_statements() if is_sqlite else postgresql_statements():
        schema_editor.execute(statement)


def unguard(apps, schema_editor):
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    for table in KEPT:
        for name in ("kept", "stays", "not_replaced" if is_sqlite else "not_emptied"):
            drop(schema_editor, f"{table}_{name}", table)
    for table in WORDS:
        drop(schema_editor, f"{table}_words", table)
    if not is_sqlite:
        schema_editor.execute("DROP FUNCTION audit_words_stay()")


def drop(schema_editor, name, table):
    where = "" if schema_editor.connection.vendor == "sqlite" else f" ON {table}"
    schema_editor.execute(f"DROP TRIGGER {name}{where}")


class Migration(migrations.Migration):

    dependencies = [("audit", "0008_disposal")]

    operations = [migrations.RunPython(guard, unguard)]
