"""The real sets, through the project's own pipeline, split forward in time."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from features.arrays import IntArray
from features.data_end import data_end_ms
from features.matrix import FeatureMatrix
from features.reading import read_tables
from features.spec import FeatureSpec
from training.audit import audit_columns
from training.labelling.dataset import Dataset
from training.labelling.preparation import Prepared, prepare
from training.labelling.splits import Split, newest_slice

DATA: Final = Path(__file__).parents[2] / ".." / "shared" / "data"
_SPLIT_SEED: Final = 1


@dataclass(frozen=True)
class Source:
    """A real set.

    Attributes
    ----------
    name : str
        Its folder beside the checkout.
    seeds : int
        Over how many seeds the results are averaged.
    exclude : frozenset of str
        Columns known only afterwards.
    """

    name: str
    seeds: int
    exclude: frozenset[str] = frozenset()

    @property
    def folder(self) -> Path:
        """Where its tables stand."""
        return DATA / self.name


SOURCES: Final = (
    Source("uci_bank", seeds=5, exclude=frozenset({"leads.duration"})),
    Source("bpic2012", seeds=3),
    Source("bohanec_b2b", seeds=5),
)


@dataclass(frozen=True)
class Trial:
    """A train, a later test, and what their columns are."""

    spec: FeatureSpec
    train: Dataset
    test: Dataset


def load(source: Source) -> Trial:
    """Read a source, label its snapshots and compute their features, as a training does."""
    tables = read_tables(str(source.folder))
    prepared = prepare(tables, data_end_ms(tables))
    leaks = audit_columns(prepared, source.exclude, _SPLIT_SEED).dropped
    split = newest_slice(prepared.bare, seed=_SPLIT_SEED)
    fitted = prepared.fit_features(split.train_rows, source.exclude | leaks)
    tested = prepared.compute(fitted.spec, split.test_rows)
    return Trial(
        spec=fitted.spec,
        train=_side(prepared, split, split.train_rows, fitted.matrix),
        test=_side(prepared, split, split.test_rows, tested),
    )


def _side(prepared: Prepared, split: Split, rows: IntArray, matrix: FeatureMatrix) -> Dataset:
    side = prepared.dataset(matrix, rows)
    return replace(side, weight=side.weight * split.factor[rows])
