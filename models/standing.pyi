from collections.abc import Mapping

from features.arrays import FloatArray, IntArray
from models.lead_score import Rank
from models.sub_scores import Part

class RankScale:
    """From a probability to a rank."""

    def __init__(self, quantiles: FloatArray, ranks: tuple[Rank, ...]) -> None: ...
    def of(self, probability: float) -> Rank: ...

class Standing:
    """Turns log-odds into probabilities and ranks."""

    def __init__(self, whole: RankScale, parts: Mapping[Part, tuple[IntArray, RankScale]]) -> None: ...
    def of(
        self, log_odds: FloatArray, added: FloatArray, base: float
    ) -> list[tuple[float, Rank, dict[Part, Rank]]]: ...
