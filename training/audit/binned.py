"""Every feature of the cases in bins."""

from dataclasses import dataclass

from features.arrays import FloatArray, IntArray
from training.audit.bins import Bins, bins_of
from training.audit.cases import Cases, Fold
from training.audit.ranking import roc_auc, win_rates


@dataclass(frozen=True)
class BinnedFeature:
    """A feature of the cases.

    Attributes
    ----------
    bins : Bins
        How it is binned.
    values : numpy.ndarray
        float64, its value in each case.
    codes : numpy.ndarray
        int64, the bin of each case.
    """

    bins: Bins
    values: FloatArray
    codes: IntArray

    def auc(self, cases: Cases, fold: Fold) -> float:
        """Return how well the feature alone ranks the cases to test on, by the win rates of those to learn from."""
        rates = win_rates(self.codes[fold.train], cases.is_won[fold.train], self.bins.count)
        return roc_auc(rates[self.codes[fold.test]], cases.is_won[fold.test])


def binned(cases: Cases) -> tuple[BinnedFeature, ...]:
    """Put every feature of the cases in bins."""
    columns = zip(cases.fitted.spec.features, cases.data.matrix.values.T, strict=True)
    return tuple(_binned(values, bins_of(values, feature)) for feature, values in columns)


def _binned(values: FloatArray, bins: Bins) -> BinnedFeature:
    return BinnedFeature(bins, values, bins.of(values))
