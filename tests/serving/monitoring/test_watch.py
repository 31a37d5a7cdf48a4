from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, insert, select, update

from features.arrays import FloatArray
from models.conversion import ConversionModel
from serving.database import open_engine
from serving.history_entry import SHADOW
from serving.monitoring.checks import checks_of
from serving.monitoring.period import Period
from serving.monitoring.watch import Watch, watch
from serving.score_id import new_score_id
from serving.store_tables import OUTCOMES, SCORES
from tests.serving.monitoring.simulated_use import DAY, END_MS, HORIZON_DAYS, Use, fill, subject_of


def alarms(found: Watch) -> set[str]:
    return {check.name for check in checks_of(found) if check.needs_person}


@pytest.fixture
def any_engine(history_url: str) -> Engine:
    if history_url.startswith("sqlite"):
        Path(history_url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
    return open_engine(history_url)


@pytest.mark.parametrize("seed", range(6))
def test_nothing_needs_a_person_while_all_is_as_the_model_believes(
    seed: int, engine: Engine, watched: ConversionModel, pool: FloatArray, period: Period
) -> None:
    fill(engine, watched, pool, Use(seed, leads=250, months=5))
    checks = checks_of(watch(engine, subject_of(watched), period))
    assert {check.name: check.state for check in checks} == dict.fromkeys(
        ("outcomes", "calibration", "ranking", "grades", "inputs", "scores", "unseen", "age"), "fine"
    )


def test_drift_is_found_in_either_database(
    any_engine: Engine, watched: ConversionModel, pool: FloatArray, period: Period
) -> None:
    """Leads become larger companies of an industry that nobody saw, and convert less."""
    names = watched.spec.names
    moved = pool.copy()
    moved[:, names.index("employees")] *= 20
    industry = names.index("industry")
    moved[::2, industry] = len(watched.spec.features[industry].categories or ())
    fill(any_engine, watched, moved, Use(3, leads=250, months=5, shift=-4.0))
    found = watch(any_engine, subject_of(watched), period)
    assert found.inputs is not None
    assert {one.name for one in found.inputs.features[:2]} == {"employees", "industry"}
    assert alarms(found) >= {"inputs", "unseen", "calibration"}
    assert found.judged.quality is not None
    assert found.judged.quality.calibration_ratio.low > 1.25
    any_engine.dispose()


def test_order_that_turned_round_is_found(
    engine: Engine, watched: ConversionModel, pool: FloatArray, period: Period
) -> None:
    fill(engine, watched, pool, Use(4, months=5, is_reversed=True))
    assert alarms(watch(engine, subject_of(watched), period)) >= {"ranking", "grades"}


def test_outcomes_that_nobody_sends_are_missed_and_nothing_else_is_blamed(
    engine: Engine, watched: ConversionModel, pool: FloatArray, period: Period
) -> None:
    fill(engine, watched, pool, Use(5, months=6, reports=False))
    checks = {check.name: check.state for check in checks_of(watch(engine, subject_of(watched), period))}
    assert checks["outcomes"] == "alarm"
    assert {checks[name] for name in ("calibration", "ranking", "grades")} == {"unknown"}


def test_reports_that_stopped_are_missed_and_what_was_not_reported_is_not_held_against_the_scores(
    engine: Engine, watched: ConversionModel, pool: FloatArray, period: Period
) -> None:
    fill(engine, watched, pool, Use(6, months=10))
    stopped_ms = END_MS - 60 * DAY
    with engine.begin() as connection:
        connection.execute(OUTCOMES.delete().where(OUTCOMES.c.reported_at_ms > stopped_ms))
    found = watch(engine, subject_of(watched), period)
    assert alarms(found) == {"outcomes"}
    assert found.judged.last_ms is not None
    assert found.judged.last_ms + HORIZON_DAYS * DAY <= stopped_ms


def test_look_at_the_past_knows_only_what_had_been_reported_by_then(
    engine: Engine, watched: ConversionModel, pool: FloatArray, period: Period
) -> None:
    fill(engine, watched, pool, Use(15, months=10))
    past = replace(period, until_ms=END_MS - 100 * DAY)
    found = watch(engine, subject_of(watched), past)
    assert found.reporting.last_ms is not None
    assert past.until_ms - 5 * DAY < found.reporting.last_ms <= past.until_ms
    with engine.begin() as connection:
        connection.execute(OUTCOMES.delete().where(OUTCOMES.c.reported_at_ms > past.until_ms))
    assert watch(engine, subject_of(watched), past).reporting == found.reporting


@pytest.mark.parametrize("days_ago", [1, 15, 30])
def test_leads_that_are_scored_once_a_month_are_looked_at_on_any_day_of_it(
    engine: Engine, watched: ConversionModel, pool: FloatArray, period: Period, days_ago: int
) -> None:
    fill(engine, watched, pool, Use(16, leads=250, months=1))
    monthly_ms = END_MS - days_ago * DAY - DAY // 2
    with engine.begin() as connection:
        for score_id in connection.execute(select(SCORES.c.score_id)).scalars().all():
            own = SCORES.c.score_id == score_id
            fresh = {"score_id": new_score_id(monthly_ms), "scored_at_ms": monthly_ms, "as_of_ms": monthly_ms}
            connection.execute(update(SCORES).where(own).values(fresh))
    inputs = watch(engine, subject_of(watched), period).inputs
    assert inputs is not None
    assert inputs.leads == 250


def test_old_model_is_to_be_trained_anew(
    engine: Engine, watched: ConversionModel, pool: FloatArray, period: Period
) -> None:
    fill(engine, watched, pool, Use(7, leads=250, months=5))
    old = replace(watched, facts={"data_end": "2026-05-01T00:00:00.000Z"})
    assert alarms(watch(engine, subject_of(old), period)) == {"age"}


def test_every_lead_counts_once_a_month_and_immature_scores_never(
    engine: Engine, watched: ConversionModel, pool: FloatArray, period: Period
) -> None:
    fill(engine, watched, pool, Use(8))
    found = watch(engine, subject_of(watched), period)
    with engine.connect() as connection:
        answers, leads = connection.execute(select(func.count(), func.count(SCORES.c.lead_id.distinct()))).one()
    assert (found.answers, found.leads) == (answers, leads)
    assert leads <= sum(month.leads for month in found.months) < answers
    matured = sum(month.quality.scores for month in found.months if month.quality)
    assert 0 < matured < sum(month.leads for month in found.months)
    assert found.months[-1].quality is None, "its horizon has not passed"


def test_conversions_add_up_to_what_is_judged(
    engine: Engine, watched: ConversionModel, pool: FloatArray, period: Period
) -> None:
    fill(engine, watched, pool, Use(9, months=6))
    judged = watch(engine, subject_of(watched), period).judged
    assert judged.quality is not None
    for table in (judged.grades, judged.gates):
        assert sum(one.scores for one in table) == judged.quality.scores
        assert sum(one.won for one in table) == judged.quality.won
        assert all(one.won <= one.scores and one.leads <= one.scores for one in table)
        assert all(one.share.low <= one.share.value <= one.share.high for one in table if one.scores)


def test_scores_from_after_the_outcome_never_count(
    engine: Engine, watched: ConversionModel, pool: FloatArray, period: Period
) -> None:
    fill(engine, watched, pool, Use(10, leads=60, months=6))
    with engine.begin() as connection:
        connection.execute(update(OUTCOMES).values(closed_at_ms=period.since_ms))
    found = watch(engine, subject_of(watched), period)
    with engine.connect() as connection:
        decided = connection.execute(select(func.count()).select_from(OUTCOMES)).scalar_one()
    assert decided
    assert found.leads == 60 * 6 - decided
    assert found.reporting.decided == 0


def test_rows_of_another_model_with_the_same_version_are_left_out(
    engine: Engine, watched: ConversionModel, pool: FloatArray, period: Period
) -> None:
    fill(engine, watched, pool, Use(11, leads=300, months=1))
    before = watch(engine, subject_of(watched), period).inputs
    assert before is not None
    with engine.begin() as connection:
        some = select(SCORES.c.score_id).limit(40)
        connection.execute(update(SCORES).where(SCORES.c.score_id.in_(some)).values(inputs=b"\0" * 12))
    after = watch(engine, subject_of(watched), period).inputs
    assert after is not None
    assert 0 < after.unreadable <= 40
    assert after.leads + after.unreadable == before.leads


def test_model_without_a_reference_is_still_held_against_outcomes(
    engine: Engine, watched: ConversionModel, pool: FloatArray, period: Period
) -> None:
    fill(engine, watched, pool, Use(12, months=5))
    checks = checks_of(watch(engine, subject_of(replace(watched, reference=None)), period))
    states = {check.name: check.state for check in checks}
    assert {states[name] for name in ("inputs", "scores", "unseen")} == {"unknown"}
    assert states["calibration"] == "fine"


def test_nothing_scored_needs_nobody(
    engine: Engine, watched: ConversionModel, pool: FloatArray, period: Period
) -> None:
    fill(engine, watched, pool, Use(13, leads=1, months=1))
    empty = replace(period, until_ms=period.since_ms + DAY)
    found = watch(engine, subject_of(watched), empty)
    assert (found.answers, found.months, alarms(found)) == (0, (), set())


def test_challenger_is_compared_on_the_same_leads_and_instants(
    engine: Engine, watched: ConversionModel, pool: FloatArray, period: Period
) -> None:
    fill(engine, watched, pool, Use(14, months=5))
    with engine.begin() as connection:
        columns = [column.label(column.key) for column in SCORES.c]
        rows = [dict(row) for row in connection.execute(select(*columns)).mappings()]
        said = [{**row, "score_id": f"{row['score_id'][:-1]}*", "role": SHADOW, "model_version": "8"} for row in rows]
        doubted = [{**row, "probability": row["probability"] * 0.3 + 0.05} for row in said[::2]]
        connection.execute(insert(SCORES), doubted)
    pairing = watch(engine, subject_of(watched), period).pairing
    assert pairing is not None
    assert pairing.version == "8"
    assert pairing.correlation == pytest.approx(1.0)
    assert pairing.difference["roc_auc"].value == pytest.approx(0.0)
    assert pairing.difference["log_loss"].low > 0
    assert pairing.matured < pairing.pairs <= len(doubted)
