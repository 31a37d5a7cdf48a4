"""Judge forward in time: learn from what was decided before the test begins, test on later leads of other companies.

Three rules hold for every split. The test is later than the train. A train row's whole window ends before the test
begins (a purge gap of one horizon), so no label that is learnt from was still open then. And a group, which is a
company with all its leads, stands on one side only.

**Who keeps a group that has rows on both sides?** Neither side may simply have them all. Such groups are above all
leads that stayed undecided. Give them to the test, and the train loses its slow losers: in a simulated CRM where 60 %
of the leads are never closed, the share of wins learnt from rose from 12.6 % to 21.4 %. Give them to the train, and
the test loses its old leads and every known company: 7.9 % of wins became 9.3 %. So a lot decides, and the groups that
a side keeps count double there, standing for those that it gave away: both sides stay the population as it comes (the
estimator of Horvitz and Thompson, 1952, with a chance of one half). The groups are drawn in pairs of like size, so that
a few huge ones leave neither side empty.
"""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from features.arrays import FloatArray, IntArray
from features.instant import MS_PER_DAY
from training.labelling.dataset import Dataset

_WEIGHT_OF_KEPT: Final = 2.0
"""One over the chance of one half."""
_LATEST: Final = int(np.iinfo(np.int64).max)


@dataclass(frozen=True)
class Split:
    """Rows to learn from and later rows to test on.

    Either side may be empty or hold only wins or only losses where the data afford no more: see ``is_judgeable``.

    Attributes
    ----------
    data : Dataset
        What was split.
    train_rows, test_rows : numpy.ndarray
        int64, row numbers in ``data``, ascending; rows in the gap and rows given away by lot are in neither.
    factor : numpy.ndarray
        float64, one a row of ``data``: what its weight is multiplied by in this split.
    start_ms : int
        When the test begins, in milliseconds since the epoch.
    """

    data: Dataset
    train_rows: IntArray
    test_rows: IntArray
    factor: FloatArray
    start_ms: int

    @property
    def train(self) -> Dataset:
        """The rows to learn from, copied at each call; by ``factor`` a lead's weights may sum to two."""
        return self._part(self.train_rows)

    @property
    def test(self) -> Dataset:
        """The rows to test on, copied at each call; by ``factor`` a lead's weights may sum to two."""
        return self._part(self.test_rows)

    @property
    def is_judgeable(self) -> bool:
        """Whether both sides hold wins and losses; otherwise there is nothing to learn or nothing to tell apart."""
        return all(len(np.unique(self.data.label[rows])) > 1 for rows in (self.train_rows, self.test_rows))

    def _part(self, rows: IntArray) -> Dataset:
        part = self.data.take(rows)
        return replace(part, weight=part.weight * self.factor[rows])


def newest_slice(data: Dataset, share: float = 0.2, seed: int = 0) -> Split:
    """Split off the newest snapshots as the test.

    Parameters
    ----------
    data : Dataset
        Snapshots in any order.
    share : float
        The share of the weight that the test period shall hold; snapshots of the same instant stay together.
    seed : int
        Decides the lots.

    Returns
    -------
    Split
        Always one; ask ``is_judgeable`` before using it. The train is empty where the data span less than a horizon.

    Raises
    ------
    ValueError
        When the share is not between 0 and 1.
    """
    if not 0 < share < 1:
        raise ValueError(f"share: a number between 0 and 1 is needed; found {share}. Take 0.2 for the newest fifth")
    times, before, total = _weight_before(data)
    nearest = int(np.argmin(np.abs(before[1:] - (1 - share) * total))) + 1 if len(times) > 1 else 0
    start = int(times[nearest]) if len(times) else 0
    return _split(data, start, _LATEST, np.random.default_rng(seed))


def forward_blocks(data: Dataset, blocks: int = 4, seed: int = 0) -> list[Split]:
    """Split into consecutive test blocks, each with all that was decided before it as its train.

    The first train holds one part in ``blocks + 1`` of the weight, the blocks share evenly what comes a horizon later.

    Parameters
    ----------
    data : Dataset
        Snapshots in any order.
    blocks : int
        How many tests there shall be.
    seed : int
        Decides the lots.

    Returns
    -------
    list of Split
        Oldest first, every one judgeable. Fewer than ``blocks``, down to none, where a block would lack wins or losses
        on a side: the caller then has no forward validation and must not choose by it.

    Raises
    ------
    ValueError
        When fewer blocks than one are asked for.
    """
    if blocks < 1:
        raise ValueError(f"blocks: at least 1 is needed; found {blocks}. Take 4")
    starts = _block_starts(data, blocks)
    ends = [*starts[1:], _LATEST]
    rng = np.random.default_rng(seed)
    splits = [_split(data, start, end, rng) for start, end in zip(starts, ends, strict=False)]
    return [split for split in splits if split.is_judgeable]


def _block_starts(data: Dataset, blocks: int) -> list[int]:
    """Return the instants at which the tests begin, with the first train and its gap before them."""
    times, before, total = _weight_before(data)
    through = np.append(before[1:], total)
    first_train_end = np.searchsorted(through, total / (blocks + 1))
    if first_train_end >= len(times):
        return []
    rest = int(np.searchsorted(times, times[first_train_end] + _horizon_ms(data)))
    if rest >= len(times):
        return []
    targets = before[rest] + (total - before[rest]) * np.arange(blocks) / blocks
    chosen = np.unique(np.searchsorted(before[rest:], targets) + rest)
    return [int(times[position]) for position in chosen if position < len(times)]


def _weight_before(data: Dataset) -> tuple[IntArray, FloatArray, float]:
    """Return the distinct instants, the weight before each, and all of it; the same whatever the order of the rows."""
    order = np.lexsort((data.weight, data.as_of_ms))
    times, first = np.unique(data.as_of_ms[order], return_index=True)
    summed = np.concatenate([[0.0], np.cumsum(data.weight[order])])
    return times, summed[first], float(summed[-1])


def _split(data: Dataset, start_ms: int, end_ms: int, rng: np.random.Generator) -> Split:
    is_test = (data.as_of_ms >= start_ms) & (data.as_of_ms < end_ms)
    is_train = data.as_of_ms + _horizon_ms(data) <= start_ms
    shared = np.intersect1d(data.group[is_test], data.group[is_train])
    is_shared = np.isin(data.group, shared)
    drawn = _drawn_for_test(data.group[is_shared & (is_test | is_train)], rng)
    is_drawn = np.isin(data.group, drawn)
    return Split(
        data=data,
        train_rows=np.flatnonzero(is_train & ~is_drawn).astype(np.int64),
        test_rows=np.flatnonzero(is_test & (is_drawn | ~is_shared)).astype(np.int64),
        factor=np.where(is_shared, _WEIGHT_OF_KEPT, 1.0),
        start_ms=start_ms,
    )


def _drawn_for_test(group_of_row: IntArray, rng: np.random.Generator) -> IntArray:
    """Draw one group of each pair of like size, and the odd one out by a toss."""
    groups, rows = np.unique(group_of_row, return_counts=True)
    by_size = groups[np.lexsort((groups, -rows))]
    toss = rng.integers(0, 2, size=(len(groups) + 1) // 2)
    place_in_pair = np.arange(len(groups)) % 2
    drawn: IntArray = by_size[np.repeat(toss, 2)[: len(groups)] == place_in_pair]
    return drawn


def _horizon_ms(data: Dataset) -> int:
    return data.horizon_days * MS_PER_DAY
