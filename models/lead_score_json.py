"""A lead's score as the HTTP contract writes it."""

from math import nan
from typing import Any

from features.instant import iso
from features.wording import Language
from models.bant.gates import Gates, PillarGate
from models.icp import PointsReason
from models.lead_score import LeadScore, PointsExplanation
from models.reasons import Explanation, Reason

Json = dict[str, Any]


def lead_score_json(score: LeadScore, language: Language) -> Json:
    """Return a score as plain data, with its texts in one language.

    The version of the model, and when and under which id the score was given, are for the door to add.
    """
    lead_id, as_of_ms, answer, gates, recommendation = score
    told: Json = {"lead_id": lead_id, "as_of": iso(as_of_ms), "method": answer.method}
    if answer.probability is not None:
        told["probability"], told["horizon_days"] = answer.probability, answer.horizon_days
    told["score"], told["grade"] = answer.rank
    for part, (points, grade) in answer.parts.items():
        told[part] = {"score": points, "grade": grade}
    told["explanation"] = _explanation(answer.explanation, language)
    told["gates"] = _gates(gates, language)
    told["recommendation"] = {"route": recommendation.route, "text": recommendation.text.in_language(language)}
    told["completeness"] = answer.completeness
    told["warnings"] = [warning.in_language(language) for warning in answer.warnings]
    return told


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


def _gates(gates: Gates, language: Language) -> Json:
    told: Json = {"overall": gates.overall}
    for pillar, gate in gates.pillars.items():
        told[pillar] = _pillar(gate, language)
    told["rules_version"] = gates.rules_version
    return told


def _pillar(gate: PillarGate, language: Language) -> Json:
    status, evidence, answered_at_ms, question = gate
    told: Json = {"status": status}
    if evidence is not None:
        told["evidence"] = evidence
    if answered_at_ms is not None:
        told["answered_at"] = iso(answered_at_ms)
    if question is not None:
        told["question"] = question.in_language(language)
    return told
