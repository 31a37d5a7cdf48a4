"""The list of a model folder's files with their checksums: a damaged file must not give another answer."""

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from models.folder import ModelFolderError, read_object, write_object

FILE: Final = "manifest.json"


def write_manifest(folder: Path, names: Iterable[str]) -> None:
    """Write down how long the named files of a folder are, and what their SHA-256 is."""
    write_object(folder / FILE, {"files": {name: _described(folder / name) for name in names}})


def check_manifest(folder: Path) -> frozenset[str]:
    """Hold every file that the manifest lists to it, and return their names.

    It tells damage, not intent: who can write a file can write its checksum.

    Raises
    ------
    ModelFolderError
        Where the manifest is missing or damaged, or a file is not what it says.
    """
    if not (folder / FILE).exists():
        raise ModelFolderError(
            f"The model folder {folder} has no {FILE}: it is not whole, or older than this version. "
            "Load a folder written by ConversionModel.save, whole, or train anew."
        )
    files = read_object(folder / FILE).get("files")
    if not isinstance(files, dict):
        raise ModelFolderError(f"{folder / FILE} must list the files of the folder. Restore the model folder.")
    for name, described in files.items():
        _check_file(folder, name, described)
    return frozenset(files)


def require_listed(listed: frozenset[str], folder: Path, *names: str) -> None:
    """Require of files that are to be read that the manifest lists them; raises ModelFolderError."""
    unlisted = [name for name in names if name not in listed]
    if unlisted:
        raise ModelFolderError(
            f"{folder / FILE} must list every file of the model, found none of {unlisted}. Restore the model folder."
        )


def _check_file(folder: Path, name: str, described: Mapping[str, Any]) -> None:
    if Path(name).name != name:
        raise ModelFolderError(f"{folder / FILE} must list files of its own folder, found {name!r}. Restore it.")
    path = folder / name
    try:
        if not path.exists():
            raise ModelFolderError(f"The model folder {folder} has no {name}, which its {FILE} lists. Restore it.")
        # Asked for its size first: a pipe would be read for ever, and so would a file that has grown without end.
        is_whole = path.is_file() and path.stat().st_size == described["bytes"] and _described(path) == described
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise ModelFolderError(f"{path} cannot be held against {FILE}: {error!r}. Restore the model folder.") from error
    if not is_whole:
        raise ModelFolderError(
            f"{path} is not the file that {FILE} lists: its size or SHA-256 differs. Restore the model folder, whole."
        )


def _described(path: Path) -> dict[str, object]:
    content = path.read_bytes()
    return {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
