import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from features.instant import MISSING_MS, MS_PER_DAY, from_ms
from features.tables import Tables
from training.labelling.snapshots import AGES_DAYS, ages_for, lead_snapshots

NEVER = None


def outcomes(created_ms: list[int], decided_ms: list[int | None], *, left_out: bool = False) -> pd.DataFrame:
    decided = np.array([MISSING_MS if instant is None else instant for instant in decided_ms], dtype=np.int64)
    columns = {"created_at": from_ms(np.array(created_ms, dtype=np.int64)), "decided_at": from_ms(decided)}
    reason = "closed_without_date" if left_out else None
    return pd.DataFrame(columns).assign(left_out=pd.Series([reason] * len(decided), dtype="str"))


def test_first_snapshot_is_the_first_instant_at_which_creation_is_visible() -> None:
    snapshots = lead_snapshots(outcomes([5_000], [NEVER]), (0,), 10 * MS_PER_DAY)
    assert snapshots.to_dict("list") == {"lead": [0], "as_of_ms": [5_001], "age_days": [0]}


def test_lead_is_looked_at_while_undecided_only() -> None:
    snapshots = lead_snapshots(outcomes([0], [7 * MS_PER_DAY]), AGES_DAYS, 99 * MS_PER_DAY)
    assert snapshots["age_days"].tolist() == [0, 1, 3]


def test_no_lead_is_looked_at_when_the_data_have_ended() -> None:
    snapshots = lead_snapshots(outcomes([0], [NEVER]), AGES_DAYS, 7 * MS_PER_DAY)
    assert snapshots["age_days"].tolist() == [0, 1, 3]


@pytest.mark.parametrize("decided_after_ms", [0, 1])
def test_lead_decided_at_its_creation_has_no_snapshot(decided_after_ms: int) -> None:
    assert lead_snapshots(outcomes([5_000], [5_000 + decided_after_ms]), AGES_DAYS, 99 * MS_PER_DAY).empty


def test_lead_that_is_left_out_has_no_snapshot() -> None:
    assert lead_snapshots(outcomes([0], [NEVER], left_out=True), AGES_DAYS, 99 * MS_PER_DAY).empty


def test_source_without_activities_looks_at_each_lead_once() -> None:
    leads = pd.DataFrame({"lead_id": ["L"], "created_at": ["2024-01-01T00:00:00Z"]})
    activities = pd.DataFrame({"lead_id": ["L"], "type": ["call"], "occurred_at": ["2024-01-02T00:00:00Z"]})
    assert ages_for(Tables.from_frames(leads=leads)) == (0,)
    assert ages_for(Tables.from_frames(leads=leads, activities=activities)) == AGES_DAYS


@given(st.lists(st.tuples(st.integers(0, 10**11), st.none() | st.integers(0, 10**11)), max_size=8))
def test_every_snapshot_is_after_creation_and_before_decision_and_data_end(times: list[tuple[int, int | None]]) -> None:
    created, decided = [start for start, _ in times], [end for _, end in times]
    data_end = 8 * 10**10
    snapshots = lead_snapshots(outcomes(created, decided), AGES_DAYS, data_end)
    for lead, as_of in zip(snapshots["lead"], snapshots["as_of_ms"], strict=True):
        assert created[lead] < as_of < min(data_end, data_end if decided[lead] is None else decided[lead])
    assert snapshots.equals(snapshots.sort_values(["lead", "age_days"]))
    assert not snapshots.duplicated(["lead", "as_of_ms"]).any()
