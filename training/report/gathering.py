"""What the report of a training tells, gathered from the training."""

from collections.abc import Mapping
from typing import Final

import numpy as np
import pandas as pd

from features.arrays import IntArray
from features.outcomes import LEFT_OUT_REASONS
from features.recipe import CustomRecipe
from features.wording import Wording
from training.quality import data_quality
from training.report import (
    CustomField,
    DataUsed,
    Explanation,
    LeftOut,
    ReportData,
    ReportedHorizon,
    RunIdentity,
    TableUsed,
)
from training.report.insights import attribute_insights
from training.tracking.fingerprint import DataFingerprint, TableFingerprint
from training.trained import Trained

EXPLAINED_SNAPSHOTS: Final = 1_500

_CENSORED: Final = Wording(
    "all their snapshots are too new: the horizon was not over when the data end",
    "すべての時点が新しすぎ、データの終了までに予測期間が完了していない",
)
_DROPPED: Final = Wording("dropped by the audit of columns, see there", "項目の監査により除外（該当節を参照）")
METHOD: Final = Wording("Learned model (LightGBM)", "学習モデル（LightGBM）")
_CONTENT: Final = {
    "number": Wording("a number", "数値"),
    "flag": Wording("yes or no", "はい／いいえ"),
    "category": Wording("categories", "カテゴリ"),
    "date": Wording("dates", "日付"),
    "text": Wording("free text, of which only the length is used", "自由記述（文字数のみ使用）"),
}


def report_data(
    trained: Trained, run: RunIdentity, fingerprint: DataFingerprint, identity: Mapping[str, str]
) -> ReportData:
    """Gather what the report tells.

    Parameters
    ----------
    trained : Trained
        The training.
    run : RunIdentity
        Which run, and the version that will be registered.
    fingerprint : DataFingerprint
        Of the source.
    identity : mapping of str to str
        What identifies data and code, shown as it is.
    """
    judgement, horizon = trained.judgement, trained.prepared.horizon
    return ReportData(
        run=run,
        horizon=ReportedHorizon(horizon.days, horizon.reason),
        evaluation=judgement.evaluation,
        verdict=judgement.verdict,
        features=trained.fitted.spec.features,
        explanation=_explanation(trained),
        audit=trained.audit.verdicts,
        quality=data_quality(trained.prepared.tables),
        insights=attribute_insights(trained.data, trained.fitted.spec.features),
        data_used=_data_used(trained, fingerprint),
        grading=trained.grading.wording,
        parameters=judgement.selection.parameters,
        fingerprint=identity,
    )


def _explanation(trained: Trained) -> Explanation:
    """Explain the final model on a sample, evenly spaced in time, of the snapshots that were tested on."""
    rows = trained.judgement.test_rows
    by_time = rows[np.argsort(trained.data.as_of_ms[rows], kind="stable")]
    sample: IntArray = by_time[np.unique(np.linspace(0, len(by_time) - 1, EXPLAINED_SNAPSHOTS).astype(np.int64))]
    matrix = trained.data.matrix.take(sample)
    return Explanation(trained.model.contributions(matrix).values, matrix)


def _data_used(trained: Trained, fingerprint: DataFingerprint) -> DataUsed:
    data = trained.data
    return DataUsed(
        tables=tuple(_table_used(name, table) for name, table in fingerprint.tables.items()),
        leads=len(np.unique(data.lead)),
        won=len(np.unique(data.lead[data.label > 0])),
        snapshots=len(data),
        left_out=_left_out(trained),
        custom_fields=_custom_fields(trained),
        warnings=trained.prepared.tables.warnings,
    )


def _table_used(name: str, table: TableFingerprint) -> TableUsed:
    firsts = [_ms(span.first) for span in table.spans.values()]
    lasts = [_ms(span.last) for span in table.spans.values()]
    return TableUsed(name, table.rows, min(firsts, default=None), max(lasts, default=None))


def _ms(time: str) -> int:
    return int(pd.Timestamp(time).timestamp() * 1000)


def _left_out(trained: Trained) -> tuple[LeftOut, ...]:
    prepared = trained.prepared
    unusable = prepared.outcomes["left_out"].value_counts()
    labelled = np.unique(prepared.labelled["lead"])
    censored = len(labelled) - prepared.observed["lead"].nunique()
    reasons = [LeftOut(LEFT_OUT_REASONS[str(code)], int(leads)) for code, leads in unusable.items()]
    return (*reasons, *([LeftOut(_CENSORED, censored)] if censored else []))


def _custom_fields(trained: Trained) -> tuple[CustomField, ...]:
    recipes = [feature.recipe for feature in trained.fitted.spec.features]
    kept = [
        CustomField(recipe.table, recipe.column, kept=True, reason=_CONTENT[recipe.content])
        for recipe in recipes
        if isinstance(recipe, CustomRecipe)
    ]
    leaks = [
        CustomField(one.table, one.column, kept=False, reason=_DROPPED)
        for one in trained.audit.of_level("drop")
        if (one.table, one.column) not in {(other.table, other.column) for other in trained.fitted.left_out}
    ]
    others = [CustomField(one.table, one.column, kept=False, reason=one.reason) for one in trained.fitted.left_out]
    return (*kept, *leaks, *others)
