from features.arrays import FloatArray, IntArray

class Compared:
    """The numbers that questions are compared with."""

    def __init__(self, features: int, feature_of_set: IntArray, others: FloatArray, *, blanks_zeros: bool) -> None: ...
    @property
    def features(self) -> int: ...
    @property
    def count(self) -> int: ...
