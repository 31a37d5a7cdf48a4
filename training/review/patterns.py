"""What the model has found that is not plain to see: bends and joint effects, each checked against what happened."""

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Final

import numpy as np
import pandas as pd

from features.wording import Language
from training.review.interactions import interactions
from training.review.observations import Observations, weighted_mean
from training.review.parts import Part, parts_of
from training.review.pattern import SURE, Cell, Pattern

MOST_PAIRS: Final = 12
_PARTS: Final = 6
_GROUPS: Final = 2
_LEAST_COMPANIES: Final = 60
_LEAST_EFFECT: Final = 0.05


def joint_effects(observations: Observations, language: Language) -> list[Pattern]:
    """Return the strongest interactions, those that what happened confirms first and by their effect.

    Parameters
    ----------
    observations : Observations
        The model and past snapshots.
    language : {"en", "ja"}
        Of the names of parts.
    """
    pairs = interactions(observations).head(MOST_PAIRS)
    both = [(str(one), str(other)) for one, other in zip(pairs["feature"], pairs["other"], strict=True)]
    tried = [(one, other) for pair in both for one, other in (pair, pair[::-1])]
    found = [pattern for one, other in tried if (pattern := _joint(observations, one, other, language)) is not None]
    return _ordered(found)


def bends(observations: Observations, language: Language) -> list[Pattern]:
    """Return numbers of which neither more nor less is better throughout, the confirmed ones first."""
    features = observations.model.spec.features
    names = [feature.name for feature in features if feature.categories is None]
    return _ordered([pattern for name in names if (pattern := _bend(observations, name, language)) is not None])


def patterns_frame(patterns: Sequence[Pattern], names: dict[str, str]) -> pd.DataFrame:
    """Return patterns as a table: ``wording``, ``other``, ``effect``, ``sure``, ``is_confirmed``."""
    rows = [
        (names[one.feature], names[one.other] if one.other else "", one.effect, one.sure, one.is_confirmed)
        for one in patterns
    ]
    return pd.DataFrame(rows, columns=["wording", "other", "effect", "sure", "is_confirmed"])


def _ordered(found: list[Pattern]) -> list[Pattern]:
    return sorted(found, key=lambda one: (not one.is_confirmed, -one.effect))


def _bend(observations: Observations, name: str, language: Language) -> Pattern | None:
    parts = _parts(observations, name, 9, language)
    known = [part for part in parts if not np.isnan(observations.matrix.column(name)[part.rows]).all()]
    cells = [cell for part in known if (cell := _cell(observations, name, part)) is not None]
    best = max(_turns(cells), key=_clarity, default=(0.0, 0.0))
    return Pattern(name, None, tuple(cells), *best) if best[0] >= _LEAST_EFFECT else None


def _turns(cells: Sequence[Cell]) -> Iterator[tuple[float, float]]:
    """Yield how far each inner part stands out from one before and one after, in the model and in what happened."""
    for before, turn, after in combinations(cells, 3):
        for sign in (1.0, -1.0):
            effect = min(sign * (turn.contribution - end.contribution) for end in (before, after))
            yield effect, min(sign * _distance(turn, end) for end in (before, after))


def _clarity(found: tuple[float, float]) -> tuple[bool, float]:
    """Order what was found: what happened as well comes first, then by the size of the effect."""
    effect, sure = found
    return sure >= SURE, effect


def _distance(one: Cell, other: Cell) -> float:
    return (one.logit - other.logit) / float(np.hypot(one.error, other.error))


def _joint(observations: Observations, name: str, other: str, language: Language) -> Pattern | None:
    groups = _groups(observations, other, language)
    if len(groups) != _GROUPS:
        return None
    rows = []
    for part in _parts(observations, name, _PARTS, language):
        cells = [_cell(observations, name, Part(part.name, part.rows & group.rows), group.name) for group in groups]
        if all(cell is not None for cell in cells):
            rows.append([cell for cell in cells if cell is not None])
    best = max((_difference(one, two) for one, two in combinations(rows, 2)), key=_clarity, default=(0.0, 0.0))
    return (
        Pattern(name, other, tuple(cell for row in rows for cell in row), *best) if best[0] >= _LEAST_EFFECT else None
    )


def _difference(one: Sequence[Cell], two: Sequence[Cell]) -> tuple[float, float]:
    """Return how much the gap between the groups differs between two parts, in the model and in what happened."""
    effect = (one[0].contribution - one[1].contribution) - (two[0].contribution - two[1].contribution)
    seen = (one[0].logit - one[1].logit) - (two[0].logit - two[1].logit)
    error = float(np.sqrt(sum(cell.error**2 for cell in (*one, *two))))
    return abs(effect), float(np.sign(effect)) * seen / error


def _groups(observations: Observations, name: str, language: Language) -> tuple[Part, ...]:
    """Return the snapshots with and without a value; where it is hardly ever missing, by low and high values."""
    with_and_without = _parts(observations, name, 1, language)
    return with_and_without if len(with_and_without) == _GROUPS else _parts(observations, name, _GROUPS, language)


def _parts(observations: Observations, name: str, most: int, language: Language) -> tuple[Part, ...]:
    position = observations.model.spec.names.index(name)
    return parts_of(observations.model.spec.features[position], observations.matrix.column(name), most, language)


def _cell(observations: Observations, name: str, part: Part, group: str = "") -> Cell | None:
    companies = len(np.unique(observations.data.group[part.rows]))
    if companies < _LEAST_COMPANIES:
        return None
    position = observations.model.spec.names.index(name)
    added = observations.contributions.values[part.rows, position]
    mean = weighted_mean(added, observations.data.weight[part.rows])
    return Cell(part.name, group, mean, observations.share_won(part.rows), companies)
