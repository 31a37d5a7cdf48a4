from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from training.tracking.masking import mask_secrets, source_name, without_credentials

PASSWORDS = st.text(st.characters(codec="ascii", categories=["L", "N", "P", "S"], exclude_characters="@:"), min_size=8)


@settings(deadline=None)
@given(PASSWORDS)
def test_password_of_a_database_is_never_shown(password: str) -> None:
    uri = f"postgresql://ann:{password}@db.example.com:5432/crm"
    assert without_credentials(uri) == "postgresql://db.example.com:5432/crm"
    assert source_name(uri) == "postgresql://db.example.com:5432/crm"
    assert password not in mask_secrets(f"cannot reach {uri}, password {password}", uri)


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("/home/ann.smith/exports/2026-03", "2026-03"),
        ("exports/2026-03/", "2026-03"),
        ("sqlite:////home/ann.smith/crm.db", "sqlite://crm.db"),
        ("sqlite:///crm.db", "sqlite://crm.db"),
        ("postgresql+psycopg://ann:s3cret@db/crm?password=other", "postgresql://db/crm"),
        ("postgresql://db/crm", "postgresql://db/crm"),
        ("https://some-token@mlflow.example.com/", "https://mlflow.example.com/"),
    ],
)
def test_source_is_known_by_a_name_that_says_nothing_of_persons(source: str, name: str) -> None:
    assert source_name(source) == name


def test_folder_given_as_a_dot_is_known_by_its_own_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "spring").mkdir()
    monkeypatch.chdir(tmp_path / "spring")
    assert source_name(".") == "spring"


@pytest.mark.parametrize(
    ("uri", "told"),
    [
        ("https://ann:s%2Fcret@host", "s/cret refused"),
        ("https://some-token@host", "some-token refused"),
        ("postgresql://db/crm?user=ann&password=s3cret&sslmode=require", "s3cret refused"),
    ],
)
def test_secret_that_a_library_repeats_is_masked(uri: str, told: str) -> None:
    assert mask_secrets(told, uri) == "*** refused"
