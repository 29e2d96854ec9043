"""The database refuses to replace a word beside the log outside of the transaction of an event that
says so (ADR 0010), and to destroy one that no disposal of that transaction covers (ADR 0014).

An opening (`WordsOpened`) must be closed when its transaction ends, by a deferred key, and each
event opens once. The triggers take the place of those of words in 0009. They name other tables of
the log, so a migration that makes one of those anew on SQLite must drop them first and put them
back.
"""

from importlib import import_module

from django.db import migrations

before = import_module("samhandling.apps.audit.migrations.0009_disposal_guard")

MARK, REFUSED, NO_DISPOSAL = before.MARK, before.REFUSED, before.NO_DISPOSAL
DESTROYED_WORDS = {"audit_revision": ["before", "after"], "audit_reason": ["text"]}
REPLACED_WORDS = {
    **DESTROYED_WORDS,
    "audit_disposaldecision": ["reference", "decided_by"],
    "audit_knownperson": ["name"],
}
KEPT = {
    "audit_wordsopened": ["event_id", "closing_id", "disposal_id"],
    "audit_wordsclosed": ["event_id"],
}
# What the event of a changed name says of itself; see people.services.
RENAMED = (
    "e.verb = 'CHANGED' AND e.record_kind = 'USER'"
    " AND (CAST(e.field_names AS text) LIKE '%\"name\"%'"
    " OR CAST(e.field_names AS text) LIKE '%\"merged_into\"%')"
)
OPEN = (
    "EXISTS (SELECT 1 FROM audit_wordsopened o JOIN audit_event e ON e.id = o.event_id{more}"
    " WHERE NOT EXISTS (SELECT 1 FROM audit_wordsclosed c WHERE c.event_id = o.event_id)"
    " AND ({that}))"
)
FORGETTING = OPEN.format(more="", that="e.verb = 'PSEUDONYMISED'")
NAMING = OPEN.format(more="", that=f"e.verb = 'PSEUDONYMISED' OR ({RENAMED})")
# A record takes all its words along; a comment or a file only those that were written of it.
DISPOSING = OPEN.format(
    more=(
        " JOIN audit_disposal d ON d.id >= o.disposal_id"
        " JOIN audit_event w ON w.record_uid = d.record_uid"
    ),
    that=(
        "e.verb = 'DISPOSED' AND w.id = OLD.event_id AND ("
        "d.kind IN ('INITIATIVE', 'NEED', 'PART')"
        " OR (d.kind = 'COMMENT' AND w.verb IN ('COMMENT_EDITED', 'COMMENT_WITHDRAWN'))"
        " OR (d.kind = 'ATTACHMENT' AND w.verb IN ('ATTACHED', 'ATTACHMENT_WITHDRAWN')))"
    ),
)
# An event opens words when it says that it does; each opens once, which the primary key sees to. A
# disposal does as long as none that came after it has.
OPENS = (
    "EXISTS (SELECT 1 FROM audit_event e"  # nosec B608 - own words
    " LEFT JOIN audit_disposal d ON d.id = NEW.disposal_id WHERE e.id = NEW.event_id AND (e.verb = 'PSEUDONYMISED'"
    f" OR ({RENAMED})"
    " OR (e.verb = 'DISPOSED' AND d.record_uid = e.record_uid AND d.kind <> 'PART'"
    " AND NOT EXISTS (SELECT 1 FROM audit_wordsopened o WHERE o.disposal_id >= d.id))))"
)


def destroyed(column):
    """That an UPDATE takes away what stood in a column."""
    return (
        f'(NEW."{column}" <> OLD."{column}" AND OLD."{column}" <> \'\''
        f" AND NEW.\"{column}\" IN ('', '{MARK}'))"
    )


def replaced(column):
    """That an UPDATE puts other words in a column."""
    return (
        f'(NEW."{column}" <> OLD."{column}"'
        f" AND (OLD.\"{column}\" = '' OR NEW.\"{column}\" NOT IN ('', '{MARK}')))"
    )


def rules():
    """Each trigger: name, table, INSERT or UPDATE, when it asks, what must then hold, what it says."""
    for table, columns in DESTROYED_WORDS.items():
        asks = " OR ".join(destroyed(column) for column in columns)
        yield f"{table}_words", table, "UPDATE", asks, DISPOSING, NO_DISPOSAL
    for table, columns in REPLACED_WORDS.items():
        if table in DESTROYED_WORDS:
            asks = " OR ".join(replaced(column) for column in columns)
        else:
            asks = " OR ".join(f'NEW."{column}" <> OLD."{column}"' for column in columns)
        holds = NAMING if table == "audit_knownperson" else FORGETTING
        yield f"{table}_replaced", table, "UPDATE", asks, holds, REFUSED
    yield "audit_wordsopened_by_event", "audit_wordsopened", "INSERT", "", OPENS, REFUSED


def sqlite_statements():
    for table, columns in KEPT.items():
        differ = " OR ".join(f'NEW."{column}" IS NOT OLD."{column}"' for column in columns)
        refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
        yield f"CREATE TRIGGER {table}_kept BEFORE UPDATE ON {table} WHEN {differ} {refuse}"
        yield f"CREATE TRIGGER {table}_stays BEFORE DELETE ON {table} {refuse}"
        yield (
            f"CREATE TRIGGER {table}_not_replaced BEFORE INSERT ON {table}"
            f" WHEN EXISTS (SELECT 1 FROM {table} WHERE event_id = NEW.event_id) {refuse}"  # nosec B608 - own words
        )
    for name, table, happens, asks, holds, says in rules():
        yield (
            f"CREATE TRIGGER {name} BEFORE {happens} ON {table}"
            f" WHEN ({asks or '1'}) AND NOT {holds}"
            f" BEGIN SELECT RAISE(ABORT, '{says}'); END"
        )


def postgresql_statements():
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
    for name, table, happens, asks, holds, says in rules():
        yield (
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            f" IF {holds} THEN RETURN NEW; END IF;"
            f" RAISE EXCEPTION '{says}' USING ERRCODE = 'restrict_violation'; END $$"
        )
        yield (
            f"CREATE TRIGGER {name} BEFORE {happens} ON {table} FOR EACH ROW"
            f" WHEN ({asks or 'true'}) EXECUTE FUNCTION {name}()"
        )


def guard(apps, schema_editor):
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    for table in before.WORDS:
        before.drop(schema_editor, f"{table}_words", table)
    if not is_sqlite:
        schema_editor.execute("DROP FUNCTION audit_words_stay()")
    for statement in sqlite_statements() if is_sqlite else postgresql_statements():
        schema_editor.execute(statement, None)


def unguard(apps, schema_editor):
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    for name, table, *_rest in rules():
        before.drop(schema_editor, name, table)
        if not is_sqlite:
            schema_editor.execute(f"DROP FUNCTION {name}()")
    for table in KEPT:
        for name in ("kept", "stays", "not_replaced" if is_sqlite else "not_emptied"):
            before.drop(schema_editor, f"{table}_{name}", table)
    for statement in before.sqlite_statements() if is_sqlite else before.postgresql_statements():
        if "_words " in statement or "audit_words_stay" in statement:
            schema_editor.execute(statement, None)


class Migration(migrations.Migration):

    dependencies = [("audit", "0010_words_are_opened")]

    operations = [migrations.RunPython(guard, unguard)]
