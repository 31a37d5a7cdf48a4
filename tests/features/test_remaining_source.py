"""What is excluded counts nowhere: not by itself, not in a total, not for one lead and not for many."""

import numpy as np
import pandas as pd
import pytest

from features.answers import QUESTIONS
from features.compute import compute
from features.fitting import fit_features
from features.instant import MS_PER_DAY
from features.lead_source import LeadSource
from features.records import Records
from features.sample import simulate
from features.snapshots import Snapshots
from features.spec import FeatureSpec
from features.tables import Tables

LEADS = 400
EXCLUDED = frozenset({"activities.page_view", "leads.source", "leads.country", "qualifications.need", "leads.seats"})


@pytest.fixture(scope="module")
def frames() -> dict[str, pd.DataFrame]:
    return simulate(LEADS, seed=5)


@pytest.fixture(scope="module")
def snapshots(frames: dict[str, pd.DataFrame]) -> Snapshots:
    lead = np.repeat(np.arange(LEADS), 3)
    created = Records.of(Tables.from_frames(time_zone="UTC", **frames)).created_ms[lead]
    return Snapshots(lead, created + np.tile([1, 20 * MS_PER_DAY, 90 * MS_PER_DAY], LEADS))


@pytest.fixture(scope="module")
def spec(frames: dict[str, pd.DataFrame], snapshots: Snapshots) -> FeatureSpec:
    return fit_features(Records.of(Tables.from_frames(time_zone="UTC", **frames)), snapshots, EXCLUDED).spec


def _without(frames: dict[str, pd.DataFrame]) -> Tables:
    """Take away by hand what is excluded."""
    activities, leads = frames["activities"], frames["leads"]
    answers = frames["qualifications"].assign(need=None)
    return Tables.from_frames(
        time_zone="UTC",
        **{
            **frames,
            "activities": activities[activities["type"] != "page_view"],
            "leads": leads.assign(source=None, country=None).drop(columns="seats"),
            "qualifications": answers,
        },
    )


def test_excluding_is_the_same_as_never_having_had_it(
    frames: dict[str, pd.DataFrame], snapshots: Snapshots, spec: FeatureSpec
) -> None:
    excluding = compute(spec, Records.of(Tables.from_frames(time_zone="UTC", **frames)), snapshots)
    lacking = compute(FeatureSpec(spec.features), Records.of(_without(frames)), snapshots)
    assert {"activities_30d", "country"} <= set(spec.names)
    np.testing.assert_array_equal(excluding.values, lacking.values)


def test_nothing_is_fitted_to_what_is_excluded(spec: FeatureSpec) -> None:
    assert not [name for name in spec.names if "page_view" in name or name in {"source", "need", "lead_seats"}]


def test_excluded_feature_is_none_and_the_others_stay(frames: dict[str, pd.DataFrame], snapshots: Snapshots) -> None:
    records = Records.of(Tables.from_frames(time_zone="UTC", **frames))
    whole = fit_features(records, snapshots).spec.names
    part = fit_features(records, snapshots, frozenset({"features.stage"})).spec.names
    assert set(whole) - set(part) == {"stage"}


def test_excluded_type_counts_in_no_total_of_a_single_lead(spec: FeatureSpec) -> None:
    activity = {"lead_id": "1", "occurred_at": 0, "recorded_at": None, "value": None, "agent": None}
    seen = [
        compute(
            spec, Records(LeadSource(_rows(types, activity))), Snapshots(np.zeros(1, dtype=np.int64), np.array([9]))
        )
        for types in (["call"], ["call", "page_view", "page_view"])
    ]
    assert seen[0].column("activities_ever") == 1
    np.testing.assert_array_equal(seen[0].values, seen[1].values)


def _rows(types: list[str], activity: dict[str, object]) -> dict[str, list[dict[str, object]]]:
    lead: dict[str, object] = {"lead_id": "1", "created_at": 0, "company_id": None}
    return {"leads": [lead], "activities": [{**activity, "type": name} for name in types]}


def test_exclusion_survives_json(spec: FeatureSpec) -> None:
    assert FeatureSpec.from_json(spec.to_json()).excluded == EXCLUDED


def test_answers_are_read_once_where_none_is_excluded(frames: dict[str, pd.DataFrame]) -> None:
    whole = Records.of(Tables.from_frames(time_zone="UTC", **frames))
    assert whole.without(EXCLUDED - {"qualifications.need"}).answers is whole.answers
    need = whole.without(EXCLUDED).answers.texts[QUESTIONS.index("need")]
    assert (need.codes == -1).all()
