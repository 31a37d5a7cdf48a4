"""The version that served last, kept on this machine for a start while the registry is away.

Damage is noticed: the folder's name is the checksum of ``identity.json``, which holds the checksum of every file.
"""

import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from math import isfinite, nan
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from models.conversion import ConversionModel
from models.folder import ModelFolderError, read_object, write_object
from serving.file_lock import locked
from serving.registered import RegisteredModel

_IDENTITY: Final = "identity.json"
_MODEL: Final = "model"
_NAME_LENGTH: Final = 32
_UNFINISHED: Final = ".unfinished-"


class ModelCacheError(Exception):
    """What is kept is not what was written."""


@dataclass(frozen=True)
class KeptModel:
    """A version with all that a service tells of it.

    Attributes
    ----------
    named : RegisteredModel
        Which version it is.
    model : ConversionModel
        What it believes.
    metrics : mapping of str to float
        What was measured when it was trained.
    """

    named: RegisteredModel
    model: ConversionModel
    metrics: Mapping[str, float]


class ModelCache:
    """A folder with one version, the newest that was kept.

    Parameters
    ----------
    folder : pathlib.Path
        Made when something is kept.
    alias : str
        Under which the registry names the version.
    """

    def __init__(self, folder: Path, alias: str) -> None:
        self._folder = folder
        self._alias = alias

    def keep(self, kept: KeptModel) -> None:
        """Write a version and remove the one before; whoever reads finds the one or the other, whole.

        Raises
        ------
        OSError
            Where it cannot be written; then the one before stays.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        with locked(self._folder):
            with TemporaryDirectory(dir=self._folder, prefix=_UNFINISHED) as scratch:
                made = Path(scratch) / "made"
                kept.model.save(made / _MODEL)
                write_object(made / _IDENTITY, self._identity(kept, made / _MODEL))
                place = self._folder / _digest(made / _IDENTITY)[:_NAME_LENGTH]
                if not _is_whole(place):
                    shutil.rmtree(place, ignore_errors=True)
                    made.rename(place)
            for other in self._folder.iterdir():
                if other != place:
                    shutil.rmtree(other, ignore_errors=True)

    def kept(self) -> KeptModel | None:
        """Return the version that was kept last; None where there is none.

        Raises
        ------
        ModelCacheError
            Where anything of it was altered, or this version of the service cannot read it.
        """
        places = [place for place in self._folder.glob("*") if place.is_dir() and place.name[0] != "."]
        if not places:
            return None
        place = max(places, key=lambda place: place.stat().st_mtime_ns)
        try:
            identity = _checked(place)
            model = ConversionModel.load(place / _MODEL)
            return KeptModel(_named(identity), model, _metrics(identity))
        except (ModelFolderError, OSError, KeyError, TypeError, ValueError, AttributeError) as error:
            raise ModelCacheError(f"{place} is damaged ({type(error).__name__}): delete it") from error

    def _identity(self, kept: KeptModel, folder: Path) -> dict[str, object]:
        metrics = {name: value if isfinite(value) else None for name, value in kept.metrics.items()}
        return {"alias": self._alias, **asdict(kept.named), "metrics": metrics, "files": _digests(folder)}


def _checked(place: Path) -> dict[str, Any]:
    """Return who a version is; raises ModelCacheError where a file is not as it was written."""
    if _digest(place / _IDENTITY)[:_NAME_LENGTH] != place.name:
        raise ModelCacheError(f"{place / _IDENTITY} was altered")
    identity = read_object(place / _IDENTITY)
    if _digests(place / _MODEL) != identity["files"]:
        raise ModelCacheError(f"{place / _MODEL} was altered")
    return identity


def _is_whole(place: Path) -> bool:
    try:
        return bool(_checked(place))
    except (ModelCacheError, ModelFolderError, OSError):
        return False


def _named(identity: Mapping[str, Any]) -> RegisteredModel:
    return RegisteredModel(str(identity["version"]), int(identity["created_ms"]), str(identity["run_id"]))


def _metrics(identity: Mapping[str, Any]) -> dict[str, float]:
    return {str(name): nan if value is None else float(value) for name, value in identity["metrics"].items()}


def _digests(folder: Path) -> dict[str, str]:
    return {file.name: _digest(file) for file in sorted(folder.iterdir())}


def _digest(file: Path) -> str:
    return sha256(file.read_bytes()).hexdigest()
