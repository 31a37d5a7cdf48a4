"""One lead in plain numbers equals the same lead in arrays, whatever its rows are."""

from collections import UserDict, UserList
from datetime import UTC, datetime
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from features.catalogue import FEATURES, STATISTICS
from features.compute import compute, measured
from features.instant import MS_PER_DAY
from features.lead_source import LeadSource
from features.one_lead import LeadView
from features.recipe import ActivityTypeRecipe, CatalogueRecipe, CustomRecipe, Recipe
from features.records import Records
from features.snapshots import Snapshots
from features.spec import FeatureSpec, FittedFeature
from features.view import View

AS_OF_MS = 400 * MS_PER_DAY + 7
CATEGORIES = ("call", "mql", "sql", "manager", "JP", "none", "must", "a", "b")
RECIPES: tuple[Recipe, ...] = (
    *map(CatalogueRecipe, FEATURES),
    *(ActivityTypeRecipe(name, statistic) for name in ("webinar", "web", "any") for statistic in STATISTICS),
    *(CustomRecipe("leads", "own", content) for content in ("number", "flag", "category", "date", "text")),
    *(CustomRecipe("companies", "own", content) for content in ("number", "category", "date")),
)
FEATURES_OF_ALL_KINDS = tuple(
    FittedFeature(recipe, CATEGORIES if recipe.feature().unit == "category" else None) for recipe in RECIPES
)

instants = st.one_of(
    st.sampled_from([AS_OF_MS - 1, AS_OF_MS, AS_OF_MS - 7 * MS_PER_DAY, AS_OF_MS - 90 * MS_PER_DAY, 0]),
    st.integers(-MS_PER_DAY, AS_OF_MS + MS_PER_DAY),
)
optional_instants = st.none() | instants
texts = st.none() | st.sampled_from([*CATEGORIES, "12.5", "yes", "1970-06-01", "2400-01-01", "部長"])


def rows(**columns: st.SearchStrategy[Any]) -> st.SearchStrategy[list[dict[str, Any]]]:
    return st.lists(st.fixed_dictionaries(columns), max_size=8)


LEADS: st.SearchStrategy[Any] = st.fixed_dictionaries(
    {
        "lead_id": st.just("1"),
        "created_at": instants,
        "closed_at": optional_instants,
        "outcome": st.sampled_from([None, "won", "lost", "open"]),
        "company_id": st.sampled_from([None, "7"]),
        **dict.fromkeys(("job_title", "seniority", "country", "source", "own"), texts),
    }
)
COMPANIES: st.SearchStrategy[Any] = st.fixed_dictionaries(
    {
        "company_id": st.just("7"),
        "founded_year": st.none() | st.integers(1900, 2020).map(float),
        "employees": st.none() | st.floats(0, 1e6),
        "country": texts,
        "own": texts,
    }
)
HISTORIES = {
    "activities": rows(
        type=st.sampled_from([None, "", "call", "meeting", "email_click", "page_view", "webinar", "web", "any"]),
        occurred_at=optional_instants,
        recorded_at=optional_instants,
        agent=st.sampled_from([None, "x", "y"]),
    ),
    "qualifications": rows(
        answered_at=optional_instants,
        need=st.sampled_from([None, "must", "none"]),
        budget_status=st.sampled_from([None, "can_buy", "none"]),
        budget_amount=st.sampled_from([None, 5.0, 900.0, 1000.5]),
    ),
    "stage_history": rows(entered_at=optional_instants, stage=st.sampled_from([None, "mql", "sql"])),
    "deals": rows(
        created_at=optional_instants,
        closed_at=optional_instants,
        outcome=st.sampled_from([None, "won", "lost", "open"]),
    ),
    "field_history": rows(
        field=st.sampled_from([None, "source", "own", "job_title"]),
        changed_at=optional_instants,
        old_value=texts,
        new_value=texts,
    ),
}
EXCLUDED = st.frozensets(
    st.sampled_from(
        [
            "activities.call",
            "activities.agent",
            "leads.source",
            "leads.outcome",
            "companies.employees",
            "qualifications.need",
            "stage_history.stage",
            "deals.outcome",
            "field_history.field",
            "field_history.new_value",
        ]
    )
)


@st.composite
def sources(draw: st.DrawFn) -> LeadSource:
    tables: dict[str, Any] = {"leads": [draw(LEADS)]}
    if draw(st.booleans()):
        tables["companies"] = [draw(COMPANIES)]
    return LeadSource(tables | {name: draw(rows) for name, rows in HISTORIES.items() if draw(st.booleans())})


@settings(deadline=None, max_examples=300)
@given(sources(), EXCLUDED)
def test_every_feature_of_one_lead_is_the_same_in_plain_numbers_as_in_arrays(
    source: LeadSource, excluded: frozenset[str]
) -> None:
    spec, records = FeatureSpec(FEATURES_OF_ALL_KINDS, excluded), Records(source)
    snapshot = Snapshots(np.zeros(1, dtype=np.int64), np.array([AS_OF_MS]))
    in_arrays = measured(spec, View(records.without(excluded), snapshot))
    in_numbers = compute(spec, records, snapshot).values
    assert [
        name
        for name, one, other in zip(spec.names, in_numbers[0], in_arrays[0], strict=True)
        if one.tobytes() != other.tobytes() and not (np.isnan(one) and np.isnan(other))
    ] == []


def _computed(tables: dict[str, Any], excluded: frozenset[str]) -> bytes:
    snapshot = Snapshots(np.zeros(1, dtype=np.int64), np.array([AS_OF_MS]))
    return compute(FeatureSpec(FEATURES_OF_ALL_KINDS, excluded), Records(LeadSource(tables)), snapshot).values.tobytes()


@settings(deadline=None)
@given(sources(), EXCLUDED)
def test_lacking_key_is_a_blank_cell(source: LeadSource, excluded: frozenset[str]) -> None:
    filled = {
        table: [{name: cell for name, cell in row.items() if cell is not None} for row in rows]
        for table, rows in source.tables.items()
    }
    assert _computed(filled, excluded) == _computed(dict(source.tables), excluded)


@settings(deadline=None)
@given(sources(), EXCLUDED)
def test_rows_may_be_any_mapping_in_any_sequence(source: LeadSource, excluded: frozenset[str]) -> None:
    wrapped = {table: UserList(map(UserDict, rows)) for table, rows in source.tables.items()}
    assert _computed(wrapped, excluded) == _computed(dict(source.tables), excluded)


def test_year_begins_and_ends_with_the_calendar() -> None:
    starts = {year: int(datetime(year, 1, 1, tzinfo=UTC).timestamp()) * 1_000 for year in range(1900, 2201)}
    views = {year: LeadView({"leads": [{}]}, starts_ms, frozenset()) for year, starts_ms in starts.items()}
    ends = {year - 1: LeadView({"leads": [{}]}, starts_ms - 1, frozenset()) for year, starts_ms in starts.items()}
    assert {year: view.year() for year, view in views.items()} == {year: year for year in views}
    assert {year: view.year() for year, view in ends.items()} == {year: year for year in ends}


def test_measuring_a_lead_leaves_nothing_in_the_spec_that_is_compared_or_written() -> None:
    used, fresh = (FeatureSpec(FEATURES_OF_ALL_KINDS) for _ in range(2))
    compute(
        used,
        Records(LeadSource({"leads": [{"created_at": 0}]})),
        Snapshots(np.zeros(1, dtype=np.int64), np.ones(1, dtype=np.int64)),
    )
    assert (used, hash(used), used.to_json()) == (fresh, hash(fresh), fresh.to_json())
