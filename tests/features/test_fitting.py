"""Which features a source affords."""

import numpy as np
import pandas as pd

from features.fitting import MOST_CATEGORIES, FittedFeatures, fit_features
from features.instant import MS_PER_DAY
from features.records import Records
from features.sample import simulate
from features.shared_values import LEAST_LEADS
from features.snapshots import Snapshots
from features.spec import FeatureSpec
from features.tables import Tables

LEADS = 300


def _fitted(frames: dict[str, pd.DataFrame], excluded: frozenset[str] = frozenset()) -> FittedFeatures:
    records = Records.of(Tables.from_frames(time_zone="UTC", **frames))
    lead = np.arange(LEADS)
    return fit_features(records, Snapshots(lead, records.created_ms[lead] + 30 * MS_PER_DAY), excluded)


def _with_columns(**columns: list[str] | list[str | None]) -> dict[str, pd.DataFrame]:
    frames = simulate(LEADS, seed=3)
    added = pd.DataFrame(columns, index=frames["leads"].index)
    return {**frames, "leads": pd.concat([frames["leads"], added], axis="columns")}


def test_full_tables_give_the_whole_catalogue_and_fewer_tables_fewer_features() -> None:
    frames = simulate(LEADS, seed=3)
    whole, bare = _fitted(frames), _fitted({"leads": frames["leads"]})
    assert 60 <= len(whole.spec.names) <= 110
    assert set(bare.spec.names) < set(whole.spec.names)
    assert not [name for name in bare.spec.names if "meeting" in name or "email_c" in name]


def test_feature_that_says_the_same_of_every_lead_is_left_out() -> None:
    fitted = _fitted(_with_columns(same=["x"] * LEADS, sometimes=["x", None] * (LEADS // 2)))
    assert "lead_same" not in fitted.spec.names
    assert "lead_sometimes" in fitted.spec.names
    assert [one.column for one in fitted.left_out] == ["same"]
    assert all(len(np.unique(column)) > 1 for column in fitted.matrix.values.T)


def test_excluded_column_is_no_feature() -> None:
    assert "lead_seats" not in _fitted(simulate(LEADS, seed=3), frozenset({"leads.seats"})).spec.names


def test_rare_values_share_one_code() -> None:
    values = ["big"] * 200 + ["small"] * 90 + [f"rare {row}" for row in range(10)]
    fitted = _fitted(_with_columns(size=values))
    feature = next(one for one in fitted.spec.features if one.name == "lead_size")
    assert feature.categories == ("big", "small")
    assert (fitted.matrix.column("lead_size")[290:] == 2).all()


def test_values_with_enough_leads_are_told_apart() -> None:
    fitted = _fitted(_with_columns(town=[f"town {row % (MOST_CATEGORIES // 2)}" for row in range(LEADS)]))
    feature = next(one for one in fitted.spec.features if one.name == "lead_town")
    assert feature.categories is not None
    assert len(feature.categories) == MOST_CATEGORIES // 2


def _categories(fitted: FittedFeatures, name: str) -> tuple[str, ...] | None:
    return next(one.categories for one in fitted.spec.features if one.name == name)


def test_value_that_could_name_a_person_is_no_category_of_a_custom_column() -> None:
    frames = simulate(LEADS, seed=3)
    company = frames["leads"]["company_id"]
    largest = company.value_counts().index[0]
    contact = pd.Series("front desk", index=company.index)
    contact[:40] = "the partner"
    contact[40:60] = "sales@partner.example"
    contact[60 : 60 + LEAST_LEADS - 1] = "Hanako Yamada"
    contact[company == largest] = "Taro Suzuki"
    fitted = _fitted({**frames, "leads": frames["leads"].assign(contact=contact)})
    assert (contact == "Taro Suzuki").sum() > LEAST_LEADS
    assert _categories(fitted, "lead_contact") == ("front desk", "the partner")


def test_person_at_one_company_is_no_category_of_a_column_of_companies() -> None:
    frames = simulate(LEADS, seed=3)
    companies = frames["companies"]
    owner = [f"contact {row}" if row % 3 else "shared owner" for row in range(len(companies))]
    fitted = _fitted({**frames, "companies": companies.assign(owner=owner)})
    assert _categories(fitted, "company_owner") == ("shared owner",)


def test_type_of_activity_that_few_leads_have_is_no_feature() -> None:
    frames = simulate(LEADS, seed=3)
    lead = frames["leads"]["lead_id"]
    known = frames["leads"]["created_at"]

    def lunches(leads: int, kind: str) -> pd.DataFrame:
        return pd.DataFrame({"lead_id": lead[:leads], "type": kind, "occurred_at": known[:leads], "recorded_at": None})

    activities = [frames["activities"], lunches(LEAST_LEADS - 1, "lunch with Taro"), lunches(40, "lunch")]
    names = _fitted({**frames, "activities": pd.concat(activities)}).spec.names
    assert "activity_lunch_count_ever" in names
    assert not [name for name in names if "taro" in name]


def test_unknown_activity_types_get_the_generic_features() -> None:
    frames = simulate(LEADS, seed=3)
    activities = frames["activities"].assign(type=frames["activities"]["type"].replace("page_view", "Visite du site"))
    names = _fitted({**frames, "activities": activities}).spec.names
    assert {"activity_visite_du_site_count_30d", "activity_visite_du_site_days_since_last"} <= set(names)


def test_spec_survives_json() -> None:
    spec = _fitted(simulate(LEADS, seed=3)).spec
    assert FeatureSpec.from_json(spec.to_json()) == spec
