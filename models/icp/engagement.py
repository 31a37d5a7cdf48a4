"""Points for activities, each worth half as much after every half-life."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from features.arrays import FloatArray, IntArray
from features.catalogue.feature import plain_name
from features.catalogue.sentence import NumberSentence
from features.instant import MISSING_MS, MS_PER_DAY
from features.records import Records
from features.snapshots import Snapshots
from models.icp.criterion import comparable


@dataclass(frozen=True, slots=True)
class ActivityPoints:
    """What activities of one type are worth.

    Attributes
    ----------
    type : str
        As in the activities table; case and width make no difference.
    sentence : NumberSentence
        Says how many there were.
    points : float
        For a fresh one; below zero it counts against the lead.
    half_life_days : float
        After so many days it is worth half; infinite where it never fades.
    cap : float
        All of the type together come to no more than this, up or down.
    """

    type: str
    sentence: NumberSentence
    points: float
    half_life_days: float
    cap: float

    @property
    def feature(self) -> str:
        """The name under which reasons go."""
        return f"activity_{plain_name(self.type)}"


@dataclass(frozen=True)
class EngagementPoints:
    """What each type of activity is worth."""

    types: tuple[ActivityPoints, ...]

    @cached_property
    def points(self) -> FloatArray:
        """For a fresh activity of each type."""
        return np.array([one.points for one in self.types], dtype=np.float64)

    @cached_property
    def half_life_days(self) -> FloatArray:
        """The half-life of each type."""
        return np.array([one.half_life_days for one in self.types], dtype=np.float64)

    @cached_property
    def cap(self) -> FloatArray:
        """The cap of each type."""
        return np.array([one.cap for one in self.types], dtype=np.float64)

    @cached_property
    def place(self) -> Mapping[str, int]:
        """Where each type stands, by its name as ``comparable`` writes it."""
        return {comparable(one.type): place for place, one in enumerate(self.types)}


@dataclass(frozen=True)
class Tally:
    """What the activities known at each snapshot come to; arrays of shape (snapshots, types).

    Attributes
    ----------
    points : numpy.ndarray
        float64, after decay and cap.
    count : numpy.ndarray
        int64, how many there were.
    last_ms : numpy.ndarray
        int64, when the newest occurred; ``MISSING_MS`` where there was none.
    """

    points: FloatArray
    count: IntArray
    last_ms: IntArray


def tally(engagement: EngagementPoints, records: Records, snapshots: Snapshots) -> Tally:
    """Add up activities: ``points * 0.5 ** (age_days / half_life_days)`` over those known strictly before ``as_of``.

    The age counts from when the activity occurred. The order of the rows in the source changes nothing, not even the
    last bit.
    """
    shape = (len(snapshots), len(engagement.types))
    size = shape[0] * shape[1]
    cell, kind, occurred_ms, age_days = _known_events(engagement, records, snapshots)
    faded = np.bincount(cell, np.exp2(-age_days / engagement.half_life_days[kind]), minlength=size).reshape(shape)
    last_ms = np.full(size, MISSING_MS, dtype=np.int64)
    last_ms[cell] = occurred_ms  # in ascending order, so the last one stays
    return Tally(
        points=np.clip(faded * engagement.points, -engagement.cap, engagement.cap),
        count=np.bincount(cell, minlength=size).reshape(shape),
        last_ms=last_ms.reshape(shape),
    )


def _known_events(
    engagement: EngagementPoints, records: Records, snapshots: Snapshots
) -> tuple[IntArray, IntArray, IntArray, FloatArray]:
    """Return the events that earn points: cell of the tally, type, instant and age, by cell and instant."""
    index = records.activities.by_lead
    start = index.start(snapshots.lead)
    number = index.position(snapshots.lead, snapshots.as_of_ms) - start
    place = np.arange(number.sum()) + np.repeat(start + number - number.cumsum(), number)
    kind = _kinds(engagement, records)[records.activities.types.codes[index.rows[place]]]
    snapshot = np.repeat(np.arange(len(snapshots)), number)
    occurred_ms = index.occurred[place] % index.span_ms + index.origin_ms
    cell = snapshot * len(engagement.types) + kind
    order = np.lexsort((occurred_ms, cell))
    order = order[kind[order] >= 0]
    age_days = (snapshots.as_of_ms[snapshot[order]] - occurred_ms[order]) / MS_PER_DAY
    return cell[order], kind[order], occurred_ms[order], age_days


def _kinds(engagement: EngagementPoints, records: Records) -> IntArray:
    """Return where each type that the source has stands among those that earn points, -1 where it earns none."""
    names = records.activities.types.names
    return np.array([*(engagement.place.get(comparable(name), -1) for name in names), -1], dtype=np.int64)
