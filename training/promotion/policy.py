"""When a new version becomes the champion: declared rules, no discretion."""

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from features.wording import Wording
from training.evaluation.verdict import Level
from training.promotion import reasons
from training.promotion.comparison import Comparison, Incomparable, Obstacle

Rule: TypeAlias = Literal[
    "first", "not_ready", "better", "not_worse", "champion_old", "too_few_deals", "worse", "may_be_worse",
    "overtaken", "by_hand", "rollback",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Policy:
    """Where the rules draw their lines.

    Log losses are compared as a share of the champion's. "Not worse" is a claim that has to be shown, as in a test for
    non-inferiority: the whole 95 % interval of the difference has to lie below ``margin``. So a challenger that is
    worse by the margin or more is promoted in one case out of forty, however few deals there are; few deals make it
    harder to be promoted, not easier. ``python -m benchmarks.promotion`` measures it.

    Attributes
    ----------
    margin : float
        A log loss that is higher by this share counts as not worse.
    least_deals : int
        With fewer leads won, or fewer not won, in the comparison nothing is promoted.
    old_days : float
        From this age on, from data end to data end, a champion gives way to what is about as good.
    old_margin : float
        By how much the measured log loss of a challenger may be higher then.
    """

    margin: float = 0.02
    least_deals: int = 30
    old_days: float = 180
    old_margin: float = 0.05


DEFAULT_POLICY: Final = Policy()


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether a version is to be the champion, by which rule, and why for people."""

    promote: bool
    rule: Rule | Obstacle
    reason: Wording


def decide(
    level: Level, compared: Comparison | Incomparable, age_days: float, policy: Policy = DEFAULT_POLICY
) -> Decision:
    """Decide whether a challenger becomes the champion.

    Parameters
    ----------
    level : {"ready", "usable_with_care", "not_ready"}
        The challenger's verdict; one that is not ready is never promoted.
    compared : Comparison or Incomparable
        Beside the champion; what cannot be compared is not promoted.
    age_days : float
        From the champion's data end to the challenger's.
    policy : Policy
        Where the lines are.
    """
    if level == "not_ready":
        return Decision(promote=False, rule="not_ready", reason=reasons.NOT_READY)
    if isinstance(compared, Incomparable):
        return Decision(promote=False, rule=compared.obstacle, reason=compared.wording)
    if min(compared.wins, compared.leads - compared.wins) < policy.least_deals:
        reason = reasons.too_few_deals(compared, policy.least_deals)
        return Decision(promote=False, rule="too_few_deals", reason=reason)
    return _by_log_loss(compared, age_days, policy)


FIRST: Final = Decision(promote=True, rule="first", reason=reasons.FIRST)
"""What is decided where there is no champion to compare with."""


def _by_log_loss(compared: Comparison, age_days: float, policy: Policy) -> Decision:
    excess = compared.excess
    if excess.below(0):
        return Decision(promote=True, rule="better", reason=reasons.better(compared))
    if excess.below(policy.margin):
        return Decision(promote=True, rule="not_worse", reason=reasons.not_worse(compared, policy.margin))
    if age_days > policy.old_days and excess.value <= policy.old_margin:
        reason = reasons.champion_old(compared, age_days, policy.old_margin)
        return Decision(promote=True, rule="champion_old", reason=reason)
    if excess.above(0):
        return Decision(promote=False, rule="worse", reason=reasons.worse(compared))
    return Decision(promote=False, rule="may_be_worse", reason=reasons.may_be_worse(compared, policy.margin))
