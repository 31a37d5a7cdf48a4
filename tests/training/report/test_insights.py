from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from features.arrays import FloatArray
from features.matrix import FeatureMatrix
from features.wording import Wording
from training.labelling.dataset import Dataset
from training.report.insights import MAX_VALUES, AttributeInsight, attribute_insights, first_snapshots

SOURCE = Wording("Source", "獲得経路")


@dataclass(frozen=True)
class Attribute:
    name: str
    categories: tuple[str, ...] | None
    wording: Wording = SOURCE


def data_of(codes: FloatArray, label: FloatArray, snapshots_per_lead: int = 1) -> Dataset:
    leads = len(codes)
    lead = np.repeat(np.arange(leads), snapshots_per_lead)
    as_of = np.tile(np.arange(snapshots_per_lead)[::-1] * 1_000, leads)
    first = as_of == 0
    return Dataset(
        matrix=FeatureMatrix(
            ("source",), np.where(first, np.repeat(codes, snapshots_per_lead), 0.0)[:, None], ("source",)
        ),
        label=np.where(first, np.repeat(label, snapshots_per_lead), 1.0),
        weight=np.full(len(lead), 1 / snapshots_per_lead),
        as_of_ms=as_of,
        lead=lead,
        group=lead,
        horizon_days=90,
    )


def only(dataset: Dataset, categories: tuple[str, ...], min_leads: int = 1) -> AttributeInsight:
    (insight,) = attribute_insights(dataset, [Attribute("source", categories)], min_leads)
    return insight


def test_only_the_first_snapshot_of_a_lead_counts() -> None:
    dataset = data_of(np.array([0.0, 1.0, 1.0]), np.array([0.0, 1.0, 0.0]), snapshots_per_lead=4)
    assert dataset.as_of_ms[first_snapshots(dataset)].tolist() == [0, 0, 0]
    rates = {one.value: (one.won, one.leads) for one in only(dataset, ("fair", "web")).values}
    assert rates == {"fair": (0, 1), "web": (1, 2)}


def test_missing_and_unlisted_values_have_rows_of_their_own() -> None:
    codes = np.array([0.0, 1.0, np.nan])
    kinds = {one.kind: one.value for one in only(data_of(codes, np.array([1.0, 0.0, 0.0])), ("fair",)).values}
    assert kinds == {"category": "fair", "other": "", "missing": ""}


def test_values_with_few_leads_are_counted_but_not_shown() -> None:
    codes = np.repeat([0.0, 1.0, 2.0], [40, 40, 5])
    insight = only(data_of(codes, np.zeros(85)), ("a", "b", "c"), min_leads=30)
    assert [one.value for one in insight.values] == ["a", "b"]
    assert (insight.rare_values, insight.rare_leads) == (1, 5)


def test_most_telling_attribute_comes_first() -> None:
    random = np.random.default_rng(0)
    label = (random.random(400) < 0.3).astype(np.float64)
    values = np.column_stack([random.integers(0, 2, 400).astype(np.float64), label])
    dataset = data_of(label, label)
    matrix = FeatureMatrix(("noise", "truth"), values, ("noise", "truth"))
    mixed = Dataset(matrix, label, dataset.weight, dataset.as_of_ms, dataset.lead, dataset.group, 90)
    found = attribute_insights(mixed, [Attribute("noise", ("a", "b")), Attribute("truth", ("a", "b"))])
    assert [insight.name for insight in found] == ["truth", "noise"]
    assert found[0].spread == pytest.approx(1.0)


def test_leads_of_one_company_count_as_less_evidence() -> None:
    alone = data_of(np.repeat([0.0, 1.0], 50), np.tile([1.0, 0.0], 50))
    together = Dataset(
        alone.matrix,
        alone.label,
        alone.weight,
        alone.as_of_ms,
        alone.lead,
        np.repeat(np.arange(20), 5),
        alone.horizon_days,
    )
    narrow, wide = (only(dataset, ("a", "b")).values[0].rate for dataset in (alone, together))
    assert wide.high - wide.low > narrow.high - narrow.low


@pytest.mark.parametrize("categories", [None, ("only one",)])
def test_attribute_without_two_values_is_not_shown(categories: tuple[str, ...] | None) -> None:
    dataset = data_of(np.zeros(50), np.zeros(50))
    assert attribute_insights(dataset, [Attribute("source", categories), Attribute("absent", ("a", "b"))]) == ()


def test_no_snapshots_give_no_insights() -> None:
    assert attribute_insights(data_of(np.zeros(0), np.zeros(0)), [Attribute("source", ("a", "b"))]) == ()


@given(st.lists(st.tuples(st.integers(0, 14), st.booleans()), min_size=2, max_size=80))
def test_every_lead_is_in_one_value_or_among_the_rare(leads: list[tuple[int, bool]]) -> None:
    codes, label = (np.array(column, dtype=np.float64) for column in zip(*leads, strict=True))
    categories = tuple(f"value {number}" for number in range(14))
    for insight in attribute_insights(data_of(codes, label), [Attribute("source", categories)], min_leads=2):
        assert sum(one.leads for one in insight.values) + insight.rare_leads == len(leads)
        assert len(insight.values) <= MAX_VALUES
        assert 0.0 <= insight.spread <= 1.0 + 1e-9
        assert all(0 <= one.rate.low <= one.rate.value <= one.rate.high <= 1 for one in insight.values)
