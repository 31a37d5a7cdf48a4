"""How the lead came to us, and what it answered to our questions."""

from collections.abc import Mapping
from typing import Final

import numpy as np

from features.catalogue import category_words
from features.catalogue.feature import Feature
from features.catalogue.numerals import amount, duration
from features.catalogue.sentence import CategorySentence, NumberSentence, not_known, uncapitalised
from features.catalogue.text_measure import TextMeasure
from features.seen import Numbers, Seen
from features.wording import Wording

BANT_COLUMNS: Final = ("budget_status", "authority_role", "need", "timeframe", "competition")


def _not_asked(label: Wording) -> Wording:
    return Wording(f"{label.en}: not asked yet, or not answered", f"{label.ja}：未確認、または未回答")


def _origin(column: str, en: str, ja: str, words: Mapping[str, Wording] = category_words.VERBATIM) -> Feature:
    wording = Wording(en, ja)
    label, measure = uncapitalised(wording), TextMeasure("leads", column)
    return Feature(column, "category", "intent", wording, not_known(label), measure, CategorySentence(label, words))


def _answer(column: str, en: str, ja: str, words: Mapping[str, Wording]) -> Feature:
    wording = Wording(en, ja)
    label, measure = uncapitalised(wording), TextMeasure("qualifications", column)
    return Feature(column, "category", "intent", wording, _not_asked(label), measure, CategorySentence(label, words))


def _budget_amount(view: Seen) -> Numbers:
    return view.answer("budget_amount").numbers(lambda names: np.array([float(name) for name in names]))


INTENT: Final = (
    _origin("source", "Lead source", "リードソース", category_words.SOURCE),
    _origin("campaign", "Campaign", "キャンペーン"),
    _answer("budget_status", "Budget", "予算", category_words.BUDGET_STATUS),
    Feature(
        "budget_amount",
        "amount",
        "intent",
        Wording("Budget amount", "予算額"),
        _not_asked(Wording("budget amount", "予算額")),
        _budget_amount,
        NumberSentence(Wording("budget amount {}", "予算額{}"), amount),
    ),
    _answer("authority_role", "Role in the decision", "決裁における役割", category_words.AUTHORITY_ROLE),
    _answer("purchase_process", "Purchase process", "購買プロセス", category_words.PURCHASE_PROCESS),
    _answer("need", "Need", "必要性", category_words.NEED),
    _answer("timeframe", "Timeframe", "導入時期", category_words.TIMEFRAME),
    _answer("competition", "Competition", "競合", category_words.COMPETITION),
    Feature(
        "bant_answers_known",
        "count",
        "intent",
        Wording("BANT answers known", "確認済みのBANT項目数"),
        None,
        lambda view: view.answers_known(BANT_COLUMNS),
        NumberSentence(
            many=Wording(
                f"{{}} of {len(BANT_COLUMNS)} BANT answers known", f"BANT{len(BANT_COLUMNS)}項目中{{}}項目を確認済み"
            ),
            zero=Wording("no BANT answer known yet", "BANT項目はすべて未確認"),
        ),
    ),
    Feature(
        "days_since_last_bant_answer",
        "days",
        "intent",
        Wording("Days since the last BANT answer", "最後のBANT確認からの日数"),
        Wording("no BANT answer yet", "BANTの回答はまだありません"),
        lambda view: view.days_since_last_answer(BANT_COLUMNS),
        NumberSentence(Wording("last BANT answer {} ago", "最後のBANT確認から{}"), duration),
    ),
)
