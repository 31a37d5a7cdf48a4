"""Leads of which the score said one thing and the outcome another."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import pandas as pd

from features.arrays import BoolArray, FloatArray, IntArray
from features.instant import from_ms, to_ms
from features.wording import Language
from models.conversion import ConversionModel
from training.judging import Judgement
from training.labelling.preparation import Prepared
from training.review.feature_words import feature_names

HIGH: Final = "A"
LOW: Final = "D"
_LEAST_GAP: Final = 0.02
"""In log-odds; a smaller one changes the odds by less than two per cent."""
_LEAST_LEADS: Final = 15
_SURE: Final = 3.0
"""Standard errors; every feature is looked at, so two would be found by chance."""


@dataclass(frozen=True)
class Disagreements:
    """The leads that were tested on, each at the last look before it was decided or the data became too new.

    The probability comes from the model that was judged: fitted to older leads, it has not seen how these ended.

    Attributes
    ----------
    model : ConversionModel
        The champion: ranks the probabilities, and explains.
    prepared : Prepared
        The source.
    judgement : Judgement
        What was predicted for leads newer than all that was learnt from.
    """

    model: ConversionModel
    prepared: Prepared
    judgement: Judgement

    @cached_property
    def leads(self) -> pd.DataFrame:
        """One row a lead: ``lead_id``, ``as_of``, ``probability``, ``score``, ``grade``, ``won``, ``lost_reason``."""
        rows = self._last_rows
        observed = self.prepared.observed.iloc[self.judgement.test_rows[rows]]
        lead, shown = observed["lead"].to_numpy(), self.judgement.probability[rows]
        scores = self.model.score_map.score(shown)
        return pd.DataFrame(
            {
                "lead_id": self.prepared.tables.leads["lead_id"].to_numpy()[lead],
                "as_of": from_ms(observed["as_of_ms"].to_numpy()),
                "probability": shown,
                "score": scores,
                "grade": self.model.score_map.grade(scores),
                "won": observed["label"].to_numpy() > 0,
                "is_lost": (self.prepared.outcomes["outcome"] == "lost").to_numpy()[lead],
                "lost_reason": self._lost_reasons.to_numpy()[lead],
            }
        )

    @property
    def high_and_lost(self) -> BoolArray:
        """Which leads were graded A and lost."""
        return np.asarray((self.leads["grade"] == HIGH) & self.leads["is_lost"] & ~self.leads["won"], dtype=np.bool_)

    @property
    def high_and_won(self) -> BoolArray:
        """Which leads were graded A and won."""
        return np.asarray((self.leads["grade"] == HIGH) & self.leads["won"], dtype=np.bool_)

    @property
    def low_and_won(self) -> BoolArray:
        """Which leads were graded D and won all the same."""
        return np.asarray((self.leads["grade"] == LOW) & self.leads["won"], dtype=np.bool_)

    @property
    def low_and_not_won(self) -> BoolArray:
        """Which leads were graded D and not won."""
        return np.asarray((self.leads["grade"] == LOW) & ~self.leads["won"], dtype=np.bool_)

    def apart(self, some: BoolArray, others: BoolArray, language: Language) -> pd.DataFrame:
        """Tell what the champion sees differently in some of the leads than in others.

        Returns
        -------
        pandas.DataFrame
            One row a feature: ``wording``, ``mean_a`` and ``mean_b`` (what it adds on average in either, in log-odds),
            ``gap``, ``sure`` (the gap in standard errors), ``is_confirmed`` (whether it matters and chance hardly
            gives as much); these first, by the size of the gap. Without rows where either side has too few leads.
        """
        if min(some.sum(), others.sum()) < _LEAST_LEADS:
            return pd.DataFrame(columns=["wording", "mean_a", "mean_b", "gap", "sure", "is_confirmed"])
        one, other = self._contributions[some], self._contributions[others]
        gap = one.mean(axis=0) - other.mean(axis=0)
        error = np.sqrt(one.var(axis=0, ddof=1) / len(one) + other.var(axis=0, ddof=1) / len(other))
        sure = np.divide(gap, error, out=np.zeros_like(gap), where=error > 0)
        frame = pd.DataFrame(
            {
                "wording": feature_names(self.model.spec, language),
                "mean_a": one.mean(axis=0),
                "mean_b": other.mean(axis=0),
                "gap": gap,
                "sure": np.abs(sure),
                "is_confirmed": (np.abs(sure) >= _SURE) & (np.abs(gap) >= _LEAST_GAP),
                "size": np.abs(gap),
            }
        )
        clearest = frame.sort_values(["is_confirmed", "size"], ascending=False, kind="stable", ignore_index=True)
        return clearest.drop(columns="size")

    def reasons_of_loss(self) -> pd.DataFrame:
        """Tell why leads graded A were lost, beside all lost leads: ``lost_reason``, ``leads``, ``share``, ``lift``."""
        lost = self.leads[self.leads["is_lost"] & ~self.leads["won"]]
        of_all = lost["lost_reason"].value_counts(normalize=True)
        high = self.leads.loc[self.high_and_lost, "lost_reason"].value_counts()
        share = high / max(high.sum(), 1)
        frame = pd.DataFrame({"leads": high, "share": share, "lift": share / of_all.reindex(share.index)})
        return frame.rename_axis("lost_reason").reset_index()

    @cached_property
    def _contributions(self) -> FloatArray:
        rows = self.judgement.test_rows[self._last_rows]
        return self.model.explained(self.prepared.compute(self.model.spec, rows)).contributions.values

    @cached_property
    def _last_rows(self) -> IntArray:
        """The row among the tested ones of each lead's last look."""
        tested = self.prepared.observed.iloc[self.judgement.test_rows].reset_index(drop=True)
        last = tested.groupby("lead")["as_of_ms"].idxmax()
        return last.to_numpy(dtype=np.int64)

    @cached_property
    def _lost_reasons(self) -> pd.Series:
        """The reason of each lead's loss: its own, else that of its deal that was lost last."""
        tables = self.prepared.tables
        deals = tables.deals[tables.deals["outcome"] == "lost"].assign(closed=lambda frame: to_ms(frame["closed_at"]))
        of_deals = deals.sort_values("closed", kind="stable").drop_duplicates("lead_id", keep="last")
        named = of_deals.set_index("lead_id")["lost_reason"].reindex(tables.leads["lead_id"]).reset_index(drop=True)
        return tables.leads["lost_reason"].reset_index(drop=True).fillna(named)
