"""The quality of a source as a whole."""

from dataclasses import dataclass

import numpy as np

from features.tables import Tables
from features.text_column import places
from training.quality.duplicates import Duplicates, duplicates
from training.quality.fill_rates import FillRate, fill_rates
from training.quality.months import RowsByMonth, rows_by_month
from training.quality.outliers import Outliers, outliers
from training.quality.rare_categories import RareCategories, rare_categories


@dataclass(frozen=True)
class Quality:
    """What the owner of a source should know of it.

    Attributes
    ----------
    leads : int
        How many there are.
    without_activity : int or None
        How many never had one; None where the source has no activities.
    decided, undated : int
        Leads and deals that were won or lost, and those of them whose date is missing.
    fill_rates : tuple of FillRate
        Of every column, the emptiest first.
    rare : tuple of RareCategories
        Columns with values that too few rows have.
    outliers : tuple of Outliers
        Columns with numbers far from all others.
    duplicates : tuple of Duplicates
        Repeats, by respect.
    months : tuple of RowsByMonth
        Of every dated table.
    """

    leads: int
    without_activity: int | None
    decided: int
    undated: int
    fill_rates: tuple[FillRate, ...]
    rare: tuple[RareCategories, ...]
    outliers: tuple[Outliers, ...]
    duplicates: tuple[Duplicates, ...]
    months: tuple[RowsByMonth, ...]


def data_quality(tables: Tables) -> Quality:
    """Look at a source as data."""
    decided, undated = _decided(tables)
    return Quality(
        leads=len(tables.leads),
        without_activity=_without_activity(tables) if len(tables.activities) else None,
        decided=decided,
        undated=undated,
        fill_rates=fill_rates(tables),
        rare=rare_categories(tables),
        outliers=outliers(tables),
        duplicates=duplicates(tables),
        months=rows_by_month(tables),
    )


def _without_activity(tables: Tables) -> int:
    lead = places(tables.leads["lead_id"], tables.activities["lead_id"])
    return len(tables.leads) - len(np.unique(lead[lead >= 0]))


def _decided(tables: Tables) -> tuple[int, int]:
    is_decided = [frame["outcome"].isin(["won", "lost"]) for frame in (tables.leads, tables.deals)]
    dates = (frame["closed_at"].isna() for frame in (tables.leads, tables.deals))
    undated = (decided & missing for decided, missing in zip(is_decided, dates, strict=True))
    return sum(int(one.sum()) for one in is_decided), sum(int(one.sum()) for one in undated)
