from typing import Generic, TypeVar

from features.arrays import FloatArray
from features.spec import FittedFeature

_Explanation = TypeVar("_Explanation")

class Explaining(Generic[_Explanation]):
    """Tells so many contributions of a row."""

    def __init__(
        self, reason: type, explanation: type[_Explanation], most: int, least: float, reserved: int
    ) -> None: ...
    def rows(
        self,
        features: tuple[FittedFeature, ...],
        values: FloatArray,
        added: FloatArray,
        base: float,
        base_probability: float,
    ) -> list[_Explanation]: ...
