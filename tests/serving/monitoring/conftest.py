from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from sqlalchemy import Engine

from features.arrays import FloatArray
from features.compute import compute
from features.instant import MS_PER_DAY, to_ms
from features.matrix import FeatureMatrix
from features.reading import read_tables
from features.records import Records
from features.snapshots import Snapshots
from models.conversion import ConversionModel
from models.quality.reference import Reference
from models.score_map import ScoreMap
from serving.database import open_engine
from serving.monitoring.period import Period
from tests.serving.monitoring.simulated_use import END_MS

DAY = MS_PER_DAY


@pytest.fixture(scope="session")
def pool(crm: Path, model: ConversionModel) -> FloatArray:
    """What the model sees of every lead at several ages."""
    tables = read_tables(str(crm))
    created_ms = to_ms(tables.leads["created_at"])
    lead = np.tile(np.arange(len(created_ms)), 8)
    as_of_ms = np.concatenate([created_ms + age * DAY for age in (1, 3, 7, 14, 30, 45, 60, 90)])
    return compute(model.spec, Records.of(tables), Snapshots(lead.astype(np.int64), as_of_ms)).values


@pytest.fixture(scope="session")
def watched(model: ConversionModel, pool: FloatArray) -> ConversionModel:
    """The model as training leaves it: with what its leads looked like."""
    matrix = FeatureMatrix(model.spec.names, pool, model.spec.categorical)
    facts = {"data_end": "2026-09-30T00:00:00.000Z"}
    said = model.probability(matrix)
    reference = Reference.of("open_leads", END_MS, model.spec, [(matrix, said)])
    return replace(model, reference=reference, facts=facts, score_map=ScoreMap.of(said, np.ones(len(said))))


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    made = open_engine(f"sqlite:///{tmp_path}/use.db")
    yield made
    made.dispose()


@pytest.fixture(scope="session")
def period() -> Period:
    return Period(END_MS - 366 * DAY, END_MS, ZoneInfo("Asia/Tokyo"))
