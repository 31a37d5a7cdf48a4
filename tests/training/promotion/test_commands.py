"""The commands as their users meet them."""

import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from training.__main__ import app
from training.tracking.registry import champion
from training.tracking.store_location import StoreLocation

Reign = Callable[[int], None]
Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(tmp_path)
    for name in ("MLFLOW_TRACKING_URI", "LANGUAGE", "REASON"):
        monkeypatch.delenv(name, raising=False)

    def run(*arguments: str, **environment: str) -> tuple[int, str]:
        result = CliRunner().invoke(app, arguments, env=environment)
        return result.exit_code, result.output

    return run


def seated(location: StoreLocation) -> int | None:
    found = champion(location)
    return None if found is None else found.version


def test_rollback_and_promote_move_the_champion_and_say_so(run: Run, reign: Reign, location: StoreLocation) -> None:
    reign(2)
    code, said = run("rollback", REASON="odd grades")
    assert (code, seated(location)) == (0, 1)
    assert "Rolled back. odd grades" in said
    assert "version 1, alias champion" in said
    code, said = run("promote", "2", LANGUAGE="ja")
    assert (code, seated(location)) == (0, 2)
    assert "昇格しました。" in said


def test_unknown_version_ends_with_2_and_names_those_that_there_are(
    run: Run, reign: Reign, location: StoreLocation
) -> None:
    reign(2)
    code, said = run("promote", "5")
    assert (code, seated(location)) == (2, 2)
    assert "There is no version 5 of the model; there is 1, 2." in said


def test_version_that_is_no_number_ends_with_2(run: Run) -> None:
    assert run("promote", "latest")[0] == 2


@pytest.mark.parametrize("command", [("models",), ("rollback",), ("promote", "1")])
def test_registry_that_is_away_ends_with_3(run: Run, command: tuple[str, ...]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    code, said = run(*command, MLFLOW_TRACKING_URI=f"http://127.0.0.1:{port}")
    assert code == 3
    assert "Could not open the store" in said


@pytest.mark.usefixtures("location")
def test_empty_registry_says_what_to_do(run: Run) -> None:
    assert run("models") == (0, "No version is registered yet: run make train.\n")
    code, said = run("rollback")
    assert code == 2
    assert "run make train" in said


@pytest.mark.usefixtures("location")
def test_models_shows_every_version_with_its_aliases_and_what_became_of_it(run: Run, reign: Reign) -> None:
    reign(3)
    run("rollback", REASON="odd grades")
    code, said = run("models")
    assert code == 0
    rows = [line.split() for line in said.splitlines() if line.strip()]
    assert rows[2][:2] == ["3", "challenger"]
    assert rows[3][:2] == ["2", "champion"]
    assert rows[4][:6] == ["1", "Ready", "to", "use", "0.250", "0.800"]
    assert "odd grades" in said
    third, second, first = said.splitlines()[-3:]
    assert "rolled back" in third
    assert "returned to" in second
    assert "promoted" in first


def test_models_speaks_japanese(run: Run, reign: Reign) -> None:
    reign(1)
    _, said = run("models", LANGUAGE="ja")
    assert "バージョン" in said
    assert "最初のバージョンです。" in said
