"""One training, from the source to the registry: read, learn, report, record, register."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from features.reading import read_tables
from training.fitting.refit import Progress
from training.learning import learn
from training.report import ReportData, RunIdentity, write_report
from training.report.gathering import METHOD, report_data
from training.settings import TrainingSettings
from training.tracking.code_version import code_version
from training.tracking.fingerprint import DataFingerprint, fingerprint
from training.tracking.masking import source_name
from training.tracking.registry import RegisteredVersion, register
from training.tracking.store_location import StoreLocation
from training.tracking.tracked_run import TrackedRun, tracked_run
from training.tracking.tracking_store import open_store
from training.trained import Trained


@dataclass(frozen=True)
class Places:
    """Where a training finds its code and leaves its results.

    Attributes
    ----------
    store : StoreLocation
        Of MLflow.
    reports : pathlib.Path
        The folder for reports.
    checkout : pathlib.Path
        The code.
    """

    store: StoreLocation
    reports: Path
    checkout: Path


@dataclass(frozen=True)
class TrainingRun:
    """A training with what was recorded of it: the registered version and the report."""

    trained: Trained
    version: RegisteredVersion
    report: Path


def train(settings: TrainingSettings, places: Places, tell: Progress) -> TrainingRun:
    """Train on a source and register the model as the newest version, the champion where it is the first.

    Nothing is registered unless everything before went well.

    Raises
    ------
    BadDataError
        Where the source breaks its contract.
    TooFewDealsError, UnjudgeableError
        Where the source holds too little to learn from.
    TrackingError
        Where MLflow fails.
    """
    tell("reading tables")
    tables = read_tables(settings.source, settings.time_zone)
    code = str(code_version(places.checkout))
    store = open_store(places.store)
    with tracked_run(store, {"source": source_name(settings.source), "code_version": code}) as run:
        trained = learn(tables, settings, tell)
        tell("taking the data's fingerprint")
        data_fingerprint = fingerprint(tables)
        tell("writing the report")
        with TemporaryDirectory() as scratch:
            figures, model = Path(scratch) / "figures", Path(scratch) / "model"
            content = _content(trained, settings, run, data_fingerprint, code)
            page = places.reports / f"training-{run.run_id[:8]}.html"
            report = write_report(content, settings.language, page, figures)
            tell("recording the run")
            _record(trained, settings, run, data_fingerprint)
            run.log_file(report, "report")
            run.log_folder(figures, "figures")
            trained.model.save(model)
            version = register(run, model, _tags(trained))
    return TrainingRun(trained, version, report)


def _content(
    trained: Trained, settings: TrainingSettings, run: TrackedRun, data: DataFingerprint, code: str
) -> ReportData:
    identity = RunIdentity(
        source_name=source_name(settings.source),
        data_end_ms=trained.prepared.data_end_ms,
        method=METHOD,
        run_id=run.run_id,
        time_zone=settings.time_zone,
    )
    return report_data(trained, identity, data, {"data": data.digest, "code": code})


def _record(trained: Trained, settings: TrainingSettings, run: TrackedRun, data: DataFingerprint) -> None:
    run.log_params(_parameters(trained, settings))
    run.log_metrics(trained.judgement.evaluation.to_metrics())
    run.set_tags(_tags(trained))
    run.log_json("fingerprint.json", data.to_json())
    run.log_json("left_out.json", _left_out(trained))


def _parameters(trained: Trained, settings: TrainingSettings) -> Mapping[str, object]:
    return {
        **trained.judgement.selection.parameters,
        "seed": settings.seed,
        "horizon_days": trained.prepared.horizon.days,
        "time_zone": settings.time_zone,
        "excluded": ", ".join(sorted(settings.exclude)),
        "features": len(trained.fitted.spec.features),
    }


def _tags(trained: Trained) -> dict[str, str]:
    data_end = pd.Timestamp(trained.prepared.data_end_ms, unit="ms", tz="UTC")
    return {
        "data_end": data_end.isoformat(timespec="milliseconds"),
        "horizon_days": str(trained.prepared.horizon.days),
        "verdict": trained.judgement.verdict.level,
    }


def _left_out(trained: Trained) -> list[dict[str, str]]:
    leaks = [(leak.table, leak.column, leak.wording.en) for leak in trained.leaks]
    others = [(one.table, one.column, one.reason.en) for one in trained.fitted.left_out]
    return [{"table": table, "column": column, "reason": reason} for table, column, reason in (*leaks, *others)]
