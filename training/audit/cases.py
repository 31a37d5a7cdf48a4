"""The leads that the audit looks at: decided ones, each at one instant before it was decided."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from features.arrays import BoolArray, IntArray
from features.fitting import FittedFeatures, fit_features
from features.matrix import FeatureMatrix
from training.labelling.dataset import Dataset
from training.labelling.preparation import Prepared
from training.labelling.splits import newest_slice

MOST_CASES: Final = 10_000
MOST_CASES_WITHOUT_ACTIVITIES: Final = 50_000
"""There features cost next to nothing."""
MIN_OF_EACH: Final = 40
"""With fewer won or fewer lost leads nothing is learnt from a source, so nothing can leak into it."""
_NEWEST_SHARE: Final = 0.3


@dataclass(frozen=True)
class Fold:
    """Cases to learn from, and cases to try it on.

    Attributes
    ----------
    train, test : numpy.ndarray
        int64, row numbers of cases.
    """

    train: IntArray
    test: IntArray


@dataclass(frozen=True)
class Cases:
    """Decided leads with what was known of each at one instant before.

    Attributes
    ----------
    fitted : FittedFeatures
        Every feature that the source affords, leaking ones included.
    data : Dataset
        One row a lead; the label is 1 for won, 0 for lost.
    forward : Fold or None
        The newest cases after all older ones; None where there are not wins and losses on both sides.
    random : Fold
        Cases drawn by lot.
    """

    fitted: FittedFeatures
    data: Dataset
    forward: Fold | None
    random: Fold

    @property
    def is_won(self) -> BoolArray:
        """Which cases were won."""
        return self.data.label > 0

    @property
    def folds(self) -> tuple[Fold, ...]:
        """The random fold, and the one forward in time where there is one."""
        return (self.random,) if self.forward is None else (self.random, self.forward)


def cases_of(prepared: Prepared, excluded: frozenset[str], seed: int) -> Cases | None:
    """Draw the cases of a source.

    The label is how the lead ended, whenever that was: a horizon would call a leak's late wins mistakes. Where losses
    are not recorded, leads that were not won within the horizon stand for them.

    Parameters
    ----------
    prepared : Prepared
        The labelled snapshots of the source.
    excluded : frozenset of str
        What is left out anyway.
    seed : int
        Decides the lots.

    Returns
    -------
    Cases or None
        None where fewer than ``MIN_OF_EACH`` leads were won, or as few lost.
    """
    rng = np.random.default_rng(seed)
    rows, is_won = _decided(prepared)
    if is_won.sum() < MIN_OF_EACH or (~is_won).sum() < MIN_OF_EACH:
        return None
    drawn = _one_a_lead(rows, prepared, rng)
    fitted = fit_features(prepared.records, prepared.snapshots_at(rows[drawn]), excluded)
    data = _dataset(prepared, rows[drawn], is_won[drawn], fitted.matrix)
    return Cases(fitted, data, _forward(data, seed), _random(len(data), rng))


def _decided(prepared: Prepared) -> tuple[IntArray, BoolArray]:
    """Return the snapshots of decided leads among all that were labelled, and which of these leads were won."""
    labelled = prepared.labelled
    outcome = prepared.outcomes["outcome"].to_numpy()[labelled["lead"]]
    if (outcome == "lost").any():
        rows = np.flatnonzero((outcome == "won") | (outcome == "lost"))
        return rows, np.asarray(outcome[rows] == "won", dtype=np.bool_)
    rows = np.flatnonzero(labelled["window_observed"])
    return rows, np.asarray(labelled["label"].to_numpy()[rows] > 0)


def _one_a_lead(rows: IntArray, prepared: Prepared, rng: np.random.Generator) -> IntArray:
    """Draw one of the rows of each lead, at most so many as can be afforded; in the order of the rows."""
    shuffled = rng.permutation(len(rows))
    _, first = np.unique(prepared.labelled["lead"].to_numpy()[rows[shuffled]], return_index=True)
    most = MOST_CASES_WITHOUT_ACTIVITIES if prepared.tables.activities.empty else MOST_CASES
    return np.sort(shuffled[rng.permutation(first)[:most]])


def _dataset(prepared: Prepared, rows: IntArray, is_won: BoolArray, matrix: FeatureMatrix) -> Dataset:
    snapshots = prepared.snapshots_at(rows)
    return Dataset(
        matrix=matrix,
        label=is_won.astype(np.float64),
        weight=np.ones(len(rows)),
        as_of_ms=snapshots.as_of_ms,
        lead=snapshots.lead,
        group=prepared.groups[snapshots.lead],
        horizon_days=prepared.horizon.days,
    )


def _forward(data: Dataset, seed: int) -> Fold | None:
    split = newest_slice(data, _NEWEST_SHARE, seed)
    return Fold(split.train_rows, split.test_rows) if split.is_judgeable else None


def _random(rows: int, rng: np.random.Generator) -> Fold:
    shuffled = rng.permutation(rows)
    cut = int(rows * (1 - _NEWEST_SHARE))
    return Fold(np.sort(shuffled[:cut]), np.sort(shuffled[cut:]))
