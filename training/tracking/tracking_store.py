"""The store of runs and model versions, open."""

import logging
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from textwrap import shorten
from typing import Final
from urllib.parse import unquote, urlsplit

from mlflow import MlflowClient
from mlflow.entities import Experiment
from mlflow.exceptions import MlflowException
from mlflow.telemetry import set_telemetry_client
from sqlalchemy.exc import SQLAlchemyError

from models.registry_names import MODEL_NAME, STORE_ARTIFACTS, STORE_FOLDER
from training.tracking.masking import mask_secrets, without_credentials
from training.tracking.store_database import CONNECT_SECONDS, greet_database, make_database
from training.tracking.store_location import URI_VARIABLE, StoreLocation

_ALWAYS: Final = {
    "MLFLOW_DISABLE_TELEMETRY": "true",  # who trains what is nobody else's business
    "MLFLOW_SUPPRESS_PRINTING_URL_TO_STDOUT": "true",
    "MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR": "false",
    "MLFLOW_UV_AUTO_DETECT": "false",  # would pack the lock file of whatever folder the command runs in
}
BRISK: Final = {**_ALWAYS, "MLFLOW_HTTP_REQUEST_MAX_RETRIES": "0", "MLFLOW_HTTP_REQUEST_TIMEOUT": str(CONNECT_SECONDS)}
"""For the first question to a server: one that is not there is told of within seconds, before the work."""

PATIENT: Final = {**_ALWAYS, "MLFLOW_HTTP_REQUEST_MAX_RETRIES": "4", "MLFLOW_HTTP_REQUEST_TIMEOUT": "15"}
"""For all that follows: a server that restarts after an hour of training is waited for, up to two minutes."""

_LOG_LEVELS: Final = {
    "alembic": logging.WARNING,
    "mlflow": logging.WARNING,
    "mlflow.store.db.utils": logging.CRITICAL + 1,  # logs, with a traceback, what it raises anyway
}
_heed_telemetry_setting: Callable[[], None] = set_telemetry_client  # MLflow leaves it without types
_LONGEST_FOUND: Final = 600
_NO_NEWS: Final = "(raised as a result of Query-invoked autoflush"
"""What SQLAlchemy puts before some errors says nothing of them."""

_WHAT_MLFLOW_RAISES: Final = (MlflowException, SQLAlchemyError, OSError, ImportError)


class TrackingError(Exception):
    """MLflow could not do what training asked of it: says what was tried, where, what was found and what to do next."""

    def __init__(self, tried: str, uri: str, found: str, next_step: str) -> None:
        where = without_credentials(uri)
        super().__init__(f"Could not {tried} in MLflow at {where}: {mask_secrets(found, uri).rstrip('.')}. {next_step}")


@dataclass(frozen=True, slots=True)
class TrackingStore:
    """An open store; every question to ``client`` is asked under ``reporting``."""

    location: StoreLocation
    client: MlflowClient
    experiment_id: str

    @contextmanager
    def reporting(self, tried: str, next_step: str, settings: Mapping[str, str] = PATIENT) -> Iterator[None]:
        """Turn what MLflow raises into a TrackingError."""
        with _settled(settings), _reporting(tried, self.location, next_step):
            yield


def open_store(location: StoreLocation) -> TrackingStore:
    """Connect to a store, and make it where it is a file that is not there yet.

    Raises
    ------
    TrackingError
        Within seconds, where the store cannot be reached or written.
    """
    next_step = (
        "Check that this place can be reached and written, or unset MLFLOW_TRACKING_URI to keep runs in the folder "
        f"{STORE_FOLDER}."
    )
    with _settled(BRISK), _reporting("open the store", location, next_step):
        _heed_telemetry_setting()
        greet_database(location)
        if location.database and location.artifacts:
            make_database(location.database, location.artifacts)
        client = MlflowClient(tracking_uri=location.uri)
        experiment = _experiment(client, location)
    _check_place(experiment, location)
    return TrackingStore(location, client, experiment.experiment_id)


def _experiment(client: MlflowClient, location: StoreLocation) -> Experiment:
    found = client.get_experiment_by_name(MODEL_NAME)
    if found is not None:
        return found
    artifacts = None if location.artifacts is None else str(location.artifacts)
    try:
        return client.get_experiment(client.create_experiment(MODEL_NAME, artifact_location=artifacts))
    except MlflowException:
        # Another training may have been quicker.
        found = client.get_experiment_by_name(MODEL_NAME)
        if found is None:
            raise
        return found


def _check_place(experiment: Experiment, location: StoreLocation) -> None:
    """Refuse a store that was moved or copied: MLflow would go on writing, and reading, in its old folder."""
    if location.artifacts is None:
        return
    recorded = urlsplit(experiment.artifact_location)
    place = Path(unquote(recorded.path) if recorded.scheme == "file" else experiment.artifact_location)
    is_ours = place.parts[-2:] == (STORE_FOLDER, STORE_ARTIFACTS)
    if is_ours and place != location.artifacts:
        raise TrackingError(
            "use the store",
            location.uri,
            f"it keeps its files in {place}, where it was made",
            f"Move the folder {STORE_FOLDER} back there, or rename it to begin an empty one, or set {URI_VARIABLE}.",
        )


@contextmanager
def _reporting(tried: str, location: StoreLocation, next_step: str) -> Iterator[None]:
    try:
        yield
    except _WHAT_MLFLOW_RAISES as error:
        # Not chained: the original repeats the URI, and a log with its traceback would hold the password.
        first_line = next((line for line in str(error).splitlines() if not line.startswith(_NO_NEWS)), "")
        found = shorten(first_line, _LONGEST_FOUND, placeholder=" ...")
        raise TrackingError(tried, location.uri, f"{type(error).__name__}: {found}", next_step) from None


@contextmanager
def _settled(settings: Mapping[str, str]) -> Iterator[None]:
    """Set what MLflow reads from the environment and the log while it is asked; what the user has set stays."""
    absent = {name: value for name, value in settings.items() if name not in os.environ}
    with ExitStack() as restore:
        for name, level in _LOG_LEVELS.items():
            logger = logging.getLogger(name)
            restore.callback(logger.setLevel, logger.level)
            logger.setLevel(level)
        os.environ.update(absent)
        restore.callback(lambda: [os.environ.pop(name, None) for name in absent])
        yield
