import re

from hypothesis import given
from hypothesis import strategies as st

from serving.score_id import PATTERN, new_score_id

INSTANTS = st.integers(0, 2**48 - 1)


@given(INSTANTS, INSTANTS)
def test_ids_sort_by_time(one_ms: int, other_ms: int) -> None:
    one, other = new_score_id(min(one_ms, other_ms)), new_score_id(max(one_ms, other_ms))
    assert re.fullmatch(PATTERN, one)
    assert one < other or one_ms == other_ms


def test_ids_of_one_millisecond_differ() -> None:
    assert len({new_score_id(1) for _ in range(1000)}) == 1000


def test_example_of_the_specification_is_met() -> None:
    assert new_score_id(1_469_922_850_259).startswith("01ARZ3NDEK")
