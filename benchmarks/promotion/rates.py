"""How often pairs of models end in a promotion."""

from dataclasses import dataclass

from benchmarks.promotion.pairs import draw_pair
from models.quality.metrics import log_loss
from training.promotion.comparison import compare_predictions
from training.promotion.policy import DEFAULT_POLICY, decide


@dataclass(frozen=True, slots=True)
class Case:
    """Pairs of models that differ by the same and meet on as many leads.

    Attributes
    ----------
    excess : float
        The challenger's true log loss over the champion's, less one.
    error : float
        Of the challenger, from ``challenger_error``.
    leads : int
        In the test.
    wins : int
        About how many of them are won.
    pairs : int
        How many pairs.
    """

    excess: float
    error: float
    leads: int
    wins: int
    pairs: int


@dataclass(frozen=True, slots=True)
class Rates:
    """The share of the pairs that end in a promotion.

    Attributes
    ----------
    by_interval : float
        By the policy, with a champion that is not old.
    old_champion : float
        By the policy, with one that is.
    unless_surely_worse : float
        By a rule that only asks whether the interval holds zero or less.
    """

    by_interval: float
    old_champion: float
    unless_surely_worse: float


def measure(case: Case) -> Rates:
    """Draw the pairs of a case and decide on each."""
    promoted = [_promoted(case, seed) for seed in range(case.pairs)]
    young, old, naive = (sum(column) / case.pairs for column in zip(*promoted, strict=True))
    return Rates(young, old, naive)


def _promoted(case: Case, seed: int) -> tuple[bool, bool, bool]:
    pair = draw_pair(case.leads, case.error, seed)
    compared = compare_predictions(pair.data, pair.champion, pair.challenger, seed=seed, metrics=(log_loss,))
    young, old = (decide("ready", compared, age).promote for age in (0.0, DEFAULT_POLICY.old_days + 1))
    return young, old, not compared.excess.above(0)
