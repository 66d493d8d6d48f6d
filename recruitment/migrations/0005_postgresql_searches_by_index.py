"""An index by which PostgreSQL finds a word within a text among a million rows.

Not in the models, as SQLite has no such index. A server that does not offer pg_trgm, or
does not let us install it, searches without: slower, and the same rows.
"""

from django.db import migrations

INDEXES = {
    "figure_found_by_words": "recruitment_figure",
    "source_found_by_words": "recruitment_source",
    "response_found_by_words": "recruitment_response",
}
OFFERED = """
    SELECT EXISTS (SELECT FROM pg_extension WHERE extname = 'pg_trgm')
        OR EXISTS (SELECT FROM pg_available_extensions WHERE name = 'pg_trgm')
            AND has_database_privilege(current_database(), 'CREATE')
"""


def add_indexes(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(OFFERED)
        if not cursor.fetchone()[0]:
            return
        cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        for name, table in INDEXES.items():
            cursor.execute(
                f"CREATE INDEX {name} ON {table} USING gin (search_text gin_trgm_ops)"
            )


def drop_indexes(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for name in INDEXES:
            schema_editor.execute(f"DROP INDEX IF EXISTS {name}")


class Migration(migrations.Migration):
    dependencies = [("recruitment", "0004_rows_are_found_by_words")]

    operations = [migrations.RunPython(add_indexes, drop_indexes)]
