"""From tables to a model: label, leave out what leaks, judge forward in time, fit to everything."""

import numpy as np
import pandas as pd

from features.data_end import data_end_ms
from features.tables import Tables
from training.fitting.part_ranks import with_part_ranks
from training.fitting.refit import Progress, refit
from training.judging import judge_forward
from training.labelling.leakage import leaks_by_being_filled
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
        Data end, horizon, seed, columns to leave out.
    tell : callable
        Told what is being done.

    Raises
    ------
    TooFewDealsError
        Where the source holds too few won or lost leads.
    UnjudgeableError
        Where wins and losses do not stand on both sides of the split in time.
    """
    tell("labelling snapshots")
    prepared = prepare(tables, _data_end_ms(tables, settings), settings.horizon_days)
    leaks = leaks_by_being_filled(tables, prepared.outcomes)
    excluded = settings.exclude | {leak.name for leak in leaks}
    judgement = judge_forward(prepared, excluded, settings.seed, tell)
    tell("computing features of all snapshots")
    rows = np.arange(len(prepared.observed))
    fitted = prepared.fit_features(rows, excluded)
    data = prepared.dataset(fitted.matrix, rows)
    tell("fitting to all snapshots")
    model = refit(data, judgement.selection, seed=settings.seed).model(fitted.spec, _facts(prepared, settings))
    return Trained(prepared, leaks, judgement, fitted, data, with_part_ranks(model, data))


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
