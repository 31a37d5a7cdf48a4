"""What a caller may know of the model that answers."""

from dataclasses import asdict
from math import isfinite
from typing import Any

from features.spec import FittedFeature
from features.wording import Wording
from models.bant import GateRules
from models.bant.pillar_rule import PillarRule
from models.score_map import GRADES
from serving.champion import Champion


def model_card(champion: Champion) -> dict[str, Any]:
    """Return the card of a champion, as JSON."""
    identity = champion.identity()
    model, gates = champion.model, _gates(champion.scorer.gates)
    if model is None:
        return {**identity, "method": "rules", "source": champion.source, "gates": gates}
    thresholds = dict(zip(GRADES[:-1], model.score_map.cut_offs, strict=True))
    return {
        **identity,
        "method": "model",
        "source": champion.source,
        "horizon_days": model.horizon_days,
        "facts": dict(model.facts),
        "metrics": {name: value if isfinite(value) else None for name, value in champion.metrics.items()},
        "thresholds": thresholds,
        "features": [_feature(feature) for feature in model.spec.features],
        "gates": gates,
    }


def _feature(feature: FittedFeature) -> dict[str, Any]:
    return {
        "name": feature.name,
        "group": feature.group,
        "unit": feature.unit,
        "wording": _wording(feature.wording),
        "missing": None if feature.missing is None else _wording(feature.missing),
        "categories": feature.categories,
    }


def _gates(rules: GateRules) -> dict[str, Any]:
    return {
        "rules_version": rules.rules_version,
        "required_passes": rules.required_passes,
        "counted": rules.counted,
        "fails_that_disqualify": rules.fails_that_disqualify,
        "pillars": {pillar: _pillar(rule) for pillar, rule in rules.pillars.items()},
    }


def _pillar(rule: PillarRule) -> dict[str, Any]:
    return {
        "pass": rule.passing,
        "fail": rule.failing,
        "disqualifies": rule.disqualifies,
        "max_age_days": dict(rule.max_age_days),
        "minimum": None if rule.minimum is None else asdict(rule.minimum),
        "question": _wording(rule.question),
    }


def _wording(wording: Wording) -> dict[str, str]:
    return {"en": wording.en, "ja": wording.ja}
