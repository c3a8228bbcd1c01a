"""What each database needs to look into the fields of words: PostgreSQL two indexes, SQLite a table and its triggers."""

from django.db import migrations

SQLITE = [
    # Our tokens hold no ASCII signs, and this tokenizer cuts nowhere else. The text stays in search_entry alone.
    """
    CREATE VIRTUAL TABLE search_words USING fts5(
        title_words, all_words, content='search_entry', content_rowid='id', columnsize=0, tokenize='ascii', prefix='1 2 3'
    )
    """,
    """
    CREATE TRIGGER search_entry_is_added AFTER INSERT ON search_entry BEGIN
        INSERT INTO search_words (rowid, title_words, all_words) VALUES (new.id, new.title_words, new.all_words);
    END
    """,
    """
    CREATE TRIGGER search_entry_is_removed AFTER DELETE ON search_entry BEGIN
        INSERT INTO search_words (search_words, rowid, title_words, all_words) VALUES ('delete', old.id, old.title_words, old.all_words);
    END
    """,
    """
    CREATE TRIGGER search_entry_is_made_anew BEFORE UPDATE ON search_entry BEGIN
        SELECT RAISE(ABORT, 'an entry is never changed, but made anew');
    END
    """,
]
SQLITE_BACK = [
    "DROP TRIGGER search_entry_is_made_anew",
    "DROP TRIGGER search_entry_is_removed",
    "DROP TRIGGER search_entry_is_added",
    "DROP TABLE search_words",
]
POSTGRES = [
    "CREATE INDEX words_of_titles ON search_entry USING gin (title_words)",
    "CREATE INDEX words_of_all ON search_entry USING gin (all_words)",
]
POSTGRES_BACK = ["DROP INDEX words_of_all", "DROP INDEX words_of_titles"]


def run(schema_editor, statements):
    for statement in statements:
        schema_editor.execute(statement)


def add(apps, schema_editor):
    run(schema_editor, POSTGRES if schema_editor.connection.vendor == "postgresql" else SQLITE)


def remove(apps, schema_editor):
    run(schema_editor, POSTGRES_BACK if schema_editor.connection.vendor == "postgresql" else SQLITE_BACK)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_add_search")]

    operations = [migrations.RunPython(add, remove)]
