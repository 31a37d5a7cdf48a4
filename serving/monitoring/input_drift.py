"""What the model saw lately, against what it saw when it was trained."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

import numpy as np

from features.arrays import FloatArray
from features.spec import FeatureSpec, FittedFeature
from features.wording import Wording
from models.quality.distribution import Distribution
from models.quality.interval import Interval, wilson
from models.quality.reference import Reference
from serving.monitoring.seen import Seen

FALSE_ALARMS: Final = 0.01
"""How likely any of all inputs of leads who have not changed may be beyond chance."""

_PROBABILITY: Final = Wording("probability", "成約確率")


class _Terms(NamedTuple):
    """On how many leads the reference rests, how likely chance may go beyond its bound, and how old the model is."""

    rows: int
    likelihood: float
    age_days: float


@dataclass(frozen=True)
class Drift:
    """One distribution, then and now.

    Attributes
    ----------
    wording : Wording
        Of what.
    index : float
        Population stability index; NaN where no lead was scored.
    chance : float
        The index that leads who have not changed would hardly ever exceed.
    usual : float
        By how much single days differed in training already, or months as far apart as the model is old.
    before, now : tuple of float
        Shares of missing values and of each bin; none now where no lead was scored.
    """

    wording: Wording
    index: float
    chance: float
    usual: float
    before: tuple[float, ...]
    now: tuple[float, ...]

    @classmethod
    def of(cls, wording: Wording, reference: Distribution, tally: FloatArray, terms: _Terms) -> "Drift":
        """Compare a tally with what was seen then."""
        leads = tally.sum()
        return cls(
            wording=wording,
            index=reference.index(terms.rows, tally),
            chance=reference.chance(terms.rows, tally, terms.likelihood),
            usual=max(reference.usual_index, reference.turnover.index_after(terms.age_days)),
            before=reference.shares,
            now=tuple((tally / leads).tolist()) if leads else (),
        )

    @property
    def more_than_usual(self) -> float:
        """By how much the index exceeds what is usual."""
        return self.index - self.usual

    def is_beyond(self, bound: float) -> bool:
        """Tell whether this is more than a bound, and more than chance, on top of what is usual."""
        return self.more_than_usual > max(bound, self.chance)


@dataclass(frozen=True)
class FeatureDrift:
    """One feature, then and now.

    Attributes
    ----------
    name : str
        Of the feature.
    drift : Drift
        Of its values.
    missing : Interval
        Share of leads without a value now.
    unseen, usually_unseen : Interval or None
        Share of leads whose category was rare or not there in training: now, and what was usual in training for a
        model of this age, as categories come and go; None for numbers.
    """

    name: str
    drift: Drift
    missing: Interval
    unseen: Interval | None
    usually_unseen: Interval | None

    @property
    def usually_missing(self) -> float:
        """The share without a value in training."""
        return self.drift.before[0]

    @property
    def more_unseen(self) -> float:
        """By how much the share of unseen categories exceeds what is usual; below 0 where there are fewer."""
        if self.unseen is None or self.usually_unseen is None:
            return 0.0
        return self.unseen.value - self.usually_unseen.value

    def has_more_unseen(self, than: float) -> bool:
        """Tell whether the excess is certainly more than a share: the intervals are so far apart."""
        if self.unseen is None or self.usually_unseen is None:
            return False
        return self.unseen.above(self.usually_unseen.high + than)


@dataclass(frozen=True)
class InputDrift:
    """All that the model saw lately; each lead counts once, with its first answer.

    Attributes
    ----------
    leads : int
        How many.
    unreadable : int
        Answers left out, as they hold another number of features: another model had the same version once.
    features : tuple of FeatureDrift
        The one that moved most beyond what is usual first; none where no lead was scored.
    score : Drift
        Of the probabilities.
    """

    leads: int
    unreadable: int
    features: tuple[FeatureDrift, ...]
    score: Drift

    @cached_property
    def most_unseen(self) -> FeatureDrift | None:
        """The category with most more unseen values than in training; None where there are no categories."""
        categories = [one for one in self.features if one.unseen is not None]
        return max(categories, key=lambda one: one.more_unseen, default=None)


def input_drift(seen: Iterable[Seen], spec: FeatureSpec, reference: Reference, age_days: float) -> InputDrift:
    """Compare what was seen with a reference of the same features.

    Parameters
    ----------
    seen : iterable of Seen
        By the model.
    spec : FeatureSpec
        Its features.
    reference : Reference
        Of its training.
    age_days : float
        How old it is.
    """
    known = [reference.features[name] for name in spec.names]
    tallies = [np.zeros(len(one.shares)) for one in known]
    scores, unreadable = np.zeros(len(reference.probability.shares)), 0
    for part in seen:
        unreadable += part.unreadable
        scores += reference.probability.tally(part.probability)
        columns = zip(tallies, known, part.values.T, strict=True)
        tallies = [tally + one.tally(column) for tally, one, column in columns]
    leads = int(scores.sum())
    terms = _Terms(reference.rows, FALSE_ALARMS / (len(known) + 1), age_days)
    named = zip(spec.features, known, tallies, strict=True)
    found = [_feature_drift(*one, terms) for one in named] if leads else []
    return InputDrift(
        leads=leads,
        unreadable=unreadable,
        features=tuple(sorted(found, key=lambda one: -one.drift.more_than_usual)),
        score=Drift.of(_PROBABILITY, reference.probability, scores, terms),
    )


def _feature_drift(feature: FittedFeature, known: Distribution, tally: FloatArray, terms: _Terms) -> FeatureDrift:
    leads = float(tally.sum())
    is_category = feature.categories is not None
    usually_unseen = max(known.last, known.turnover.unseen_after(terms.age_days))
    return FeatureDrift(
        name=feature.name,
        drift=Drift.of(feature.wording, known, tally, terms),
        missing=wilson(float(tally[0]) / leads, leads),
        unseen=wilson(float(tally[-1]) / leads, leads) if is_category else None,
        usually_unseen=wilson(usually_unseen, terms.rows) if is_category else None,
    )
