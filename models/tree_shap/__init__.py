"""TreeSHAP by look-up: what each feature adds to a booster's raw score, worked out when the booster is loaded."""

from models.tree_shap.forest_shap import ForestShap
from models.tree_shap.forest_text import UnsuitedForestError

__all__ = ["ForestShap", "UnsuitedForestError"]
