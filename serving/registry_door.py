"""The way to the registry, taken once there is one."""

from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, cast

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from models.conversion import ConversionModel
from models.registry_names import CHAMPION, STORE_DATABASE, STORE_FOLDER
from serving.registered import RegisteredModel

if TYPE_CHECKING:
    from serving.registry import Registry


class RegistryDoor:
    """The registry, not opened before it is asked for something that it may have.

    Parameters
    ----------
    uri : str
        As MLflow takes it; blank for the file in the working folder.
    working_folder : pathlib.Path
        Where training keeps its store, if nothing else is named.
    """

    def __init__(self, uri: str, working_folder: Path) -> None:
        self._uri = uri or f"sqlite:///{working_folder.resolve() / STORE_FOLDER / STORE_DATABASE}"
        self._file = _sqlite_file(self._uri)

    def champion(self) -> RegisteredModel | None:
        """Return the version that is to score leads; raises RegistryError where the registry cannot be asked."""
        return self.aliased(CHAMPION)

    def aliased(self, alias: str) -> RegisteredModel | None:
        """Return the version that an alias stands for; raises RegistryError where the registry cannot be asked."""
        if self._file is not None and not self._file.exists():
            return None  # to ask for it would make it
        return self._registry.aliased(alias)

    def load(self, model: RegisteredModel) -> ConversionModel:
        """Read a version; raises RegistryError where its files cannot be fetched or read."""
        return self._registry.load(model)

    def metrics(self, model: RegisteredModel) -> dict[str, float]:
        """Return what was measured when it was trained; raises RegistryError where the registry cannot be asked."""
        return self._registry.metrics(model)

    @cached_property
    def _registry(self) -> "Registry":
        return cast("Registry", import_module("serving.registry").Registry(self._uri))


def _sqlite_file(uri: str) -> Path | None:
    try:
        url = make_url(uri)
    except (ArgumentError, ValueError):
        return None
    return Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None
