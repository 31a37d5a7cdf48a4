"""import-linter reads no Cython, so compiled modules are held to the layers here."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LAYERS = {"features": {"features"}, "models": {"features", "models"}, "serving": {"features", "models", "serving"}}
PACKAGES = {"features", "models", "serving", "training"}
TOO_HIGH_FOR_MODELS = {"fastapi", "pydantic", "mlflow"}
IMPORTED = re.compile(r"^\s*(?:from|import|cimport)\s+([A-Za-z_]\w*)", re.MULTILINE)
COMPILED = sorted(
    path for package in LAYERS for pattern in ("*.pyx", "*.pxd") for path in (ROOT / package).rglob(pattern)
)


@pytest.mark.parametrize("path", COMPILED, ids=lambda path: str(path.relative_to(ROOT)))
def test_compiled_module_imports_from_its_layer_and_those_below(path: Path) -> None:
    package = path.relative_to(ROOT).parts[0]
    imported = set(IMPORTED.findall(path.read_text(encoding="utf-8")))
    assert imported & PACKAGES <= LAYERS[package]
    assert package == "serving" or not imported & TOO_HIGH_FOR_MODELS


def test_each_compiled_module_is_described_for_those_who_import_it() -> None:
    sources = [path for path in COMPILED if path.suffix == ".pyx"]
    assert sources
    assert not [
        path for path in sources if not path.with_suffix(".pyi").exists() and not path.with_suffix(".pxd").exists()
    ]
