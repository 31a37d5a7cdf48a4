from collections.abc import Iterator
from dataclasses import replace

import pandas as pd
import pytest
from sqlalchemy import Engine

from features.instant import MS_PER_DAY
from serving.database import open_engine
from serving.history_entry import SHADOW
from serving.history_store import HistoryStore
from serving.outcome import Outcome
from serving.outcome_join import scores_with_outcomes
from serving.outcome_store import OutcomeStore
from serving.score_id import new_score_id
from tests.serving.test_history_store import MS, entry

DAY = MS_PER_DAY
HORIZON_DAYS = 90


@pytest.fixture
def engine(history_url: str) -> Iterator[Engine]:
    """Scores of leads that ended in every way, each looked at on day 0."""
    scores, outcomes = HistoryStore(history_url), OutcomeStore(history_url)
    scores.prepare()
    leads = ("won", "won late", "lost", "open", "won before", "won at once")
    given = [replace(entry(lead), as_of_ms=MS, horizon_days=HORIZON_DAYS) for lead in leads]
    backdated = replace(entry("won before", MS + 20 * DAY), as_of_ms=MS - 30 * DAY, horizon_days=HORIZON_DAYS)
    by_rules = replace(entry("rules", probability=None), method="rules")
    scores.add([*given, backdated, by_rules, replace(given[0], score_id=new_score_id(MS + 20 * DAY), role=SHADOW)])
    ends = {"won": 30, "won late": 91, "lost": 40, "won before": -10, "won at once": 0}
    outcomes.record(
        [Outcome(lead, "lost" if lead == "lost" else "won", MS + days * DAY, MS) for lead, days in ends.items()]
    )
    scores.close()
    outcomes.close()
    made = open_engine(history_url)
    yield made
    made.dispose()


def by_lead(engine: Engine, days: float) -> pd.DataFrame:
    return scores_with_outcomes(engine, 0, MS + round(days * DAY)).set_index("lead_id")


def test_answers_from_after_the_end_are_never_compared_with_it(engine: Engine) -> None:
    assert set(by_lead(engine, 200).index) == {"won", "won late", "lost", "open", "rules"}


def test_win_counts_within_the_horizon_and_once_all_of_it_was_seen(engine: Engine) -> None:
    mature = by_lead(engine, 200)
    assert mature.loc[["won", "won late", "lost", "open"], "is_won"].tolist() == [1, 0, 0, 0]
    assert mature["is_matured"].to_dict() == {"won": True, "won late": True, "lost": True, "open": True, "rules": False}
    young = by_lead(engine, 89.9)
    assert not young["is_matured"].any()
    assert young["is_won"].isna().all()
    assert by_lead(engine, 90).loc["won", "is_matured"]


def test_what_closed_after_the_reports_end_is_open(engine: Engine) -> None:
    early = by_lead(engine, 35)
    assert early["outcome"].dropna().to_dict() == {"won": "won"}
    assert early["closed_at"].dropna().dt.day.tolist() == [pd.Timestamp(MS + 30 * DAY, unit="ms").day]


def test_period_and_role_choose_the_answers(engine: Engine) -> None:
    assert scores_with_outcomes(engine, MS + 1, MS + 200 * DAY).empty
    assert scores_with_outcomes(engine, 0, MS + 200 * DAY, SHADOW)["lead_id"].tolist() == ["won"]
    assert len(scores_with_outcomes(engine, 0, MS + 200 * DAY, None)) == 6


def test_frame_without_answers_has_the_same_columns(engine: Engine) -> None:
    empty, full = scores_with_outcomes(engine, MS + 900 * DAY, MS), scores_with_outcomes(engine, 0, MS)
    assert empty.dtypes.to_dict() == full.dtypes.to_dict()
    assert list(full)[:3] == ["score_id", "lead_id", "method"]
