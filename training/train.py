"""One training, from the source to the registry: read, learn, report, record, register."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import shorten
from typing import Final

import pandas as pd

from features.importing import Mapping as CrmMapping
from features.importing import load_mapping
from features.reading import read_tables
from features.tables import Tables
from training.fitting.refit import Progress
from training.learning import learn
from training.promotion.challenge import Challenge
from training.promotion.champion import Champion, reigning
from training.promotion.contest import challenge
from training.promotion.kept_grades import with_kept_grades
from training.promotion.seat import Occasion, Settled, settle
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

_LONGEST_PARAMETER: Final = 500


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
    """A training with what was recorded of it: the registered version, what was decided on it, and the report."""

    trained: Trained
    challenge: Challenge
    version: RegisteredVersion
    settled: Settled
    report: Path


def train(settings: TrainingSettings, places: Places, tell: Progress, by: str = "train") -> TrainingRun:
    """Train on a source, register the model as the newest version, and make it the champion where the policy says so.

    Nothing is registered unless everything before went well.

    Parameters
    ----------
    settings : TrainingSettings
        What to train on and how.
    places : Places
        Where results go.
    tell : callable
        Told what is being done.
    by : str
        Who asked for it, to be recorded with the decision.

    Raises
    ------
    BadDataError
        Where the source breaks its contract.
    RulesError
        Where the mapping has mistakes.
    TooFewDealsError, UnjudgeableError, CapacityError
        Where the source holds too little to learn from.
    GradesError
        Where the champion's grades cannot be kept.
    TrackingError
        Where MLflow fails.
    """
    tell("reading tables")
    mapping = load_mapping(settings.crm) if settings.crm else None
    tables = read_tables(settings.source, settings.time_zone, mapping)
    code = str(code_version(places.checkout))
    store = open_store(places.store)
    champion = reigning(store)
    origin = {"source": source_name(settings.source), "code_version": code, **_mapped_by(mapping)}
    with tracked_run(store, origin) as run:
        trained, met = _learnt(tables, settings, champion, tell)
        tell("taking the data's fingerprint")
        data_fingerprint = fingerprint(tables)
        tell("writing the report")
        with TemporaryDirectory() as scratch:
            figures, model = Path(scratch) / "figures", Path(scratch) / "model"
            content = replace(_content(trained, settings, run, data_fingerprint, code), challenge=met)
            page = places.reports / f"training-{run.run_id[:8]}.html"
            report = write_report(content, settings.language, page, figures)
            tell("recording the run")
            _record(trained, settings, run, data_fingerprint)
            run.log_json("challenge.json", met.to_json())
            run.log_file(report, "report")
            run.log_folder(figures, "figures")
            trained.model.save(model)
            version = register(run, model, _tags(trained))
        settled = settle(store, version, met.decision, met.champion, Occasion(run.started_ms, by, met.to_json()))
        run.set_tags(settled.tags)
    return TrainingRun(trained, met, version, settled, report)


def _learnt(
    tables: Tables, settings: TrainingSettings, champion: Champion | None, tell: Progress
) -> tuple[Trained, Challenge]:
    """Learn from a source, and hold what was learnt against the champion."""
    trained = learn(tables, settings, tell)
    if settings.grades == "keep" and champion is not None and champion.model is not None:
        trained = with_kept_grades(trained, champion.model)
    return trained, challenge(trained, champion, settings.seed, tell)


def _mapped_by(mapping: CrmMapping | None) -> dict[str, str]:
    return {} if mapping is None else {"crm": mapping.file, "crm_version": mapping.version}


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
    run.log_json("audit.json", trained.audit.to_json())
    run.log_json("left_out.json", _left_out(trained))


def _parameters(trained: Trained, settings: TrainingSettings) -> Mapping[str, object]:
    return {
        **trained.judgement.selection.parameters,
        "seed": settings.seed,
        "horizon_days": trained.prepared.horizon.days,
        "time_zone": settings.time_zone,
        "capacity": settings.capacity or "",
        "grades": settings.grades,
        "cut_offs": ", ".join(map(str, trained.grading.cut_offs)),
        "excluded": ", ".join(sorted(settings.exclude)),
        "audit_dropped": _brief(sorted(trained.audit.dropped)),
        "audit_overrides": _brief(f"{one.level} {one.name}: {one.override}" for one in trained.audit.overridden),
        "features": len(trained.fitted.spec.features),
    }


def _brief(texts: Iterable[str]) -> str:
    """Return a list as a parameter can hold it; audit.json has the whole."""
    return shorten("; ".join(texts), _LONGEST_PARAMETER, placeholder=" ...")


def _tags(trained: Trained) -> dict[str, str]:
    data_end = pd.Timestamp(trained.prepared.data_end_ms, unit="ms", tz="UTC")
    return {
        "data_end": data_end.isoformat(timespec="milliseconds"),
        "horizon_days": str(trained.prepared.horizon.days),
        "verdict": trained.judgement.verdict.level,
    }


def _left_out(trained: Trained) -> list[dict[str, str]]:
    leaks = [(one.table, one.column, one.wording.en) for one in trained.audit.of_level("drop")]
    others = [(one.table, one.column, one.reason.en) for one in trained.fitted.left_out]
    return [{"table": table, "column": column, "reason": reason} for table, column, reason in (*leaks, *others)]
