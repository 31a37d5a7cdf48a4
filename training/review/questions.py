"""Which question that is still open is worth asking."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd

from features.arrays import BoolArray, FloatArray, IntArray
from features.instant import from_ms
from features.records import Records
from features.schema import empty_frame
from features.snapshots import Snapshots
from features.tables import Tables
from features.wording import Language
from models.bant import PILLARS, Pillar
from models.bant.answers import known_answers
from models.bant.pillars import COLUMNS, answers_of
from models.lead_scorer import LeadScorer
from training.review.family import family

MOST_LEADS: Final = 150
"""Every answer to every question is tried on each."""


@dataclass(frozen=True)
class _Tried:
    """What would be said of the leads after an answer."""

    probability: FloatArray
    route: list[str]


@dataclass(frozen=True)
class OpenQuestions:
    """Leads some of whose questions are open.

    Attributes
    ----------
    scorer : LeadScorer
        Scores leads.
    tables : Tables
        The source.
    snapshots : Snapshots
        The leads, at most a few hundred.
    """

    scorer: LeadScorer
    tables: Tables
    snapshots: Snapshots

    def worth(self, language: Language) -> pd.DataFrame:
        """Tell what there is to learn from each question.

        Every answer is put into the rows of each lead that has not given one, and the lead is scored anew. How often
        an answer comes is taken from the leads that gave one.

        Returns
        -------
        pandas.DataFrame
            One row a pillar: ``question`` in words, ``leads`` (that have not answered), ``worth`` (by how much the
            answer moves the probability on average, once that it was asked at all is known), ``shift`` (by how much it
            rises because it was asked at all: what a lead that is talked to has in common with others, and no merit of
            the question) and ``route_changes`` (share of leads that would go another way). The most telling first.
        """
        shares = self._shares()
        rows = [self._row(pillar, shares[pillar], language) for pillar in PILLARS if shares[pillar]]
        columns = ["question", "leads", "worth", "shift", "route_changes"]
        return pd.DataFrame(rows, columns=columns).sort_values("worth", ascending=False, ignore_index=True)

    def _shares(self) -> dict[Pillar, dict[str, float]]:
        """Return how often each answer is given, of those who answer."""
        given = {pillar: self.tables.qualifications[COLUMNS[pillar]].value_counts(normalize=True) for pillar in PILLARS}
        return {
            pillar: {answer: float(counts[answer]) for answer in answers_of(pillar) if answer in counts}
            for pillar, counts in given.items()
        }

    def _row(self, pillar: Pillar, shares: dict[str, float], language: Language) -> dict[str, object]:
        unknown = self._unanswered(pillar)
        asked = self.snapshots.take(np.flatnonzero(unknown).astype(np.int64))
        told = {"question": PILLARS[pillar].in_language(language), "leads": len(asked)}
        if not len(asked):
            return {**told, "worth": np.nan, "shift": np.nan, "route_changes": np.nan}
        now = self._scored(self.tables, asked)
        after = [self._scored(self._answered(asked, pillar, answer), asked) for answer in shares]
        weight = np.array(list(shares.values()))
        probability = np.array([one.probability for one in after])
        mean = weight @ probability
        moved = np.array([[new != old for new, old in zip(one.route, now.route, strict=True)] for one in after])
        return {
            **told,
            "worth": float((weight @ np.abs(probability - mean)).mean()),
            "shift": float((mean - now.probability).mean()),
            "route_changes": float((weight @ moved).mean()),
        }

    def _unanswered(self, pillar: Pillar) -> BoolArray:
        [answers] = known_answers(Records.of(self.tables), (COLUMNS[pillar],), self.snapshots)
        return np.array([answer is None for answer in answers], dtype=np.bool_)

    def _scored(self, tables: Tables, snapshots: Snapshots) -> _Tried:
        scores = self.scorer.score(Records.of(tables), snapshots)
        probability = np.array([score.answer.probability for score in scores], dtype=np.float64)
        return _Tried(probability, [score.recommendation.route for score in scores])

    def _answered(self, asked: Snapshots, pillar: Pillar, answer: str) -> Tables:
        """Return the tables in which each of the leads has just given an answer."""
        ids = self.tables.leads["lead_id"].iloc[asked.lead].reset_index(drop=True)
        rows = pd.DataFrame({"lead_id": ids, "answered_at": from_ms(asked.as_of_ms - 1), COLUMNS[pillar]: answer})
        columns = empty_frame("qualifications")
        new = rows.reindex(columns=columns.columns).astype(columns.dtypes)
        joined = pd.concat([self.tables.qualifications, new], ignore_index=True)
        return replace(self.tables, qualifications=joined, present=self.tables.present | {"qualifications"})


def open_questions(scorer: LeadScorer, tables: Tables, snapshots: Snapshots) -> OpenQuestions:
    """Take some leads, at most ``MOST_LEADS`` evenly spaced, with all that their features can see."""
    rows: IntArray = np.unique(np.linspace(0, len(snapshots) - 1, min(len(snapshots), MOST_LEADS)).astype(np.int64))
    taken = snapshots.take(rows if len(snapshots) else np.empty(0, dtype=np.int64))
    own = family(tables, taken.lead)
    place = pd.Index(own.leads["lead_id"]).get_indexer(pd.Index(tables.leads["lead_id"].iloc[taken.lead]))
    return OpenQuestions(scorer, own, Snapshots(place.astype(np.int64), taken.as_of_ms))
