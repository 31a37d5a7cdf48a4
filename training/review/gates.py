"""The gates beside what became of the leads, and what a stricter rule would do."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pandas as pd

from features.arrays import BoolArray
from features.catalogue import FEATURES
from features.catalogue.sentence import CategorySentence
from features.records import Records
from features.wording import Language, Wording
from models.bant import PILLARS, Decided, GateRules, Pillar, backtest, decided_leads, evaluate
from models.bant.pillars import COLUMNS
from training.review.review import Review

_ONE_MORE = Wording("{passes} of {counted} must pass", "{counted}項目中{passes}項目以上が必要")
_STRICTER = Wording("{pillar}: “{answer}” no longer passes", "{pillar}：「{answer}」を「満たす」から外す")


def gate_results(review: Review, days_before: int) -> pd.DataFrame:
    """Tell what the gates said of past leads so many days before their end, as ``models.bant.backtest`` returns it."""
    decided = decided_leads(review.tables, days_before)
    return backtest(review.scorer.gates, review.records, decided.snapshots, decided.won)


def tightenings(review: Review, days_before: int) -> pd.DataFrame:
    """Try stricter rules on past leads so many days before their end; otherwise as ``stricter_rules``."""
    decided = decided_leads(review.tables, days_before)
    return stricter_rules(review.scorer.gates, review.records, decided, review.language)


def stricter_rules(rules: GateRules, records: Records, decided: Decided, language: Language) -> pd.DataFrame:
    """Try stricter rules on past leads: one more pillar required, or one answer less that passes.

    Parameters
    ----------
    rules : GateRules
        The rules as they are.
    records : Records
        What the source says about its leads.
    decided : Decided
        Past leads some days before they were won or lost.
    language : {"en", "ja"}
        Of the words.

    Returns
    -------
    pandas.DataFrame
        One row a stricter rule: ``tightening`` in words, ``qualified_before``, ``qualified_after``, ``moved`` (leads
        that would no longer qualify), ``moved_won``, ``moved_rate`` (share won of them) and ``kept_rate`` (share won of
        those that still would); NaN where there are none.
    """
    before = _qualified(rules, records, decided)
    rows = [
        _row(said, before, _qualified(other, records, decided), decided.won) for said, other in _tried(rules, language)
    ]
    return pd.DataFrame(rows)


def _tried(rules: GateRules, language: Language) -> Iterator[tuple[str, GateRules]]:
    if rules.required_passes < len(rules.counted):
        said = _ONE_MORE.in_language(language).format(passes=rules.required_passes + 1, counted=len(rules.counted))
        yield said, replace(rules, required_passes=rules.required_passes + 1)
    for pillar in rules.counted:
        for answer in rules.pillars[pillar].passing:
            said = _STRICTER.in_language(language).format(
                pillar=PILLARS[pillar].in_language(language), answer=_answer(pillar, answer, language)
            )
            yield said, _without(rules, pillar, answer)


def _answer(pillar: Pillar, answer: str, language: Language) -> str:
    sentence = FEATURES[COLUMNS[pillar]].sentence
    words = sentence.words.get(answer) if isinstance(sentence, CategorySentence) else None
    return answer if words is None else words.in_language(language)


def _without(rules: GateRules, pillar: Pillar, answer: str) -> GateRules:
    rule = rules.pillars[pillar]
    passing = tuple(one for one in rule.passing if one != answer)
    return replace(rules, pillars={**rules.pillars, pillar: replace(rule, passing=passing)})


def _qualified(rules: GateRules, records: Records, decided: Decided) -> BoolArray:
    gates = evaluate(rules, records, decided.snapshots)
    return np.array([gate.overall == "qualified" for gate in gates], dtype=np.bool_)


def _row(said: str, before: BoolArray, after: BoolArray, won: BoolArray) -> dict[str, object]:
    moved: BoolArray = before & ~after
    return {
        "tightening": said,
        "qualified_before": int(before.sum()),
        "qualified_after": int(after.sum()),
        "moved": int(moved.sum()),
        "moved_won": int(won[moved].sum()),
        "moved_rate": _mean(won[moved]),
        "kept_rate": _mean(won[after]),
    }


def _mean(won: BoolArray) -> float:
    return float(won.mean()) if len(won) else float("nan")
