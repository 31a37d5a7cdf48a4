"""What the policy decides, for every figure that a comparison can show."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from features.wording import LANGUAGES, Wording
from models.quality.interval import Interval
from training.evaluation.verdict import Level
from training.promotion.comparison import Comparison, Incomparable
from training.promotion.policy import DEFAULT_POLICY, Policy, decide

SHARES = st.floats(-0.5, 0.5)
AGES = st.floats(0, 1_000)


@st.composite
def comparisons(draw: st.DrawFn) -> Comparison:
    low, value, high = sorted((draw(SHARES), draw(SHARES), draw(SHARES)))
    leads = draw(st.integers(0, 5_000))
    return compared(Interval(value, low, high), leads, draw(st.integers(0, leads)))


def compared(excess: Interval, leads: int = 2_000, wins: int = 200) -> Comparison:
    metrics = {"log_loss": Interval(0.25, 0.24, 0.26)}
    return Comparison(0, 1, 2 * leads, leads, wins, metrics, metrics, excess)


@given(comparisons(), AGES)
def test_version_that_is_not_ready_is_never_promoted(comparison: Comparison, age_days: float) -> None:
    assert not decide("not_ready", comparison, age_days).promote


@given(comparisons(), AGES)
def test_young_champion_is_replaced_only_by_what_is_surely_not_worse_by_the_margin(
    comparison: Comparison, age_days: float
) -> None:
    enough = min(comparison.wins, comparison.leads - comparison.wins) >= DEFAULT_POLICY.least_deals
    decision = decide("ready", comparison, min(age_days, DEFAULT_POLICY.old_days))
    assert decision.promote == (enough and comparison.excess.high < DEFAULT_POLICY.margin)


@given(comparisons(), st.sampled_from(["ready", "usable_with_care"]), AGES, AGES)
def test_older_champion_is_never_harder_to_replace(
    comparison: Comparison, level: Level, age_days: float, more_days: float
) -> None:
    assert decide(level, comparison, age_days).promote <= decide(level, comparison, age_days + more_days).promote


@given(comparisons(), AGES)
def test_old_champion_stays_where_the_challenger_is_not_close(comparison: Comparison, age_days: float) -> None:
    decision = decide("ready", comparison, age_days)
    assert not decision.promote or comparison.excess.value <= DEFAULT_POLICY.old_margin


@given(comparisons(), AGES)
def test_every_decision_says_why_in_both_languages(comparison: Comparison, age_days: float) -> None:
    reason = decide("ready", comparison, age_days).reason
    assert all(reason.in_language(language).endswith((".", "。")) for language in LANGUAGES)
    assert reason.en != reason.ja


@pytest.mark.parametrize(
    ("excess", "age_days", "rule"),
    [
        (Interval(-0.03, -0.05, -0.01), 0, "better"),
        (Interval(0.001, -0.015, 0.019), 0, "not_worse"),
        (Interval(0.001, -0.019, 0.021), 0, "may_be_worse"),
        (Interval(0.001, -0.019, 0.021), 181, "champion_old"),
        (Interval(0.05, 0.01, 0.09), 181, "champion_old"),
        (Interval(0.051, 0.01, 0.09), 181, "worse"),
        (Interval(0.03, 0.01, 0.05), 180, "worse"),
        (Interval(math.nan, math.nan, math.nan), 0, "may_be_worse"),
    ],
)
def test_rule_by_which_it_is_decided(excess: Interval, age_days: float, rule: str) -> None:
    assert decide("ready", compared(excess), age_days).rule == rule


@pytest.mark.parametrize(("leads", "wins"), [(1_000, 29), (59, 30)])
def test_too_few_deals_decide_nothing_however_good_they_look(leads: int, wins: int) -> None:
    decision = decide("ready", compared(Interval(-0.3, -0.4, -0.2), leads, wins), 400)
    assert (decision.promote, decision.rule) == (False, "too_few_deals")


def test_what_cannot_be_compared_is_not_promoted_and_says_why() -> None:
    obstacle = Incomparable("other_horizon", Wording("It answers another question.", "予測期間が異なります。"))
    decision = decide("ready", obstacle, 400)
    assert (decision.promote, decision.rule, decision.reason) == (False, "other_horizon", obstacle.wording)


def test_lines_can_be_drawn_elsewhere() -> None:
    close = compared(Interval(0.001, -0.019, 0.021))
    assert decide("ready", close, 0, Policy(margin=0.03)).promote
    assert decide("ready", close, 31, Policy(old_days=30)).promote
