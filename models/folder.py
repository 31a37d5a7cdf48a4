"""Files of a model's folder: text that is read and checked, never code that is run."""

import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

_MOST_DIGITS: Final = 19


class ModelFolderError(Exception):
    """A folder does not hold a model this version can load."""


def read_text(path: Path) -> str:
    """Return a file's text.

    Raises
    ------
    ModelFolderError
        Where the file is not there, is no file or is not UTF-8 text.
    """
    try:
        if path.exists() and not path.is_file():
            raise ModelFolderError(f"{path} must be a file, found a folder or a pipe. Restore the model folder.")
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
    text = read_text(path)
    try:
        content = json.loads(text, parse_float=_finite, parse_int=_moderate, parse_constant=_finite)
    except (ValueError, RecursionError) as error:
        raise ModelFolderError(f"{path} is not valid JSON: {error}. Restore the model folder.") from error
    if not isinstance(content, dict):
        raise ModelFolderError(f"{path} must hold a JSON object, found {type(content).__name__}.")
    return content


def number_from_json(content: object) -> float:
    """Return a number of plain data; raises TypeError where it is none."""
    if isinstance(content, bool) or not isinstance(content, int | float):
        raise TypeError(f"a number is needed, found {content!r}")
    return float(content)


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(f"{text} is not a finite number")
    return number


def _moderate(text: str) -> int:
    if len(text) > _MOST_DIGITS:
        raise ValueError(f"a whole number of {len(text)} digits is too large")
    return int(text)


def write_object(path: Path, content: Mapping[str, object]) -> None:
    """Write an object as JSON: keys sorted, every float in full, the same bytes for the same content."""
    text = json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False, allow_nan=False)
    path.write_text(f"{text}\n", encoding="utf-8", newline="\n")
