"""Leads that are open now beside leads that were open a horizon ago: of like age, one decided since, one not."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from features.arrays import BoolArray, FloatArray, IntArray
from features.compute import compute
from features.instant import MISSING_MS, MS_PER_DAY, to_ms
from features.matrix import FeatureMatrix
from features.snapshots import Snapshots
from features.spec import FeatureSpec
from training.labelling.preparation import Prepared

MOST_LEADS: Final = 3_000
MIN_LEADS: Final = 100
MIN_DECIDED: Final = 30
_AGES: Final = 16
_DECIDED_BY_THEN: Final = 0.95


@dataclass(frozen=True)
class Cohorts:
    """Two looks at the open leads of a source, a horizon apart.

    An honest column looks the same in both, apart from drift. A column that is filled in with the outcome does not: in
    the earlier look it shows what has happened since, in the later one that has not happened yet.

    Attributes
    ----------
    then, now : FeatureMatrix
        The features of either look; attributes stand as the export has them.
    won, lost : numpy.ndarray
        bool, which leads of the earlier look were won or lost by now.
    weight : numpy.ndarray
        float64, one a lead of the later look: makes its ages those of the earlier one.
    """

    then: FeatureMatrix
    now: FeatureMatrix
    won: BoolArray
    lost: BoolArray
    weight: FloatArray

    @property
    def endings(self) -> tuple[tuple[BoolArray, bool], ...]:
        """The endings that enough leads of the earlier look came to, and whether each is a win."""
        both = ((self.won, True), (self.lost, False))
        return tuple((ended, is_won) for ended, is_won in both if ended.sum() >= MIN_DECIDED)


def cohorts_of(prepared: Prepared, spec: FeatureSpec, seed: int) -> Cohorts | None:
    """Draw the cohorts; None where too few leads were open at either time, or too few of the earlier are decided.

    Parameters
    ----------
    prepared : Prepared
        The source.
    spec : FeatureSpec
        The features to look at.
    seed : int
        Decides the lots.
    """
    rng = np.random.default_rng(seed)
    then_ms = prepared.data_end_ms - prepared.horizon.days * MS_PER_DAY
    oldest_ms = _usual_life_ms(prepared)
    then, now = (_open_at(prepared, instant, oldest_ms, rng) for instant in (then_ms, prepared.data_end_ms))
    if min(len(then), len(now)) < MIN_LEADS:
        return None
    then, weight = _of_like_age(then, now, prepared.records.created_ms)
    outcome = prepared.outcomes["outcome"].to_numpy()[then.lead]
    decided = to_ms(prepared.outcomes["decided_at"])[then.lead] != MISSING_MS
    won, lost = (np.asarray(decided & (outcome == ending), dtype=np.bool_) for ending in ("won", "lost"))
    if len(then) < MIN_LEADS or max(won.sum(), lost.sum()) < MIN_DECIDED:
        return None
    of_then, of_now = (compute(spec, prepared.records, snapshots) for snapshots in (then, now))
    return Cohorts(of_then, of_now, won, lost, weight)


def _usual_life_ms(prepared: Prepared) -> int:
    """Return the age by which nearly all decided leads were decided: who is older and open is merely forgotten."""
    decided, created = (to_ms(prepared.outcomes[column]) for column in ("decided_at", "created_at"))
    is_decided = decided != MISSING_MS
    return int(np.quantile((decided - created)[is_decided], _DECIDED_BY_THEN)) if is_decided.any() else 0


def _open_at(prepared: Prepared, instant_ms: int, oldest_ms: int, rng: np.random.Generator) -> Snapshots:
    outcomes = prepared.outcomes
    decided, created = to_ms(outcomes["decided_at"]), to_ms(outcomes["created_at"])
    is_open = (
        (created < instant_ms)
        & (created >= instant_ms - oldest_ms)
        & ((decided == MISSING_MS) | (decided > instant_ms))
    )
    lead = np.flatnonzero(is_open & outcomes["left_out"].isna().to_numpy())
    lead = np.sort(rng.permutation(lead)[:MOST_LEADS])
    return Snapshots(lead, np.full(len(lead), instant_ms, dtype=np.int64))


def _of_like_age(then: Snapshots, now: Snapshots, created_ms: IntArray) -> tuple[Snapshots, FloatArray]:
    """Return the leads of then as old as some are now, and the weights that make those of now as old as they."""
    age_then, age_now = (one.as_of_ms - created_ms[one.lead] for one in (then, now))
    edges = np.quantile(np.append(age_then, age_now), np.arange(1, _AGES) / _AGES)
    bin_then, bin_now = (edges.searchsorted(age, side="right") for age in (age_then, age_now))
    wanted, there = (np.bincount(ages, minlength=_AGES) for ages in (bin_then, bin_now))
    weight: FloatArray = np.divide(wanted, there, out=np.zeros(_AGES), where=there > 0)[bin_now]
    return then.take(np.flatnonzero(there[bin_then] > 0)), weight
