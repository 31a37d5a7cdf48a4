"""A lead's score as the HTTP contract writes it."""

from math import nan
from typing import Any

from features.instant import iso
from features.wording import Language
from models.bant.gates import PillarGate
from models.icp import PointsReason
from models.lead_score import Answer, LeadScore, PointsExplanation, Rank
from models.reasons import Explanation, Reason

Json = dict[str, Any]


def lead_score_json(score: LeadScore, language: Language) -> Json:
    """Return a score as plain data, with its texts in one language.

    The version of the model, and when and under which id the score was given, are for the door to add.
    """
    answer = score.answer
    return {
        "lead_id": score.lead_id,
        "as_of": iso(score.as_of_ms),
        "method": answer.method,
        **_likelihood(answer),
        "score": answer.rank.score,
        "grade": answer.rank.grade,
        **{part: _rank(rank) for part, rank in answer.parts.items()},
        "explanation": _explanation(answer.explanation, language),
        "gates": _gates(score, language),
        "recommendation": {
            "route": score.recommendation.route,
            "text": score.recommendation.text.in_language(language),
        },
        "completeness": answer.completeness,
        "warnings": [warning.in_language(language) for warning in answer.warnings],
    }


def _likelihood(answer: Answer) -> Json:
    if answer.probability is None:
        return {}
    return {"probability": answer.probability, "horizon_days": answer.horizon_days}


def _rank(rank: Rank) -> Json:
    return {"score": rank.score, "grade": rank.grade}


def _explanation(explanation: Explanation | PointsExplanation, language: Language) -> Json:
    if isinstance(explanation, PointsExplanation):
        return {
            "points": explanation.points,
            "reasons": [_points_reason(reason, language) for reason in explanation.reasons],
            "other_points": explanation.other_points,
        }
    return {
        "base_log_odds": explanation.base_log_odds,
        "log_odds": explanation.log_odds,
        "base_probability": explanation.base_probability,
        "reasons": [_reason(reason, language) for reason in explanation.reasons],
        "other_log_odds": explanation.other_log_odds,
    }


def _reason(reason: Reason, language: Language) -> Json:
    fitted, number, added = reason
    name, group, unit = fitted.about
    return {
        "feature": name,
        "group": group,
        "value": number if fitted.categories is None else reason.value,
        "unit": unit,
        "contribution_log_odds": added,
        "direction": "up" if added > 0 else "down",
        "text": fitted.sayings[language].of(nan if number is None else number),
    }


def _points_reason(reason: PointsReason, language: Language) -> Json:
    return {
        "feature": reason.feature,
        "group": reason.group,
        "value": reason.value,
        "unit": reason.unit,
        "points": reason.points,
        "direction": "up" if reason.points > 0 else "down",
        "text": reason.text.in_language(language),
    }


def _gates(score: LeadScore, language: Language) -> Json:
    pillars: Json = {pillar: _pillar(gate, language) for pillar, gate in score.gates.pillars.items()}
    return {"overall": score.gates.overall, **pillars, "rules_version": score.gates.rules_version}


def _pillar(gate: PillarGate, language: Language) -> Json:
    told: Json = {"status": gate.status}
    if gate.evidence is not None:
        told["evidence"] = gate.evidence
    if gate.answered_at_ms is not None:
        told["answered_at"] = iso(gate.answered_at_ms)
    if gate.question is not None:
        told["question"] = gate.question.in_language(language)
    return told
