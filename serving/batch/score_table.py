"""Scores as rows of a table."""

from collections.abc import Iterable
from typing import Any, Final

import orjson
import pandas as pd

from features.wording import Language, Wording
from models.bant import PILLARS
from models.lead_score import LeadScore
from models.lead_score_json import lead_score_json
from serving.champion import Champion

_MARKS: Final = {"up": "▲", "down": "▼"}
_BETWEEN: Final = Wording("; ", "／")
_AFTER_A_QUESTION: Final = Wording(" ", "")
_TEXTS: Final = ("lead_id", "method", "grade", "fit_grade", "engagement_grade", "gates_overall", "questions", "reasons")


def score_table(scores: Iterable[LeadScore], champion: Champion, language: Language) -> pd.DataFrame:
    """Return one row a score, in order; there is at least one.

    Columns: ``lead_id``, ``as_of``, ``method``, ``probability``, ``horizon_days``, ``score``, ``grade``, the parts
    ``fit_*`` and ``engagement_*``, ``gates_*``, ``route``, ``recommendation``, ``questions`` that are open, ``reasons``
    as sentences with ▲ where one speaks for the lead and ▼ where it speaks against, ``completeness``, ``warnings``,
    ``model_name``, ``model_version`` and ``reasons_json``, the ``explanation`` of the HTTP contract.
    """
    rows = [_row(score, champion, language) for score in scores]
    # By columns, which pandas need not look for in every row.
    frame = pd.DataFrame({name: [row[name] for row in rows] for name in rows[0]})
    frame["as_of"] = pd.to_datetime(frame["as_of"], utc=True).astype("datetime64[ms, UTC]")
    return frame.astype({"probability": "float64", "horizon_days": "Int64"} | dict.fromkeys(_TEXTS, "str"))


def _row(score: LeadScore, champion: Champion, language: Language) -> dict[str, Any]:
    told = lead_score_json(score, language)
    between = _BETWEEN.in_language(language)
    gates = told["gates"]
    return {
        **{name: told[name] for name in ("lead_id", "as_of", "method")},
        "probability": score.answer.probability,
        "horizon_days": score.answer.horizon_days,
        **{name: told[name] for name in ("score", "grade")},
        **{f"{part}_{name}": told[part][name] for part in ("fit", "engagement") for name in ("score", "grade")},
        "gates_overall": gates["overall"],
        **{f"gates_{pillar}": gates[pillar]["status"] for pillar in PILLARS},
        "route": told["recommendation"]["route"],
        "recommendation": told["recommendation"]["text"],
        "questions": _AFTER_A_QUESTION.in_language(language).join(
            gates[pillar]["question"] for pillar in PILLARS if "question" in gates[pillar]
        ),
        "reasons": between.join(_signed(reason) for reason in told["explanation"]["reasons"]),
        "completeness": told["completeness"],
        "warnings": between.join(told["warnings"]),
        "model_name": champion.name,
        "model_version": champion.version,
        "reasons_json": orjson.dumps(told["explanation"]).decode(),
    }


def _signed(reason: dict[str, Any]) -> str:
    return f"{_MARKS[reason['direction']]} {reason['text']}"
