from typing import Any

import numpy as np
import pytest

from models.tree_shap.compared import Compared
from models.tree_shap.forest_pass import ForestPass

WHOLE: dict[str, Any] = {
    "compared": Compared(2, np.empty(0, dtype=np.int64), np.empty((0, 2)), blanks_zeros=False),
    "columns": np.array([0, 3]),
    "thresholds": np.array([0.5, -0.5]),
    "question_ends": np.array([1, 2]),
    "starts": np.array([0, 2]),
    "cells": np.arange(8.0).reshape(4, 2),
    "features": np.array([[0], [1]]),
    "feature_counts": np.array([1, 1]),
    "base": 0.0,
}


def test_groups_add_the_rows_of_their_answers() -> None:
    added, scores = np.empty((1, 2)), np.empty(1)
    ForestPass(**WHOLE).add_up(np.array([[0.0, 0.0]]), added, scores)
    assert added.tolist() == [[2.0, 4.0]]
    assert scores.tolist() == [3.0 + 5.0]


@pytest.mark.parametrize(
    ("name", "numbers", "fault"),
    [
        ("columns", [0, 4], "number 4 of 4"),
        ("columns", [-1, 0], "number -1 of 4"),
        ("columns", [0], "1 questions and 2 thresholds"),
        ("question_ends", [1, 3], "group 1 end at 3"),
        ("question_ends", [1, 0], "group 1 end at 0"),
        ("question_ends", [1], "2 groups need questions"),
        ("starts", [0, 3], "group 1 starts at row 3 of 4"),
        ("starts", [-1, 2], "group 0 starts at row -1"),
        ("features", [[0], [2]], "group 1 is about column 2"),
        ("features", [[0, 0], [1, 1]], "one for the leaf, found 2"),
        ("feature_counts", [1, 2], "group 1 has 2 features"),
    ],
)
def test_tables_that_do_not_fit_are_refused(name: str, numbers: list[int], fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        ForestPass(**(WHOLE | {name: np.array(numbers)}))


def test_sets_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="1 sets need a row each, found 0"):
        Compared(2, np.array([0]), np.empty((0, 2)), blanks_zeros=False)
    with pytest.raises(ValueError, match="column 2 of 2"):
        Compared(2, np.array([2]), np.ones((1, 3)), blanks_zeros=True)
