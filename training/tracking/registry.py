"""The registry of models: versions with their tags, aliases and files."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import pandas as pd
from mlflow.artifacts import download_artifacts
from mlflow.entities.model_registry import ModelVersion
from mlflow.exceptions import MlflowException

from models.conversion import ConversionModel
from models.folder import ModelFolderError
from models.registry_names import CHALLENGER, CHAMPION, MODEL_DATA, MODEL_NAME, RUN_ARTIFACT
from training.tracking.pyfunc_folder import write_pyfunc_folder
from training.tracking.store_location import StoreLocation
from training.tracking.tracked_run import TrackedRun
from training.tracking.tracking_store import TrackingError, TrackingStore, open_store
from training.tracking.turn import my_turn

_UNREGISTERED: Final = "Nothing was registered, the champion is as it was: when MLflow answers again, train again."
_ASK_AGAIN: Final = "Check that the store is whole, then ask again."
_AS_IT_WAS: Final = "The champion is as it was."
_NOT_THERE: Final = frozenset({"RESOURCE_DOES_NOT_EXIST", "INVALID_PARAMETER_VALUE"})
"""What MLflow answers where there is no such model, and where there is one without the alias."""


@dataclass(frozen=True, slots=True)
class RegisteredVersion:
    """A version of the model in the registry.

    Attributes
    ----------
    version : int
        From 1 on.
    run_id : str
        The run that made it.
    tags : mapping of str to str
        ``data_end``, ``horizon_days`` and ``verdict``, and what else it was given.
    """

    version: int
    run_id: str
    tags: Mapping[str, str]

    @property
    def uri(self) -> str:
        """As ``mlflow.pyfunc.load_model`` takes it."""
        return f"models:/{MODEL_NAME}/{self.version}"

    @property
    def data_end_ms(self) -> int:
        """Until when it has seen outcomes, in milliseconds since the epoch."""
        end = pd.Timestamp(self.tags["data_end"])
        return int((end.tz_localize("UTC") if end.tzinfo is None else end).timestamp() * 1000)


def register(run: TrackedRun, model_folder: Path, tags: Mapping[str, str]) -> RegisteredVersion:
    """Make a trained model the newest version, and with that the challenger.

    All files are in the store before the version is, and a version comes into being with its tags in one step, so that
    no version is ever incomplete, whenever training is killed. The alias comes last.

    Parameters
    ----------
    run : TrackedRun
        The run that trained the model.
    model_folder : pathlib.Path
        As ``ConversionModel.save`` writes it.
    tags : mapping of str to str
        At least ``data_end``, ``horizon_days`` and ``verdict``.

    Raises
    ------
    TrackingError
        Where MLflow fails.
    """
    with run.store.reporting("keep the model", _UNREGISTERED), TemporaryDirectory() as scratch:
        write_pyfunc_folder(model_folder, Path(scratch))
        run.store.client.log_artifacts(run.run_id, scratch, RUN_ARTIFACT)
    with run.store.reporting("register the model", _UNREGISTERED):
        made = _told(_make_version(run, tags))
    with my_turn(run.store.location):
        newest = aliased(run.store, CHALLENGER)
        if newest is None or newest.version < made.version:  # another training may have been quicker
            name_version(run.store, made.version, CHALLENGER)
    return made


def champion(location: StoreLocation) -> RegisteredVersion | None:
    """Return the version that scores leads; None where there is none yet. Asking makes no store.

    Raises
    ------
    TrackingError
        Where the store cannot be reached.
    """
    if location.database is not None and not location.database.exists():
        return None
    return aliased(open_store(location), CHAMPION)


def aliased(store: TrackingStore, alias: str) -> RegisteredVersion | None:
    """Return the version that an alias stands for; None where it stands for none."""
    with store.reporting(f"ask for the {alias}", _ASK_AGAIN):
        try:
            return _told(store.client.get_model_version_by_alias(MODEL_NAME, alias))
        except MlflowException as error:
            if error.error_code in _NOT_THERE:
                return None
            raise


def versions(store: TrackingStore) -> list[RegisteredVersion]:
    """Return every version there is, the newest first."""
    found: list[ModelVersion] = []
    token: str | None = None
    with store.reporting("list the versions", _ASK_AGAIN):
        while token is None or token:
            page = store.client.search_model_versions(f"name='{MODEL_NAME}'", page_token=token)
            found += page
            token = page.token or ""
    return sorted(map(_told, found), key=lambda one: -one.version)


def metrics_of(store: TrackingStore, version: RegisteredVersion) -> dict[str, float]:
    """Return what was measured when a version was trained; nothing where its run is gone."""
    with store.reporting(f"read the metrics of version {version.version}", _ASK_AGAIN):
        try:
            found = store.client.get_run(version.run_id).data.metrics
        except MlflowException as error:
            if error.error_code in _NOT_THERE:
                return {}
            raise
    return {str(name): float(value) for name, value in found.items()}


def load_version(store: TrackingStore, version: int) -> ConversionModel:
    """Read the model of a version: files of data only, nothing from the registry is run.

    Raises
    ------
    TrackingError
        Where a file is missing or damaged.
    """
    tried = f"read version {version}"
    with store.reporting(tried, _AS_IT_WAS), TemporaryDirectory() as scratch:
        uri = store.client.get_model_version_download_uri(MODEL_NAME, str(version))
        source = f"{uri.rstrip('/')}/{MODEL_DATA}"
        folder = download_artifacts(artifact_uri=source, dst_path=scratch, tracking_uri=store.location.uri)
        try:
            return ConversionModel.load(Path(folder))
        except ModelFolderError as error:
            found = str(error).replace(folder, "its folder")
            raise TrackingError(tried, store.location.uri, found, _AS_IT_WAS) from error


def tag_version(store: TrackingStore, version: int, name: str, value: str) -> None:
    """Set a tag of a version, in one step."""
    with store.reporting(f"tag version {version}", _AS_IT_WAS):
        store.client.set_model_version_tag(MODEL_NAME, str(version), name, value)


def name_version(store: TrackingStore, version: int, alias: str) -> None:
    """Give an alias to a version, and take it from the one that had it, in one step."""
    next_step = f"Version {version} is registered; name it with: make promote VERSION={version}"
    with store.reporting(f"name the {alias}", next_step):
        store.client.set_registered_model_alias(MODEL_NAME, alias, str(version))


def _make_version(run: TrackedRun, tags: Mapping[str, str]) -> ModelVersion:
    client = run.store.client
    try:
        client.create_registered_model(MODEL_NAME)
    except MlflowException as error:
        if error.error_code != "RESOURCE_ALREADY_EXISTS":
            raise
    return client.create_model_version(
        MODEL_NAME, source=f"{run.artifact_uri}/{RUN_ARTIFACT}", run_id=run.run_id, tags=dict(tags)
    )


def _told(version: ModelVersion) -> RegisteredVersion:
    return RegisteredVersion(int(version.version), str(version.run_id), dict(version.tags))
