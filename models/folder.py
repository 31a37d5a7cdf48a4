"""Files of a model's folder: text that is read and checked, never code that is run."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any


class ModelFolderError(Exception):
    """A folder does not hold a model this version can load."""


def read_text(path: Path) -> str:
    """Return a file's text.

    Raises
    ------
    ModelFolderError
        Where the file is not there or is not UTF-8 text.
    """
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise ModelFolderError(
            f"The model folder {path.parent} has no {path.name}. Load a folder written by ConversionModel.save, whole."
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise ModelFolderError(f"{path} cannot be read as UTF-8 text: {error}. Restore the model folder.") from error


def read_object(path: Path) -> dict[str, Any]:
    """Return the object of a JSON file.

    Raises
    ------
    ModelFolderError
        Where the file is missing, is not JSON or holds something else than an object.
    """
    try:
        content = json.loads(read_text(path))
    except json.JSONDecodeError as error:
        raise ModelFolderError(f"{path} is not valid JSON: {error}. Restore the model folder.") from error
    if not isinstance(content, dict):
        raise ModelFolderError(f"{path} must hold a JSON object, found {type(content).__name__}.")
    return content


def write_object(path: Path, content: Mapping[str, object]) -> None:
    """Write an object as JSON: keys sorted, every float in full, the same bytes for the same content."""
    text = json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False, allow_nan=False)
    path.write_text(f"{text}\n", encoding="utf-8", newline="\n")
