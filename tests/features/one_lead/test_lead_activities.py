"""The activities of one lead against the same in arrays, in whatever order and number they come."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from features.instant import MS_PER_DAY
from features.lead_source import LeadSource
from features.one_lead import LeadText, LeadView
from features.past import StreamStatistic
from features.records import Records
from features.seen import Seen
from features.snapshots import Snapshots
from features.text_column import TextColumn
from features.view import View

AS_OF_MS = 20_000 * MS_PER_DAY + 7
TYPES = ("call", "meeting", "page_view", "email_click", "webinar", "any", "web", "response", "agent", "")
STREAMS = (*TYPES, "real_contact", "never seen")
STATISTICS: tuple[StreamStatistic, ...] = ("ever", "days_since_last", 0, 7, 30, 90, 365)
MEASURES: tuple[Callable[[Seen], Any], ...] = (
    *(
        lambda view, stream=stream, statistic=statistic: view.statistic(stream, statistic)
        for stream in STREAMS
        for statistic in STATISTICS
    ),
    *(
        lambda view, stream=stream, nth=nth: view.days_since_nth(stream, nth)
        for stream in STREAMS
        for nth in (1, 2, 5, 40)
    ),
    *(lambda view, stream=stream: view.ever(stream) for stream in STREAMS),
    *(lambda view, stream=stream: view.count(stream, 30) for stream in STREAMS),
    *(lambda view, days=days: view.active_days(days) for days in (1, 90)),
    lambda view: view.types_seen(),
    lambda view: view.agents(),
    lambda view: view.last_type(),
)

Row = Mapping[str, Any]

instants = st.one_of(
    st.none(),
    st.sampled_from([AS_OF_MS - days * MS_PER_DAY + ms for days in (0, 7, 30, 90) for ms in (-1, 0, 1)]),
    st.integers(AS_OF_MS - 100 * MS_PER_DAY, AS_OF_MS + MS_PER_DAY),
)
activities = st.fixed_dictionaries(
    {"type": st.none() | st.sampled_from(TYPES), "occurred_at": instants},
    optional={"recorded_at": instants, "agent": st.sampled_from([None, "x", "y"])},
)


def _plain(measured: Any) -> float | str | None:
    """Return what a measure says of the one snapshot, NaN as None."""
    if isinstance(measured, LeadText):
        return measured.text
    if isinstance(measured, TextColumn):
        [code] = measured.codes.tolist()
        return measured.names[code] if code >= 0 else None
    [value] = np.atleast_1d(measured).tolist()
    return None if np.isnan(value) else float(value)


def _measured(rows: Sequence[Row], excluded: frozenset[str]) -> tuple[list[Any], list[Any]]:
    """Return every measure of one lead, in plain numbers and in arrays."""
    tables: dict[str, Sequence[Row]] = {"leads": [{"lead_id": "1", "created_at": 0}], "activities": rows}
    snapshot = Snapshots(np.zeros(1, dtype=np.int64), np.array([AS_OF_MS]))
    views: tuple[Seen, Seen] = (
        LeadView(tables, AS_OF_MS, excluded),
        View(Records(LeadSource(tables)).without(excluded), snapshot),
    )
    in_numbers, in_arrays = ([_plain(measure(view)) for measure in MEASURES] for view in views)
    return in_numbers, in_arrays


@settings(deadline=None)
@given(
    st.lists(activities, max_size=40),
    st.frozensets(st.sampled_from([f"activities.{name}" for name in STREAMS if name])),
)
def test_every_stream_of_one_lead_is_the_same_in_plain_numbers_as_in_arrays(
    rows: list[Row], excluded: frozenset[str]
) -> None:
    in_numbers, in_arrays = _measured(rows, excluded)
    assert in_numbers == in_arrays


def _in_time(count: int, chance: np.random.Generator) -> list[dict[str, Any]]:
    instants = sorted(chance.integers(AS_OF_MS - 400 * MS_PER_DAY, AS_OF_MS, count).tolist())
    types = chance.choice(TYPES, count).tolist()
    return [{"type": name, "occurred_at": instant} for name, instant in zip(types, instants, strict=True)]


@pytest.mark.parametrize("count", [31, 32, 33, 63, 64, 65, 97, 1_000, 10_000])
@pytest.mark.parametrize("order", ["oldest first", "newest first", "any", "at one instant", "two lists"])
def test_order_of_many_activities_is_irrelevant(count: int, order: str) -> None:
    chance = np.random.default_rng(count)
    rows = _in_time(count, chance)
    orders = {
        "oldest first": rows,
        "newest first": rows[::-1],
        "any": [rows[place] for place in chance.permutation(count)],
        "at one instant": [{**row, "occurred_at": AS_OF_MS - MS_PER_DAY} for row in rows],
        "two lists": rows[::2] + rows[1::2],
    }
    in_numbers, in_arrays = _measured(orders[order], frozenset())
    assert in_numbers == in_arrays


@pytest.mark.parametrize("count", [0, 1, 33, 1_000])
def test_every_nth_activity_is_found(count: int) -> None:
    chance = np.random.default_rng(count)
    rows = _in_time(count, chance)
    expected = [(AS_OF_MS - row["occurred_at"]) / MS_PER_DAY for row in rows]
    shuffled = [rows[place] for place in chance.permutation(count)]
    view = LeadView({"leads": [{"created_at": 0}], "activities": shuffled}, AS_OF_MS, frozenset())
    assert [view.days_since_nth("any", nth) for nth in range(1, count + 1)] == expected
    assert all(np.isnan(view.days_since_nth("any", nth)) for nth in (-1, 0, count + 1))


@pytest.mark.parametrize(("cell", "error"), [("yesterday", TypeError), (2**63, OverflowError)])
def test_time_that_is_no_int64_is_refused(cell: object, error: type[Exception]) -> None:
    rows = [{"type": "call", "occurred_at": 1}, {"type": "call", "occurred_at": cell}]
    view = LeadView({"leads": [{"created_at": 0}], "activities": rows}, AS_OF_MS, frozenset())
    with pytest.raises(error, match=r"int"):
        view.ever("any")
