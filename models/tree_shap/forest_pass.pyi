from features.arrays import FloatArray, IntArray
from models.member_pass import MemberPass
from models.tree_shap.compared import Compared

class ForestPass(MemberPass):
    """The way of rows through the tables of a forest."""

    def __init__(
        self,
        compared: Compared,
        columns: IntArray,
        thresholds: FloatArray,
        question_ends: IntArray,
        starts: IntArray,
        cells: FloatArray,
        features: IntArray,
        feature_counts: IntArray,
        base: float,
    ) -> None: ...
