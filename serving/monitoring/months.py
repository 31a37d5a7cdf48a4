"""Scores and their quality by the month of scoring."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from features.arrays import FloatArray
from models.quality.distribution import Distribution, number_edges
from models.quality.drift import stability_index
from models.quality.reference import Reference
from models.score_map import GRADES
from serving.monitoring.judged import Judged, Quality, quality_of


@dataclass(frozen=True, slots=True)
class Month:
    """The first answer about each lead in a month.

    Attributes
    ----------
    month : str
        ``2026-03``.
    versions : tuple of str
        Who answered.
    leads : int
        How many.
    mean_probability : float
        0 to 1.
    grades : dict of str to float
        Share of each grade.
    index_to_reference : float
        Population stability index of the probabilities of the watched version against its reference; NaN without.
    index_to_before : float
        The same of all against the month before; NaN for the first.
    quality : Quality or None
        Of those that have matured; None where none has.
    """

    month: str
    versions: tuple[str, ...]
    leads: int
    mean_probability: float
    grades: dict[str, float]
    index_to_reference: float
    index_to_before: float
    quality: Quality | None


def months_of(first: pd.DataFrame, version: str, reference: Reference | None) -> tuple[Month, ...]:
    """Describe every month in which leads were scored, oldest first.

    Parameters
    ----------
    first : pandas.DataFrame
        The first answer about each lead in each month, by whatever version.
    version : str
        The one that is watched.
    reference : Reference or None
        Its own.
    """
    if first.empty:
        return ()
    every = first["probability"].to_numpy(dtype=np.float64)
    bins = reference.probability if reference else Distribution.of([every], number_edges(every))
    before: FloatArray | None = None
    made = []
    for month, rows in first.groupby("month", sort=True):
        tally = bins.tally(rows["probability"].to_numpy(dtype=np.float64))
        to_before = np.nan if before is None else stability_index(before, tally)
        made.append(_month(str(month), rows, (_index(rows, version, reference), to_before)))
        before = tally
    return tuple(made)


def _month(month: str, rows: pd.DataFrame, indexes: tuple[float, float]) -> Month:
    shares = rows["grade"].value_counts(normalize=True)
    return Month(
        month=month,
        versions=tuple(rows["model_version"].unique().tolist()),
        leads=len(rows),
        mean_probability=float(rows["probability"].mean()),
        grades={grade: float(shares.get(grade, 0.0)) for grade in GRADES},
        index_to_reference=indexes[0],
        index_to_before=indexes[1],
        quality=quality_of(Judged.of(rows)),
    )


def _index(rows: pd.DataFrame, version: str, reference: Reference | None) -> float:
    if reference is None:
        return np.nan
    own = rows.loc[rows["model_version"] == version, "probability"].to_numpy(dtype=np.float64)
    return reference.probability.index(reference.rows, reference.probability.tally(own))
