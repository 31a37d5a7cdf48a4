import os
from pathlib import Path

import pytest

from models.folder import ModelFolderError
from models.manifest import FILE, check_manifest, require_listed, write_manifest


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.json").write_text("{}\n")
    (tmp_path / "b.txt").write_text("tree\n")
    write_manifest(tmp_path, ("a.json", "b.txt"))
    return tmp_path


def test_whole_folder_is_what_its_manifest_says(folder: Path) -> None:
    (folder / "README").write_text("A file that is none of the model's.")
    assert check_manifest(folder) == {"a.json", "b.txt"}


@pytest.mark.parametrize("content", [b"{}", b"{}\n\n", b"[]\n", b""])
def test_changed_file_is_named(folder: Path, content: bytes) -> None:
    (folder / "a.json").write_bytes(content)
    with pytest.raises(ModelFolderError, match=r"a\.json is not the file that manifest\.json lists"):
        check_manifest(folder)


def test_missing_file_and_missing_manifest_are_told_apart(folder: Path) -> None:
    (folder / "a.json").unlink()
    with pytest.raises(ModelFolderError, match=r"has no a\.json, which its manifest\.json lists"):
        check_manifest(folder)
    (folder / FILE).unlink()
    with pytest.raises(ModelFolderError, match=r"has no manifest\.json: .* or train anew"):
        check_manifest(folder)


def test_pipe_in_the_place_of_a_file_is_not_waited_for(folder: Path) -> None:
    (folder / "a.json").unlink()
    os.mkfifo(folder / "a.json")
    with pytest.raises(ModelFolderError, match="is not the file"):
        check_manifest(folder)


@pytest.mark.parametrize("name", ["../a.json", "/etc/hostname", "sub/a.json", ""])
def test_file_outside_the_folder_is_not_looked_at(folder: Path, name: str) -> None:
    (folder / FILE).write_text(f'{{"files": {{"{name}": {{"bytes": 3, "sha256": ""}}}}}}')
    with pytest.raises(ModelFolderError, match=r"list files of its own folder|is not the file"):
        check_manifest(folder)


@pytest.mark.parametrize("text", ['{"files": []}', "{}", '{"files": {"a.json": 3}}', '{"files": {"a.json": {}}}'])
def test_damaged_manifest_is_refused(folder: Path, text: str) -> None:
    (folder / FILE).write_text(text)
    with pytest.raises(ModelFolderError, match="manifest"):
        check_manifest(folder)


def test_file_that_is_not_listed_is_not_read(folder: Path) -> None:
    with pytest.raises(ModelFolderError, match=r"must list every file of the model, found none of \['c\.txt'\]"):
        require_listed(check_manifest(folder), folder, "a.json", "c.txt")
