"""The few sizes of trees that forward-in-time validation chooses among, and how much of it the work allows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from training.fitting.ladder import is_small
from training.labelling.dataset import Dataset

TREE_FLOOR: Final = 100
"""Early stopping stopped at five trees where the base rate drifts: fewer than this was never better than this."""

STEP: Final = 25
"""The number of trees is looked at in steps of this many: a finer choice would be noise."""

_MOST_WORK: Final = 1.2e10
"""Rows x columns x trees x depth that choosing may cost, about six seconds on two cores. Counted, never clocked: the
same data always gives the same model."""

_TYPICAL_TREES: Final = 250
_ROWS_PER_LEAF: Final = 50
_LEAVES_WORTH_OF_ROWS: Final = 40
_LARGE_ROWS: Final = 5_000
_MANY_LEADS: Final = 20_000


@dataclass(frozen=True)
class Candidate:
    """How trees are grown.

    Attributes
    ----------
    depth : int
        Questions asked in a row at most; what an explanation costs grows with its square.
    most_trees : int
        Where the search for the number of trees ends.
    learning_rate : float
        The share of each tree that is kept.
    l2 : float
        Shrinks each leaf towards zero.
    """

    depth: int
    most_trees: int = 1_800
    learning_rate: float = 0.05
    l2: float = 10.0

    def parameters(self, data: Dataset, seed: int) -> dict[str, object]:
        """Return LightGBM's parameters.

        One thread: on a busy machine LightGBM's threads wait for each other, ten times as long as one would need.
        Candidates are tried side by side instead.
        """
        leads = len(np.unique(data.lead))
        return {
            "objective": "binary",
            "max_depth": self.depth,
            "num_leaves": 2**self.depth,
            "learning_rate": self.learning_rate,
            "min_data_in_leaf": max(1, min(_ROWS_PER_LEAF, leads // _LEAVES_WORTH_OF_ROWS)),
            "lambda_l2": self.l2,
            "feature_fraction": 0.7,
            "bagging_fraction": 0.8,
            "bagging_freq": 1,
            "cat_smooth": 50.0,
            "cat_l2": 50.0,
            "feature_pre_filter": False,
            "seed": seed,
            "deterministic": True,
            "force_row_wise": True,
            "num_threads": 1,
            "verbosity": -1,
        }


FLOOR: Final = Candidate(depth=3)
"""Needs no search but for the number of trees; better than LightGBM's defaults on seven real sets of eight."""


@dataclass(frozen=True)
class Plan:
    """What is tried on a data set.

    Attributes
    ----------
    candidates : sequence of Candidate
        The floor first.
    strengths : sequence of float
        Of the logistic regression's penalty, in leads: the inverse.
    blocks : int
        Forward blocks to validate on.
    pull : float
        What holds the members' shares together, in nats: see ``linear_share``.
    """

    candidates: Sequence[Candidate]
    strengths: Sequence[float]
    blocks: int
    pull: float


def plan(data: Dataset) -> Plan:
    """Choose what to try by the size of the data and the work it costs."""
    if is_small(data):
        return Plan((Candidate(3, most_trees=200), Candidate(2, most_trees=200)), (0.1, 0.2), blocks=4, pull=0.3)
    wide = [FLOOR, Candidate(2)]
    wide += [Candidate(4)] if len(data) >= _LARGE_ROWS else []
    wide += [Candidate(5)] if len(np.unique(data.lead)) >= _MANY_LEADS else []
    for candidates, blocks in ((wide, 6), (wide[:3], 4), (wide[:2], 3), (wide[:1], 3), (wide[:1], 2)):
        if _work(data, candidates, blocks) <= _MOST_WORK:
            break
    return Plan(candidates, (0.03, 0.3, 1.0) if len(candidates) > 1 else (0.1,), blocks, pull=0.01)


def _work(data: Dataset, candidates: Sequence[Candidate], blocks: int) -> float:
    """Return the rows x columns x trees x depth of growing all candidates on all blocks' trains.

    The trains hold 1, 2, ... parts in ``blocks + 1``: half the rows on average.
    """
    depths = sum(candidate.depth for candidate in candidates)
    return data.matrix.values.size * (blocks / 2) * depths * _TYPICAL_TREES
