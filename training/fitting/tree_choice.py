"""Choose how trees are grown, and how many, by forward blocks."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

import numpy as np

from features.arrays import FloatArray
from training.fitting.booster_fit import TREE_THREADS, binned, growing
from training.fitting.candidates import STEP, TREE_FLOOR, Candidate
from training.fitting.level_free_loss import Outcomes, level_free_loss
from training.labelling.splits import Split

_PATIENCE: Final = 4
"""Steps without a better loss after which no more trees are tried."""


@dataclass(frozen=True)
class TreeChoice:
    """How trees are grown, and what they predict for later snapshots.

    Attributes
    ----------
    candidate : Candidate
        How they are grown.
    trees : int
        How many were best on the blocks.
    log_odds : tuple of numpy.ndarray
        For the snapshots of each block.
    loss : float
        The level-free log loss over the blocks.
    """

    candidate: Candidate
    trees: int
    log_odds: tuple[FloatArray, ...]
    loss: float


def choose_trees(
    splits: Sequence[Split], blocks: Sequence[Outcomes], candidates: Sequence[Candidate], seed: int
) -> TreeChoice:
    """Return the candidate and the number of trees that predict the blocks best, never fewer than ``TREE_FLOOR``."""

    def tried(candidate: Candidate) -> TreeChoice:
        return _best_stage(blocks, candidate, _stages(splits, candidate, seed))

    # LightGBM lets other threads run while it grows trees, and candidates need nothing from each other.
    with ThreadPoolExecutor(TREE_THREADS) as pool:
        return min(pool.map(tried, candidates), key=lambda choice: choice.loss)


def _stages(splits: Sequence[Split], candidate: Candidate, seed: int) -> Iterator[tuple[FloatArray, ...]]:
    """Grow the blocks' trees in step; yield what they predict for each block after each ``STEP`` trees."""
    parts = [(split.train, split.test.matrix.values) for split in splits]
    return zip(
        *(growing(binned(train), candidate.parameters(train, seed), values) for train, values in parts), strict=True
    )


def _best_stage(
    blocks: Sequence[Outcomes], candidate: Candidate, stages: Iterator[tuple[FloatArray, ...]]
) -> TreeChoice:
    best = TreeChoice(candidate, 0, (), float("inf"))
    for trees, log_odds in zip(range(STEP, candidate.most_trees + 1, STEP), stages, strict=False):
        if trees < TREE_FLOOR:
            continue
        loss = level_free_loss(blocks, log_odds)
        if loss < best.loss:
            best = TreeChoice(candidate, trees, log_odds, loss)
        elif trees - best.trees >= _PATIENCE * STEP:
            break
    return best


def scaled_trees(trees: int, validated_rows: float, rows: int) -> int:
    """Return how many trees suit more rows than they were chosen on: more by the square root of the ratio.

    On rolling blocks of three sets this was better than the number as chosen in more cases than not, and in
    proportion was too many.
    """
    ratio = float(np.sqrt(max(rows / validated_rows, 1.0)))
    return max(TREE_FLOOR, STEP * round(trees * ratio / STEP))
