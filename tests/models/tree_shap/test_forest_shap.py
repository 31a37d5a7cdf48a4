import warnings
from importlib import import_module

import lightgbm
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.tree_shap import ForestShap, UnsuitedForestError, leaf_table
from tests.models.tree_shap.random_forests import FEATURES, Kind, grown, odd_rows

KINDS = st.builds(
    Kind,
    seed=st.integers(0, 10_000),
    trees=st.integers(1, 12),
    depth=st.integers(1, 7),
    leaves=st.integers(2, 40),
    missing=st.sampled_from(["none", "zero", "nan"]),
    has_categories=st.booleans(),
)
SHALLOW = Kind(seed=1, trees=20, depth=3, leaves=8, missing="nan", has_categories=True)


def tables_of(booster: lightgbm.Booster) -> ForestShap:
    return ForestShap.read(booster.model_to_string(num_iteration=-1), FEATURES)


@settings(deadline=None, max_examples=60)
@given(KINDS)
def test_random_forest_has_lightgbms_contributions_and_its_very_score(kind: Kind) -> None:
    booster, rows = grown(kind), odd_rows(kind.seed, 200)
    tables, expected = tables_of(booster), np.asarray(booster.predict(rows, pred_contrib=True))
    found = tables.look_up(rows)
    np.testing.assert_array_equal(found.log_odds, booster.predict(rows, raw_score=True))
    np.testing.assert_allclose(found.values, expected[:, :-1], rtol=0, atol=1e-9)
    assert tables.base == pytest.approx(expected[0, -1], abs=1e-12)


@settings(deadline=None, max_examples=15)
@given(KINDS)
def test_row_has_the_same_bits_alone_and_among_others(kind: Kind) -> None:
    tables, rows = tables_of(grown(kind)), odd_rows(kind.seed, 300)
    together = tables.look_up(rows)
    for place in range(0, len(rows), 23):
        alone = tables.look_up(rows[place : place + 1])
        np.testing.assert_array_equal(alone.values[0], together.values[place])
        np.testing.assert_array_equal(alone.log_odds[0], together.log_odds[place])


def test_contributions_are_those_of_shap() -> None:
    booster, rows = grown(SHALLOW), odd_rows(2, 300)
    with warnings.catch_warnings():
        # matplotlib deprecates, on import, what shap still uses.
        warnings.simplefilter("ignore")
        explained = import_module("shap").TreeExplainer(booster)(rows)
    np.testing.assert_allclose(tables_of(booster).look_up(rows).values, explained.values, rtol=0, atol=1e-9)


def test_contributions_add_up_to_the_score() -> None:
    tables, rows = tables_of(grown(SHALLOW)), odd_rows(3, 300)
    found = tables.look_up(rows)
    np.testing.assert_allclose(tables.base + found.values.sum(axis=1), found.log_odds, rtol=0, atol=1e-9)


def test_trees_of_one_leaf_add_to_the_base_alone() -> None:
    rows = odd_rows(4, 60)
    label = np.arange(len(rows)) % 4 == 0
    parameters = {"objective": "binary", "min_data_in_leaf": 1_000, "verbosity": -1}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        booster = lightgbm.train(parameters, lightgbm.Dataset(rows, label.astype(np.float64)), num_boost_round=3)
    tables = tables_of(booster)
    found = tables.look_up(rows)
    np.testing.assert_array_equal(found.log_odds, booster.predict(rows, raw_score=True))
    assert tables.base == found.log_odds[0] != 0
    assert not found.values.any()


def test_no_rows_give_none() -> None:
    found = tables_of(grown(SHALLOW)).look_up(np.empty((0, FEATURES)))
    assert found.values.shape == (0, FEATURES)
    assert found.log_odds.shape == (0,)


def test_way_of_more_questions_than_a_byte_has_bits_is_looked_up() -> None:
    deep = Kind(seed=5, trees=2, depth=14, leaves=90, missing="nan", has_categories=False)
    booster, rows = grown(deep), odd_rows(5, 200)
    depths = booster.trees_to_dataframe()["node_depth"]
    assert 10 < depths.max() <= 17
    expected = np.asarray(booster.predict(rows, pred_contrib=True))
    np.testing.assert_allclose(tables_of(booster).look_up(rows).values, expected[:, :-1], rtol=0, atol=1e-9)


def test_tables_beyond_the_memory_allowed_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leaf_table, "MOST_BYTES", 10_000)
    with pytest.raises(UnsuitedForestError, match="tables would take"):
        tables_of(grown(SHALLOW))


@pytest.mark.parametrize(
    ("parameters", "fault"),
    [
        ({"objective": "multiclass", "num_class": 3}, "not added up to one score"),
        ({"objective": "binary", "boosting": "rf", "bagging_freq": 1, "bagging_fraction": 0.5}, "not added up"),
        ({"objective": "regression", "linear_tree": True}, "linear models"),
    ],
)
def test_forest_that_is_no_sum_of_plain_trees_is_refused(parameters: dict[str, object], fault: str) -> None:
    rows = np.nan_to_num(odd_rows(6, 300))
    data = lightgbm.Dataset(np.clip(rows, -10, 10), np.arange(len(rows)) % 2, params={"verbosity": -1})
    booster = lightgbm.train({**parameters, "verbosity": -1}, data, num_boost_round=3)
    with pytest.raises(UnsuitedForestError, match=fault):
        tables_of(booster)


def chain(splits: int) -> str:
    """Return a booster of one tree whose splits follow each other, the next one always on the right."""
    counts = [2 * splits - 2 * place for place in range(splits)]
    rights = [*range(1, splits), -splits - 1]
    lines = {
        "num_leaves": [splits + 1],
        "num_cat": [0],
        "split_feature": [place % FEATURES for place in range(splits)],
        "threshold": range(splits),
        "decision_type": [2] * splits,
        "left_child": range(-1, -splits - 1, -1),
        "right_child": rights,
        "leaf_value": range(1, splits + 2),
        "leaf_count": [1] * splits + [1],
        "internal_count": [count + 1 for count in counts],
    }
    tree = "".join(f"{name}={' '.join(map(str, numbers))}\n" for name, numbers in lines.items())
    return f"tree\nnum_tree_per_iteration=1\n\nTree=0\n{tree}\nend of trees\n"


def test_way_of_more_questions_than_a_pattern_holds_is_refused() -> None:
    assert ForestShap.read(chain(16), FEATURES).look_up(np.zeros((1, FEATURES))).log_odds == [1.0]
    with pytest.raises(UnsuitedForestError, match="17 questions above it, and 16 fit"):
        ForestShap.read(chain(17), FEATURES)


@pytest.mark.parametrize(
    ("whole", "damaged"),
    [
        ("right_child=1 2 -4", "right_child=1 0 -4"),
        ("right_child=1 2 -4", "right_child=1 2 9"),
        ("right_child=1 2 -4", "right_child=1 2"),
        ("leaf_count=1 1 1 1", "leaf_count=1 0 1 1"),
        ("threshold=0 1 2", "threshold=0 one 2"),
        ("split_feature=0 1 2", "split_feature=0 1 99"),
        ("decision_type=2 2 2", "decision_type=2 3 2"),
        ("leaf_value=1 2 3 4", ""),
    ],
)
def test_damaged_forest_is_refused(whole: str, damaged: str) -> None:
    assert whole in chain(3)
    with pytest.raises(UnsuitedForestError):
        ForestShap.read(chain(3).replace(whole, damaged), FEATURES)
