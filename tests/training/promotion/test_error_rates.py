"""How often the policy errs, on pairs of models of which it is known which one is better."""

from benchmarks.promotion.pairs import challenger_error
from benchmarks.promotion.rates import Case, Rates, measure

PAIRS, LEADS, WINS = 40, 780, 120


def rates(excess: float) -> Rates:
    return measure(Case(excess, challenger_error(excess), LEADS, WINS, PAIRS))


def test_model_that_is_worse_by_the_margin_is_hardly_ever_promoted() -> None:
    found = rates(0.02)
    # 2.5 % are expected, and more than 4 of 40 come once in 300 times.
    assert found.by_interval <= 4 / PAIRS < found.unless_surely_worse


def test_model_that_is_much_better_is_hardly_ever_refused() -> None:
    assert rates(-0.04).by_interval >= 0.9
