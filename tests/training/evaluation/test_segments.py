import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.training.simulated_leads import simulate
from training.evaluation.segments import (
    DIMENSIONS,
    MAX_SEGMENTS,
    MIN_LEADS,
    OTHER,
    UNKNOWN,
    LabelArray,
    age_bands,
    segment,
)


def _labels(*counted: tuple[object, int]) -> LabelArray:
    return np.array([label for label, count in counted for _ in range(count)], dtype=np.object_)


@pytest.mark.parametrize(
    ("age_days", "band"),
    [(0.0, "0-7"), (7.9, "0-7"), (8.0, "8-30"), (30.5, "8-30"), (31.0, "31-90"), (91.0, "91+"), (np.nan, UNKNOWN)],
)
def test_age_falls_in_its_band_of_whole_days(age_days: float, band: str) -> None:
    assert age_bands(np.array([age_days])).tolist() == [band]


@settings(max_examples=25)
@given(st.lists(st.sampled_from(["web", "fair", "call", " web ", "", None, np.nan]), min_size=150, max_size=150))
def test_segments_share_out_every_row_and_every_win(labels: list[str]) -> None:
    data, truth = simulate(150, 0)
    parts = segment(data, truth, {"source": np.array(labels, dtype=np.object_)}, seed=0)
    assert sum(part.rows for part in parts) == len(data)
    assert sum(part.share_of_wins for part in parts) == pytest.approx(1)
    assert len({part.value for part in parts}) == len(parts)


def test_small_parts_are_pooled_and_too_few_leads_show_no_auc() -> None:
    data, truth = simulate(400, 1)
    labels = _labels(("web", 380), ("fair", 12), ("call", 8))
    web, other = segment(data, truth, {"source": labels}, seed=0)
    assert (web.value, web.leads, other.value, other.leads) == ("web", 380, OTHER, 20)
    assert web.roc_auc.low < web.roc_auc.value < web.roc_auc.high
    assert np.isnan(other.roc_auc.value)
    assert other.base_rate == pytest.approx(data.label[380:].mean())
    assert other.mean_predicted == pytest.approx(truth[380:].mean())


def test_one_small_part_keeps_its_name() -> None:
    data, truth = simulate(200, 1)
    parts = segment(data, truth, {"source": _labels(("fair", 10), ("web", 190))}, seed=0)
    assert [part.value for part in parts] == ["web", "fair"]


def test_missing_and_blank_labels_are_unknown_and_stand_last() -> None:
    data, truth = simulate(400, 2)
    labels = _labels((None, 50), (np.nan, 50), (" ", 150), ("web", 150))
    parts = segment(data, truth, {"source": labels}, seed=0)
    assert [(part.value, part.leads) for part in parts] == [("web", 150), (UNKNOWN, 250)]


def test_beyond_the_largest_few_parts_are_pooled() -> None:
    data, truth = simulate(20 * MIN_LEADS, 3, level=0.0)
    labels = np.array([f"campaign {lead % 20}" for lead in data.lead], dtype=np.object_)
    parts = segment(data, truth, {"campaign": labels}, seed=0)
    assert len(parts) == MAX_SEGMENTS + 1
    assert parts[-1].value == OTHER
    assert not np.isnan(parts[-1].roc_auc.value)


def test_ages_are_in_order_of_age() -> None:
    data, truth = simulate(800, 4, level=0.0)
    ages = np.random.default_rng(0).choice([1.0, 20.0, 60.0, 200.0], len(data), p=[0.1, 0.2, 0.3, 0.4])
    parts = segment(data, truth, {"lead_age": age_bands(ages)}, seed=0)
    assert [part.value for part in parts] == ["0-7", "8-30", "31-90", "91+"]
    assert parts[0].wording.ja == "0〜7日"


def test_leads_and_wins_count_leads_not_snapshots() -> None:
    data, truth = simulate(100, 5, snapshots=4)
    (part,) = segment(data, truth, {"source": np.full(len(data), "web")}, seed=0)
    assert (part.rows, part.leads, part.wins) == (400, 100, int(data.label[::4].sum()))


def test_declared_and_undeclared_dimensions_have_words() -> None:
    data, truth = simulate(60, 6)
    labels = np.full(len(data), "web")
    declared, undeclared = segment(data, truth, {"source": labels, "Sales team": labels}, seed=0)
    assert declared.dimension_wording == DIMENSIONS["source"]
    assert undeclared.dimension_wording.en == undeclared.dimension_wording.ja == "Sales team"
    assert declared.wording.ja == "web"
