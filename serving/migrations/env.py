"""Runs the steps on the connection that ``serving.migrations.upgrade`` gives; Alembic calls this file."""

from alembic import context

from serving.migrations import VERSION_TABLE

context.configure(connection=context.config.attributes["connection"], version_table=VERSION_TABLE)
with context.begin_transaction():
    context.run_migrations()
