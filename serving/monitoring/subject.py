"""The model that is watched."""

from dataclasses import dataclass

import pandas as pd

from features.instant import MS_PER_DAY
from models.conversion import ConversionModel


@dataclass(frozen=True)
class Subject:
    """A version of the registry.

    Attributes
    ----------
    name, version : str
        In the registry.
    model : ConversionModel
        With the reference that it was trained with, if there is one.
    """

    name: str
    version: str
    model: ConversionModel

    @property
    def data_end_ms(self) -> int | None:
        """Until when it has seen outcomes, in milliseconds since the epoch."""
        found = self.model.facts.get("data_end")
        return None if found is None else int(pd.Timestamp(str(found)).timestamp() * 1000)

    def age_days(self, until_ms: int) -> float | None:
        """Return how old it is at an instant, counted from its data end; 0 before that."""
        return None if self.data_end_ms is None else max(0.0, (until_ms - self.data_end_ms) / MS_PER_DAY)
