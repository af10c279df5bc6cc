"""Run migrations on the connection that ``archive.database.migrate`` hands over."""

from alembic import context

from archive.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,  # SQLite cannot alter most things; a table is copied instead
    version_table="archive_version",
)
with context.begin_transaction():
    context.run_migrations()
