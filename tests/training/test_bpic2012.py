"""Point-in-time honesty on real events: BPI Challenge 2012, read from the shared data beside the checkout."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from features.compute import compute
from features.data_end import data_end_ms
from features.instant import to_ms
from features.matrix import FeatureMatrix
from features.reading import read_tables
from features.records import Records
from features.snapshots import Snapshots
from features.spec import FeatureSpec
from features.tables import Tables
from training.labelling.preparation import Prepared, prepare

SOURCE = Path(__file__).parents[3] / "shared" / "data" / "bpic2012"

pytestmark = pytest.mark.skipif(not SOURCE.exists(), reason="needs shared/data/bpic2012 beside the checkout")


@pytest.fixture(scope="module")
def prepared() -> Prepared:
    tables = read_tables(str(SOURCE))
    return prepare(tables, data_end_ms(tables))


@pytest.fixture(scope="module")
def spec(prepared: Prepared) -> FeatureSpec:
    return prepared.fit_features(np.arange(len(prepared.observed)), frozenset()).spec


@pytest.fixture(scope="module")
def honest(prepared: Prepared, spec: FeatureSpec) -> FeatureMatrix:
    return prepared.compute(spec, np.arange(len(prepared.observed)))


def _each_snapshot_alone(prepared: Prepared, *, keep_later_rows_as: str | None) -> Records:
    """Make every snapshot a lead of its own, without the rows at or after its ``as_of``, or with nonsense in them."""
    tables, observed = prepared.tables, prepared.observed
    leads = tables.leads.iloc[observed["lead"]].assign(
        lead_id=observed.index.astype("str"), outcome=None, closed_at=None
    )
    keys = pd.DataFrame(
        {
            "lead_id": tables.leads["lead_id"].to_numpy()[observed["lead"]],
            "snapshot": observed.index.astype("str"),
            "as_of_ms": observed["as_of_ms"],
        }
    )
    rows = tables.activities.merge(keys, on="lead_id")
    later = to_ms(rows["occurred_at"]) >= rows["as_of_ms"].to_numpy()
    rows = rows.assign(type=rows["type"].mask(later, keep_later_rows_as)) if keep_later_rows_as else rows[~later]
    activities = rows.assign(lead_id=rows["snapshot"]).drop(columns=["snapshot", "as_of_ms"])
    return Records.of(Tables.from_frames(leads=leads.reset_index(drop=True), activities=activities))


@pytest.mark.parametrize("later_rows", [None, "a_submitted.complete"], ids=["deleted", "corrupted"])
def test_no_feature_of_any_snapshot_changes_without_the_rows_at_or_after_its_as_of(
    later_rows: str | None, prepared: Prepared, spec: FeatureSpec, honest: FeatureMatrix
) -> None:
    records = _each_snapshot_alone(prepared, keep_later_rows_as=later_rows)
    as_of_ms = prepared.observed["as_of_ms"].to_numpy()
    alone = compute(spec, records, Snapshots(np.arange(len(as_of_ms)), as_of_ms))
    assert len(alone.values) > 25_000
    np.testing.assert_array_equal(alone.values, honest.values)
