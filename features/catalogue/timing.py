"""How long the lead has been on its way, and where it stands."""

from typing import Final

import numpy as np

from features.arrays import FloatArray
from features.catalogue.feature import NEVER, Feature, Measure, Unit
from features.instant import MS_PER_DAY
from features.view import View
from features.wording import Wording

NO_STAGE: Final = Wording("no stage is recorded yet", "ステージの記録がまだない")
_EPOCH_WEEKDAY: Final = 3  # 1 January 1970 was a Thursday, and Monday is 0
_SATURDAY: Final = 5


def _created(view: View) -> FloatArray:
    return view.days_since(view.records.created_ms[view.snapshots.lead])


def _created_at_weekend(view: View) -> FloatArray:
    day = view.records.created_ms[view.snapshots.lead] // MS_PER_DAY
    return ((day + _EPOCH_WEEKDAY) % 7 >= _SATURDAY).astype(np.float64)


def _stage_changes(view: View) -> FloatArray:
    return view.count_of(view.records.stages.index, view.snapshots.lead)


def _open_deals(view: View) -> FloatArray:
    opened = view.count_of(view.records.deals_opened, view.snapshots.lead)
    return opened - view.count_of(view.records.deals_closed, view.snapshots.lead)


def _days_since_deal_opened(view: View) -> FloatArray:
    return view.days_since_last_of(view.records.deals_opened, view.snapshots.lead)


def _timing(name: str, unit: Unit, wording: Wording, missing: Wording | None, measure: Measure) -> Feature:
    return Feature(name, unit, "timing", wording, missing, measure)


TIMING: Final = (
    _timing(
        "days_since_created", "days", Wording("Days since the lead was created", "リード登録からの日数"), None, _created
    ),
    _timing(
        "created_at_weekend",
        "flag",
        Wording("Created at a weekend (UTC)", "週末の登録（UTC）"),
        None,
        _created_at_weekend,
    ),
    _timing(
        "stage",
        "category",
        Wording("Stage", "ステージ"),
        NO_STAGE,
        lambda view: view.records.stages.latest(view.snapshots),
    ),
    _timing(
        "days_in_stage",
        "days",
        Wording("Days in the stage", "現ステージの滞在日数"),
        NO_STAGE,
        lambda view: view.days_since_last_of(view.records.stages.index, view.snapshots.lead),
    ),
    _timing("stages_entered", "count", Wording("Stages entered", "経過したステージ数"), None, _stage_changes),
    _timing("open_deals", "count", Wording("Open deals", "進行中の案件数"), None, _open_deals),
    _timing(
        "days_since_deal_opened",
        "days",
        Wording("Days since the last deal was opened", "最後の案件化からの日数"),
        NEVER,
        _days_since_deal_opened,
    ),
)
