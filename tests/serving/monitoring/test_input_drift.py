"""What is usual for a model of an age is no drift, and what is more than that is."""

from dataclasses import replace

import numpy as np
import pytest

from features.arrays import FloatArray
from features.matrix import FeatureMatrix
from features.recipe import CatalogueRecipe
from features.spec import FeatureSpec, FittedFeature
from models.quality.reference import Reference
from models.quality.turnover import Turnover
from serving.monitoring.input_checks import input_checks
from serving.monitoring.input_drift import InputDrift, input_drift
from serving.monitoring.seen import Seen
from serving.monitoring.thresholds import THRESHOLDS

LEADS = 1_000
KNOWN = 4
"""Campaigns; the code after the last is that of all others."""

SPEC = FeatureSpec(
    (
        FittedFeature(CatalogueRecipe("campaign"), tuple("abcd")),
        FittedFeature(CatalogueRecipe("employees"), None),
    )
)


def leads(unseen_share: float = 0.0, size: float = 100.0) -> FloatArray:
    """Of four campaigns in like numbers, but for those that nobody knows; and of companies of about a size."""
    rng = np.random.default_rng(0)
    unseen = rng.random(LEADS) < unseen_share
    campaign = np.where(unseen, KNOWN, rng.integers(KNOWN, size=LEADS)).astype(np.float64)
    return np.column_stack([campaign, rng.lognormal(np.log(size), 1.0, LEADS)])


@pytest.fixture(scope="module")
def reference() -> Reference:
    """Every 28 days a tenth of the leads comes by a campaign that was not there before."""
    matrix = FeatureMatrix(SPEC.names, leads(), SPEC.categorical)
    found = Reference.of("open_leads", 0, SPEC, [(matrix, np.linspace(0, 1, LEADS))])
    turnover = Turnover((0.6, 1.3, 2.1, 3.0), (0.0, 0.1, 0.2, 0.3, 0.4))
    features = dict(found.features) | {"campaign": replace(found.features["campaign"], turnover=turnover)}
    return replace(found, features=features)


def seen_at(reference: Reference, age_days: float, values: FloatArray) -> InputDrift:
    return input_drift([Seen(values, np.linspace(0, 1, LEADS), 0)], SPEC, reference, age_days)


def alarms(found: InputDrift) -> set[str]:
    return {check.name for check in input_checks(found, THRESHOLDS) if check.needs_person}


@pytest.mark.parametrize(("age_days", "share"), [(0, 0.0), (28, 0.1), (56, 0.2), (112, 0.4), (300, 0.4)])
def test_campaigns_that_came_as_they_always_did_need_nobody(
    reference: Reference, age_days: float, share: float
) -> None:
    assert alarms(seen_at(reference, age_days, leads(share))) == set()


@pytest.mark.parametrize(("age_days", "share"), [(0, 0.2), (28, 0.3), (112, 0.6)])
def test_more_new_campaigns_than_ever_need_a_person(reference: Reference, age_days: float, share: float) -> None:
    found = seen_at(reference, age_days, leads(share))
    assert "unseen" in alarms(found)
    assert found.most_unseen is not None
    assert found.most_unseen.more_unseen > 0.1


def test_drift_of_what_never_changed_is_found_at_any_age_and_stands_first(reference: Reference) -> None:
    for age_days in (0, 112, 300):
        found = seen_at(reference, age_days, leads(0.1 if age_days else 0.0, size=300.0))
        assert "inputs" in alarms(found)
        assert found.features[0].name == "employees"


def test_reference_of_an_older_version_finds_drift_as_before(reference: Reference) -> None:
    older = replace(
        reference, features={name: replace(one, turnover=Turnover()) for name, one in reference.features.items()}
    )
    assert alarms(seen_at(older, 112, leads(0.4))) == {"inputs", "unseen"}
