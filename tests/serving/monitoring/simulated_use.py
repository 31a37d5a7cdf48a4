"""A year of a model in use, in which everything is as the model believes, or something is not."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from sqlalchemy import Engine, insert

from features.arrays import BoolArray, FloatArray
from features.instant import MS_PER_DAY
from models.conversion import ConversionModel
from serving.history_entry import HistoryEntry
from serving.monitoring.subject import Subject
from serving.outcome import Outcome
from serving.prepared_store import prepare_store
from serving.score_id import new_score_id
from serving.store_tables import OUTCOMES, SCORES

DAY: Final = MS_PER_DAY
END_MS: Final = 1_796_000_000_000
HORIZON_DAYS: Final = 90
_MONTH_DAYS: Final = 30


@dataclass(frozen=True)
class Use:
    """What happens in a simulated year.

    Attributes
    ----------
    seed : int
        Another seed is another year.
    leads : int
        New leads a month.
    months : int
        How long the model has been in use.
    shift : float
        By how many log-odds conversion differs from what the model believes.
    is_reversed : bool
        Whether the order of the leads turned round.
    reports : bool
        Whether outcomes are sent.
    version : str
        Who answers.
    """

    seed: int
    leads: int = 300
    months: int = 10
    shift: float = 0.0
    is_reversed: bool = False
    reports: bool = True
    version: str = "7"


def subject_of(model: ConversionModel) -> Subject:
    return Subject("lead-conversion", "7", model)


def probabilities(model: ConversionModel, values: FloatArray) -> FloatArray:
    averaged = sum(weight * one.log_odds(values) for one, weight in zip(model.members, model.weights, strict=True))
    return np.asarray(1 / (1 + np.exp(-model.calibration.log_odds(np.asarray(averaged)))))


def fill(engine: Engine, model: ConversionModel, pool: FloatArray, use: Use) -> None:
    """Write the scores and outcomes of a year that ends at ``END_MS``; leads are drawn from the pool of inputs."""
    rng = np.random.default_rng(use.seed)
    count = use.leads * use.months
    values = pool[rng.integers(len(pool), size=count)]
    said = probabilities(model, values)
    scored_ms = END_MS - (rng.random(count) * use.months * _MONTH_DAYS * DAY).astype(np.int64) - 1
    odds = np.log(said / (1 - said)) + use.shift
    true = 1 / (1 + np.exp(odds if use.is_reversed else -odds))
    won = rng.random(count) < true
    entries = [
        entry
        for number in range(count)
        for entry in _entries(model, number, values[number], float(said[number]), int(scored_ms[number]), use.version)
    ]
    prepare_store(engine)
    with engine.begin() as connection:
        connection.execute(insert(SCORES), entries)
        outcomes = _outcomes(won, scored_ms, rng) if use.reports else []
        if outcomes:
            connection.execute(insert(OUTCOMES), outcomes)


def _entries(
    model: ConversionModel, number: int, values: FloatArray, said: float, scored_ms: int, version: str
) -> list[dict[str, object]]:
    """Some leads are asked about again within days, as a CRM does after every activity."""
    score = int(model.score_map.score(np.array([said]))[0])
    [grade] = model.score_map.grade(np.array([score]))
    times = [scored_ms + again * 3 * DAY for again in range(1 + number % 3)]
    made = [
        HistoryEntry(
            score_id=new_score_id(at_ms),
            lead_id=f"L{number}",
            as_of_ms=at_ms,
            scored_at_ms=at_ms,
            method="model",
            probability=said,
            score=score,
            grade=grade,
            gates=("qualified", "needs_discovery", "disqualified")[number % 3],
            route="call",
            model_name="lead-conversion",
            model_version=version,
            horizon_days=HORIZON_DAYS,
            inputs=values.astype("<f4").tobytes(),
        )
        for at_ms in times
        if at_ms < END_MS
    ]
    return [{name: getattr(one, name) for name in HistoryEntry.__slots__} for one in made]


def _outcomes(won: BoolArray, scored_ms: np.ndarray, rng: np.random.Generator) -> list[dict[str, object]]:
    """A win comes within the horizon, a loss within a year; each is reported when it happens."""
    days = np.where(won, 7 + rng.random(len(won)) * 80, 7 + rng.random(len(won)) * 300)
    closed_ms = scored_ms + (days * DAY).astype(np.int64)
    found = [
        Outcome(f"L{number}", "won" if won[number] else "lost", int(closed_ms[number]), int(closed_ms[number]))
        for number in range(len(won))
        if closed_ms[number] < END_MS
    ]
    return [{name: getattr(one, name) for name in Outcome.__slots__} for one in found]
