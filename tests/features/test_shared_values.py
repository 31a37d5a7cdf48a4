from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import features.shared_values
from features.arrays import IntArray
from features.shared_values import LEAST_COMPANIES, LEAST_LEADS, are_shared

LEADS = 40


def shared(codes: list[int], lead: list[int], company: list[int]) -> list[bool]:
    held: list[bool] = are_shared(1, np.array(codes), np.array(lead), np.array(company)).tolist()
    return held


def test_value_needs_enough_leads_however_many_rows_they_have() -> None:
    alone = [-1] * LEAST_LEADS
    few = list(range(LEAST_LEADS - 1)) * 5
    assert shared([0] * len(few), few, alone) == [False]
    assert shared([0] * LEAST_LEADS, list(range(LEAST_LEADS)), alone) == [True]


def test_value_needs_enough_companies_and_a_lead_without_one_counts_as_one() -> None:
    lead = list(range(LEADS))
    for company, is_shared in (
        ([0] * LEADS, False),
        ([row % (LEAST_COMPANIES - 1) for row in lead], False),
        ([row % LEAST_COMPANIES for row in lead], True),
        ([0] * (LEADS - 2) + [-1, -1], True),
    ):
        assert shared([0] * LEADS, lead, company) == [is_shared]


def test_rows_without_a_value_or_a_lead_say_nothing() -> None:
    lead = list(range(LEADS))
    assert shared([-1] * LEADS, lead, [-1] * LEADS) == [False]
    assert shared([0] * LEADS, [-1] * LEADS, [-1] * LEADS) == [False]
    assert are_shared(0, np.array([], dtype=np.int64), np.array([], dtype=np.int64), np.array([-1])).tolist() == []


def counted(codes: IntArray, lead: IntArray, company: IntArray, value: int) -> bool:
    """The rule, in as many words."""
    having = {int(one) for one, code in zip(lead, codes, strict=True) if code == value and one >= 0}
    owners = {("company", int(company[one])) if company[one] >= 0 else ("lead", one) for one in having}
    return len(having) >= LEAST_LEADS and len(owners) >= LEAST_COMPANIES


@settings(deadline=None)
@given(
    arrays(np.int64, 200, elements=st.integers(-1, 3)),
    arrays(np.int64, 200, elements=st.integers(-1, LEADS - 1)),
    arrays(np.int64, LEADS, elements=st.integers(-1, 4)),
)
@pytest.mark.parametrize("most_cells", [0, 1 << 20])
def test_rule_is_kept_in_both_ways_of_counting(
    most_cells: int, codes: IntArray, lead: IntArray, company: IntArray
) -> None:
    with patch.object(features.shared_values, "_MOST_CELLS", most_cells):
        found = are_shared(4, codes, lead, company)
    assert found.tolist() == [counted(codes, lead, company, value) for value in range(4)]
