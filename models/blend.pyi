from models.member_pass import MemberPass

class WeightedPass(MemberPass):
    """Adds a member with its weight to those before."""

    def __init__(self, before: MemberPass | None, member: MemberPass, weight: float) -> None: ...

class CalibratedPass(MemberPass):
    """Stretches log-odds and contributions, and shifts the base."""

    def __init__(self, whole: MemberPass, slope: float, intercept: float) -> None: ...
