from features.arrays import FloatArray, IntArray
from features.one_lead import LeadView
from features.one_lead.lead_plan import LeadPlan
from features.spec import FittedFeature
from models.explaining import Explaining
from models.lead_score import Rank
from models.member_pass import MemberPass
from models.reasons import Explanation
from models.standing import Standing
from models.sub_scores import Part

class LeadPass:
    """The way of one lead through a learned model."""

    def __init__(
        self,
        plan: LeadPlan,
        row: MemberPass,
        standing: Standing,
        explaining: Explaining[Explanation],
        features: tuple[FittedFeature, ...],
        base_probability: float,
        picture: tuple[IntArray, FloatArray],
        others: tuple[IntArray, FloatArray],
    ) -> None: ...
    def of(
        self, lead: LeadView
    ) -> tuple[tuple[float, Rank, dict[Part, Rank]], Explanation, float, list[int], bytes]: ...
