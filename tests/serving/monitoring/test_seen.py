from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np

from features.compute import compute
from features.instant import MS_PER_DAY
from features.lead_records import lead_snapshot
from models.conversion import ConversionModel
from serving.database import open_engine
from serving.examples import REQUESTS
from serving.instant import read_instant
from serving.monitoring.period import Period
from serving.monitoring.seen import seen_lately
from tests.serving.doors import as_records, doors_of


def test_what_the_model_saw_is_read_back_from_the_history(model: ConversionModel, tmp_path: Path) -> None:
    request = REQUESTS["en"]
    with doors_of(model, tmp_path) as doors:
        for lead_id in ("L1", "L2", "L1"):
            answered = doors.post({**request, "lead": {**request["lead"], "lead_id": lead_id}})
    utc = ZoneInfo("UTC")
    until_ms = read_instant(answered["scored_at"], utc) + 1
    as_of_ms = read_instant(request["as_of"], utc)
    expected = compute(model.spec, as_records(request), lead_snapshot(as_of_ms))
    engine = open_engine(f"sqlite:///{tmp_path}/history.db")
    period = Period(until_ms - MS_PER_DAY, until_ms, utc)
    [seen] = seen_lately(engine, period, "7", len(model.spec.names))
    assert np.array_equal(seen.values, np.tile(expected.values.astype("<f4"), (2, 1)), equal_nan=True)
    assert seen.probability.tolist() == [answered["probability"]] * 2
    assert list(seen_lately(engine, replace(period, until_ms=period.recent_ms), "7", len(model.spec.names))) == []
    engine.dispose()
