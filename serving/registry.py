"""The registry of models, as far as the service needs it: which version is the champion, and its files.

Importing MLflow takes seconds, so this module is imported when the registry is first asked.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from mlflow import MlflowClient
from mlflow.artifacts import download_artifacts
from mlflow.exceptions import MlflowException
from mlflow.telemetry import set_telemetry_client
from sqlalchemy.exc import SQLAlchemyError

from models.conversion import ConversionModel
from models.folder import ModelFolderError
from models.registry_names import MODEL_DATA, MODEL_NAME
from serving.registered import RegisteredModel, RegistryError

_NOT_THERE: Final = frozenset({"RESOURCE_DOES_NOT_EXIST", "INVALID_PARAMETER_VALUE"})
"""What MLflow answers where there is no such model, and where there is one without the alias."""

_heed_telemetry_setting: Callable[[], None] = set_telemetry_client  # MLflow leaves it without types
_WHERE_NOT_SET: Final = {
    "MLFLOW_DISABLE_TELEMETRY": "true",
    "MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR": "false",
    "MLFLOW_HTTP_REQUEST_MAX_RETRIES": "1",  # it is asked again in seconds anyway
    "MLFLOW_HTTP_REQUEST_TIMEOUT": "10",
}


class Registry:
    """MLflow's registry, opened when it is first asked.

    Parameters
    ----------
    uri : str
        As MLflow takes it.
    """

    def __init__(self, uri: str) -> None:
        self._uri = uri
        self._client: MlflowClient | None = None

    def aliased(self, alias: str) -> RegisteredModel | None:
        """Return the version that an alias stands for; None where it stands for none yet.

        Raises
        ------
        RegistryError
            Where the registry cannot be asked.
        """
        with _reporting() as not_there:
            found = self._opened().get_model_version_by_alias(MODEL_NAME, alias)
        return (
            None if not_there else RegisteredModel(str(found.version), int(found.creation_timestamp), str(found.run_id))
        )

    def load(self, model: RegisteredModel) -> ConversionModel:
        """Read a version: files of data only, nothing from the registry is run.

        Raises
        ------
        RegistryError
            Where its files cannot be fetched or read.
        """
        with _reporting() as not_there, TemporaryDirectory(prefix="champion-") as scratch:
            uri = self._opened().get_model_version_download_uri(MODEL_NAME, model.version)
            folder = download_artifacts(
                artifact_uri=f"{uri.rstrip('/')}/{MODEL_DATA}", dst_path=scratch, tracking_uri=self._uri
            )
            loaded = ConversionModel.load(Path(folder))
        if not_there:
            raise RegistryError(f"version {model.version} was removed meanwhile")
        return loaded

    def metrics(self, model: RegisteredModel) -> dict[str, float]:
        """Return what was measured when the version was trained; nothing where its run is gone.

        Raises
        ------
        RegistryError
            Where the registry cannot be asked.
        """
        with _reporting():
            found = self._opened().get_run(model.run_id).data.metrics
            return {str(name): float(value) for name, value in sorted(found.items())}
        return {}

    def _opened(self) -> MlflowClient:
        if self._client is None:
            for name, value in _WHERE_NOT_SET.items():
                os.environ.setdefault(name, value)
            _heed_telemetry_setting()
            self._client = MlflowClient(tracking_uri=self._uri)
        return self._client


@contextmanager
def _reporting() -> Iterator[list[str]]:
    """Turn what MLflow raises into a RegistryError; what is not there is listed instead."""
    not_there: list[str] = []
    try:
        yield not_there
    except MlflowException as error:
        if error.error_code not in _NOT_THERE:
            raise RegistryError(f"MLflow answered {error.error_code}") from None
        not_there.append(error.error_code)
    except ModelFolderError as error:
        raise RegistryError(str(error)) from None
    except (SQLAlchemyError, OSError, ImportError, ValueError) as error:
        # Not repeated: what MLflow says may hold the password of its address.
        raise RegistryError(type(error).__name__) from None
