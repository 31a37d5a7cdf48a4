"""How ``mlflow.pyfunc.load_model("models:/lead-conversion@champion")`` gets at the model.

MLflow finds this module by its name in the model's ``MLmodel`` file and calls ``_load_pyfunc``; nothing here needs
MLflow.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from features.arrays import FloatArray, IntArray
from features.compute import compute
from features.instant import MISSING_MS
from features.matrix import FeatureMatrix
from features.records import Records
from features.snapshots import Snapshots
from features.tables import Tables
from features.validation import raw_from_frame
from features.validation.times import parse_times
from models.conversion import ConversionModel
from models.nested_leads import unnest

AS_OF: Final = "as_of"
_SHOWN: Final = 5


class ScoringInputError(ValueError):
    """What is to be scored is neither leads with their instant nor the model's features."""


class LeadScorer:
    """A conversion model behind MLflow's ``predict``.

    Times without an offset are read in the time zone that the model was trained in, where its facts name one.
    """

    def __init__(self, model: ConversionModel) -> None:
        self._model = model
        self._time_zone = str(model.facts.get("time_zone", "UTC"))

    def predict(self, model_input: pd.DataFrame | Mapping[str, Any]) -> pd.DataFrame:
        """Return the probability that each lead is won within the model's horizon.

        Parameters
        ----------
        model_input : pandas.DataFrame or mapping
            One of

            - leads: the columns of the leads table and ``as_of``, the instant at which the lead is looked at (ISO 8601
              or a datetime). ``company``, ``activities``, ``qualifications``, ``deals``,
              ``stage_history`` and ``field_history`` may hold each lead's rows of those tables, as objects or JSON;
            - tables: a mapping of table names to frames or lists of records, ``leads`` with ``as_of`` among them;
            - features: a frame with every feature of the model as a number, in any order. Other columns are ignored.

        Returns
        -------
        pandas.DataFrame
            ``lead_id`` where there is one, and ``probability``; one row a lead, in the order and under the index given.

        Raises
        ------
        ScoringInputError
            Where it is none of the three.
        features.faults.BadDataError
            With every fault of the tables.
        """
        if isinstance(model_input, Mapping):
            return self._of_tables({str(name): _frame(rows) for name, rows in model_input.items()})
        if AS_OF in model_input:
            return self._of_tables(unnest(model_input))
        return _told(model_input, self._model.probability(self._matrix(model_input)))

    def _of_tables(self, tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
        leads = tables.get("leads", pd.DataFrame())
        if AS_OF not in leads:
            raise ScoringInputError(
                f"leads must have the column {AS_OF}, the instant at which each lead is looked at; found "
                f"{_listed(leads.columns)}. Add it: now, for leads as they stand today."
            )
        as_of_ms = _instants(leads, self._time_zone)
        valid = Tables.from_frames(time_zone=self._time_zone, **{**tables, "leads": leads.drop(columns=AS_OF)})
        snapshots = Snapshots(np.arange(len(leads), dtype=np.int64), as_of_ms)
        return _told(leads, self._model.probability(compute(self._model.spec, Records.of(valid), snapshots)))

    def _matrix(self, frame: pd.DataFrame) -> FeatureMatrix:
        spec = self._model.spec
        missing = [name for name in spec.names if name not in frame]
        if missing:
            raise ScoringInputError(
                f"Needs the column {AS_OF} beside those of the leads table, or every feature of the model; found "
                f"{_listed(frame.columns)}, without {AS_OF} and without {len(missing)} of {len(spec.names)} features: "
                f"{_listed(missing)}. Add {AS_OF} to score leads."
            )
        return FeatureMatrix(spec.names, _numbers(frame[list(spec.names)]), spec.categorical)


def _load_pyfunc(path: str) -> LeadScorer:
    """Load the model in a folder; MLflow calls this."""
    return LeadScorer(ConversionModel.load(Path(path)))


def _frame(rows: Any) -> pd.DataFrame:
    return rows if isinstance(rows, pd.DataFrame) else pd.DataFrame(list(rows), dtype=object)


def _instants(leads: pd.DataFrame, time_zone: str) -> IntArray:
    cells = raw_from_frame("leads", leads[[AS_OF]]).cells.column(0)
    instants_ms = parse_times(cells, ZoneInfo(time_zone)).instants_ms
    wrong = instants_ms == MISSING_MS
    if wrong.any():
        first = int(np.argmax(wrong))
        raise ScoringInputError(
            f"{AS_OF} must be an ISO 8601 time in every row; {int(wrong.sum()):,} of {len(wrong):,} rows have none, "
            f"row {first + 1:,} holds {leads[AS_OF].iloc[first]!r}. Write times like 2024-03-31T09:30:00+09:00."
        )
    return instants_ms


def _numbers(frame: pd.DataFrame) -> FloatArray:
    try:
        return frame.to_numpy(dtype=np.float64, na_value=np.nan)
    except (TypeError, ValueError) as error:
        text = [str(name) for name in frame if not pd.api.types.is_numeric_dtype(frame[name])]
        raise ScoringInputError(
            f"Features must be numbers, a category its code: {_listed(text)} hold something else ({error}). "
            f"Give the numbers, or the leads themselves with {AS_OF}."
        ) from error


def _told(leads: pd.DataFrame, probability: FloatArray) -> pd.DataFrame:
    told = pd.DataFrame({"probability": probability}, index=leads.index)
    if "lead_id" in leads:
        told.insert(0, "lead_id", leads["lead_id"])
    return told


def _listed(names: Any) -> str:
    shown = [str(name) for name in names]
    more = len(shown) - _SHOWN
    return ", ".join(shown[:_SHOWN]) + (f" and {more} more" if more > 0 else "") if shown else "no column"
