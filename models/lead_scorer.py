"""The one function from what is known of leads to their scores; every door leads to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Protocol

from features.instant import MISSING_MS
from features.lead_source import Rows
from features.one_lead import lead_answers
from features.records import Records
from features.snapshots import Snapshots
from features.wording import Wording
from models.bant import GateRules, Gates, evaluate
from models.lead_score import Answer, LeadScore
from models.recommendation import Routes, recommend

_CHUNK_ROWS: Final = 20_000
_NOTHING: Final[frozenset[str]] = frozenset()
NOT_THERE_YET: Final = Wording(
    "as_of: the lead did not exist yet, it was created later; its fields are taken as they are now",
    "as_of：この時点でリードはまだ登録されていません（登録日時のほうが後です）。項目は現在の値を使用しています",
)


class Rung(Protocol):
    """What answers: the learned model, or the rules in its place."""

    def answers(self, records: Records, snapshots: Snapshots) -> list[Answer]:
        """Return the answer to each snapshot, in order; an answer depends on its own snapshot only."""

    def answer(self, rows: Mapping[str, Rows], as_of_ms: int) -> Answer:
        """Return the answer to one lead, to the last bit the one that it gets among others."""


@dataclass(frozen=True)
class LeadScorer:
    """What answers for a company, with its gates and its routes.

    Attributes
    ----------
    rung : Rung
        The model where there were enough deals to learn from, else the rules.
    gates : GateRules
        Shown beside the score.
    routes : Routes
        From grade and gates to what to do next.
    """

    rung: Rung
    gates: GateRules
    routes: Routes

    def score_lead(self, rows: Mapping[str, Rows], as_of_ms: int) -> LeadScore:
        """Score one lead that comes with its rows, in a fraction of the time that ``score`` takes for it.

        Parameters
        ----------
        rows : mapping of table to rows
            As ``LeadSource`` takes them.
        as_of_ms : int
            Milliseconds since the epoch; what is dated there or later is not known.

        Returns
        -------
        LeadScore
            To the last bit what ``score`` says of the lead.
        """
        [lead] = rows["leads"]
        created_ms = lead.get("created_at")
        answers = lead_answers(rows.get("qualifications", ()), as_of_ms, _NOTHING)
        return self._told(
            str(lead["lead_id"]),
            MISSING_MS if created_ms is None else created_ms,
            as_of_ms,
            self.rung.answer(rows, as_of_ms),
            self.gates.judge(answers, as_of_ms),
        )

    def score(self, records: Records, snapshots: Snapshots) -> list[LeadScore]:
        """Score snapshots, however many.

        Parameters
        ----------
        records : Records
            What is known of the leads.
        snapshots : Snapshots
            Which leads, as of when.

        Returns
        -------
        list of LeadScore
            One a snapshot, in order; each depends on its own snapshot only.
        """
        if len(snapshots) <= _CHUNK_ROWS:
            return self._scored(records, snapshots)
        chunks = (slice(start, start + _CHUNK_ROWS) for start in range(0, len(snapshots), _CHUNK_ROWS))
        return [scored for rows in chunks for scored in self._scored(records, snapshots.take(rows))]

    def _scored(self, records: Records, snapshots: Snapshots) -> list[LeadScore]:
        ids, leads = records.lead_ids, snapshots.lead
        columns = zip(
            (ids.names[code] for code in ids.codes[leads].tolist()),
            records.created_ms[leads].tolist(),
            snapshots.as_of_ms.tolist(),
            self.rung.answers(records, snapshots),
            evaluate(self.gates, records, snapshots),
            strict=True,
        )
        return [self._told(*lead) for lead in columns]

    def _told(self, lead_id: str, created_ms: int, as_of_ms: int, answer: Answer, gates: Gates) -> LeadScore:
        recommendation = recommend(self.routes, answer.rank.grade, gates.overall)
        told = answer if created_ms <= as_of_ms else _warned(answer)
        return LeadScore(lead_id, as_of_ms, told, gates, recommendation)


def _warned(answer: Answer) -> Answer:
    """Add a warning to the answer about a lead that is looked at before it came into being."""
    return answer._replace(warnings=(NOT_THERE_YET, *answer.warnings))
