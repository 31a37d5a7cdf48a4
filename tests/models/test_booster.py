import warnings
from importlib import import_module
from pathlib import Path

import lightgbm
import numpy as np
import pytest

from features.arrays import FloatArray
from models.booster import BoosterMember
from models.folder import ModelFolderError


@pytest.fixture(scope="module")
def values() -> FloatArray:
    rng = np.random.default_rng(3)
    numbers = rng.normal(size=(400, 5))
    numbers[rng.random(numbers.shape) < 0.1] = np.nan
    numbers[:, 4] = rng.integers(0, 6, 400)
    return numbers


@pytest.fixture(scope="module")
def booster(values: FloatArray) -> lightgbm.Booster:
    label = (np.nan_to_num(values[:, 0]) + (values[:, 4] == 2) > 0.4).astype(np.float64)
    rows = lightgbm.Dataset(values, label, categorical_feature=[4])
    parameters = {"objective": "binary", "num_leaves": 8, "min_data_in_leaf": 5, "num_threads": 1, "verbosity": -1}
    return lightgbm.train(parameters, rows, num_boost_round=30)


@pytest.fixture(scope="module")
def member(booster: lightgbm.Booster) -> BoosterMember:
    return BoosterMember.of(booster)


def test_contributions_equal_those_of_shap(
    booster: lightgbm.Booster, member: BoosterMember, values: FloatArray
) -> None:
    with warnings.catch_warnings():
        # matplotlib deprecates, on import, what shap still uses.
        warnings.simplefilter("ignore")
        explained = import_module("shap").TreeExplainer(booster)(values)
    ours = member.contributions(values)
    np.testing.assert_allclose(ours.values, explained.values, atol=1e-6)
    np.testing.assert_allclose(ours.base, explained.base_values, atol=1e-6)


def test_contributions_add_up_to_the_log_odds(member: BoosterMember, values: FloatArray) -> None:
    np.testing.assert_allclose(member.contributions(values).log_odds, member.log_odds(values), atol=1e-9)


def test_trees_that_have_no_tables_are_explained_by_lightgbm(values: FloatArray) -> None:
    parameters = {"objective": "binary", "boosting": "rf", "bagging_freq": 1, "bagging_fraction": 0.5, "verbosity": -1}
    rows = lightgbm.Dataset(values, np.nan_to_num(values[:, 0]) > 0)
    averaged = BoosterMember.of(lightgbm.train({**parameters, "num_threads": 1}, rows, num_boost_round=5))
    explained = averaged.explained(values)
    assert averaged._tables is None
    np.testing.assert_array_equal(explained.log_odds, averaged.log_odds(values))
    np.testing.assert_allclose(explained.contributions.log_odds, explained.log_odds, atol=1e-9)
    assert averaged.contributions(values[:0]).values.shape == (0, values.shape[1])
    assert averaged.contributions(values[:0]).base == explained.contributions.base


def test_scores_beside_contributions_are_lightgbms_to_the_last_bit(member: BoosterMember, values: FloatArray) -> None:
    np.testing.assert_array_equal(member.explained(values).log_odds, member.log_odds(values))


def test_text_names_no_training_parameters(member: BoosterMember) -> None:
    assert "num_threads" not in member.text


def test_saved_booster_predicts_the_same_bits(member: BoosterMember, values: FloatArray, tmp_path: Path) -> None:
    member.save(tmp_path / "booster.txt")
    loaded = BoosterMember.load(tmp_path / "booster.txt")
    assert loaded == member
    np.testing.assert_array_equal(loaded.log_odds(values), member.log_odds(values))
    np.testing.assert_array_equal(loaded.contributions(values).values, member.contributions(values).values)


def test_one_row_equals_its_row_of_the_batch(member: BoosterMember, values: FloatArray) -> None:
    batch = member.contributions(values)
    for row in range(0, len(values), 40):
        one = values[row : row + 1]
        np.testing.assert_array_equal(member.contributions(one).values[0], batch.values[row])


def test_unseen_category_code_and_missing_values_are_scored(member: BoosterMember) -> None:
    odd = np.array([[np.nan, np.nan, np.nan, np.nan, 99.0], [0.0, 0.0, 0.0, 0.0, np.nan]])
    assert np.isfinite(member.log_odds(odd)).all()


def test_no_rows_give_no_contributions_and_the_same_base(member: BoosterMember, values: FloatArray) -> None:
    none = member.contributions(values[:0])
    assert none.values.shape == (0, values.shape[1])
    assert none.base == member.contributions(values).base


@pytest.mark.parametrize("text", ["", "not a tree", "tree\nversion=v4\n"])
def test_damaged_booster_is_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / "booster.txt").write_text(text)
    with pytest.raises(ModelFolderError, match="not a whole LightGBM model"):
        BoosterMember.load(tmp_path / "booster.txt")
