"""Whether outcomes come back at all: without them, every lead looks lost."""

from dataclasses import dataclass

import pandas as pd

from features.instant import MS_PER_DAY, to_ms


@dataclass(frozen=True, slots=True)
class Reporting:
    """How outcomes come back.

    Attributes
    ----------
    last_ms : int or None
        When one was reported last, in milliseconds since the epoch; None where none ever was.
    due : int
        Leads scored in the period whose horizon has passed.
    decided : int
        Of those that had been due when an outcome was reported last, the ones known to be won or lost.
    predicted : float
        Wins that the first scores of the latter add up to.
    """

    last_ms: int | None
    due: int
    decided: int
    predicted: float

    def quiet_days(self, until_ms: int) -> float | None:
        """Return how long nothing has been reported; None where nothing ever was."""
        return None if self.last_ms is None else (until_ms - self.last_ms) / MS_PER_DAY


def reporting_of(champion: pd.DataFrame, last_ms: int | None, until_ms: int) -> Reporting:
    """Look at how outcomes come back.

    Parameters
    ----------
    champion : pandas.DataFrame
        What callers were answered by a model.
    last_ms : int or None
        When an outcome was reported last.
    until_ms : int
        When this is looked at.
    """
    first = champion.drop_duplicates("lead_id")
    end_ms = to_ms(first["as_of"]) + first["horizon_days"].fillna(0).to_numpy(dtype="int64") * MS_PER_DAY
    matured = first[first["is_matured"]]
    return Reporting(
        last_ms=last_ms,
        due=int((end_ms <= until_ms).sum()),
        decided=int(matured["outcome"].notna().sum()),
        predicted=float(matured["probability"].sum()),
    )
