"""A model's folder in the form that MLflow loads."""

import shutil
from importlib.metadata import version
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Final

import mlflow.pyfunc

import features
import models
from models.registry_names import MODEL_DATA

LOADER: Final = "models.flavor"
REQUIREMENTS: Final = ("lightgbm", "numpy", "pandas", "pandera", "pyarrow", "rich", "scipy", "sqlalchemy", "typer")
"""What ``features`` and ``models`` import; named here, since MLflow would find out by running the model."""

_SOURCES: Final = ("*.pyx", "*.pxd", "*.pyi", "__pycache__")


def write_pyfunc_folder(model_folder: Path, destination: Path) -> None:
    """Write a model's folder, the code that reads it and what both need, for ``mlflow.pyfunc.load_model``.

    The code of ``features`` and ``models`` travels with the model: the project is on no package index, so a process
    elsewhere (``mlflow models serve``, a notebook of the analytics team) could not get it otherwise. Its compiled
    modules run where training ran: on the same kind of machine, with the same Python. A process that has the project's
    own packages imported keeps using those. The service reads the data files alone and runs no code that comes from the
    registry.

    Parameters
    ----------
    model_folder : pathlib.Path
        As ``ConversionModel.save`` writes it.
    destination : pathlib.Path
        A folder that is not there yet, or empty.
    """
    with TemporaryDirectory() as scratch:
        # MLflow names the data after the folder it comes from, which must not depend on where training put it.
        named = Path(scratch) / PurePosixPath(MODEL_DATA).name
        shutil.copytree(model_folder, named)
        mlflow.pyfunc.save_model(
            path=str(destination),
            loader_module=LOADER,
            data_path=str(named),
            code_paths=[str(_without_sources(package, Path(scratch) / "code")) for package in (features, models)],
            pip_requirements=[f"{name}=={version(name)}" for name in REQUIREMENTS],
        )


def _without_sources(package: ModuleType, folder: Path) -> Path:
    """Copy a package without what its compiled modules were made from, and what was cached."""
    [found] = package.__path__
    copied = folder / package.__name__
    shutil.copytree(found, copied, ignore=shutil.ignore_patterns(*_SOURCES))
    return copied
