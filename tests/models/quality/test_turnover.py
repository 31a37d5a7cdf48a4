import numpy as np
import pytest

from models.quality.distribution import Distribution
from models.quality.turnover import STEP_DAYS, Turnover


def test_what_is_usual_grows_with_the_age_of_a_model_and_stays_at_the_last_that_is_known() -> None:
    found = Turnover((0.2, 0.6), (0.05, 0.15, 0.25))
    assert [found.index_after(days) for days in (0, STEP_DAYS / 2, STEP_DAYS, 1.5 * STEP_DAYS, 500)] == pytest.approx(
        [0, 0.1, 0.2, 0.4, 0.6]
    )
    assert [found.unseen_after(days) for days in (0, STEP_DAYS, 500)] == pytest.approx([0.05, 0.15, 0.25])


def test_nothing_is_usual_where_no_months_could_be_compared() -> None:
    assert (Turnover().index_after(90), Turnover().unseen_after(90)) == (0, 0)


def test_distribution_is_read_back_with_its_turnover_and_from_models_without_one() -> None:
    found = Distribution((1.5,), (0.2, 0.3, 0.5), 0.1, Turnover((0.2,), (0.0, 0.1)))
    assert Distribution.from_json(found.to_json()) == found
    older = {name: value for name, value in found.to_json().items() if name != "turnover"}
    assert Distribution.from_json(older).turnover == Turnover()
    assert np.isclose(found.turnover.index_after(STEP_DAYS), 0.2)
