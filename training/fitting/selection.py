"""Choose a conversion model's make-up by what predicts later snapshots best."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from features.arrays import FloatArray, IntArray
from models.calibration import Calibration
from training.fitting.calibrating import learn_calibration
from training.fitting.candidates import FLOOR, TREE_FLOOR, Candidate, plan
from training.fitting.ladder import require_deals
from training.fitting.level_free_loss import Outcomes
from training.fitting.linear_choice import choose_strength, linear_share
from training.fitting.recency import RecencyTrial, recency_weighted
from training.fitting.tree_choice import choose_trees, scaled_trees
from training.labelling.dataset import Dataset
from training.labelling.splits import Split, forward_blocks

Progress = Callable[[str], None]
"""Told in a few words what is being done."""


@dataclass(frozen=True)
class OutOfTime:
    """Predictions for snapshots that are later than everything their model was fitted to.

    Attributes
    ----------
    rows : numpy.ndarray
        int64, the snapshots' rows in the data set that was chosen on.
    log_odds : numpy.ndarray
        float64, the members averaged, before calibration.
    """

    rows: IntArray
    log_odds: FloatArray


@dataclass(frozen=True)
class Selection:
    """What was chosen forward in time: enough to refit on other snapshots of the same company.

    Attributes
    ----------
    candidate : Candidate
        How trees are grown.
    trees : int
        How many, on ``validated_rows``.
    validated_rows : float
        The mean number of rows that the choice was fitted to.
    strength : float
        Of the logistic regression's penalty, in leads: the inverse.
    linear_share : float
        The logistic regression's share of the average, 0 to 1; the trees have the rest.
    recency : bool
        Whether newer snapshots count more.
    calibration : Calibration
        Learnt on the out-of-time predictions.
    blocks : int
        Forward blocks that were validated on; 0 where the data afford none and defaults were taken.
    out_of_time : OutOfTime
        What was chosen, predicting the blocks.
    """

    candidate: Candidate
    trees: int
    validated_rows: float
    strength: float
    linear_share: float
    recency: bool
    calibration: Calibration
    blocks: int
    out_of_time: OutOfTime

    def weighted(self, data: Dataset) -> Dataset:
        """Return ``data`` with the weights to fit to."""
        return recency_weighted(data) if self.recency else data

    def trees_for(self, data: Dataset) -> int:
        """Return how many trees to grow on ``data``."""
        return scaled_trees(self.trees, self.validated_rows, len(data))

    @property
    def parameters(self) -> dict[str, str | int | float]:
        """What was chosen, flat, as parameters for the tracker."""
        return {
            "tree_depth": self.candidate.depth,
            "trees_on_blocks": self.trees,
            "rows_of_blocks": self.validated_rows,
            "learning_rate": self.candidate.learning_rate,
            "l2": self.candidate.l2,
            "linear_strength": self.strength,
            "linear_share": round(self.linear_share, 4),
            "recency_weights": self.recency,
            "calibration_intercept": round(self.calibration.intercept, 4),
            "calibration_slope": round(self.calibration.slope, 4),
            "forward_blocks": self.blocks,
        }


def select(data: Dataset, *, seed: int, progress: Progress | None = None) -> Selection:
    """Choose members, sizes, shares and calibration forward in time.

    Parameters
    ----------
    data : Dataset
        Labelled snapshots.
    seed : int
        Decides the rows and columns that trees see, and the lots of the blocks.
    progress : callable, optional
        Told what is being done.

    Raises
    ------
    TooFewDealsError
        Where there are fewer than 40 won or 40 lost leads.
    """
    require_deals(data)
    tell = progress or (lambda _: None)
    planned = plan(data)
    splits = forward_blocks(data, planned.blocks, seed)
    if not splits:
        return _untried(data, planned.strengths)
    blocks = [Outcomes(split.test_rows, split.test.label, split.test.weight) for split in splits]
    tell(f"choosing trees on {len(splits)} forward blocks")
    trees = choose_trees(splits, blocks, planned.candidates, seed)
    tell("choosing the logistic regression and its share")
    linear = choose_strength(splits, blocks, planned.strengths, seed)
    share = linear_share(blocks, trees.log_odds, linear.log_odds, planned.pull)
    tell("trying recency weights")
    recency = RecencyTrial(trees, linear, share, seed).run(splits, blocks)
    return Selection(
        candidate=trees.candidate,
        trees=trees.trees,
        validated_rows=_validated_rows(splits, blocks),
        strength=linear.strength,
        linear_share=share,
        recency=recency.pays,
        calibration=learn_calibration(blocks, recency.log_odds),
        blocks=len(blocks),
        out_of_time=OutOfTime(np.concatenate([block.rows for block in blocks]), np.concatenate(recency.log_odds)),
    )


def _validated_rows(splits: Sequence[Split], blocks: Sequence[Outcomes]) -> float:
    sizes = [len(split.train_rows) for split in splits]
    return float(np.average(sizes, weights=[block.weight.sum() for block in blocks]))


def _untried(data: Dataset, strengths: Sequence[float]) -> Selection:
    """Return what is taken where nothing can be validated forward in time."""
    return Selection(
        candidate=FLOOR,
        trees=TREE_FLOOR,
        validated_rows=float(len(data)),
        strength=strengths[0],
        linear_share=0.5,
        recency=False,
        calibration=Calibration(),
        blocks=0,
        out_of_time=OutOfTime(np.empty(0, dtype=np.int64), np.empty(0)),
    )
