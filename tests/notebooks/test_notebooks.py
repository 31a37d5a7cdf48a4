"""Notebooks as they are committed: short, without outputs, in two languages."""

import ast
import json
from pathlib import Path
from typing import Any

import pytest

import training.review as rv

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))
pytestmark = pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)


def cells(notebook: Path, kind: str) -> list[dict[str, Any]]:
    content = json.loads(notebook.read_text(encoding="utf-8"))
    return [cell for cell in content["cells"] if cell["cell_type"] == kind]


def source(cell: dict[str, Any]) -> str:
    return "".join(cell["source"])


def test_notebook_is_committed_without_outputs(notebook: Path) -> None:
    for cell in cells(notebook, "code"):
        assert (cell["outputs"], cell["execution_count"]) == ([], None)


def test_notebook_defines_nothing_and_is_short(notebook: Path) -> None:
    code = [ast.parse(source(cell)) for cell in cells(notebook, "code")]
    kinds = {type(node) for tree in code for node in ast.walk(tree)}
    assert kinds.isdisjoint({ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef, ast.For, ast.If})
    assert sum(len(source(cell).splitlines()) for cell in cells(notebook, "code")) <= 60


def test_every_text_stands_in_both_languages(notebook: Path) -> None:
    tags = [cell["metadata"]["tags"] for cell in cells(notebook, "markdown")]
    assert tags == [["en"], ["ja"]] * (len(tags) // 2)


def test_notebook_uses_what_the_module_offers(notebook: Path) -> None:
    code = [ast.parse(source(cell)) for cell in cells(notebook, "code")]
    attributes = [node for tree in code for node in ast.walk(tree) if isinstance(node, ast.Attribute)]
    used = {node.attr for node in attributes if isinstance(node.value, ast.Name) and node.value.id == "rv"}
    assert used
    assert used <= set(rv.__all__)
