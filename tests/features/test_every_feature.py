"""What holds for every feature there is, checked on a simulated source."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from features.wording import LANGUAGES
from tests.features.small_source import KNOWN_BY, RECIPES, Frames, is_known, matrix_of, small_source, without_later_rows

NAMES = tuple(recipe.feature().name for recipe in RECIPES)
every_feature = pytest.mark.parametrize("name", NAMES)


@pytest.fixture(scope="module")
def matrix() -> pd.DataFrame:
    source = small_source()
    return _frame(source.frames)


def _frame(frames: Frames, rows: list[int] | None = None) -> pd.DataFrame:
    source = small_source()
    snapshots = source.snapshots if rows is None else source.snapshots.iloc[rows]
    computed = matrix_of(frames, source.spec, snapshots)
    return pd.DataFrame(computed.values, columns=list(computed.names), index=snapshots.index)


def _ahead_of_row(row: int) -> pd.DataFrame:
    """Compute one snapshot from what an export at its instant would have held."""
    source = small_source()
    return _frame(without_later_rows(source.frames, int(source.snapshots["as_of_ms"].iloc[row])), [row])


def _with_later_rows_corrupted(row: int) -> dict[str, pd.DataFrame]:
    """Return the source with nonsense in every row that was not known at a snapshot."""
    source = small_source()
    as_of_ms = int(source.snapshots["as_of_ms"].iloc[row])
    earlier = without_later_rows(source.frames, as_of_ms)
    for table in KNOWN_BY:
        later = source.frames[table][~is_known(source.frames[table], table, as_of_ms)]
        earlier[table] = pd.concat([earlier[table], _nonsense(table, later)])
    return earlier


def _nonsense(table: str, rows: pd.DataFrame) -> pd.DataFrame:
    swapped: dict[str, dict[str, str | float]] = {
        "activities": {"type": "meeting", "agent": "nobody", "value": 9e9},
        "qualifications": {"budget_status": "none", "budget_amount": 1.0, "need": "none", "timeframe": "later"},
        "stage_history": {"stage": "recycled"},
        "field_history": {"new_value": "nonsense"},
        "deals": {"amount": 1.0},
    }
    return rows.assign(**swapped[table])


SAMPLED_ROWS = tuple(range(0, 500, 19))


@pytest.fixture(scope="module")
def rows_from_earlier_exports() -> pd.DataFrame:
    return pd.concat([_ahead_of_row(row) for row in SAMPLED_ROWS])


@pytest.fixture(scope="module")
def rows_before_nonsense() -> pd.DataFrame:
    return pd.concat([_frame(_with_later_rows_corrupted(row), [row]) for row in SAMPLED_ROWS])


@every_feature
def test_rows_dated_at_or_after_as_of_change_nothing_when_deleted(
    name: str, matrix: pd.DataFrame, rows_from_earlier_exports: pd.DataFrame
) -> None:
    known_then = rows_from_earlier_exports[name]
    np.testing.assert_array_equal(matrix.loc[known_then.index, name], known_then)


@every_feature
def test_rows_dated_at_or_after_as_of_change_nothing_when_corrupted(
    name: str, matrix: pd.DataFrame, rows_before_nonsense: pd.DataFrame
) -> None:
    np.testing.assert_array_equal(matrix.loc[rows_before_nonsense.index, name], rows_before_nonsense[name])


@pytest.fixture(scope="module")
def rows_one_at_a_time() -> pd.DataFrame:
    source = small_source()
    return pd.concat([_frame(_of_one_company(source.frames, row), [row]) for row in SAMPLED_ROWS])


def _of_one_company(frames: Frames, row: int) -> dict[str, pd.DataFrame]:
    """Return what is known of a snapshot's lead, its company and its colleagues, as serving has it."""
    leads = frames["leads"].set_index("lead_id", drop=False)
    lead = leads.loc[small_source().snapshots["lead_id"].iloc[row]]
    of_company = leads[(leads["company_id"] == lead["company_id"]) | (leads["lead_id"] == lead["lead_id"])]
    kept = {
        name: frame[frame["lead_id"].isin(of_company["lead_id"])]
        for name, frame in frames.items()
        if name != "companies"
    }
    return {**kept, "companies": frames["companies"][frames["companies"]["company_id"] == lead["company_id"]]}


@every_feature
def test_one_lead_equals_its_row_of_the_batch_bit_for_bit(
    name: str, matrix: pd.DataFrame, rows_one_at_a_time: pd.DataFrame
) -> None:
    alone = rows_one_at_a_time[name].to_numpy()
    assert alone.tobytes() == matrix.loc[rows_one_at_a_time.index, name].to_numpy().tobytes()


@pytest.fixture(scope="module")
def matrix_of_shuffled_rows() -> pd.DataFrame:
    return _frame({name: frame.sample(frac=1, random_state=1) for name, frame in small_source().frames.items()})


@every_feature
def test_order_of_rows_is_irrelevant(name: str, matrix: pd.DataFrame, matrix_of_shuffled_rows: pd.DataFrame) -> None:
    np.testing.assert_array_equal(matrix[name], matrix_of_shuffled_rows[name])


@pytest.fixture(scope="module")
def matrix_without_history() -> pd.DataFrame:
    frames = small_source().frames
    bare = frames["leads"][["lead_id", "created_at"]]
    return _frame({"leads": bare})


@every_feature
def test_empty_history_gives_the_declared_missing_value(name: str, matrix_without_history: pd.DataFrame) -> None:
    feature = next(recipe.feature() for recipe in RECIPES if recipe.feature().name == name)
    assert matrix_without_history[name].isna().all() == (feature.missing is not None)
    assert matrix_without_history[name].isna().any() == (feature.missing is not None)


@every_feature
def test_feature_is_not_the_same_everywhere_in_the_sample(name: str, matrix: pd.DataFrame) -> None:
    assert len(matrix[name].unique()) > 1


@every_feature
def test_unit_and_words_exist_in_both_languages(name: str) -> None:
    feature = next(recipe.feature() for recipe in RECIPES if recipe.feature().name == name)
    assert feature.unit
    for language in LANGUAGES:
        assert feature.wording.in_language(language).strip()
        assert feature.missing is None or feature.missing.in_language(language).strip()


def test_names_are_unique() -> None:
    assert len(set(NAMES)) == len(NAMES)


@given(st.permutations(range(40)))
@settings(max_examples=10, deadline=None)
def test_order_of_snapshots_is_kept(order: list[int]) -> None:
    whole, turned = _frame(small_source().frames, list(range(40))), _frame(small_source().frames, order)
    pd.testing.assert_frame_equal(whole.iloc[order], turned)
