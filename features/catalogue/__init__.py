"""Every feature there is, by name, with unit, group, wording and what missing means."""

from typing import Final

from features.catalogue.account import ACCOUNT
from features.catalogue.activity_type import STATISTICS, Statistic, activity_type_feature
from features.catalogue.custom import CustomTable, custom_feature
from features.catalogue.engagement import ENGAGEMENT
from features.catalogue.feature import Feature
from features.catalogue.fit import FIT
from features.catalogue.intent import INTENT
from features.catalogue.timing import TIMING

FEATURES: Final = {feature.name: feature for feature in (*FIT, *INTENT, *TIMING, *ENGAGEMENT, *ACCOUNT)}

__all__ = [
    "FEATURES",
    "STATISTICS",
    "CustomTable",
    "Feature",
    "Statistic",
    "activity_type_feature",
    "custom_feature",
]
