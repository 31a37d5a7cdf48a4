"""How good a source is as data, whatever a model makes of it."""

from training.quality.quality import Quality, data_quality

__all__ = ["Quality", "data_quality"]
