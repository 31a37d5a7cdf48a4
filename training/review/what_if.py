"""What would be said of a lead if its rows were others."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from features.compute import compute
from features.matrix import FeatureMatrix
from features.records import Records
from features.snapshots import Snapshots
from features.tables import Tables
from features.wording import Language
from models.conversion import ConversionModel
from models.lead_score import LeadScore
from models.lead_scorer import LeadScorer
from training.review.accounts import two_accounts
from training.review.changes import ChangedLead
from training.review.family import family
from training.review.inputs import changed_inputs


@dataclass(frozen=True)
class WhatIf:
    """A lead as it is, and as it would look.

    The difference is between two leads as the model sees them. It is no promise: leads with a meeting are won more
    often also because those who want to buy agree to meet.

    Attributes
    ----------
    frame : pandas.DataFrame
        As ``accounts.two_accounts`` returns it; ``now`` is with the changes.
    inputs : pandas.DataFrame
        What was changed and who can bring that about, as ``inputs.changed_inputs`` returns it.
    before, after : LeadScore
        What the service answers without and with the changes.
    """

    frame: pd.DataFrame
    inputs: pd.DataFrame
    before: LeadScore
    after: LeadScore


@dataclass(frozen=True)
class Laboratory:
    """What is needed to try changes.

    Attributes
    ----------
    model : ConversionModel
        What believes.
    scorer : LeadScorer
        The model with gates and routes.
    tables : Tables
        The source.
    time_zone : str
        Of times without an offset.
    language : {"en", "ja"}
        Of words.
    """

    model: ConversionModel
    scorer: LeadScorer
    tables: Tables
    time_zone: str
    language: Language

    def what_if(self, snapshot: Snapshots, changes: Mapping[str, Any]) -> WhatIf:
        """Recompute features and score of a lead from changed rows.

        Parameters
        ----------
        snapshot : Snapshots
            One lead at an instant.
        changes : mapping
            As ``ChangedLead.with_changes`` takes them.

        Raises
        ------
        BadDataError
            With everything that cannot be changed in this way.
        """
        lead = _changed_lead(self.tables, snapshot, self.time_zone)
        now = lead.with_changes(changes, self.model.spec)
        at = Snapshots(np.array([lead.place], dtype=np.int64), snapshot.as_of_ms)
        (matrix_before, before), (matrix_after, after) = (self._scored(tables, at) for tables in (lead.tables, now))
        frame = two_accounts(self.model, matrix_before, matrix_after, self.language)
        return WhatIf(frame, changed_inputs(changes, self.language), before, after)

    def _scored(self, tables: Tables, snapshot: Snapshots) -> tuple[FeatureMatrix, LeadScore]:
        records = Records.of(tables)
        [score] = self.scorer.score(records, snapshot)
        return compute(self.model.spec, records, snapshot), score


def _changed_lead(tables: Tables, snapshot: Snapshots, time_zone: str) -> ChangedLead:
    own = family(tables, snapshot.lead)
    place = int(np.flatnonzero(own.leads["lead_id"] == tables.leads["lead_id"].iloc[int(snapshot.lead[0])])[0])
    return ChangedLead(own, place, int(snapshot.as_of_ms[0]), time_zone)
