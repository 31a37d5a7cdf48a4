"""The company's own rules, from the files that the settings name."""

from pathlib import Path
from typing import Final

from models.bant import GateRules
from models.icp import IcpRules
from models.lead_scorer import LeadScorer
from models.model_rung import ModelRung
from models.recommendation import Routes
from models.registry_names import MODEL_NAME
from models.rules_rung import RulesRung
from serving.champion import Champion, MakeScorer
from serving.registered import RegistryError
from serving.registry_door import RegistryDoor
from serving.settings import ServiceSettings

RULES_NAME: Final = "icp"
"""Stands where the name of a model would."""


def scorer_maker(settings: ServiceSettings) -> MakeScorer:
    """Return what turns a model into a scorer with the company's gates and routes.

    Raises
    ------
    features.rules_file.RulesError
        With every mistake of a file, each with its line.
    """
    gates, routes = GateRules.load(settings.bant_file), Routes.load(settings.routes_file)
    return lambda model: LeadScorer(ModelRung(model), gates, routes)


def rules_champion(settings: ServiceSettings) -> Champion:
    """Return what scores leads by points, for a company with too few deals to learn from.

    Raises
    ------
    features.rules_file.RulesError
        With every mistake of a file, each with its line.
    """
    rules = IcpRules.load(settings.icp_file)
    gates, routes = GateRules.load(settings.bant_file), Routes.load(settings.routes_file)
    return Champion(LeadScorer(RulesRung(rules), gates, routes), RULES_NAME, rules.version, source="rules")


def registered_champion(settings: ServiceSettings) -> Champion:
    """Return the champion of the registry, for a command that needs it once.

    Raises
    ------
    RegistryError
        Where there is none, or it cannot be had.
    features.rules_file.RulesError
        With every mistake of a file, each with its line.
    """
    make_scorer, registry = scorer_maker(settings), RegistryDoor(settings.tracking_uri, Path.cwd())
    named = registry.champion()
    if named is None:
        raise RegistryError("no model is registered yet: run `make train`")
    model = registry.load(named)
    return Champion(make_scorer(model), MODEL_NAME, named.version, named.created_ms, model)
