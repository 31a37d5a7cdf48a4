"""Let newer snapshots count more, where forward blocks show that it pays."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Final

from features.arrays import FloatArray
from training.fitting.booster_fit import TREE_THREADS, grow
from training.fitting.level_free_loss import Outcomes, newest_weighted_loss
from training.fitting.linear_choice import LinearChoice, mixed
from training.fitting.linear_fit import LinearFit
from training.fitting.tree_choice import TreeChoice
from training.labelling.dataset import Dataset
from training.labelling.splits import Split

_HALF_LIFE: Final = 0.25
"""In spans of the data. A tenth was worse than no recency on every set tried."""

_LEAST_GAIN: Final = 0.001
"""In nats. Less is noise: without it half the sets would take it up and be worse."""


def recency_weighted(data: Dataset) -> Dataset:
    """Return the snapshots with weights that halve with every quarter of their span; their sum stays as it is."""
    span = max(int(data.as_of_ms.max() - data.as_of_ms.min()), 1)
    age = (data.as_of_ms.max() - data.as_of_ms) / span
    weight = data.weight * 0.5 ** (age / _HALF_LIFE)
    return replace(data, weight=weight * (data.weight.sum() / weight.sum()))


@dataclass(frozen=True)
class Recency:
    """Whether newer snapshots count more, and what the chosen members then predict for the blocks."""

    pays: bool
    log_odds: list[FloatArray]


@dataclass(frozen=True)
class RecencyTrial:
    """The chosen members, to be fitted anew with recency weights."""

    trees: TreeChoice
    linear: LinearChoice
    share: float
    seed: int

    def run(self, splits: Sequence[Split], blocks: Sequence[Outcomes]) -> Recency:
        """Compare by the plain loss: the level of all leads is what recency weights change most."""
        plain = mixed(self.trees.log_odds, self.linear.log_odds, self.share)
        recent = self._predicted(splits)
        gain = newest_weighted_loss(blocks, plain) - newest_weighted_loss(blocks, recent)
        return Recency(pays=True, log_odds=recent) if gain > _LEAST_GAIN else Recency(pays=False, log_odds=plain)

    def _predicted(self, splits: Sequence[Split]) -> list[FloatArray]:
        """Fit to each train and predict its test; trees grow beside the logistic regressions."""
        with ThreadPoolExecutor(TREE_THREADS) as pool:
            trees = pool.map(self._by_trees, splits)
            linear = [self._by_linear(split) for split in splits]
            return mixed(list(trees), linear, self.share)

    def _by_trees(self, split: Split) -> FloatArray:
        grown = grow(recency_weighted(split.train), self.trees.candidate, self.trees.trees, self.seed)
        return grown.log_odds(split.test.matrix.values)

    def _by_linear(self, split: Split) -> FloatArray:
        fitted = LinearFit(recency_weighted(split.train), self.seed).member(self.linear.strength)
        return fitted.log_odds(split.test.matrix.values)
