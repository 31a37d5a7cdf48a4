"""Notebooks executed and written as pages that need nothing else."""

import re
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any, Final

import nbformat
from jinja2 import Environment, PackageLoader, StrictUndefined
from nbclient.exceptions import CellExecutionError
from nbconvert.exporters import HTMLExporter
from nbconvert.preprocessors import ExecutePreprocessor
from traitlets.config import Config

from features.wording import LANGUAGES, Language
from training.report.page_font import font_face

# Jupyter leaves these without types.
_read: Callable[..., Any] = nbformat.read
_runner: Callable[..., Any] = ExecutePreprocessor
_exporter: Callable[..., Any] = HTMLExporter

_AT_ONCE: Final = 2
_CELL_SECONDS: Final = 300
_NO_COLOURS: Final = re.compile(r"\x1b\[[0-9;]*m")


@dataclass(frozen=True)
class Rendered:
    """What became of a notebook.

    Attributes
    ----------
    notebook : pathlib.Path
        Which one.
    page : pathlib.Path or None
        Where it was written; None where a cell failed.
    seconds : float
        How long that took.
    fault : str
        What failed, and in which cell.
    """

    notebook: Path
    page: Path | None
    seconds: float
    fault: str = ""


def render_all(notebooks: Sequence[Path], reports: Path, language: Language) -> Iterator[Rendered]:
    """Execute notebooks from a clean state, two at a time, and write a page for each; yields them in their order.

    A notebook that fails leaves the page of an earlier run as it is.

    Parameters
    ----------
    notebooks : sequence of pathlib.Path
        Each runs in the working folder, in a kernel of its own.
    reports : pathlib.Path
        The folder for pages.
    language : {"en", "ja"}
        Of the text that stands in both: cells tagged with the other one are left out.
    """
    reports.mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        yield from pool.map(lambda notebook: _render(notebook, reports, language), notebooks)


def _render(notebook: Path, reports: Path, language: Language) -> Rendered:
    began = perf_counter()
    content = _read(notebook, as_version=4)
    content.cells = [cell for cell in content.cells if _is_for(cell, language)]
    try:
        _execute(content)
    except CellExecutionError as error:
        return Rendered(notebook, None, perf_counter() - began, _fault(content, error))
    page = reports / f"{notebook.stem}.html"
    _write(page, _page(content, language))
    return Rendered(notebook, page, perf_counter() - began)


def _execute(content: Any) -> None:
    """Run the cells in the working folder; what kernel and command say to each other is nobody else's to read."""
    with TemporaryDirectory() as scratch:
        by_file = Config({"KernelManager": {"transport": "ipc", "ip": f"{scratch}/kernel"}})
        runner = _runner(timeout=_CELL_SECONDS, kernel_name="python3", config=by_file)
        runner.preprocess(content, {"metadata": {"path": str(Path.cwd())}})


def _is_for(cell: Any, language: Language) -> bool:
    spoken = set(LANGUAGES).intersection(cell.metadata.get("tags", []))
    return not spoken or language in spoken


def _fault(content: Any, error: CellExecutionError) -> str:
    """Say which cell failed and how, without the traceback."""
    failed = [
        cell for cell in content.cells if any(one.get("output_type") == "error" for one in cell.get("outputs", []))
    ]
    source = failed[-1].source if failed else ""
    return f"{error.ename}: {_NO_COLOURS.sub('', error.evalue)} in the cell\n{source}"


def _page(content: Any, language: Language) -> str:
    body, _ = _exporter(template_name="basic").from_notebook_node(content)
    environment = Environment(
        loader=PackageLoader("training.review", "templates"), autoescape=True, undefined=StrictUndefined
    )
    page = environment.get_template("notebook.html.j2").render(
        language=language,
        title=_title(content),
        body=body,
        report_style=files("training.report").joinpath("templates", "report.css").read_text(encoding="utf-8"),
    )
    return page.replace("</style>", f"{font_face(page)}</style>", 1)


def _title(content: Any) -> str:
    headings = (line for cell in content.cells for line in cell.source.splitlines() if line.startswith("# "))
    return next(headings, "# Notebook").removeprefix("# ")


def _write(page: Path, text: str) -> None:
    """Write a page in one step: whoever has it open sees the old one or the new one."""
    scratch = page.with_suffix(".unfinished")
    scratch.write_text(text, encoding="utf-8", newline="\n")
    scratch.replace(page)
