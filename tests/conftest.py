"""A real PostgreSQL, for every test that asks for one."""

import os
from collections.abc import Iterator
from uuid import uuid4

import pytest
from sqlalchemy import NullPool, create_engine
from sqlalchemy.exc import OperationalError
from sqlalchemy.schema import CreateSchema, DropSchema

POSTGRES_URL = os.environ.get("LEADS_TEST_POSTGRES_URL", "postgresql+psycopg://postgres@127.0.0.1:5432/test")


@pytest.fixture
def postgres_url() -> Iterator[str]:
    """A schema of its own on a real server, as the URL of a database."""
    engine, schema = create_engine(POSTGRES_URL, poolclass=NullPool), f"test_{uuid4().hex}"
    try:
        with engine.begin() as connection:
            connection.execute(CreateSchema(schema))
    except OperationalError as error:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(f"no PostgreSQL at LEADS_TEST_POSTGRES_URL: {type(error.orig).__name__}")
    try:
        yield f"{POSTGRES_URL}?options=-csearch_path%3D{schema}"
    finally:
        with engine.begin() as connection:
            connection.execute(DropSchema(schema, cascade=True))
