"""From tables to a model: label, audit, judge forward in time, fit to everything."""

from pathlib import Path

import numpy as np
import pandas as pd

from features.data_end import data_end_ms
from features.tables import Tables
from training.audit import Audit, Overrides, audit_columns
from training.fitting.grading import check_capacity, graded
from training.fitting.part_ranks import with_part_ranks
from training.fitting.population import with_reference
from training.fitting.refit import Progress, refit
from training.fitting.turnover import with_turnover
from training.judging import judge_forward
from training.labelling.preparation import Prepared, prepare
from training.settings import TrainingSettings
from training.trained import Trained


def learn(tables: Tables, settings: TrainingSettings, tell: Progress) -> Trained:
    """Train a model on a source.

    Parameters
    ----------
    tables : Tables
        The source.
    settings : TrainingSettings
        Data end, horizon, capacity, seed, columns to leave out.
    tell : callable
        Told what is being done.

    Raises
    ------
    TooFewDealsError
        Where the source holds too few won or lost leads.
    RulesError
        Where the file of overrides is wrong.
    CapacityError
        Where the capacity is a number of open leads and none is open.
    UnjudgeableError
        Where wins and losses do not stand on both sides of the split in time.
    """
    prepared, audit = audited(tables, settings, tell)
    check_capacity(settings.capacity, prepared)
    excluded = settings.exclude | audit.dropped
    judgement = judge_forward(prepared, excluded, settings.seed, tell)
    tell("computing features of all snapshots")
    rows = np.arange(len(prepared.observed))
    fitted = prepared.fit_features(rows, excluded)
    data = prepared.dataset(fitted.matrix, rows)
    tell("fitting to all snapshots")
    model = refit(data, judgement.selection, seed=settings.seed).model(fitted.spec, _facts(prepared, settings))
    model, grading = graded(with_part_ranks(model, data), data, prepared, settings.capacity)
    model = with_turnover(with_reference(model, prepared), data, prepared)
    return Trained(prepared, audit, judgement, fitted, data, model, grading)


def audited(tables: Tables, settings: TrainingSettings, tell: Progress) -> tuple[Prepared, Audit]:
    """Label the snapshots of a source and look into its columns: what a training begins with.

    Raises
    ------
    RulesError
        Where the file of overrides is wrong.
    """
    overrides = Overrides(Path(settings.audit_file)) if settings.audit_file else None
    tell("labelling snapshots")
    prepared = prepare(tables, _data_end_ms(tables, settings), settings.horizon_days)
    tell("auditing columns")
    return prepared, audit_columns(prepared, settings.exclude, settings.seed, overrides)


def _data_end_ms(tables: Tables, settings: TrainingSettings) -> int:
    return data_end_ms(tables) if settings.data_end is None else int(settings.data_end.timestamp() * 1000)


def _facts(prepared: Prepared, settings: TrainingSettings) -> dict[str, object]:
    """Return what is to be known of a model when it is used: nothing that differs between two trainings on the same."""
    as_of_ms = prepared.observed["as_of_ms"]
    return {
        "time_zone": settings.time_zone,
        "data_end": _iso(prepared.data_end_ms),
        "first_as_of": _iso(int(as_of_ms.min())),
        "last_as_of": _iso(int(as_of_ms.max())),
        "snapshots": len(prepared.observed),
        "leads": int(prepared.observed["lead"].nunique()),
    }


def _iso(instant_ms: int) -> str:
    return pd.Timestamp(instant_ms, unit="ms", tz="UTC").isoformat(timespec="milliseconds")
