"""What the model saw when it answered, read back from the score history."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from sqlalchemy import Engine, Select, func, select

from features.arrays import FloatArray
from serving.history_entry import CHAMPION
from serving.monitoring.period import Period
from serving.score_id import first_score_id
from serving.store_tables import SCORES

_ROWS_AT_ONCE: Final = 10_000
_BYTES_PER_VALUE: Final = 4


@dataclass(frozen=True)
class Seen:
    """Some answers, each the first about its lead.

    Attributes
    ----------
    values : numpy.ndarray
        float64, shape (answers, features).
    probability : numpy.ndarray
        float64, what was answered.
    unreadable : int
        Answers left out, which hold another number of features.
    """

    values: FloatArray
    probability: FloatArray
    unreadable: int


def seen_lately(engine: Engine, period: Period, version: str, features: int) -> Iterator[Seen]:
    """Yield what a version saw in the recent part of a period, thousands of leads at a time.

    Parameters
    ----------
    engine : sqlalchemy.Engine
    period : Period
    version : str
        The version that answered.
    features : int
        How many features it has.
    """
    wanted = _first_answers(period, version)
    with engine.connect().execution_options(yield_per=_ROWS_AT_ONCE) as connection:
        for part in connection.execute(wanted).partitions():
            whole = [row for row in part if len(row.inputs) == features * _BYTES_PER_VALUE]
            values = np.frombuffer(b"".join(row.inputs for row in whole), dtype="<f4").reshape(-1, features)
            probability = np.array([row.probability for row in whole], dtype=np.float64)
            yield Seen(values.astype(np.float64), probability, len(part) - len(whole))


def _first_answers(period: Period, version: str) -> Select[tuple[bytes, float]]:
    in_time = SCORES.c.score_id.between(first_score_id(period.recent_ms), first_score_id(period.until_ms))
    is_its = (SCORES.c.role == CHAMPION, SCORES.c.model_version == version, SCORES.c.inputs.is_not(None))
    first = select(func.min(SCORES.c.score_id)).where(in_time, *is_its).group_by(SCORES.c.lead_id)
    return select(SCORES.c.inputs, SCORES.c.probability).where(SCORES.c.score_id.in_(first))
