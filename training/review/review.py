"""A review: the champion beside the tables of a source, and every question that can be asked of the two."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from features.compute import compute
from features.instant import MS_PER_DAY
from features.matrix import FeatureMatrix
from features.open_leads import open_leads
from features.records import Records
from features.snapshots import Snapshots
from features.tables import Tables
from features.wording import Language
from models.conversion import ConversionModel
from models.lead_score import LeadScore
from models.lead_scorer import LeadScorer
from training.judging import Judgement, judge_forward
from training.labelling.preparation import Prepared, prepare
from training.report.vocabulary import Vocabulary, vocabulary
from training.review.about import about
from training.review.accounts import account, two_accounts
from training.review.explaining import shap_explanation
from training.review.feature_words import names_of
from training.review.instants import AsOf, instant_ms
from training.review.lead_places import lead_places
from training.review.movers import movers
from training.review.observations import Observations, observe
from training.review.run_record import RunRecord
from training.review.score_store import ScoreStore
from training.review.shown import style
from training.review.what_if import Laboratory, WhatIf
from training.tracking.registry import RegisteredVersion
from training.tracking.store_location import StoreLocation

Leads = str | Sequence[str] | Snapshots


@dataclass(frozen=True)
class Review:
    """The champion and a source.

    Every number comes from the code that answers ``POST /score``: features, contributions, probability, gates.

    Attributes
    ----------
    model : ConversionModel
        What believes.
    version : RegisteredVersion
        Which version of the registry it is.
    scorer : LeadScorer
        The model with the company's gates and routes.
    tables : Tables
        The source.
    data_end_ms : int
        The instant of its latest fact; a lead is looked at right after it where no ``as_of`` is given.
    language : {"en", "ja"}
        Of names, values and sentences.
    run_store : StoreLocation
        MLflow.
    score_store : ScoreStore
        The answers that the service has given.
    time_zone : str
        The IANA zone of times without an offset.
    """

    model: ConversionModel
    version: RegisteredVersion
    scorer: LeadScorer
    tables: Tables
    data_end_ms: int
    language: Language
    run_store: StoreLocation
    score_store: ScoreStore
    time_zone: str

    @cached_property
    def words(self) -> Vocabulary:
        """The phrases of plots and tables."""
        return vocabulary(self.language, "training.review")

    @cached_property
    def prepared(self) -> Prepared:
        """The source as training labels it, with the champion's horizon."""
        prepared = prepare(self.tables, self.data_end_ms)
        if prepared.horizon.days == self.model.horizon_days:
            return prepared
        return prepare(self.tables, self.data_end_ms, self.model.horizon_days)

    @property
    def open_leads(self) -> Snapshots:
        """The leads that are neither won nor lost, right after the data end."""
        return open_leads(self.tables, self.data_end_ms)

    @property
    def records(self) -> Records:
        """What the source says about its leads."""
        return self.prepared.records

    @cached_property
    def record(self) -> RunRecord:
        """What the champion's training recorded of itself."""
        return RunRecord.read(self.run_store, self.version.run_id)

    @cached_property
    def judgement(self) -> Judgement:
        """How the champion's recipe does on leads newer than all it learns from: fitted again to the older ones."""
        chosen = self.record.selection(self.model)
        return judge_forward(self.prepared, self.model.spec.excluded, self.record.seed, lambda _: None, chosen)

    @cached_property
    def observations(self) -> Observations:
        """Past snapshots with the champion's account of them, and how they ended."""
        return observe(self.model, self.prepared)

    @cached_property
    def names(self) -> dict[str, str]:
        """The features' names for people, by their own names."""
        return names_of(self.model.spec, self.language)

    @property
    def to_call(self) -> Snapshots:
        """The open leads of grade A or B, right after the data end: those that sales would call."""
        snapshots = self.open_leads
        grades = [score.answer.rank.grade for score in self.scores(snapshots)]
        return snapshots.take(np.flatnonzero(np.isin(grades, ["A", "B"])).astype(np.int64))

    def _repr_html_(self) -> str:
        """Tell in a notebook what is reviewed; brings the style of all that is shown after it."""
        given = self.score_store.scores()
        told = about(self.model, self.version.version, len(self.tables.leads), self.data_end_ms, given, self.words)
        return f"<style>{style()}</style>{told._repr_html_()}"

    def snapshots(self, leads: Leads, as_of: AsOf = None) -> Snapshots:
        """Return leads at an instant.

        Parameters
        ----------
        leads : str, sequence of str, or Snapshots
            Ids of leads; snapshots are returned as they are.
        as_of : str, datetime or int, optional
            ISO 8601, a time, or milliseconds since the epoch; right after the data end where not given.

        Raises
        ------
        UnknownLeadError
            Where the source has no such lead.
        InstantError
            Where ``as_of`` is no time.
        """
        if isinstance(leads, Snapshots):
            return leads
        lead = lead_places(self.tables.leads["lead_id"], [leads] if isinstance(leads, str) else leads)
        instant = instant_ms(as_of, self.data_end_ms + 1, self.time_zone)
        return Snapshots(lead, np.full(len(lead), instant, dtype=np.int64))

    def matrix(self, leads: Leads, as_of: AsOf = None) -> FeatureMatrix:
        """Return the features of leads; arguments as ``snapshots`` takes them."""
        return compute(self.model.spec, self.records, self.snapshots(leads, as_of))

    def scores(self, leads: Leads, as_of: AsOf = None) -> list[LeadScore]:
        """Return what ``POST /score`` answers about leads; arguments as ``snapshots`` takes them."""
        return self.scorer.score(self.records, self.snapshots(leads, as_of))

    def explanations(self, leads: Leads, as_of: AsOf = None) -> Any:
        """Return a ``shap.Explanation`` of leads in calibrated log-odds; arguments as ``snapshots`` takes them."""
        return shap_explanation(self.model, self.matrix(leads, as_of), self.language)

    def account(self, lead: str, as_of: AsOf = None) -> pd.DataFrame:
        """Tell where a lead's log-odds come from, as ``accounts.account`` returns it."""
        return account(self.model, self.matrix(lead, as_of), self.language)

    def compare(self, lead: str, as_of_1: AsOf, as_of_2: AsOf = None) -> pd.DataFrame:
        """Tell why a lead's log-odds changed between two instants, as ``accounts.two_accounts`` returns it."""
        return two_accounts(self.model, self.matrix(lead, as_of_1), self.matrix(lead, as_of_2), self.language)

    def compare_leads(self, lead_1: str, lead_2: str, as_of: AsOf = None) -> pd.DataFrame:
        """Tell what makes the log-odds of two leads differ; ``then`` is the first, ``now`` the second."""
        return two_accounts(self.model, self.matrix(lead_1, as_of), self.matrix(lead_2, as_of), self.language)

    def movers(self, days: float) -> pd.DataFrame:
        """Tell how the open leads moved in the last days, as ``movers.movers`` returns it."""
        return movers(self.model, self.records, self.open_leads, days)

    def days_ago(self, days: float) -> int:
        """Return the instant so many days before a lead is looked at, in milliseconds since the epoch."""
        return self.data_end_ms + 1 - round(days * MS_PER_DAY)

    def what_if(self, lead: str, changes: Mapping[str, Any], as_of: AsOf = None) -> WhatIf:
        """Tell what would be said of a lead if its rows were others, as ``Laboratory.what_if`` returns it."""
        laboratory = Laboratory(self.model, self.scorer, self.tables, self.time_zone, self.language)
        return laboratory.what_if(self.snapshots(lead, as_of), changes)
