from features.arrays import FloatArray, IntArray

class LinearPass:
    """The way of rows through the terms of a logistic regression."""

    def __init__(
        self,
        base: float,
        missing: FloatArray,
        other: FloatArray,
        is_table: IntArray,
        curve_ends: IntArray,
        table_ends: IntArray,
        stretches: FloatArray,
        heights: FloatArray,
    ) -> None: ...
    def add_up(self, values: FloatArray, added: FloatArray, log_odds: FloatArray) -> None: ...
