from features.arrays import FloatArray

class MemberPass:
    """Explains rows."""

    @property
    def features(self) -> int: ...
    @property
    def base(self) -> float: ...
    def add_up(self, values: FloatArray, added: FloatArray, log_odds: FloatArray) -> None: ...

class GivenPass(MemberPass):
    """Hands on what another has worked out for the same rows."""

    def __init__(self, added: FloatArray, log_odds: FloatArray, base: float) -> None: ...
