"""Patterns: what was planted is found and confirmed, what is not there is not."""

from collections.abc import Callable

import lightgbm
import numpy as np
import pytest

from features.arrays import FloatArray
from features.matrix import FeatureMatrix
from features.recipe import CatalogueRecipe
from features.spec import FeatureSpec, FittedFeature
from features.wording import LANGUAGES, Language
from models.booster import BoosterMember
from models.calibration import Calibration
from models.conversion import ConversionModel
from training.labelling.dataset import Dataset
from training.review import Review, bends, draw_pattern, joint_effects
from training.review.feature_words import names_of
from training.review.interactions import interactions
from training.review.observations import Observations

NAMES = ("employees", "annual_revenue", "days_since_created", "stages_entered")
ROWS = 6_000
Logit = Callable[[FloatArray], FloatArray]


def observed(review: Review, logit: Logit, seed: int = 4) -> Observations:
    """Snapshots of leads whose chances follow a rule, and trees that have learnt it."""
    rng = np.random.default_rng(seed)
    spec = FeatureSpec(tuple(FittedFeature(CatalogueRecipe(name), None) for name in NAMES))
    values = rng.uniform(0, 100, (ROWS, len(NAMES)))
    label = (rng.uniform(size=ROWS) < 1 / (1 + np.exp(-logit(values / 100)))).astype(np.float64)
    parameters = {"objective": "binary", "verbosity": -1, "max_depth": 3, "min_data_in_leaf": 50, "num_threads": 1}
    trees = lightgbm.train(parameters, lightgbm.Dataset(values, label), num_boost_round=60)
    ranks = review.model.score_map
    model = ConversionModel(spec, (BoosterMember.of(trees),), (1.0,), Calibration(0.2, 1.1), ranks, 90)
    matrix = FeatureMatrix(spec.names, values, ())
    lead = np.arange(ROWS)
    data = Dataset(matrix, label, np.ones(ROWS), lead, lead, lead, 90)
    return Observations(model, data, model.contributions(matrix))


def nothing(values: FloatArray) -> FloatArray:
    return np.full(len(values), -1.0)


def plain(values: FloatArray) -> FloatArray:
    slope: FloatArray = 3 * values[:, 0] - 2.5
    return slope


def hump(values: FloatArray) -> FloatArray:
    return 1 - 14 * (values[:, 0] - 0.5) ** 2 + 0.5 * values[:, 1]


def crossed(values: FloatArray) -> FloatArray:
    return np.where(values[:, 3] > 0.5, 2.5, -2.5) * (values[:, 2] - 0.5)


def test_planted_bend_is_found_and_confirmed(review: Review) -> None:
    first = bends(observed(review, hump), "en")[0]
    assert (first.feature, first.is_confirmed) == ("employees", True)
    shares = [cell.share_won.value for cell in first.cells]
    assert max(shares[0], shares[-1]) < max(shares)


def test_planted_interaction_is_found_and_confirmed(review: Review) -> None:
    observations = observed(review, crossed)
    strongest = interactions(observations).iloc[0]
    first = joint_effects(observations, "en")[0]
    assert {strongest["feature"], strongest["other"]} == {"days_since_created", "stages_entered"}
    assert {first.feature, first.other} == {"days_since_created", "stages_entered"}
    assert first.is_confirmed


@pytest.mark.parametrize("logit", [nothing, plain])
def test_what_is_not_there_is_not_confirmed(review: Review, logit: Logit) -> None:
    for seed in range(3):
        observations = observed(review, logit, seed)
        assert not [one for one in bends(observations, "en") if one.is_confirmed]
        assert not [one for one in joint_effects(observations, "en") if one.is_confirmed]


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_sentence_quotes_the_shares_that_the_figure_shows(review: Review, spoken: Language) -> None:
    observations = observed(review, hump)
    found = bends(observations, spoken)
    page = draw_pattern(found, names_of(observations.model.spec, spoken), review.words)._repr_html_()
    first, last = found[0].cells[0], found[0].cells[-1]
    for cell in (first, last):
        assert review.words.numerals.percent(cell.share_won.value) in page


def test_no_pattern_is_said_in_words(review: Review) -> None:
    assert review.words("pattern.none") in draw_pattern([], {}, review.words)._repr_html_()
