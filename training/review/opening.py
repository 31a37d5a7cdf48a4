"""Open a review: the champion, and the tables that it is to be reviewed on."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from features.data_end import data_end_ms
from features.importing import load_mapping
from features.reading import read_tables
from features.wording import Language
from models.bant import GateRules
from models.conversion import ConversionModel
from models.lead_scorer import LeadScorer
from models.model_rung import ModelRung
from models.recommendation import Routes
from models.registry_names import STORE_FOLDER
from training.review.instants import instant_ms
from training.review.review import Review
from training.review.score_store import ScoreStore
from training.tracking.registry import champion, load_version
from training.tracking.store_location import StoreLocation
from training.tracking.tracking_store import open_store

SAMPLE: Final = Path("data/sample")


class NoChampionError(Exception):
    """There is no model to review yet."""


def open_review(
    source: str | None = None, language: Language | None = None, environment: Mapping[str, str] = os.environ
) -> Review:
    """Open the champion with the tables of a source, as of the source's data end.

    Parameters
    ----------
    source : str, optional
        A folder of tables or a database URL; where not given, what ``DATA`` names, else the simulated CRM.
    language : {"en", "ja"}, optional
        Of plots and tables; where not given, what ``LANGUAGE`` names, else English.
    environment : mapping of str to str, optional
        Variables as ``make train`` and the service heed them: ``DATA``, ``CRM``, ``DATA_END``, ``LANGUAGE``,
        ``LEADS_TIME_ZONE``, ``MLFLOW_TRACKING_URI``, ``LEADS_BANT_FILE``, ``LEADS_ROUTES_FILE`` and
        ``LEADS_DATABASE_URL``. The store of runs, the sample and the score history are looked for in the nearest folder
        above the working folder that has one of the first two.

    Raises
    ------
    NoChampionError
        Where nothing was trained yet.
    TrackingError
        Where MLflow cannot be reached.
    BadDataError
        With every fault of the tables.
    RulesError
        With every mistake of a file of gates or routes.
    """
    folder = _workplace(Path.cwd())
    location = StoreLocation.of(folder, environment)
    version = champion(location)
    if version is None:
        raise NoChampionError("No model is registered yet: run `make train`, then open the review again.")
    model = load_version(open_store(location), version.version)
    time_zone = environment.get("LEADS_TIME_ZONE") or str(model.facts.get("time_zone", "UTC"))
    mapping = load_mapping(environment["CRM"]) if environment.get("CRM") else None
    tables = read_tables(source or environment.get("DATA") or str(folder / SAMPLE), time_zone, mapping)
    return Review(
        model=model,
        version=version,
        scorer=_scorer(model, environment),
        tables=tables,
        data_end_ms=instant_ms(environment.get("DATA_END") or None, data_end_ms(tables), time_zone),
        language=language or _language(environment),
        run_store=location,
        score_store=ScoreStore.of(folder, environment),
        time_zone=time_zone,
    )


def _workplace(folder: Path) -> Path:
    """Return the nearest folder, this one or one above it, in which something was trained or sampled."""
    marks = (Path(STORE_FOLDER), SAMPLE)
    places = (place for place in (folder, *folder.parents) if any((place / mark).exists() for mark in marks))
    return next(places, folder)


def _scorer(model: ConversionModel, environment: Mapping[str, str]) -> LeadScorer:
    """Return the same scorer that the service has: with the company's own rules, where it has some."""
    gates, routes = (environment.get(name) for name in ("LEADS_BANT_FILE", "LEADS_ROUTES_FILE"))
    return LeadScorer(
        ModelRung(model), GateRules.load(Path(gates) if gates else None), Routes.load(Path(routes) if routes else None)
    )


def _language(environment: Mapping[str, str]) -> Language:
    return "ja" if environment.get("LANGUAGE", "").lower().startswith("ja") else "en"
