"""How the lead came to us, and what it answered to our questions."""

from typing import Final

import numpy as np

from features.arrays import FloatArray
from features.catalogue.feature import NOT_KNOWN, Feature
from features.text_column import TextColumn
from features.view import View
from features.wording import Wording

BANT_COLUMNS: Final = ("budget_status", "authority_role", "need", "timeframe", "competition")
NOT_ASKED: Final = Wording("not asked yet, or not answered", "未確認、または未回答")


def _answer(column: str, en: str, ja: str) -> Feature:
    def measure(view: View) -> TextColumn:
        return view.answer(column)

    return Feature(column, "category", "intent", Wording(en, ja), NOT_ASKED, measure)


def _budget_amount(view: View) -> FloatArray:
    return view.answer("budget_amount").numbers(lambda names: np.array([float(name) for name in names]))


def _answers_known(view: View) -> FloatArray:
    known = np.array([view.answer(column).codes >= 0 for column in BANT_COLUMNS])
    return np.asarray(known.sum(axis=0), dtype=np.float64)


def _days_since_last_answer(view: View) -> FloatArray:
    latest = np.max([view.answered_ms(column) for column in BANT_COLUMNS], axis=0)
    return view.days_since(latest)


INTENT: Final = (
    Feature(
        "source",
        "category",
        "intent",
        Wording("Lead source", "リードソース"),
        NOT_KNOWN,
        lambda view: view.lead_text("source"),
    ),
    Feature(
        "campaign",
        "category",
        "intent",
        Wording("Campaign", "キャンペーン"),
        NOT_KNOWN,
        lambda view: view.lead_text("campaign"),
    ),
    _answer("budget_status", "Budget", "予算"),
    Feature("budget_amount", "amount", "intent", Wording("Budget amount", "予算額"), NOT_ASKED, _budget_amount),
    _answer("authority_role", "Role in the decision", "決裁における役割"),
    _answer("purchase_process", "Purchase process", "購買プロセス"),
    _answer("need", "Need", "必要性"),
    _answer("timeframe", "Timeframe", "導入時期"),
    _answer("competition", "Competition", "競合"),
    Feature(
        "bant_answers_known",
        "count",
        "intent",
        Wording("BANT answers known", "確認済みのBANT項目数"),
        None,
        _answers_known,
    ),
    Feature(
        "days_since_last_bant_answer",
        "days",
        "intent",
        Wording("Days since the last BANT answer", "最後のBANT確認からの日数"),
        NOT_ASKED,
        _days_since_last_answer,
    ),
)
