import gzip
from pathlib import Path

import pandas as pd
import pytest

from features.reading import read_tables
from features.sample import write_sample
from features.schema import SCHEMAS


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample") / "crm"
    write_sample(folder, leads=1_000, seed=3)
    return folder


def test_same_seed_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    write_sample(tmp_path / "again", leads=1_000, seed=3)
    for file in sorted(folder.iterdir()):
        assert (tmp_path / "again" / file.name).read_bytes() == file.read_bytes(), file.name


def test_another_seed_gives_other_data(folder: Path, tmp_path: Path) -> None:
    write_sample(tmp_path / "other", leads=1_000, seed=4)
    for file in sorted(folder.iterdir()):
        assert (tmp_path / "other" / file.name).read_bytes() != file.read_bytes(), file.name


def test_written_sample_reads_without_a_fault_or_a_warning(folder: Path) -> None:
    tables = read_tables(str(folder))
    assert tables.present == set(SCHEMAS)
    assert tables.warnings == ()
    assert len(tables.leads) == 1_000


def test_times_are_written_as_iso_8601_in_utc(folder: Path) -> None:
    with gzip.open(folder / "activities.csv.gz", "rt", encoding="utf-8") as file:
        occurred = pd.read_csv(file, usecols=["occurred_at"])["occurred_at"]
    assert occurred.str.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ").all()


def test_former_sample_is_replaced_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    write_sample(tmp_path / "crm", leads=50, seed=1)
    write_sample(tmp_path / "crm", leads=80, seed=1)
    assert [entry.name for entry in tmp_path.iterdir()] == ["crm"]
    assert len(pd.read_csv(tmp_path / "crm" / "leads.csv")) == 80


def test_folder_with_other_files_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work", encoding="utf-8")
    with pytest.raises(FileExistsError, match=r"only a former sample may be replaced, found 1 .*'thesis\.txt'"):
        write_sample(tmp_path, leads=50, seed=1)
    assert [entry.name for entry in tmp_path.iterdir()] == ["thesis.txt"]


def test_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "crm").write_text("", encoding="utf-8")
    with pytest.raises(FileExistsError, match="a sample needs a folder, this is a file"):
        write_sample(tmp_path / "crm", leads=50, seed=1)
