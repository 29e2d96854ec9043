"""The full-text index behind `SearchEntry`: FTS5 on SQLite, GIN on PostgreSQL."""

from django.db import migrations

SQLITE = [
    # The words are already stemmed, so the tokenizer only splits; å, ä and ö stay letters.
    """CREATE VIRTUAL TABLE records_search USING fts5(
        stems, content='records_searchentry', content_rowid='record_id',
        tokenize="unicode61 remove_diacritics 0")""",
    """CREATE TRIGGER records_search_insert AFTER INSERT ON records_searchentry BEGIN
        INSERT INTO records_search(rowid, stems) VALUES (new.record_id, new.stems); END""",
    """CREATE TRIGGER records_search_delete AFTER DELETE ON records_searchentry BEGIN
        INSERT INTO records_search(records_search, rowid, stems)
        VALUES ('delete', old.record_id, old.stems); END""",
    """CREATE TRIGGER records_search_update AFTER UPDATE ON records_searchentry BEGIN
        INSERT INTO records_search(records_search, rowid, stems)
        VALUES ('delete', old.record_id, old.stems);
        INSERT INTO records_search(rowid, stems) VALUES (new.record_id, new.stems); END""",
]
POSTGRESQL = [
    "CREATE INDEX records_search ON records_searchentry USING gin (to_tsvector('simple', stems))"
]


def create_index(apps, schema_editor):
    statements = SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL
    for statement in statements:
        schema_editor.execute(statement)


def drop_index(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for name in ("insert", "delete", "update"):
            schema_editor.execute(f"DROP TRIGGER records_search_{name}")
        schema_editor.execute("DROP TABLE records_search")
    else:
        schema_editor.execute("DROP INDEX records_search")


class Migration(migrations.Migration):
    dependencies = [("records", "0001_initial")]

    operations = [migrations.RunPython(create_index, drop_index)]
