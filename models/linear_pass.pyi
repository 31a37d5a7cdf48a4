from features.arrays import FloatArray, IntArray
from models.member_pass import MemberPass

class LinearPass(MemberPass):
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
