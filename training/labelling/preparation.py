"""From tables to labelled snapshots, before any feature is computed."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from features.arrays import IntArray
from features.compute import compute
from features.fitting import FittedFeatures, fit_features
from features.matrix import FeatureMatrix
from features.outcomes import lead_outcomes
from features.records import Records
from features.snapshots import Snapshots
from features.spec import FeatureSpec
from features.tables import Tables
from training.labelling.dataset import Dataset
from training.labelling.horizon import Horizon, choose_horizon
from training.labelling.labels import label_snapshots
from training.labelling.snapshots import ages_for, lead_snapshots


@dataclass(frozen=True)
class Prepared:
    """The labelled snapshots of a source.

    Attributes
    ----------
    tables : Tables
        The source.
    records : Records
        The same, ready for features.
    outcomes : pandas.DataFrame
        How each lead ended.
    horizon : Horizon
        How far the label looks ahead.
    labelled : pandas.DataFrame
        Every snapshot with its label, as ``label_snapshots`` returns it.
    data_end_ms : int
        What is dated later does not exist for this training.
    """

    tables: Tables
    records: Records
    outcomes: pd.DataFrame
    horizon: Horizon
    labelled: pd.DataFrame
    data_end_ms: int

    @cached_property
    def observed(self) -> pd.DataFrame:
        """The snapshots whose whole window is known: those that training and testing use."""
        return self.labelled[self.labelled["window_observed"]].reset_index(drop=True)

    @cached_property
    def bare(self) -> Dataset:
        """The observed snapshots without features, for splitting."""
        return self.dataset(FeatureMatrix((), np.empty((len(self.observed), 0)), ()), np.arange(len(self.observed)))

    def dataset(self, matrix: FeatureMatrix, rows: IntArray) -> Dataset:
        """Join features computed at some of the observed snapshots with their labels."""
        part = self.observed.iloc[rows]
        lead = part["lead"].to_numpy(dtype=np.int64)
        return Dataset(
            matrix=matrix,
            label=part["label"].to_numpy(dtype=np.float64),
            weight=part["weight"].to_numpy(dtype=np.float64),
            as_of_ms=part["as_of_ms"].to_numpy(dtype=np.int64),
            lead=lead,
            group=self.groups[lead],
            horizon_days=self.horizon.days,
        )

    def snapshots(self, rows: IntArray) -> Snapshots:
        """Return some of the observed snapshots."""
        part = self.observed.iloc[rows]
        return Snapshots(part["lead"].to_numpy(dtype=np.int64), part["as_of_ms"].to_numpy(dtype=np.int64))

    def snapshots_at(self, rows: IntArray) -> Snapshots:
        """Return some of the labelled snapshots, observed or not."""
        part = self.labelled.iloc[rows]
        return Snapshots(part["lead"].to_numpy(dtype=np.int64), part["as_of_ms"].to_numpy(dtype=np.int64))

    def fit_features(self, rows: IntArray, excluded: frozenset[str]) -> FittedFeatures:
        """Fit the features on some of the observed snapshots."""
        return fit_features(self.records, self.snapshots(rows), excluded)

    def compute(self, spec: FeatureSpec, rows: IntArray) -> FeatureMatrix:
        """Compute features at some of the observed snapshots."""
        return compute(spec, self.records, self.snapshots(rows))

    @cached_property
    def groups(self) -> IntArray:
        """One number a company; a lead without a company is a group of its own."""
        company = self.records.company_of_lead
        return np.where(company >= 0, company, company.max(initial=-1) + 1 + np.arange(len(company)))


def prepare(tables: Tables, data_end_ms: int, horizon_days: int | None = None) -> Prepared:
    """Label the snapshots of a source.

    Parameters
    ----------
    tables : Tables
        The source.
    data_end_ms : int
        Milliseconds since the epoch.
    horizon_days : int, optional
        The horizon asked for; chosen by what the data afford where it is not given.
    """
    outcomes = lead_outcomes(tables, data_end_ms)
    horizon = choose_horizon(outcomes, data_end_ms, horizon_days)
    snapshots = lead_snapshots(outcomes, ages_for(tables), data_end_ms)
    labelled = label_snapshots(snapshots, outcomes, horizon.days, data_end_ms)
    return Prepared(tables, Records.of(tables), outcomes, horizon, labelled, data_end_ms)
