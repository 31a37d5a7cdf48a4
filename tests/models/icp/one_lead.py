"""A source of one lead, and its score by rules."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from features.records import Records
from features.snapshots import Snapshots
from features.tables import Tables
from models.icp import IcpRules, RulesScore, score

AS_OF = pd.Timestamp("2026-06-01", tz="UTC")
MINUTES_A_DAY = 1440
Activity = tuple[str, int, int]
"""Type, minutes before ``AS_OF`` at which it occurred, and minutes until the CRM knew it."""

ICP = """
[fit.industry]
manufacturing = 10
"*" = -4
[[fit.employees]]
below = 20
points = -5
[[fit.employees]]
at_least = 100
points = 10
[fit.email_domain_kind]
free_mail = -10
[fit.lead.product_interest]
"分析" = 7
[[fit.company.stores]]
at_least = 10
points = 3
[engagement]
half_life_days = 10
[engagement.types]
meeting = { points = 20, half_life_days = 40, cap = 50 }
page_view = { points = 1, cap = 5 }
unsubscribe = { points = -25, decays = false, cap = 25 }
factory_tour = { points = 15, name = { en = "factory tours", ja = "工場見学" } }
[score.overall]
lowest = -20
highest = 80
grades = { A = 75, B = 50, C = 25 }
[score.fit]
lowest = -10
highest = 20
grades = { A = 75, B = 50, C = 25 }
[score.engagement]
lowest = 0
highest = 60
grades = { A = 75, B = 50, C = 25 }
"""


def rules_from(text: str, folder: Path) -> IcpRules:
    path = folder / "icp.toml"
    path.write_text(text, encoding="utf-8")
    return IcpRules.load(path)


@cache
def default_rules() -> IcpRules:
    return IcpRules.load()


def records_of(
    activities: Sequence[Activity],
    lead: Mapping[str, object] | None = None,
    company: Mapping[str, object] | None = None,
) -> Records:
    occurred = [AS_OF - pd.Timedelta(minutes=before) for _, before, _ in activities]
    recorded = [at + pd.Timedelta(minutes=delay) for at, (_, _, delay) in zip(occurred, activities, strict=True)]
    columns = {
        "lead_id": ["L"] * len(activities),
        "type": [kind for kind, _, _ in activities],
        "occurred_at": pd.Series(occurred, dtype="datetime64[ms, UTC]"),
        "recorded_at": pd.Series(recorded, dtype="datetime64[ms, UTC]"),
    }
    known = {"lead_id": "L", "created_at": "2020-01-01T00:00:00Z", "company_id": "C"}
    tables = Tables.from_frames(
        leads=pd.DataFrame([known | dict(lead or {})]),
        companies=pd.DataFrame([{"company_id": "C"} | dict(company or {})]),
        activities=pd.DataFrame(columns),
    )
    return Records.of(tables)


def score_of(
    rules: IcpRules,
    activities: Sequence[Activity] = (),
    lead: Mapping[str, object] | None = None,
    company: Mapping[str, object] | None = None,
) -> RulesScore:
    snapshots = Snapshots(np.array([0]), np.array([AS_OF.value // 1_000_000]))
    [only] = score(rules, records_of(activities, lead, company), snapshots)
    return only
