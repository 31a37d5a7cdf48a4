from collections.abc import Sequence

from features.arrays import FloatArray

class Blend:
    """A weighted sum, then a slope and an intercept."""

    def __init__(self, weights: tuple[float, ...], slope: float, intercept: float) -> None: ...
    def numbers(self, of_members: Sequence[FloatArray], blended: FloatArray) -> None: ...
    def rows(self, of_members: Sequence[FloatArray], blended: FloatArray) -> None: ...
