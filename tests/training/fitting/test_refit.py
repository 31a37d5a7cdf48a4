from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from features.catalogue import FEATURES
from features.instant import MS_PER_DAY
from features.matrix import FeatureMatrix
from features.recipe import CatalogueRecipe
from features.spec import FeatureSpec, FittedFeature
from models.calibration import probability
from training.fitting.candidates import TREE_FLOOR
from training.fitting.ladder import TooFewDealsError
from training.fitting.refit import Fit, fit, refit, select
from training.labelling.dataset import Dataset

NAMES = (*[name for name, feature in FEATURES.items() if feature.unit != "category"][:4], "source")
SPEC = FeatureSpec(
    tuple(FittedFeature(CatalogueRecipe(name), ("web", "fair") if name == "source" else None) for name in NAMES)
)


def simulated(leads: int, seed: int = 0) -> Dataset:
    """Leads looked at twice, half of a percentage point of them won for each day: later ones more often."""
    rng = np.random.default_rng(seed)
    lead = np.repeat(np.arange(leads), 2)
    values = rng.normal(size=(leads, 5))[lead] + 0.1 * rng.normal(size=(2 * leads, 5))
    values[:, 4] = rng.integers(0, 3, leads)[lead]
    values[rng.random(values.shape) < 0.1] = np.nan
    log_odds = np.nan_to_num(values[::2, 0]) + (values[::2, 4] == 1) - 1.0
    won = (rng.random(leads) < probability(log_odds)).astype(np.float64)
    as_of_ms = (np.arange(leads) * 365 // leads)[lead] * MS_PER_DAY + np.tile([0, MS_PER_DAY], leads)
    return Dataset(
        matrix=FeatureMatrix(NAMES, values, ("source",)),
        label=won[lead],
        weight=np.full(2 * leads, 0.5),
        as_of_ms=as_of_ms,
        lead=lead,
        group=lead,
        horizon_days=30,
    )


@pytest.fixture(scope="module")
def data() -> Dataset:
    return simulated(900)


@pytest.fixture(scope="module")
def fitted(data: Dataset) -> Fit:
    return fit(data, seed=1)


def test_fitted_model_tells_won_leads_from_others(fitted: Fit) -> None:
    later = simulated(600, seed=5)
    shown = fitted.model(SPEC).probability(later.matrix)
    assert shown[later.label == 1].mean() > shown[later.label == 0].mean() + 0.1
    assert shown.mean() == pytest.approx(later.label.mean(), abs=0.06)


def test_two_fits_write_the_same_bytes(data: Dataset, fitted: Fit, tmp_path: Path) -> None:
    fitted.model(SPEC).save(tmp_path / "one")
    fit(data, seed=1).model(SPEC).save(tmp_path / "two")
    one, two = ({file.name: file.read_bytes() for file in (tmp_path / name).iterdir()} for name in ("one", "two"))
    assert one == two


def test_out_of_time_predictions_are_of_later_snapshots_only(data: Dataset, fitted: Fit) -> None:
    out_of_time = fitted.selection.out_of_time
    assert len(out_of_time.rows) == len(out_of_time.log_odds) == len(np.unique(out_of_time.rows))
    assert data.as_of_ms[out_of_time.rows].min() > data.as_of_ms.min() + data.horizon_days * MS_PER_DAY


def test_chosen_trees_are_never_fewer_than_the_floor(fitted: Fit) -> None:
    assert fitted.selection.trees >= TREE_FLOOR


def test_parameters_are_flat_and_name_the_choice(fitted: Fit) -> None:
    parameters = fitted.selection.parameters
    assert {"tree_depth", "trees_on_blocks", "linear_share", "recency_weights", "forward_blocks"} <= set(parameters)
    assert all(isinstance(value, str | int | float) for value in parameters.values())


def test_linear_terms_have_mean_zero_over_the_training_snapshots(data: Dataset, fitted: Fit) -> None:
    alone = refit(data, replace(fitted.selection, linear_share=1.0, recency=False), seed=1)
    (linear,) = alone.members
    means = np.average(linear.contributions(data.matrix.values).values, axis=0, weights=data.weight)
    np.testing.assert_allclose(means, 0.0, atol=1e-9)


@pytest.mark.parametrize(("share", "members"), [(0.0, 1), (0.4, 2), (1.0, 1)])
def test_member_without_a_share_is_not_fitted(data: Dataset, fitted: Fit, share: float, members: int) -> None:
    assert len(refit(data, replace(fitted.selection, linear_share=share), seed=1).members) == members


def test_what_was_chosen_is_refitted_on_more_leads_with_more_trees(data: Dataset, fitted: Fit) -> None:
    assert fitted.selection.trees_for(simulated(3_600)) > fitted.selection.trees_for(data)


def test_leads_are_counted_and_not_snapshots() -> None:
    data = simulated(70)
    with pytest.raises(
        TooFewDealsError, match=r"at least 40 won and 40 lost leads, found \d+ won and \d+ lost"
    ) as error:
        fit(data, seed=1)
    assert error.value.won + error.value.lost == 70


def test_leads_of_one_outcome_are_refused() -> None:
    data = simulated(200)
    with pytest.raises(TooFewDealsError, match="found 0 won and 200 lost"):
        select(replace(data, label=np.zeros(len(data))), seed=1)


def test_few_deals_get_few_trees_and_members_of_like_share() -> None:
    selection = select(simulated(200), seed=1)
    assert selection.trees <= 200
    assert 0.3 <= selection.linear_share <= 0.7


def test_data_of_one_instant_are_fitted_without_validation() -> None:
    data = simulated(300)
    selection = select(replace(data, as_of_ms=np.zeros_like(data.as_of_ms)), seed=1)
    assert selection.blocks == 0
    assert len(selection.out_of_time.rows) == 0
    assert len(refit(data, selection, seed=1).members) == 2


def test_progress_is_told(data: Dataset) -> None:
    told: list[str] = []
    select(data, seed=1, progress=told.append)
    assert any("trees" in step for step in told)
