"""Where the grades of a score map begin, as probabilities, and the same beginnings in another map."""

from bisect import bisect_right
from dataclasses import replace

import numpy as np

from models.score_map import LOWEST_SCORE, ScoreMap

_EVERYTHING = -1.0
"""Stands for the beginning of a grade that every probability has."""


def with_beginnings_of(ranks: ScoreMap, other: ScoreMap) -> ScoreMap:
    """Return a map by which every probability has the grade that another map gives it.

    The scores stay the ranks of the first map, but for those next to the beginning of a grade.
    """
    above = beginnings(other)
    quantiles, places = list(ranks.quantiles), {_EVERYTHING: -1}
    distinct = sorted(set(above) - {_EVERYTHING})
    place = -1
    for left, edge in zip(range(len(distinct))[::-1], distinct, strict=True):
        place = min(max(_place(ranks.quantiles, edge), place + 1), len(quantiles) - 1 - left)
        quantiles[place] = edge
        places[edge] = place
    cut_offs = tuple(LOWEST_SCORE + 1 + places[edge] for edge in above)
    return replace(ranks, quantiles=tuple(quantiles), cut_offs=cut_offs)


def beginnings(ranks: ScoreMap) -> tuple[float, ...]:
    """Return the probabilities above which an A, a B and a C begin; negative where every probability has the grade."""
    return tuple(_beginning(ranks, cut_off) for cut_off in ranks.cut_offs)


def _beginning(ranks: ScoreMap, cut_off: int) -> float:
    if cut_off == LOWEST_SCORE:
        return _EVERYTHING
    edge = ranks.quantiles[cut_off - LOWEST_SCORE - 1]
    # Many leads may share the probability at the edge, and their middle rank be on this side of it.
    is_in = ranks.score(np.array([edge]))[0] >= cut_off
    below = float(np.nextafter(edge, -1.0))
    return edge if not is_in else below if below >= 0 else _EVERYTHING


def _place(quantiles: tuple[float, ...], edge: float) -> int:
    """Return the place of the boundary that is the edge, else of the next one above it."""
    place = bisect_right(quantiles, edge)
    return place - 1 if place and quantiles[place - 1] == edge else place
