"""The registry of models: versions, and which one of them scores leads."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from mlflow.entities.model_registry import ModelVersion
from mlflow.exceptions import MlflowException

from models.registry_names import CHAMPION, MODEL_NAME, RUN_ARTIFACT
from training.tracking.pyfunc_folder import write_pyfunc_folder
from training.tracking.store_location import StoreLocation
from training.tracking.tracked_run import TrackedRun
from training.tracking.tracking_store import TrackingStore, open_store

_UNREGISTERED = "Nothing was registered, the champion is as it was: when MLflow answers again, train again."
_NOT_THERE = frozenset({"RESOURCE_DOES_NOT_EXIST", "INVALID_PARAMETER_VALUE"})
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
    is_champion : bool
        Whether it scored leads when the registry was asked.
    tags : mapping of str to str
        ``data_end``, ``horizon_days`` and ``verdict``, and what else training gave it.
    """

    version: int
    run_id: str
    is_champion: bool
    tags: Mapping[str, str]

    @property
    def uri(self) -> str:
        """As ``mlflow.pyfunc.load_model`` takes it."""
        return f"models:/{MODEL_NAME}/{self.version}"


def register(run: TrackedRun, model_folder: Path, tags: Mapping[str, str]) -> RegisteredVersion:
    """Make a trained model the newest version, and the champion where there is none.

    All files are in the store before the version is, and a version comes into being with its tags in one step, so that
    no version is ever incomplete, whenever training is killed. The alias comes last. A training killed before it leaves
    a first version that is no champion; then the next training's version, whose data are newer, becomes it.

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
        made = _make_version(run, tags)
    next_step = f"Version {made.version} is registered and no version is the champion yet: train again."
    with run.store.reporting("name the champion", next_step):
        is_first = _champion(run.store) is None
        if is_first:
            run.store.client.set_registered_model_alias(MODEL_NAME, CHAMPION, str(made.version))
    return _told(made, is_champion=is_first)


def champion(location: StoreLocation) -> RegisteredVersion | None:
    """Return the version that scores leads; None where there is none yet.

    Raises
    ------
    TrackingError
        Where the store cannot be reached.
    """
    if location.database is not None and not location.database.exists():
        return None
    store = open_store(location)
    with store.reporting("ask for the champion", "Check that the store is whole, then ask again."):
        found = _champion(store)
    return None if found is None else _told(found, is_champion=True)


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


def _champion(store: TrackingStore) -> ModelVersion | None:
    try:
        return store.client.get_model_version_by_alias(MODEL_NAME, CHAMPION)
    except MlflowException as error:
        if error.error_code in _NOT_THERE:
            return None
        raise


def _told(version: ModelVersion, *, is_champion: bool) -> RegisteredVersion:
    return RegisteredVersion(int(version.version), str(version.run_id), is_champion, dict(version.tags))
