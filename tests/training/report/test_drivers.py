import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import rankdata

from features.matrix import FeatureMatrix
from features.wording import Wording
from training.report.data import DescribedFeature, Explanation
from training.report.drivers import SAMPLE_ROWS, Direction, Driver, drivers, group_shares, mean_ranks


class Feature:
    unit = "count"
    missing = None

    def __init__(self, name: str, group: str = "fit", categories: tuple[str, ...] | None = None) -> None:
        self.name, self.group, self.categories = name, group, categories
        self.wording = Wording(name, name)


def explain(effects: dict[str, np.ndarray], features: tuple[DescribedFeature, ...]) -> tuple[Driver, ...]:
    values = np.tile(np.arange(100.0)[:, None], (1, len(effects)))
    matrix = FeatureMatrix(tuple(effects), values, ())
    return drivers(Explanation(np.column_stack(list(effects.values())), matrix), features)


def test_largest_mean_contribution_comes_first_and_zero_is_left_out() -> None:
    effects = {"small": np.full(100, -0.1), "none": np.zeros(100), "large": np.full(100, 0.4), "unnamed": np.ones(100)}
    found = explain(effects, (Feature("small"), Feature("none"), Feature("large", group="intent")))
    assert [driver.feature.name for driver in found] == ["large", "small"]
    assert found[0].odds_factor == pytest.approx(np.exp(0.4))
    assert group_shares(found) == pytest.approx({"intent": 0.8, "fit": 0.2})


@pytest.mark.parametrize(
    ("effect", "categories", "direction"),
    [
        (np.arange(100.0) ** 3, None, "up"),
        (-np.sqrt(np.arange(100.0)), None, "down"),
        (np.abs(np.arange(100.0) - 49.5), None, "mixed"),
        (np.ones(100), None, "mixed"),
        (np.arange(100.0), ("a", "b"), "category"),
    ],
)
def test_direction_says_which_way_more_of_it_pushes(
    effect: np.ndarray, categories: tuple[str, ...] | None, direction: Direction
) -> None:
    (driver,) = explain({"one": effect}, (Feature("one", categories=categories),))
    assert driver.direction == direction


def test_feature_that_is_always_missing_has_no_direction() -> None:
    matrix = FeatureMatrix(("one",), np.full((5, 1), np.nan), ())
    (driver,) = drivers(Explanation(np.ones((5, 1)), matrix), (Feature("one"),))
    assert driver.direction == "mixed"


def test_many_snapshots_are_thinned_but_all_count() -> None:
    contributions = np.zeros((5_000, 1))
    contributions[1] = 5.0
    (driver,) = drivers(Explanation(contributions, FeatureMatrix(("one",), contributions, ())), (Feature("one"),))
    assert len(driver.contributions) == len(driver.values) == SAMPLE_ROWS
    assert driver.mean_size == pytest.approx(5.0 / 5_000)


def test_nothing_to_explain_gives_no_drivers() -> None:
    empty = Explanation(np.empty((0, 1)), FeatureMatrix(("one",), np.empty((0, 1)), ()))
    assert drivers(empty, (Feature("one"),)) == drivers(None, ()) == ()


@given(st.lists(st.integers(-5, 5), min_size=1, max_size=40))
def test_ranks_agree_with_scipy(values: list[int]) -> None:
    array = np.array(values, dtype=np.float64)
    assert mean_ranks(array).tolist() == (rankdata(array) - 1).tolist()
