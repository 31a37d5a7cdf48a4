from pathlib import Path

from sqlalchemy import create_engine, func, select

from serving.store_tables import OUTCOMES
from tests.serving.killed_service import acknowledged_before_kills, stored_leads

KILLS, REPORTS = 2, 25


def test_no_acknowledged_outcome_is_lost_and_none_is_doubled(history_url: str, tmp_path: Path) -> None:
    acknowledged = acknowledged_before_kills(tmp_path, history_url, KILLS, REPORTS)
    assert len(acknowledged) == len(set(acknowledged)) >= KILLS * REPORTS
    assert stored_leads(history_url, acknowledged) == set(acknowledged)
    engine = create_engine(history_url)
    with engine.connect() as connection:
        rows, leads = connection.execute(select(func.count(), func.count(OUTCOMES.c.lead_id.distinct()))).one()
    engine.dispose()
    assert rows == leads
