"""How the columns of a model are measured: several at once where they are alike, else each by itself."""

from collections.abc import Mapping
from typing import NamedTuple

from features.catalogue.feature import Measure
from features.past import StreamStatistic


class StreamColumns(NamedTuple):
    """Columns that hold the same statistic, each of another stream."""

    statistic: StreamStatistic
    columns: tuple[int, ...]
    streams: tuple[str, ...]


class SingleColumn(NamedTuple):
    """A column by itself: how it is measured and, for a category, the codes."""

    column: int
    measure: Measure
    code_of: Mapping[str, float]
    other_code: float
