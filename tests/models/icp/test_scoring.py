"""Scores by rules: what must hold for any lead."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from features.instant import MS_PER_DAY, to_ms
from features.records import Records
from features.snapshots import Snapshots
from features.tables import Tables
from features.wording import LANGUAGES, Language
from models.icp import IcpRules, score
from tests.features.small_source import small_source
from tests.models.icp.one_lead import ICP, MINUTES_A_DAY, Activity, default_rules, rules_from, score_of

TYPES = tuple(one.type for one in default_rules().engagement.types)
FEW_EXAMPLES = settings(max_examples=30, deadline=None)

activity = st.tuples(st.sampled_from((*TYPES, "fax")), st.integers(1, 400 * MINUTES_A_DAY), st.just(0))
activities = st.lists(activity, max_size=12)
positive = st.sampled_from([one.type for one in default_rules().engagement.types if one.points > 0])


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> IcpRules:
    return rules_from(ICP, tmp_path_factory.mktemp("rules"))


@FEW_EXAMPLES
@given(earlier=activities, extra=positive, minutes=st.integers(1, 400 * MINUTES_A_DAY))
def test_one_more_activity_with_points_never_lowers_the_score(
    earlier: list[Activity], extra: str, minutes: int
) -> None:
    before = score_of(default_rules(), earlier)
    after = score_of(default_rules(), [*earlier, (extra, minutes, 0)])
    assert after.engagement.points >= before.engagement.points - 1e-9
    assert after.engagement.score >= before.engagement.score
    assert after.score >= before.score


@FEW_EXAMPLES
@given(kind=positive, newer=st.integers(1, 300 * MINUTES_A_DAY), older_by=st.integers(0, 300 * MINUTES_A_DAY))
def test_older_activity_never_counts_more_than_newer(kind: str, newer: int, older_by: int) -> None:
    new = score_of(default_rules(), [(kind, newer, 0)])
    old = score_of(default_rules(), [(kind, newer + older_by, 0)])
    assert old.engagement.points <= new.engagement.points


@FEW_EXAMPLES
@given(
    known=activities,
    later=st.lists(
        st.one_of(
            st.tuples(st.sampled_from(TYPES), st.integers(-9999, 0), st.just(0)),
            st.integers(1, 9999).flatmap(
                lambda before: st.tuples(st.sampled_from(TYPES), st.just(before), st.integers(before, 99_999))
            ),
        ),
        min_size=1,
        max_size=5,
    ),
)
def test_what_becomes_known_at_or_after_as_of_changes_nothing(known: list[Activity], later: list[Activity]) -> None:
    assert score_of(default_rules(), [*known, *later]) == score_of(default_rules(), known)


@FEW_EXAMPLES
@given(orders=activities.flatmap(lambda known: st.tuples(st.just(known), st.permutations(known))))
def test_order_of_rows_changes_nothing(orders: tuple[list[Activity], list[Activity]]) -> None:
    known, shuffled = orders
    assert score_of(default_rules(), shuffled) == score_of(default_rules(), known)


@FEW_EXAMPLES
@given(known=activities, up=st.integers(0, 5), down=st.integers(0, 5))
def test_points_of_reasons_and_others_add_up_to_the_total(known: list[Activity], up: int, down: int) -> None:
    result = score_of(default_rules(), known, {"source": "web", "email": "a@gmail.com"}, {"employees": 10})
    kept, others = result.top(up, down)
    assert math.fsum([*(reason.points for reason in kept), others]) == pytest.approx(result.overall.points)
    assert result.fit.points + result.engagement.points == pytest.approx(result.overall.points)
    assert sum(reason.points > 0 for reason in kept) <= up
    assert sum(reason.points < 0 for reason in kept) <= down


def test_points_halve_after_every_half_life(rules: IcpRules) -> None:
    points = [score_of(rules, [("meeting", days * MINUTES_A_DAY, 0)]).engagement.points for days in (40, 80, 120)]
    assert points == pytest.approx([10.0, 5.0, 2.5])


def test_age_counts_from_when_it_occurred_not_from_when_it_was_recorded(rules: IcpRules) -> None:
    late = score_of(rules, [("meeting", 40 * MINUTES_A_DAY, 39 * MINUTES_A_DAY)])
    assert late.engagement.points == pytest.approx(10.0)


def test_cap_limits_all_activities_of_a_type_up_and_down(rules: IcpRules) -> None:
    viewed = score_of(rules, [("page_view", minutes, 0) for minutes in range(1, 40)])
    left = score_of(rules, [("unsubscribe", minutes, 0) for minutes in range(1, 4)])
    assert (viewed.engagement.points, left.engagement.points) == (5.0, -25.0)


def test_what_never_decays_counts_in_full_years_later(rules: IcpRules) -> None:
    assert score_of(rules, [("unsubscribe", 900 * MINUTES_A_DAY, 0)]).engagement.points == -25.0


def test_missing_attributes_earn_nothing_and_give_no_reason() -> None:
    result = score_of(default_rules())
    assert result.reasons == ()
    assert (result.overall.points, result.fit.points, result.engagement.points) == (0.0, 0.0, 0.0)


def test_every_known_attribute_earns_its_points(rules: IcpRules) -> None:
    lead = {"email": "a@gmail.com", "product_interest": "分析"}
    result = score_of(rules, (), lead, {"industry": "Ｍanufacturing ", "employees": 100, "stores": "12"})
    assert {reason.feature: reason.points for reason in result.reasons} == {
        "industry": 10.0,
        "employees": 10.0,
        "email_domain_kind": -10.0,
        "lead_product_interest": 7.0,
        "company_stores": 3.0,
    }
    assert result.fit.points == 20.0


@pytest.mark.parametrize(("employees", "points"), [(19, -5.0), (20, 0.0), (99, 0.0), (100, 10.0), (1e6, 10.0)])
def test_range_begins_at_its_lower_end_and_stops_short_of_its_upper(
    rules: IcpRules, employees: float, points: float
) -> None:
    assert score_of(rules, (), {}, {"employees": employees}).fit.points == points


def test_star_stands_for_other_known_values_only(rules: IcpRules) -> None:
    assert score_of(rules, (), {}, {"industry": "mining"}).fit.points == -4.0
    assert score_of(rules, (), {}, {"industry": None}).fit.points == 0.0


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        (
            "en",
            ["factory tours: 12, last within a day", "1 meeting so far, last 3 days ago", "industry: manufacturing"],
        ),
        (
            "ja",
            ["工場見学：12（直近は24時間以内）", "これまでの商談・打ち合わせ1回（直近は3日前）", "業種：製造業"],
        ),
    ],
)
def test_reasons_speak_both_languages_the_weightiest_first(
    rules: IcpRules, language: Language, texts: list[str]
) -> None:
    known = [("meeting", 3 * MINUTES_A_DAY, 0), *[("factory_tour", 5, 0)] * 12]
    reasons = score_of(rules, known, {}, {"industry": "manufacturing"}).reasons
    assert [reason.text.in_language(language) for reason in reasons] == texts


@pytest.fixture(scope="module")
def simulated() -> tuple[Records, Snapshots]:
    """A source, and its leads at thirty days of age, the last first."""
    tables = Tables.from_frames(time_zone="UTC", **dict(small_source().frames))
    created = to_ms(tables.leads["created_at"])
    lead = np.arange(len(created))[::-1].copy()
    return Records.of(tables), Snapshots(lead, created[lead] + 30 * MS_PER_DAY)


def test_every_reason_has_points_and_words_in_both_languages(simulated: tuple[Records, Snapshots]) -> None:
    for result in score(default_rules(), *simulated):
        for reason in result.reasons:
            assert reason.points
            assert all(reason.text.in_language(language).strip() for language in LANGUAGES)


def test_one_lead_equals_its_row_of_the_batch_to_the_last_bit(simulated: tuple[Records, Snapshots]) -> None:
    records, snapshots = simulated
    together = score(default_rules(), records, snapshots)
    for row in range(0, len(snapshots), 23):
        assert score(default_rules(), records, snapshots.take(np.array([row]))) == [together[row]]


def test_no_snapshot_gives_no_score(simulated: tuple[Records, Snapshots]) -> None:
    records, snapshots = simulated
    assert score(default_rules(), records, snapshots.take(np.array([], dtype=np.int64))) == []


def test_scores_carry_the_version_of_the_rules(rules: IcpRules) -> None:
    assert score_of(rules).rules_version == rules.version
    assert rules.version != default_rules().version
