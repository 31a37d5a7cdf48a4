"""The page and the JSON beside it: both whole, or as they were before."""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from serving.batch import OutputError

_PAGE: Final = ".html"


def check_page(page: Path) -> None:
    """Make the page's folder; raises an OutputError where nothing could be written there, before anything is done."""
    if page.suffix != _PAGE:
        raise OutputError(f"{str(page)!r} must end with {_PAGE}")
    try:
        page.resolve().parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"the folder {page.resolve().parent} cannot be made: {error.strerror}") from None
    if not os.access(page.resolve().parent, os.W_OK):
        raise OutputError(f"the folder {page.resolve().parent} cannot be written")


def write_files(page: Path, html: str, content: Mapping[str, Any]) -> None:
    """Write page and JSON in place of what was there.

    Raises
    ------
    OutputError
        Where the disk refuses; both files are then as they were.
    """
    told = json.dumps(content, indent=1, ensure_ascii=False, allow_nan=False) + "\n"
    texts = {page: html, page.with_suffix(".json"): told}
    scratches = {file: file.with_name(f".{file.name}.part") for file in texts}
    try:
        for file, text in texts.items():
            scratches[file].write_text(text, encoding="utf-8", newline="\n")
        for file, scratch in scratches.items():
            scratch.replace(file)
    except OSError as error:
        raise OutputError(f"{page} cannot be written: {error.strerror}") from None
    finally:
        for scratch in scratches.values():
            scratch.unlink(missing_ok=True)
