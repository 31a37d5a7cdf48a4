"""What the attributes say: the share of leads won by value of every categorical attribute.

One row a lead, its first snapshot, so a lead that stayed undecided for months does not count more than one that was
decided in a week. Values with few leads are pooled rather than shown with a rate that means nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal, Protocol, TypeAlias

import numpy as np

from features.arrays import BoolArray, FloatArray, IntArray
from features.wording import Wording
from models.quality.interval import Interval, effective_size, wilson
from training.labelling.dataset import Dataset

MIN_LEADS: Final = 30
MAX_VALUES: Final = 10

ValueKind: TypeAlias = Literal["category", "other", "missing"]


class NamedFeature(Protocol):
    """What is read of a feature here."""

    @property
    def name(self) -> str:
        """The column of the feature matrix."""

    @property
    def wording(self) -> Wording:
        """Its name for people."""

    @property
    def categories(self) -> tuple[str, ...] | None:
        """The categories in the order of their codes, any other value has the code after the last; None for numbers."""


@dataclass(frozen=True)
class ValueRate:
    """How leads with one value of an attribute convert.

    Attributes
    ----------
    kind : {"category", "other", "missing"}
        A category of its own, all those that are not, or leads where the attribute was not recorded.
    value : str
        The category; empty for the other kinds.
    leads, won : int
        Leads with the value, and those won within the horizon after their first snapshot.
    rate : Interval
        The share won, with its 95 % Wilson interval; leads of one company share their fate, so the interval counts
        companies more than leads.
    """

    kind: ValueKind
    value: str
    leads: int
    won: int
    rate: Interval


@dataclass(frozen=True)
class AttributeInsight:
    """One attribute, its values with enough leads, best first.

    Attributes
    ----------
    name : str
        The feature.
    wording : Wording
        Its name for people.
    overall_rate : float
        The share won of all leads.
    values : tuple of ValueRate
        Best first; values with the most leads where there are too many to show.
    rare_values, rare_leads : int
        How many values are not shown, and their leads.
    spread : float
        Share of the label's variance that the values explain, 0 to 1; attributes are ordered by it.
    """

    name: str
    wording: Wording
    overall_rate: float
    values: tuple[ValueRate, ...]
    rare_values: int
    rare_leads: int
    spread: float


def attribute_insights(
    dataset: Dataset, features: Sequence[NamedFeature], min_leads: int = MIN_LEADS
) -> tuple[AttributeInsight, ...]:
    """Compare the values of every categorical attribute.

    Parameters
    ----------
    dataset : Dataset
        Labelled snapshots; only the first one of each lead is looked at.
    features : sequence of NamedFeature
        Those with categories that are columns of the matrix are compared.
    min_leads : int
        Values with fewer leads are not shown.

    Returns
    -------
    tuple of AttributeInsight
        The attributes with at least two values to compare, the most telling first.
    """
    first = first_snapshots(dataset)
    if not len(first):
        return ()
    label = dataset.label[first] > 0
    found = (
        _insight(feature, _rates(feature, dataset, first), label, min_leads)
        for feature in features
        if feature.categories and feature.name in dataset.matrix.names
    )
    telling = (insight for insight in found if len(insight.values) > 1)
    return tuple(sorted(telling, key=lambda insight: (-insight.spread, insight.name)))


def first_snapshots(dataset: Dataset) -> IntArray:
    """Return the row of every lead's earliest snapshot, in the order of the lead numbers."""
    order = np.lexsort((dataset.as_of_ms, dataset.lead))
    lead = dataset.lead[order]
    starts = np.flatnonzero(np.r_[True, lead[1:] != lead[:-1]]) if len(lead) else np.zeros(0, dtype=np.int64)
    return order[starts].astype(np.int64)


def _insight(feature: NamedFeature, rates: Sequence[ValueRate], label: BoolArray, min_leads: int) -> AttributeInsight:
    enough = sorted((one for one in rates if one.leads >= min_leads), key=lambda one: -one.leads)
    shown = sorted(enough[:MAX_VALUES], key=lambda one: (-one.rate.value, -one.leads, one.value))
    overall = float(label.mean())
    return AttributeInsight(
        name=feature.name,
        wording=feature.wording,
        overall_rate=overall,
        values=tuple(shown),
        rare_values=len(rates) - len(shown),
        rare_leads=len(label) - sum(one.leads for one in shown),
        spread=_spread(shown, overall, len(label)),
    )


def _rates(feature: NamedFeature, dataset: Dataset, first: IntArray) -> list[ValueRate]:
    codes = dataset.matrix.column(feature.name)[first]
    return [
        _value_rate((kind, value), dataset.label[rows] > 0, dataset.group[rows])
        for kind, value, chosen in _choices(feature.categories or (), codes)
        if len(rows := first[chosen])
    ]


def _choices(categories: tuple[str, ...], codes: FloatArray) -> Iterator[tuple[ValueKind, str, BoolArray]]:
    for code, category in enumerate(categories):
        yield "category", category, codes == code
    yield "other", "", codes == len(categories)
    yield "missing", "", np.isnan(codes)


def _value_rate(value: tuple[ValueKind, str], won: BoolArray, group: IntArray) -> ValueRate:
    return ValueRate(
        *value, len(won), int(won.sum()), wilson(float(won.mean()), effective_size(group, np.ones(len(group))))
    )


def _spread(rates: Sequence[ValueRate], overall: float, leads: int) -> float:
    variance = overall * (1 - overall)
    between = sum(one.leads * (one.rate.value - overall) ** 2 for one in rates) / leads
    return between / variance if variance else 0.0
