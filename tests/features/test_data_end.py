from collections.abc import Mapping
from dataclasses import replace

import pandas as pd
import pytest

from features.data_end import data_end_ms
from features.instant import MS_PER_DAY
from features.tables import Tables

LEADS = {"lead_id": ["L"], "created_at": ["1970-01-02T00:00:00Z"]}


def end_day(**tables: Mapping[str, list[str]]) -> float:
    frames = {name: pd.DataFrame(columns) for name, columns in ({"leads": LEADS} | tables).items()}
    return data_end_ms(Tables.from_frames(time_zone="UTC", **frames)) / MS_PER_DAY


def activity(occurred_at: str, recorded_at: str) -> Mapping[str, list[str]]:
    return {"lead_id": ["L"], "type": ["meeting"], "occurred_at": [occurred_at], "recorded_at": [recorded_at]}


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("leads", LEADS | {"outcome": ["won"], "closed_at": ["1970-01-11T00:00:00Z"]}),
        ("deals", {"deal_id": ["D"], "created_at": ["1970-01-11T00:00:00Z"]}),
        ("activities", activity("1970-01-11T00:00:00Z", "")),
        ("activities", activity("1970-01-05T00:00:00Z", "1970-01-11T00:00:00Z")),
        ("qualifications", {"lead_id": ["L"], "answered_at": ["1970-01-11T00:00:00Z"], "need": ["must"]}),
        ("stage_history", {"lead_id": ["L"], "entered_at": ["1970-01-11T00:00:00Z"], "stage": ["mql"]}),
        ("field_history", {"lead_id": ["L"], "changed_at": ["1970-01-11T00:00:00Z"], "field": ["region"]}),
    ],
)
def test_latest_dated_row_of_any_table_ends_the_data(table: str, columns: Mapping[str, list[str]]) -> None:
    assert end_day(**{table: columns}) == 10


def test_meeting_in_the_calendar_counts_when_it_was_recorded() -> None:
    assert end_day(activities=activity("1970-03-01T00:00:00Z", "1970-01-05T00:00:00Z")) == 4


def test_source_without_leads_has_no_end() -> None:
    tables = Tables.from_frames(leads=pd.DataFrame(LEADS))
    with pytest.raises(ValueError, match="at least one lead"):
        data_end_ms(replace(tables, leads=tables.leads.iloc[:0]))


def test_what_is_dated_too_late_does_not_count_where_a_limit_is_given() -> None:
    slip = pd.DataFrame(activity("2099-01-01T00:00:00Z", ""))
    tables = Tables.from_frames(time_zone="UTC", leads=pd.DataFrame(LEADS), activities=slip)
    assert data_end_ms(tables, 10 * MS_PER_DAY) == MS_PER_DAY
