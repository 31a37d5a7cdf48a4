"""A real model of a small simulated CRM, and a registry that training would have written it to."""

import shutil
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import lightgbm
import numpy as np

from features.arrays import FloatArray
from features.fitting import fit_features
from features.instant import MS_PER_DAY, to_ms
from features.reading import read_tables
from features.records import Records
from features.sample import write_sample
from features.snapshots import Snapshots
from models.booster import BoosterMember
from models.calibration import Calibration
from models.conversion import ConversionModel
from models.score_map import ScoreMap
from models.sub_scores import PARTS, part_strength
from training.tracking.registry import champion, register
from training.tracking.store_location import StoreLocation
from training.tracking.tracked_run import tracked_run
from training.tracking.tracking_store import open_store

FACTS: Mapping[str, object] = {"time_zone": "UTC", "data_end": "2026-10-31T00:00:00.000Z"}


def small_model(folder: Path, leads: int = 250) -> ConversionModel:
    """Fit a few trees to a simulated CRM, which is written to the folder if it is not there yet."""
    if not folder.exists():
        write_sample(folder, leads)
    tables = read_tables(str(folder))
    as_of_ms = to_ms(tables.leads["created_at"]) + 30 * MS_PER_DAY
    fitted = fit_features(Records.of(tables), Snapshots(np.arange(len(as_of_ms), dtype=np.int64), as_of_ms))
    label = (tables.leads["outcome"] == "won").to_numpy(dtype=np.float64)
    parameters = {"objective": "binary", "verbosity": -1, "max_depth": 3, "min_data_in_leaf": 5, "num_threads": 1}
    booster = lightgbm.train(parameters, lightgbm.Dataset(fitted.matrix.values, label), num_boost_round=30)
    member = BoosterMember.of(booster)
    contributions = member.contributions(fitted.matrix.values)
    parts: dict[str, ScoreMap] = {part: _ranks(part_strength(part, fitted.spec, contributions)) for part in PARTS}
    ranks = _ranks(1 / (1 + np.exp(-contributions.log_odds)))
    return ConversionModel(fitted.spec, (member,), (1.0,), Calibration(0.1, 0.9), ranks, 90, FACTS, parts)


def _ranks(probabilities: FloatArray) -> ScoreMap:
    return ScoreMap.of(probabilities, np.ones(len(probabilities)))


def register_model(model: ConversionModel, location: StoreLocation, *, as_champion: bool = False) -> str:
    """Do what training does at its end: the first version is the champion, a later one if asked to; return it."""
    store = open_store(location)
    with TemporaryDirectory() as scratch, tracked_run(store, {}) as run:
        run.log_metrics({"log_loss": 0.5, "auc": float("nan")})
        model.save(Path(scratch))
        version = register(run, Path(scratch), {"data_end": "2026-10-31", "horizon_days": "90", "verdict": "good"})
    if as_champion or champion(location) is None:
        store.client.set_registered_model_alias("lead-conversion", "champion", str(version.version))
    return str(version.version)


def empty_registry(folder: Path, prepared: Path) -> StoreLocation:
    """Copy an empty store, which MLflow takes seconds to make, to where training in the folder keeps its own."""
    location = StoreLocation.of(folder, {})
    assert location.database is not None
    location.database.parent.mkdir()
    shutil.copy(prepared, location.database)
    return location
