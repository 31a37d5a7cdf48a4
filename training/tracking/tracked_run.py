"""One MLflow run for each training."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from mlflow.entities import Metric, Param, RunTag

from training.tracking.tracking_store import BRISK, TrackingError, TrackingStore

_NEXT_STEP = "Nothing was registered, the champion is as it was: when MLflow answers again, train again."


@dataclass(frozen=True, slots=True)
class TrackedRun:
    """A run that is under way."""

    store: TrackingStore
    run_id: str
    artifact_uri: str
    started_ms: int

    def log_params(self, params: Mapping[str, object]) -> None:
        """Record what the training was told: settings, chosen hyper-parameters."""
        with self.store.reporting("record the parameters", _NEXT_STEP):
            entries = [Param(name, str(value)) for name, value in params.items()]
            self.store.client.log_batch(self.run_id, params=entries)

    def log_metrics(self, metrics: Mapping[str, float]) -> None:
        """Record what was measured; NaN where it could not be."""
        with self.store.reporting("record the metrics", _NEXT_STEP):
            entries = [Metric(name, float(value), self.started_ms, step=0) for name, value in metrics.items()]
            self.store.client.log_batch(self.run_id, metrics=entries)

    def set_tags(self, tags: Mapping[str, str]) -> None:
        """Record by what the run is to be found; whoever may see MLflow may see them."""
        with self.store.reporting("tag the run", _NEXT_STEP):
            self.store.client.log_batch(self.run_id, tags=[RunTag(name, value) for name, value in tags.items()])

    def log_json(self, name: str, content: object) -> None:
        """Keep a JSON file with the run, the same bytes for the same content."""
        text = json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False)
        with self.store.reporting(f"keep {name}", _NEXT_STEP):
            self.store.client.log_text(self.run_id, f"{text}\n", name)

    def log_file(self, path: Path, folder: str | None = None) -> None:
        """Keep a file with the run, in a folder of its artifacts: a report, a figure."""
        with self.store.reporting(f"keep {path.name}", _NEXT_STEP):
            self.store.client.log_artifact(self.run_id, str(path), folder)

    def log_folder(self, path: Path, folder: str) -> None:
        """Keep all files of a folder with the run."""
        with self.store.reporting(f"keep the files of {path.name}", _NEXT_STEP):
            self.store.client.log_artifacts(self.run_id, str(path), folder)


@contextmanager
def tracked_run(store: TrackingStore, tags: Mapping[str, str]) -> Iterator[TrackedRun]:
    """Track a training as a run that ends FINISHED, FAILED after an error, or KILLED after an interruption.

    A training that is killed outright leaves its run RUNNING; nothing reads it, and it can be deleted.

    Parameters
    ----------
    store : TrackingStore
        From ``open_store``.
    tags : mapping of str to str
        By what the run is to be found, from the start: the name of the source, the version of the code.

    Yields
    ------
    TrackedRun
        Takes what is to be kept.

    Raises
    ------
    TrackingError
        Where MLflow fails. An error of the training itself passes through unchanged.
    """
    with store.reporting("begin a run", _NEXT_STEP):
        info = store.client.create_run(store.experiment_id, tags=dict(tags)).info
    run = TrackedRun(store, info.run_id, info.artifact_uri, info.start_time)
    try:
        yield run
    except BaseException as error:
        with suppress(TrackingError):  # what ended the training is told, not that MLflow could not be told of it
            _end(run, "FAILED" if isinstance(error, Exception) else "KILLED")
        raise
    _end(run, "FINISHED")


def _end(run: TrackedRun, status: str) -> None:
    next_step = "All that was recorded or registered until then is kept; only the status of the run is wrong."
    with run.store.reporting(f"mark run {run.run_id} {status}", next_step, BRISK):
        run.store.client.set_terminated(run.run_id, status)
