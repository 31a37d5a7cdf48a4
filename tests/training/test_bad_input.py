"""Bad input to the command: every fault told at once, exit code 2, no traceback, the champion as it was."""

import gzip
import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from features.sample import write_sample
from training.__main__ import app
from training.tracking.registry import RegisteredVersion, champion
from training.tracking.store_location import StoreLocation

Spoil = Callable[[Path], None]


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("good") / "crm"
    write_sample(folder, 700)
    return folder


@pytest.fixture(scope="module")
def workplace(good: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a champion in its registry."""
    folder = tmp_path_factory.mktemp("workplace")
    result = _train(folder, good)
    assert result[0] == 0, result[1]
    return folder


def _train(folder: Path, source: Path) -> tuple[int, str]:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.delenv("MLFLOW_TRACKING_URI", raising=False)
        result = CliRunner().invoke(app, ["train", str(source)])
    return result.exit_code, result.output


def _champion(folder: Path) -> RegisteredVersion | None:
    return champion(StoreLocation.of(folder, {}))


def _edit(folder: Path, table: str, change: Callable[[pd.DataFrame], pd.DataFrame]) -> None:
    path = next(folder.glob(f"{table}.csv*"))
    change(pd.read_csv(path, dtype="str")).to_csv(path, index=False)


def _set(table: str, column: str, value: str | None, rows: int = 3) -> Spoil:
    def spoil(folder: Path) -> None:
        def change(frame: pd.DataFrame) -> pd.DataFrame:
            frame.loc[frame.index[:rows], column] = value
            return frame

        _edit(folder, table, change)

    return spoil


def _rename(table: str, column: str, to: str) -> Spoil:
    return lambda folder: _edit(folder, table, lambda frame: frame.rename(columns={column: to}))


def _only(leads: int) -> Spoil:
    def spoil(folder: Path) -> None:
        kept = pd.read_csv(folder / "leads.csv", dtype="str").head(leads)["lead_id"]
        for table in ("leads", "deals", "activities", "qualifications", "stage_history", "field_history"):
            _edit(folder, table, lambda frame: frame[frame["lead_id"].isin(kept)])

    return spoil


def _all_won(folder: Path) -> None:
    for path in folder.glob("*"):
        if not path.name.startswith("leads"):
            path.unlink()
    _edit(folder, "leads", lambda frame: frame[frame["outcome"] == "won"])


def _truncate(folder: Path) -> None:
    path = folder / "activities.csv.gz"
    path.write_bytes(path.read_bytes()[:-200])


def _closed_before_created(folder: Path) -> None:
    def change(frame: pd.DataFrame) -> pd.DataFrame:
        closed = frame["closed_at"].notna()
        frame.loc[closed, "closed_at"] = "2020-01-01T00:00:00Z"
        return frame

    _edit(folder, "leads", change)


def _double(folder: Path) -> None:
    _edit(folder, "leads", lambda frame: pd.concat([frame, frame.head(2)]))


def _two_faults(folder: Path) -> None:
    _set("leads", "outcome", "perhaps")(folder)
    _set("deals", "created_at", "yesterday")(folder)
    _set("companies", "employees", "inf")(folder)


BAD: dict[str, tuple[Spoil, tuple[str, ...]]] = {
    "missing leads": (lambda folder: (folder / "leads.csv").unlink(), ("leads", "required")),
    "missing column": (lambda folder: _edit(folder, "leads", lambda f: f.drop(columns="created_at")), ("created_at",)),
    "misspelt column": (_rename("leads", "created_at", "create_at"), ("did you mean", "create_at")),
    "unparsable date": (_set("activities", "occurred_at", "31st of June"), ("occurred_at", "3 rows", "first in row 2")),
    "duplicate ids": (_double, ("lead_id", "2 rows")),
    "outcome that is none": (_set("leads", "outcome", "wonn"), ("outcome", "wonn", "did you mean")),
    "closed before created": (_closed_before_created, ("closed_at", "created_at")),
    "empty table": (lambda folder: _edit(folder, "leads", lambda frame: frame.head(0)), ("leads",)),
    "truncated gzip": (_truncate, ("activities.csv.gz",)),
    "infinity": (_set("companies", "annual_revenue", "inf"), ("annual_revenue", "finite")),
    "all leads won": (_all_won, ("lost",)),
    "five leads": (_only(5), ("won", "lost")),
    "several faults": (_two_faults, ("leads.outcome", "deals.created_at", "companies.employees")),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_refused_with_words_and_the_champion_stays(
    name: str, good: Path, workplace: Path, tmp_path: Path
) -> None:
    spoil, expected = BAD[name]
    source = tmp_path / "spoilt"
    shutil.copytree(good, source)
    spoil(source)
    before = _champion(workplace)
    code, said = _train(workplace, source)
    assert code == 2, said
    for part in expected:
        assert part.lower() in said.lower()
    assert "Traceback" not in said
    assert before is not None
    assert _champion(workplace) == before


@pytest.mark.parametrize(("capacity", "told"), [("plenty", "such as 15%, 0.15 or 200"), ("100%", "below 100%")])
def test_capacity_that_is_none_is_refused(
    capacity: str, told: str, good: Path, workplace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CAPACITY", capacity)
    code, output = _train(workplace, good)
    assert (code, told in output) == (2, True), output


def test_missing_folder_is_refused(workplace: Path, tmp_path: Path) -> None:
    code, said = _train(workplace, tmp_path / "nowhere")
    assert code == 2
    assert "nowhere" in said


def _cp932(folder: Path) -> None:
    path = folder / "leads.csv"
    path.write_bytes(path.read_text(encoding="utf-8").encode("cp932", errors="replace"))


def _with_bom(folder: Path) -> None:
    path = folder / "leads.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())


def _unknown_leads(folder: Path) -> None:
    path = folder / "activities.csv.gz"
    text = gzip.decompress(path.read_bytes()).decode()
    path.write_bytes(gzip.compress(f"{text}nobody,call,2024-01-01T00:00:00Z,,,\n".encode()))


def _odd_columns(folder: Path) -> None:
    def change(frame: pd.DataFrame) -> pd.DataFrame:
        return frame.assign(same="x", distinct=[f"v{row}" for row in range(len(frame))], size="NaN")

    _edit(folder, "leads", change)


ODD: dict[str, tuple[Spoil, tuple[str, ...]]] = {
    "CP932": (_cp932, ("cp932",)),
    "BOM": (_with_bom, ()),
    "activities of unknown leads": (_unknown_leads, ("leads that are not there", "1 row")),
    "mixed time zones": (_set("leads", "created_at", "2023-07-01T09:00:00"), ("offset", "3 rows")),
    "constant and all-distinct columns": (_odd_columns, ()),
}


@pytest.mark.parametrize("name", ODD)
def test_odd_but_readable_input_trains_with_a_warning(name: str, good: Path, workplace: Path, tmp_path: Path) -> None:
    spoil, expected = ODD[name]
    source = tmp_path / "odd"
    shutil.copytree(good, source)
    spoil(source)
    code, said = _train(workplace, source)
    assert code == 0, said
    for part in expected:
        assert part.lower() in said.lower()
