import pytest

from serving.database import database_mark

URL = "postgresql+psycopg://ann:secret@db1:5432/leads"


@pytest.mark.parametrize(
    "same",
    [
        "postgresql+psycopg://ann:other@db1:5432/leads",
        "postgresql://bob@db2.example.com/leads",
        f"{URL}?sslmode=require",
    ],
)
def test_database_is_the_same_on_another_server_or_for_another_user(same: str) -> None:
    assert database_mark(same) == database_mark(URL)


def test_databases_are_told_apart() -> None:
    urls = [URL, f"{URL}2", f"{URL}?options=-csearch_path%3Dtest", "sqlite:///leads", "sqlite:////leads", "sqlite://"]
    assert len({database_mark(url) for url in urls}) == len(urls)
    assert "secret" not in database_mark(URL)
