"""The ideal customer profile and engagement points: what scores leads while there are too few deals to learn from."""

from models.icp.rating import Rating, Scale
from models.icp.reason import ActivityReason, FitReason, PointsReason
from models.icp.rules import IcpRules
from models.icp.scoring import RulesScore, score

__all__ = ["ActivityReason", "FitReason", "IcpRules", "PointsReason", "Rating", "RulesScore", "Scale", "score"]
