"""Where log-odds come from: everything adds up, on paper and in print."""

from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib import pyplot as plt
from numpy.testing import assert_allclose

from features.instant import MS_PER_DAY
from features.snapshots import Snapshots
from models.calibration import probability
from models.reasons import Explanation
from training.report.vocabulary import vocabulary
from training.review import Review, account_table, change_table
from training.review.account_table import account_rows
from training.review.shap_library import shap

DAYS = (0, 3, 20, 90, 400)
TOLERANCE = 1e-9


def many(review: Review) -> Snapshots:
    """Every lead on several days of its life."""
    lead = np.repeat(np.arange(len(review.records), dtype=np.int64), len(DAYS))
    ages = np.tile(np.array(DAYS, dtype=np.int64) * MS_PER_DAY, len(review.records))
    return Snapshots(lead, review.records.created_ms[lead] + ages + 1)


def test_explanations_add_up_to_the_probability_that_the_service_answers(review: Review) -> None:
    snapshots = many(review)
    why = review.explanations(snapshots)
    answered = np.array([score.answer.probability for score in review.scores(snapshots)])
    assert_allclose(probability(why.values.sum(axis=1) + why.base_values), answered, rtol=0, atol=TOLERANCE)
    assert review.model.probability(review.matrix(snapshots)).tobytes() == answered.tobytes()


def test_reasons_of_the_service_are_the_same_contributions(review: Review) -> None:
    snapshots = many(review)
    why = review.explanations(snapshots)
    names = list(review.model.spec.names)
    for row, score in enumerate(review.scores(snapshots)):
        assert isinstance(score.answer.explanation, Explanation)
        for reason in score.answer.explanation.reasons:
            assert reason.contribution_log_odds == why.values[row, names.index(reason.feature)]


@pytest.mark.parametrize("days", [1.0, 7.0, 100.0])
def test_changes_add_up_to_the_change_in_log_odds(review: Review, days: float) -> None:
    for lead in review.tables.leads["lead_id"].head(30):
        frame = review.compare(lead, review.days_ago(days))
        then, now = (review.model.log_odds(review.matrix(lead, at))[0] for at in (review.days_ago(days), None))
        assert_allclose(frame["contribution_then"].sum(), then, atol=TOLERANCE)
        assert_allclose(frame["contribution_now"].sum(), now, atol=TOLERANCE)
        assert_allclose(frame["change"].sum(), now - then, atol=TOLERANCE)


def test_comparing_backwards_turns_every_change_round(review: Review) -> None:
    one, other = review.tables.leads["lead_id"].iloc[[3, 8]]
    forth = review.compare_leads(one, other).set_index("feature")
    back = review.compare_leads(other, one).set_index("feature").loc[forth.index]
    assert (forth["change"] == -back["change"]).all()
    assert (forth["value_then"] == back["value_now"]).all()


def test_a_lead_does_not_differ_from_itself(review: Review) -> None:
    lead = review.tables.leads["lead_id"].iloc[5]
    assert not review.compare_leads(lead, lead)["change"].any()


def test_movers_change_by_what_the_comparison_explains(review: Review) -> None:
    moved = review.movers(7)
    assert moved["change"].abs().is_monotonic_decreasing
    for row in moved.head(5).to_dict("records"):
        frame = review.compare(str(row["lead_id"]), review.days_ago(7))
        assert_allclose(frame["change"].sum(), row["change"], atol=TOLERANCE)


numbers = st.floats(-9, 9, allow_nan=False)


@given(st.lists(st.tuples(numbers, numbers), min_size=2, max_size=60), st.integers(1, 12))
def test_printed_numbers_add_up_to_the_printed_total(contributions: list[tuple[float, float]], most: int) -> None:
    then, now = np.array(contributions).T
    names = [f"feature {number}" for number in range(len(then))]
    frame = pd.DataFrame({"feature": names, "wording": names, "value_then": "", "value_now": ""})
    frame = frame.assign(contribution_then=then, contribution_now=now, change=now - then)
    rows = account_rows(frame, vocabulary("en", "training.review"), most)
    printed = rows[["contribution_then", "contribution_now", "change"]].map(lambda one: Decimal(f"{one:.2f}"))
    assert (printed.iloc[:-1].sum() == printed.iloc[-1]).all()
    assert (printed["contribution_now"] - printed["contribution_then"] == printed["change"]).all()
    assert len(rows) <= most + 3


def test_tables_show_log_odds_and_probability_of_the_score(review: Review) -> None:
    lead = review.tables.leads["lead_id"].iloc[5]
    [score] = review.scores(lead)
    assert score.answer.probability is not None
    page = account_table(review.account(lead), review.words)._repr_html_()
    assert review.words.numerals.percent(score.answer.probability) in page
    assert review.words("account.total") in page
    assert "changed" in change_table(review.compare(lead, None), review.words)._repr_html_()


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("plot", ["bar", "beeswarm", "violin", "heatmap", "waterfall", "scatter"])
def test_every_shap_plot_takes_the_explanations(review: Review, plot: str) -> None:
    why = review.explanations(review.open_leads)
    first = int(np.abs(why.values).mean(axis=0).argmax())
    shown = {"waterfall": lambda: why[0], "scatter": lambda: why[:, first]}.get(plot, lambda: why)()
    getattr(shap().plots, plot)(shown, show=False)
    assert plt.gcf().axes
    plt.close("all")
